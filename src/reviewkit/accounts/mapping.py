"""Maps a source's rows to an account table and says of each row why it cannot be used.

The result keeps every row of the workspace's clients: the columns of the contract, the
row's number, and `RULE`, `COLUMN`, `VALUE` for the first rule that it breaks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.casts import alters
from reviewkit.accounts.checks.rowwise import (
    COLUMN,
    RULE,
    SOURCE,
    VALUE,
    Reader,
    any_of,
    parted,
)
from reviewkit.accounts.checks.seen import Seen, kept, strangers, tally
from reviewkit.accounts.columns import columns_of, columns_once
from reviewkit.accounts.duck import in_steps, viewed
from reviewkit.accounts.held import hold
from reviewkit.accounts.sources import OWN, ROW
from reviewkit.accounts.supersede import Superseding, key_columns, stands, superseding
from reviewkit.accounts.tables import TableSpec
from reviewkit.accounts.units import unit_problems
from reviewkit.accounts.widened import CLIENT, KEEP, widened
from reviewkit.errors import SourceError, nearest
from reviewkit.params.models import Source as SourceParams

_BROKEN, _SUM, _ALTERED = f"{OWN}broken", f"{OWN}sum_", f"{OWN}altered_"
_KEPT = {name: name.replace(OWN, f"{OWN}kept_") for name in (RULE, COLUMN, VALUE)}


@dataclass(frozen=True)
class _Rows:
    """The rows of our clients: as used, those that break a rule, and those told of in use."""

    plain: ir.Table
    broken: ir.Table | None
    kept: ir.Table | None


@dataclass(frozen=True)
class Mapped:
    """A source as an account table, with the control totals of what it left out.

    `plain` are the rows of our clients without a word about rules, and `broken` those that
    break one, with the first; `None` where no row does.
    `amounts` are the sums of money over the rows that break no rule, where they are known:
    not where the rows name currencies, over which nothing is added up.
    `seen` is left for the check, and `superseding` for the sources above.
    """

    plain: ir.Table
    rows_in: int
    excluded: int
    other_clients: int
    columns: frozenset[str]
    seen: Seen
    broken: ir.Table | None = None
    amounts: dict[str, str] | None = None
    superseding: Superseding | None = None


def map_source(
    con: Backend,
    reader: Reader,
    source: SourceParams,
    raw: ir.Table,
    position: int,
    *,
    in_place: bool,
    later: Sequence[Superseding] = (),
) -> Mapped:
    """Map `raw` to its table; raises `SourceError` naming every column that is not there.

    With `in_place` nothing is copied, so one scan finds out all that spares later ones: the
    totals, whether any row breaks a rule, and which text the cast leaves as it is. Otherwise
    every row is read once, and copied with the first rule that it breaks. Rows whose key one
    of `later` has again are excluded.
    """
    spec = reader.spec
    require_columns(spec, source, raw)
    view, columns = widened(con, source, raw)
    source = source.model_copy(update={"columns": columns})
    key = key_columns(spec, source.columns)
    for other in later:
        had = columns_of(reader, source, view)[0]
        view = view.mutate(**{KEEP: view[KEEP] & stands(other, view[CLIENT], had, key)})
    text = _text_as_it_is(spec, source, view) if in_place else []
    over = _ruled(con, reader, source, view, f"{raw.get_name()}_ruled", text) if in_place else view
    looks = _looks(spec, source, over, text) if in_place else {}
    counts = {"rows_in": over.count(), "left": over[KEEP].sum(), "ours": _ours(over).sum()}
    totals = con.to_pyarrow(over.aggregate(**counts, **looks)).to_pylist()[0]
    rows_in, left, used = (int(totals[name] or 0) for name in ("rows_in", "left", "ours"))
    chosen = view.filter(_ours(view))
    clean = frozenset(name for name in text if not totals[f"{_ALTERED}{name}"])
    # What was looked at is what is used only if the cast leaves all text as it is.
    sound = in_place and len(clean) == len(text)
    rows = (
        _in_place(con, reader, source, chosen, position, clean, whole=sound and not totals[_BROKEN])
        if in_place
        else _copied(con, reader, source, chosen, position)
    )
    return Mapped(
        plain=rows.plain,
        superseding=superseding(con, rows.plain, key, f"superseding_{spec.name}_{position}")
        if source.supersedes
        else None,
        rows_in=rows_in,
        excluded=rows_in - left,
        other_clients=left - used,
        columns=frozenset(source.columns),
        seen=Seen(
            tally=tally(view, view[CLIENT], view[KEEP]),
            strangers=strangers(view, view[source.client.column], view[CLIENT], view[KEEP])
            if source.client.column
            else None,
            kept=rows.kept,
        ),
        broken=rows.broken,
        amounts={
            name: str(totals[f"{_SUM}{name}"] or 0)
            for name in money_columns(spec, frozenset(source.columns))
        }
        if sound and "currency" not in source.columns
        else None,
    )


def _in_place(
    con: Backend,
    reader: Reader,
    source: SourceParams,
    chosen: ir.Table,
    position: int,
    clean: frozenset[str],
    *,
    whole: bool,
) -> _Rows:
    values, rules = columns_of(reader, source, chosen, clean)
    broken, told_only = parted(reader, rules)
    where = _where(chosen, position)
    plain = chosen.select(**values, **where)
    return _Rows(
        plain=viewed(con, f"mapped_{reader.spec.name}_{position}", plain),
        broken=None if whole else kept(chosen, broken, **where),
        kept=kept(chosen, told_only, **where),
    )


def _copied(
    con: Backend, reader: Reader, source: SourceParams, chosen: ir.Table, position: int
) -> _Rows:
    name = f"mapped_{reader.spec.name}_{position}"
    once = columns_once(reader, source, chosen)
    select = once.rows.select(
        **once.values,
        **_where(once.rows, position),
        **once.broken,
        **{_KEPT[part]: value for part, value in once.told.items()},
    )
    rows = hold(con, name, in_steps(con, select))
    in_use = rows.filter(rows[_KEPT[RULE]].notnull()) if once.told else None
    return _Rows(
        plain=rows,
        broken=rows.filter(rows[RULE].notnull()),
        kept=None
        if in_use is None
        else in_use.select(
            "client", ROW, SOURCE, **{part: in_use[name] for part, name in _KEPT.items()}
        ),
    )


def _where(rows: ir.Table, position: int) -> dict[str, ir.Value]:
    return {
        "client": rows[CLIENT],
        ROW: rows[ROW],
        SOURCE: ibis.literal(position, "int64"),
    }


def money_columns(spec: TableSpec, supplied: frozenset[str]) -> list[str]:
    """Return the names of the columns of money that a source maps."""
    return [c.name for c in spec.columns if c.type == "money" and c.name in supplied]


def _text_as_it_is(spec: TableSpec, source: SourceParams, view: ir.Table) -> list[str]:
    """Return the columns of text that a source maps to its own text without a word changed."""
    entries = {c.name: source.columns.get(c.name) for c in spec.columns if c.type == "text"}
    return [
        name
        for name, entry in entries.items()
        if entry and entry.column and not entry.values and view[entry.column].type().is_string()
    ]


def _ours(view: ir.Table) -> ir.BooleanValue:
    """Tell of each row whether it counts and belongs to one of our clients."""
    ours: ir.BooleanValue = view[KEEP] & view[CLIENT].notnull()
    return ours


def _ruled(
    con: Backend, reader: Reader, source: SourceParams, view: ir.Table, name: str, text: list[str]
) -> ir.Table:
    """Add whether a row breaks a rule, and its amounts; the columns of `text` as they are.

    Laid down, the rules are looked at once for all that is counted by them.
    """
    values, rules = columns_of(reader, source, view, frozenset(text))
    money = money_columns(reader.spec, frozenset(source.columns))
    bad = {_BROKEN: any_of(parted(reader, rules)[0])}
    sums = {f"{_SUM}{item}": values[item] for item in money}
    return viewed(con, name, view.mutate(**bad, **sums))


def _looks(
    spec: TableSpec, source: SourceParams, over: ir.Table, text: list[str]
) -> dict[str, ir.Value]:
    """Return what one scan finds out."""
    bad = over[_BROKEN]
    found: dict[str, ir.Value] = {_BROKEN: (_ours(over) & bad).any()}
    for name in (f"{_SUM}{item}" for item in money_columns(spec, frozenset(source.columns))):
        # A constant is no column, and has no sum of its own.
        found[name] = (_ours(over) & ~bad).ifelse(over[name], None).sum()
    cells = {name: over[source.columns[name].column or name] for name in text}
    return found | {f"{_ALTERED}{name}": alters(cell).any() for name, cell in cells.items()}


def require_columns(spec: TableSpec, source: SourceParams, raw: ir.Table) -> None:
    problems = [
        f'"{name}" is no column of {spec.name}. {nearest(name, spec.names)}'
        for name in source.columns
        if name not in spec.names
    ]
    problems += [
        f'{spec.name} needs "{column.name}" ({column.about}). Map it under columns.'
        for column in spec.columns
        if column.required and column.name not in source.columns
    ]
    wanted: Mapping[str, str | None] = {
        **{name: entry.column for name, entry in source.columns.items()},
        "client": source.client.column,
    }
    present = [name for name in raw.columns if name != ROW]
    if not any(column in present for column in wanted.values()) and any(wanted.values()):
        problems.append(
            f"no column of the mapping is in the source, which has {', '.join(present[:8])}. "
            "Is the first line the header?"
        )
        wanted = {}
    problems += [
        f'{name}: the source has no column "{column}". {nearest(column, present)}'
        for name, column in wanted.items()
        if column is not None and column not in raw.columns
    ]
    problems += unit_problems(spec, source)
    if problems:
        raise SourceError("\n".join(problems))
