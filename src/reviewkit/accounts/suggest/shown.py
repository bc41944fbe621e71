"""Prints a proposal: a table per file, and gives it as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reviewkit.accounts.suggest.draft import comment
from reviewkit.accounts.suggest.entries import Entry
from reviewkit.accounts.suggest.proposal import Draft, Proposal, Rejected

_WIDEST = 40


def render_proposal(proposal: Proposal) -> str:
    """Return the proposal as plain text: per file its columns, with confidence and evidence."""
    blocks = ["\n".join(_draft(one, proposal)) for one in proposal.drafts]
    blocks += ["\n".join(_rejected(proposal))] if proposal.rejected else []
    if proposal.open:
        listed = "\n".join(f"  {comment_long(question)}" for question in proposal.open)
        blocks.append(f"to be decided by you:\n{listed}")
    return "\n\n".join(blocks)


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    """Return the proposal as JSON: what stands in the draft, with confidence and evidence."""
    return {
        "client": proposal.given.slug,
        "files": [_json(one) for one in proposal.drafts],
        "rejected": [
            {"file": one.name, "nearest": one.nearest, "missing": list(one.missing)}
            for one in proposal.rejected
        ],
        "decide": list(proposal.open),
    }


def _json(one: Draft) -> dict[str, Any]:
    return {
        "file": one.seen.name,
        "table": one.table.name,
        "rows": one.seen.rows,
        "aside": one.aside,
        "written": one.seen.evidence,
        "decimal": one.habits.decimal,
        "timezone": one.timezone,
        "cutoff": one.cutoff.isoformat() if one.cutoff else None,
        "client": {"column": one.whose.column, "keys": dict(one.whose.keys)},
        "columns": {
            entry.name: {
                **entry.given,
                "confidence": _sure(entry),
                "evidence": list(entry.evidence),
                **({"choices": list(entry.choices)} if entry.decide else {}),
            }
            for entry in one.entries
        },
        "unused": [profile.name for profile in one.unused],
        "decide": list(one.decisions),
    }


def comment_long(text: str) -> str:
    """Return `text` on one line, without signs that a terminal would obey."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _draft(one: Draft, proposal: Proposal) -> Iterator[str]:
    aside = f" (written as a comment: {one.aside})" if one.aside else ""
    yield comment_long(f"{one.seen.name}: {one.table.name}, {one.seen.rows:,} rows{aside}")
    if one.aside:
        return
    rows = [("column", "from", "confidence", "evidence"), _client(one, proposal)]
    for entry in one.entries:
        source = " + ".join(entry.uses) or "-"
        rows.append((entry.name, _short(source), _sure(entry), "; ".join(entry.evidence)))
    yield from _table(rows)
    absent = [column.name for column in one.table.columns if column.name not in one.supplied]
    if absent:
        yield f"  not in the file: {', '.join(absent)}"
    if one.unused:
        names = ", ".join(_short(profile.name) for profile in one.unused)
        yield f"  not used: {comment_long(names)}"


def _rejected(proposal: Proposal) -> Iterator[str]:
    yield "no account table is seen in:"
    by_file: dict[str, list[Rejected]] = {}
    for one in proposal.rejected:
        by_file.setdefault(one.file, []).append(one)
    for file, left in by_file.items():
        if len(left) > 1:
            yield "  " + comment_long(f"{file}: {', '.join(one.label for one in left)}")
        else:
            (one,) = left
            lacks = f" lacks {', '.join(one.missing)}" if one.missing else " explains too little"
            yield "  " + comment_long(f"{one.name}: the nearest, {one.nearest},{lacks}")


def _client(one: Draft, proposal: Proposal) -> tuple[str, str, str, str]:
    keys = ", ".join(one.whose.keys)
    settled = bool(keys) or (one.whose.column is None and proposal.given.all_rows)
    said = bool(proposal.given.ids or proposal.given.all_rows)
    unsettled = "none" if proposal.given.ids and one.whose.column else "decide"
    sure = "high" if settled and said else "likely" if settled else unsettled
    return ("client", _short(one.whose.column or "-"), sure, one.whose.evidence)


def _sure(entry: Entry) -> str:
    return "decide" if entry.decide else entry.confidence


def _short(text: str) -> str:
    plain = comment_long(text)
    return plain if len(plain) <= _WIDEST else plain[: _WIDEST - 1] + "…"


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    for row in rows:
        cells = "  ".join(cell.ljust(width) for cell, width in zip(row[:3], widths, strict=True))
        yield f"  {cells}  {comment(row[3])}".rstrip()
