"""``checks:`` in ``house.yaml``: how grave each rule of the check is, and where it begins."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from reviewkit.params.base import Params, about

Severity = Literal["error", "warning", "note", "off"]
"""Of a rule of single rows, an error sets the row aside; the others leave it in use."""

_GRAVE = "error, warning, note or off"
_FROM = "where the rule begins, in its own unit"


def _severity_by_name(given: Any) -> Any:
    """Read `orphan: error` as short for `orphan: {severity: error}`."""
    return {"severity": given} if isinstance(given, str) else given


class TableRule(Params):
    """A rule in one table, where it is stricter or looser there."""

    severity: Severity | None = about(_GRAVE, None)
    threshold: float | None = about(_FROM, None, ge=0)


class Rule(Params):
    """A rule as this house wants it; what is left out keeps its default.

    `orphan: error` is short for `orphan: {severity: error}`, here and under `tables`.
    """

    severity: Severity | None = about(_GRAVE, None)
    threshold: float | None = about(_FROM, None, ge=0)
    tables: dict[str, Annotated[TableRule, BeforeValidator(_severity_by_name)]] = about(
        "account table: otherwise there", {}
    )


_Rule = Annotated[Rule, BeforeValidator(_severity_by_name)]


class Checks(Params):
    """How grave each rule of `reviewkit check` is, and where it begins.

    Rows that break a rule of single rows are set aside where that is an error, and told but
    used where it is not. The defaults stand in [checks.md](checks.md).
    """

    type: _Rule = about("a value that is not of its column's type; used, it is empty", Rule())
    values: _Rule = about("a word that the contract does not know", Rule())
    minimum: _Rule = about("a value below the least allowed", Rule())
    maximum: _Rule = about("a value above the largest allowed", Rule())
    order: _Rule = about("dates that run backwards", Rule())
    clock: _Rule = about("times within an hour that the source's clock skipped", Rule())
    lag: _Rule = about("dates too far apart; days", Rule())
    future: _Rule = about("events after the cut-off; days", Rule())
    orphan: _Rule = about("what a row refers to is not there", Rule())
    rate: _Rule = about("amounts in a currency without a rate of exchange on their day", Rule())
    stranger: _Rule = about("ids in the source that no client folder claims", Rule())
    column: _Rule = about("columns of the contract that no source maps", Rule())
    coverage: _Rule = about("filled cells of a mapped column; share", Rule())
    gap: _Rule = about("time without rows where there usually are some; days", Rule())
    volume: _Rule = about("rows of a month against the same month last year; share", Rule())
    unit: _Rule = about("months whose values are of another size; factor", Rule())
    freshness: _Rule = about("newest row and cut-off, and cut-offs of tables; days", Rule())
    largest: dict[str, float] = about('"table.column": the largest value allowed in it', {})
