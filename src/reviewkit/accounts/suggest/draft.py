"""Writes a proposal as the `sources:` of house.yaml, every line with its confidence and why."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reviewkit.accounts.suggest.entries import Entry
from reviewkit.accounts.suggest.proposal import Draft, Proposal
from reviewkit.accounts.suggest.whose import SHOWN
from reviewkit.params.models import Source
from reviewkit.params.undecided import DECIDE

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*( [A-Za-z0-9_]+)*")
_TAKEN = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"])
_COMMENT = 110
_COLUMN = 58
_BESIDE = 60

_HEAD = """\
# Drafted by reviewkit new from the files named below; every cell of them was looked at.
# high, likely and guess say how sure each line is; check what is a guess.
"""


def draft(proposal: Proposal) -> str:
    """Return YAML text, from `sources:` on: what the loader takes, unless a line says decide.

    The same files give the same text. Nothing out of a file can end a comment or a quote.
    """
    by_table: dict[str, list[Draft]] = {}
    for one in proposal.drafts:
        by_table.setdefault(one.table.name, []).append(one)
    lines = [*_HEAD.splitlines()]
    if proposal.open:
        lines.append("# Lines with `decide` are refused until you write what stands beside them.")
    live = any(not one.aside for one in proposal.drafts)
    lines.append("sources:" if live else "sources: {}")
    for table, drafts in by_table.items():
        lines.append("")
        kept = any(not one.aside for one in drafts)
        lines.append(f"  {table}:" if kept else f"  # {table}:")
        for one in drafts:
            body = list(_source(one, proposal))
            lines += _commented(one, body) if one.aside else body
    for left in proposal.rejected:
        said = comment(f"{left.name}: no account table is seen in it; nearest: {left.nearest}")
        lines += ["", f"  # {said}"]
    return "\n".join(lines) + "\n"


def scalar(value: Any) -> str:
    """Return `value` as a YAML scalar; text in quotes wherever it could be read otherwise.

    >>> scalar("Soll"), scalar("No"), scalar("007"), scalar("=cmd()")
    ('Soll', '"No"', '"007"', '"=cmd()"')
    """
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _TAKEN:
        return value
    text = json.dumps(value, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in text)


def comment(text: str) -> str:
    """Return `text` as it may stand in a comment: on one line, printable, and not too long."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain if len(plain) <= _COMMENT else plain[: _COMMENT - 1] + "…"


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def _path(text: str) -> str:
    """Return a file's path, without quotes where YAML needs none."""
    return (
        text if re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_./-]*\.[a-z]+[0-9]*", text) else scalar(text)
    )


def _place(source: Source) -> Iterator[str]:
    """Yield where the rows come from: a file, a table in it, or a query over several."""
    if source.files:
        listed = ", ".join(f"{alias}: {_path(file)}" for alias, file in source.files.items())
        yield f"    - files: {{{listed}}}"
    else:
        yield f"    - file: {_path(source.file or '')}"
    if source.table:
        yield f"      table: {scalar(source.table)}"
    if source.query:
        yield from _query(source.query)


def _query(text: str) -> Iterator[str]:
    """Yield a query on lines of its own, as far as YAML gives it back to the letter."""
    if not text.isprintable() or "  " in text:
        yield f"      query: {scalar(text)}"
        return
    yield "      query: >-"
    for line in textwrap.wrap(text, 90, break_long_words=False, break_on_hyphens=False):
        yield f"        {line}"


def _source(one: Draft, proposal: Proposal) -> Iterator[str]:
    source = one.seen.source
    sure = f'called "{one.named}"; ' if one.named else ""
    rows = f"{one.seen.rows:,} {'row' if one.seen.rows == 1 else 'rows'}"
    yield f"    # {comment(f'{sure}{rows}; {one.table.grain} each')}"
    yield from _place(source)
    told = comment(one.cutoff_told)
    if one.cutoff:
        moment = one.cutoff.isoformat()
        yield f"      cutoff: {moment}  # guess: {told}; the data are complete up to here"
    else:
        yield f"      cutoff: {DECIDE}  # decide: the data are complete up to here"
    if one.timezone:
        yield f"      timezone: {scalar(one.timezone)}  # {comment(one.timezone_told)}"
    yield from _written(one)
    yield from _client(one, proposal)
    yield "      columns:"
    for entry in one.entries:
        yield from _entry(entry)
    absent = [column.name for column in one.table.columns if column.name not in one.supplied]
    yield from _list("not supplied", absent)
    yield from _list("not used", [profile.name for profile in one.unused])


def _written(one: Draft) -> Iterator[str]:
    """Yield how the file is written, where that is not as the loader takes it to be."""
    kind = "excel" if one.seen.kind == "excel" else "csv"
    given = getattr(one.seen.source, kind).model_dump(exclude_defaults=True)
    if one.habits.decimal != ".":
        given["decimal"] = one.habits.decimal
    if not given:
        return
    told = "; ".join(filter(None, (one.seen.evidence, one.habits.told)))
    if one.habits.decimal == DECIDE:
        yield f'      # decide: decimal: "." or ","; {comment(one.habits.told)}'
    parts = ", ".join(f"{key}: {_text(value)}" for key, value in given.items())
    yield f"      {kind}: {{{parts}}}  # {comment(told)}"


def _client(one: Draft, proposal: Proposal) -> Iterator[str]:
    whose, slug = one.whose, proposal.given.slug
    if whose.column is None and proposal.given.all_rows:
        yield f"      client: {{constant: {slug}}}  # {comment(whose.evidence)}"
        return
    if whose.column is None:
        yield f"      # decide: write {slug} if every row is this client's; {whose.evidence}"
        yield f"      client: {{constant: {DECIDE}}}"
        return
    yield "      client:"
    yield f"        column: {scalar(whose.column)}"
    if whose.keys:
        yield f"        # {comment(whose.evidence)}"
        keys = ", ".join(f"{_text(key)}: {value}" for key, value in whose.keys.items())
        yield f"        keys: {{{keys}}}"
        return
    if proposal.given.ids:
        yield f"        keys: {{}}  # {comment(whose.evidence)}"
        return
    yield f"        # decide: write the id of {slug} in quotes; {comment(whose.evidence)}"
    yield f"        keys: {{{DECIDE}: {slug}}}"
    for key, rows, name in whose.seen:
        beside = f", {name}" if name else ""
        yield f"        #   {comment(f'{_text(key)}: {rows:,} rows{beside}')}"
    if whose.distinct > SHOWN:
        yield f"        #   and {whose.distinct - SHOWN:,} more"


def _text(value: Any) -> str:
    """Return text in quotes, so that 007 stays 007; a number as it is."""
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in quoted)


def _entry(entry: Entry) -> Iterator[str]:
    if entry.decide:
        choices = " or ".join(_text(choice) for choice in entry.choices)
        yield f"        # decide: {comment(entry.decide)}: {choices}"
    line = f"        {entry.name}: {_given(entry.given)}"
    sure = "to be decided" if entry.decide else entry.confidence
    told = comment("; ".join((sure, *entry.evidence)))
    if len(line) > _COLUMN or len(told) > _BESIDE:
        yield f"        # {told}"
        yield line
    else:
        yield f"{line.ljust(_COLUMN)}  # {told}"


def _given(given: Mapping[str, Any]) -> str:
    if set(given) == {"column"}:
        return scalar(given["column"])
    parts = ", ".join(
        f"{key}: {_mapping(value) if isinstance(value, Mapping) else scalar(value)}"
        for key, value in given.items()
    )
    return f"{{{parts}}}"


def _mapping(values: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{_text(key)}: {_text(word)}" for key, word in values.items()) + "}"


def _list(what: str, names: Iterable[str]) -> Iterator[str]:
    listed = list(names)
    for start in range(0, len(listed), 6):
        lead = what if start == 0 else " " * len(what)
        yield f"        # {lead}: {comment(', '.join(listed[start : start + 6]))}"


def _commented(one: Draft, body: Iterable[str]) -> Iterator[str]:
    lead = "decide: " if one.asks else ""
    yield f"    # {lead}{comment(f'{one.seen.name} {one.aside}')}"
    for line in body:
        yield f"    # {line.removeprefix('    ')}"
