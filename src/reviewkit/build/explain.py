"""`reviewkit explain`: where a figure comes from, as text for a person and rows as CSV."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from reviewkit.accounts.quarantine import inert
from reviewkit.accounts.sources import shown
from reviewkit.analysis.evidence import unknown
from reviewkit.build.lineage import Lineage, Read
from reviewkit.errors import UsageError, printable
from reviewkit.metrics import judge
from reviewkit.params import Workspace
from reviewkit.params.members import owners
from reviewkit.params.sources import Source
from reviewkit.release.manifest import write_whole

_WIDE = 110
"""Signs in a line, for whoever reads it in a terminal."""


def slices(given: Iterable[str]) -> dict[str, str]:
    """Return `dim=value` pairs as a mapping; raises `UsageError` for what is no such pair."""
    found: dict[str, str] = {}
    for pair in given:
        dim, equals, value = pair.partition("=")
        if not equals or not dim.strip():
            raise UsageError(
                f'--by "{pair}" is no dimension with its value. Write --by site=Venlo.'
            )
        if dim.strip() in found:
            raise UsageError(
                f"--by names {dim.strip()} twice. Name one value of it: a figure is of one part."
            )
        found[dim.strip()] = value.strip()
    return found


def render(found: Lineage, workspace: Workspace) -> str:
    """Return the way from the figure to its rows, a line for each thing to know."""
    lines: list[tuple[str, str]] = []
    for heading, part in (
        ("", _figure(found)),
        ("definition", _definition(found)),
        ("period", _period(found)),
        ("rows", _rows(found, workspace)),
        ("checked", _checked(found)),
    ):
        lines += [(heading, "")] if heading else []
        lines += [(f"  {label}" if heading else label, text) for label, text in part]
    width = max(len(label) for label, text in lines if text) + 2
    told = (_wrapped(label, text, width) if text else f"\n{label}" for label, text in lines)
    return printable("\n".join(told).strip("\n"))


def _wrapped(label: str, text: str, width: int) -> str:
    indent = " " * width
    return textwrap.fill(text, _WIDE, initial_indent=label.ljust(width), subsequent_indent=indent)


def write_rows(found: Lineage, file: Path) -> None:
    """Write the rows as CSV, no cell of which a spreadsheet takes for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(found.rows.columns)
    for row in found.rows.itertuples(index=False):
        writer.writerow([_cell(item) for item in row])
    write_whole(file, out.getvalue().encode("utf-8-sig"))


def _cell(item: Any) -> str:
    # A number may begin with its minus; a text may not begin what a spreadsheet would compute.
    return inert(item) if isinstance(item, str) else _text(item)


def _text(item: Any) -> str:
    if isinstance(item, tuple):
        return " ".join(map(str, item))
    if item is None or pd.isna(item):
        return ""
    if isinstance(item, Decimal):
        return f"{item.normalize():f}" if item else "0"
    if isinstance(item, Fraction):
        return str(float(item))
    if isinstance(item, pd.Timestamp):
        return item.isoformat(sep=" ").removesuffix(" 00:00:00")
    return str(item)


def _figure(found: Lineage) -> Iterator[tuple[str, str]]:
    value, extract = found.value, found.extract
    by = "".join(f", {dim} {item}" for dim, item in value.by.items())
    yield value.metric, f"{found.metric.label}, {extract.client}, {value.period}{by}"
    yield "value", "no figure" if value.value is None else f"{value.value} {value.unit}"
    if value.numerator is not None and value.denominator is not None:
        yield "made of", f"{value.numerator} and {value.denominator}"
    yield "cases", f"{value.n:,}"
    if value.coverage is not None:
        yield "known", f"{value.coverage:.1%}, {unknown(value)} cases without an outcome"
    goal = judge.goal(extract.metric_data, found.metric, found.span.end)
    if goal:
        yield "target", f"{goal.value} ({goal.clause or goal.source}), status {value.status}"
    yield "seen by", f"{extract.audience}, as of {extract.as_of}"


def _definition(found: Lineage) -> Iterator[tuple[str, str]]:
    metric = found.metric
    yield "meaning", metric.definition
    yield "formula", metric.formula
    yield "counted", f"{metric.grain}, dated by {metric.date}"
    if metric.exclusions:
        yield "left out", metric.exclusions
    if metric.standard:
        yield "standard", metric.standard
    if "shipments" in metric.tables:
        for rule in found.extract.params.contract.delivery:
            early = "" if rule.early_minutes is None else f", early by over {rule.early_minutes}"
            since = f" since {rule.since}" if rule.since else ""
            yield "rule", f"late by over {rule.tolerance_minutes} minutes{early} fails{since}"


def _period(found: Lineage) -> Iterator[tuple[str, str]]:
    yield "from", f"{found.span.start}, the whole day"
    yield "to", f"{found.span.end}, the whole day"
    yield "days begin", f"at midnight, {found.extract.metric_data.timezone}"
    if found.value.partial:
        yield "partial", "the period is not over, or its data do not cover it"


def _rows(found: Lineage, workspace: Workspace) -> Iterator[tuple[str, str]]:
    for read in found.tables:
        yield read.table, f"needs {', '.join(dict(found.metric.needs)[read.table]) or 'no column'}"
        yield from _sources(found, read, workspace)
        counts = int((found.rows["table"] == read.table).sum()) if len(found.rows) else 0
        yield f"{read.table}: of this client", f"{read.own:,} rows"
        what = "read for the balance" if found.whole else "in the period, counting"
        yield f"{read.table}: {what}", f"{counts:,} rows"


def _sources(found: Lineage, read: Read, workspace: Workspace) -> Iterator[tuple[str, str]]:
    if found.extract.audience == "client":
        names = found.extract.manifest.tables[read.table].sources
        yield f"{read.table}: source", ", ".join(names)
        return
    served = owners(found.extract.client, workspace.clients)
    given = workspace.house.sources.get(read.table, ())
    serving = [source for source in given if any(map(source.client.serves, served))] or given
    for source in serving:
        yield f"{read.table}: source", _mapping(source)
    # What another client's sources hold is no step on the way to this figure.
    labels = {shown(source) for source in serving}
    for check in (check for check in read.checks if check.source in labels):
        counts = (
            f"{check.rows_in:,} rows in, {check.quarantined:,} set aside, "
            f"{check.excluded:,} left out by the mapping, {check.other_clients:,} of clients "
            f"without a folder, {check.rows_out:,} used"
        )
        yield f"{read.table}: {check.source}", counts


def _mapping(source: Source) -> str:
    where = source.file or source.url or ", ".join(source.files.values())
    told = [str(where)]
    told += [f"table {source.table}"] if source.table else []
    told += [f"query {' '.join(source.query.split())}"] if source.query else []
    told += [f"where {source.where}"] if source.where else []
    if source.keep:
        told.append(f"keep {source.keep.model_dump(exclude_none=True)}")
    told += ["supersedes the sources above it"] if source.supersedes else []
    told.append(f"times in {source.timezone}, complete to {source.cutoff.isoformat()}")
    return "; ".join(told)


def _checked(found: Lineage) -> Iterator[tuple[str, str]]:
    again = found.again
    numbers = f"{again.value}"
    if again.numerator is not None and again.denominator is not None:
        numbers = f"{again.value} from {again.numerator} and {again.denominator}"
    agrees = "as printed" if found.agrees else "NOT as printed"
    yield "computed again", f"from the rows themselves: {numbers}, {again.n:,} cases: {agrees}"
