"""What is open for too long: receivables past due, disputes, cases, actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reviewkit.analysis import cells
from reviewkit.analysis.actions import current_actions
from reviewkit.analysis.alerts.model import Aged, Watch
from reviewkit.analysis.receivables import open_invoices
from reviewkit.params.alerts import Ageing


@dataclass(frozen=True)
class Item:
    """One open thing: its identifier, age in days, and amount where it has one."""

    name: str
    days: int
    amount: Decimal | None = None
    postponed: int = 0


def aged(watch: Watch, rule: Ageing) -> Iterator[tuple[str, Aged]]:
    """Yield what is older than `rule.days` as one finding; each action as one of its own."""
    old = [item for item in _ITEMS[rule.of](watch) if item.days > rule.days or _put_off(item, rule)]
    old.sort(key=lambda item: (-item.days, item.name))
    if rule.of == "actions":
        for item in old:
            one = Aged(rule.of, 1, rule.days, item.days, (item.name,), postponed=item.postponed)
            yield f"action:{item.name}", one
        return
    amounts = [item.amount for item in old if item.amount is not None]
    amount = sum(amounts, Decimal(0)) if amounts else None
    if old and (amount or Decimal(0)) >= rule.amount:
        names = tuple(item.name for item in old)
        yield rule.of, Aged(rule.of, len(old), rule.days, old[0].days, names, amount)


def _put_off(item: Item, rule: Ageing) -> bool:
    return rule.postponed is not None and item.postponed >= rule.postponed


def _receivables(watch: Watch) -> Iterator[Item]:
    figures = watch.figures
    if figures.has("invoice_lines") and figures.has("payments"):
        for invoice in open_invoices(figures):
            if invoice.amount > 0:
                days = (figures.as_of - invoice.due).days
                yield Item(invoice.id, days, invoice.amount)


def _disputes(watch: Watch) -> Iterator[Item]:
    figures = watch.figures
    if not figures.has("invoice_lines", "disputed_on"):
        return
    lines = figures.register("invoice_lines")
    for row in lines[lines["disputed_on"].notna()].to_dict("records"):
        raised = cells.day(row["disputed_on"])
        if raised and cells.text(row["dispute_outcome"]) in ("", "open"):
            name = f"{cells.text(row['invoice_id'])}/{cells.text(row['line'])}"
            # What has no rate of exchange is counted, and adds to no amount.
            own = cells.text(row["currency"]) in ("", figures.data.currency)
            amount = abs(cells.money(row["amount"])) if own else None
            yield Item(name, (figures.as_of - raised).days, amount)


def _cases(watch: Watch) -> Iterator[Item]:
    figures = watch.figures
    if not figures.has("cases", "closed_at"):
        return
    cases = figures.register("cases")
    for row in cases[cases["closed_at"].isna()].to_dict("records"):
        opened = cells.day(row["opened_at"])
        if opened:
            yield Item(cells.text(row["case_id"]), (figures.as_of - opened).days)


def _actions(watch: Watch) -> Iterator[Item]:
    for action in current_actions(watch.figures):
        if action.closed is None:
            yield Item(action.id, action.late, postponed=action.postponed)


_ITEMS: Mapping[str, Callable[[Watch], Iterator[Item]]] = {
    "receivables": _receivables,
    "disputes": _disputes,
    "cases": _cases,
    "actions": _actions,
}
