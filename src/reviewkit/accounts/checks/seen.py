"""What the check asks of a source and a build does not: described, and run by the check alone."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir

from reviewkit.accounts.checks.rowwise import Broken, any_of, told_of


@dataclass(frozen=True)
class Seen:
    """Queries over one source, in the database in which it lies.

    `tally` gives `client`, `rows` and `excluded`; a null client stands for all that no
    folder claims. `strangers` gives `id` and `rows` of these; `None` where the source holds
    one client. `kept` are rows in use that break a rule which sets none aside: `client`,
    and what `told_of` tells; `None` without such rules.
    """

    tally: ir.Table
    strangers: ir.Table | None
    kept: ir.Table | None


def tally(rows: ir.Table, client: ir.Value, keep: ir.BooleanValue | None = None) -> ir.Table:
    """Return how many rows each client has, and how many of these are excluded by rule."""
    named = rows.select(client=client, out=(~keep).cast("int64") if keep is not None else 0)
    return named.group_by("client").agg(rows=named.count(), excluded=named.out.sum())


def strangers(
    rows: ir.Table, identifier: ir.Value, client: ir.Value, keep: ir.BooleanValue | None = None
) -> ir.Table:
    """Return the ids that no folder claims, with the number of their rows."""
    unknown = client.isnull() if keep is None else client.isnull() & keep
    named = rows.filter(unknown).select(id=identifier.cast("string").fill_null(""))
    return named.group_by("id").agg(rows=named.count())


def kept(chosen: ir.Table, rules: list[Broken], **named: ir.Value) -> ir.Table | None:
    """Return the rows that break one of `rules`, each with the first."""
    if not rules:
        return None
    return chosen.filter(any_of(rules)).select(**named, **told_of(rules))
