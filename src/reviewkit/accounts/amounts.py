"""Control totals of money, never added up over currencies."""

from __future__ import annotations

import ibis.expr.types as ir
from ibis.backends import BaseBackend

from reviewkit.accounts.mapping import money_columns
from reviewkit.accounts.tables import TableSpec


def amounts(
    backend: BaseBackend, spec: TableSpec, supplied: frozenset[str], rows: ir.Table
) -> dict[str, str]:
    """Return the sum of each column of money that a source maps, in the source's own currency.

    Where it maps `currency` too there is a sum for each: "amount EUR", "amount USD", and
    "amount" for rows that name none.
    """
    money = money_columns(spec, supplied)
    if not money:
        return {}
    sums = {name: rows[name].sum() for name in money}
    if "currency" not in supplied:
        totals = backend.to_pyarrow(rows.aggregate(**sums)).to_pylist()[0]
        return {name: str(totals[name] or 0) for name in money}
    groups = backend.to_pyarrow(rows.group_by("currency").agg(**sums)).to_pylist()
    groups.sort(key=lambda group: group["currency"] or "")
    return {
        f"{name} {group['currency'] or ''}".rstrip(): str(group[name] or 0)
        for name in money
        for group in groups
    }
