"""The demo provider's books: everything that its systems hold, before anyone exports it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd

from reviewkit.demo import records
from reviewkit.demo.billing import Line, Payment, invoice_lines, numbered, payments
from reviewkit.demo.budget import Plan, budget
from reviewkit.demo.care import Answer, Case, answers, cases
from reviewkit.demo.clients import ACCOUNTS
from reviewkit.demo.contacts import Contact, contacts
from reviewkit.demo.draws import SEED
from reviewkit.demo.panels import PANELS
from reviewkit.demo.planning import Cost, Forecast, costs, forecasts
from reviewkit.demo.profile import Account
from reviewkit.demo.rates import Rate, rates
from reviewkit.demo.shipments import deliveries
from reviewkit.demo.stops import known_events, known_hall, known_shipments
from reviewkit.demo.tenders import tenders
from reviewkit.demo.warehouse import Hall, hall
from reviewkit.demo.work import activity, work_lines

RANGE = 1_000_000
"""Deliveries in the number range of one series; a tenth for invoices, a twentieth for cases."""


@dataclass(frozen=True)
class Books:
    """Everything that the data files are written from, in the order of the accounts.

    `shipments` are those of the central transport system, `local` those of the sites that
    have one of their own.
    """

    shipments: pd.DataFrame
    local: pd.DataFrame
    hall: Hall
    activity: pd.DataFrame
    tenders: pd.DataFrame
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]
    plans: tuple[Plan, ...]
    costs: tuple[Cost, ...]
    forecasts: tuple[Forecast, ...]
    cases: tuple[tuple[str, Case], ...]
    answers: tuple[Answer, ...]
    contacts: tuple[Contact, ...]
    rates: tuple[Rate, ...]


def books(seed: int = SEED) -> Books:
    """Return the demo provider's books, before any dirt; the same at every call of a seed."""
    accounts = [dataclasses.replace(account, seed=seed) for account in ACCOUNTS]
    drawn = {account.number: deliveries(account) for account in accounts}
    kept = [account for account in accounts if account.pays]
    halls = {account.number: hall(account, drawn[account.number]) for account in kept}
    events = {a.number: activity(a, drawn[a.number], halls[a.number]) for a in kept}
    work = {a.number: work_lines(a, events[a.number]) for a in kept}
    done = {a.number: work_lines(dataclasses.replace(a, leak=None), events[a.number]) for a in kept}
    lines: list[Line] = []
    frames: list[pd.DataFrame] = []
    for series, group in groupby(accounts, key=lambda account: account.series):
        members = list(group)
        issued = [
            line
            for account in members
            for line in (
                *invoice_lines(account, drawn[account.number]),
                *work.get(account.number, ()),
            )
        ]
        lines += numbered(issued, after=series * RANGE // 10)
        frames += [_numbered([drawn[a.number] for a in members], after=series * RANGE)]
    shipped = {
        account.number: known_shipments(account, frame[frame["customer_id"] == account.number])
        for account in accounts
        for frame in frames[account.series : account.series + 1]
    }
    return Books(
        shipments=_together([shipped[a.number] for a in accounts if not a.stops]),
        local=_together([shipped[a.number] for a in accounts if a.stops]),
        hall=_joined([known_hall(a, halls[a.number]) for a in kept]),
        activity=pd.concat([known_events(a, events[a.number]) for a in kept], ignore_index=True),
        tenders=pd.concat([tenders(a, shipped[a.number]) for a in kept], ignore_index=True),
        lines=tuple(lines),
        payments=tuple(item for a in kept for item in payments(a, lines)),
        plans=tuple(item for a in kept for item in budget(a, drawn[a.number], done[a.number])),
        costs=tuple(item for a in kept for item in costs(a, drawn[a.number], done[a.number])),
        forecasts=tuple(item for a in kept for item in forecasts(a, drawn[a.number])),
        cases=tuple(_tickets([(a, cases(a, drawn[a.number])) for a in kept])),
        answers=tuple(item for a in kept for item in answers(a)),
        contacts=tuple(
            item
            for a in kept
            for item in contacts(a, PANELS[a.number].roles, records.deals_of(a.number))
        ),
        rates=tuple(rates(seed)),
    )


def _numbered(parts: list[pd.DataFrame], after: int) -> pd.DataFrame:
    frame = _together(parts)
    year = (frame["bill_day"].dt.year % 100).tolist()
    frame["shipment_no"] = [f"S{y}{index:07d}" for index, y in enumerate(year, start=after + 1)]
    frame["sell_cents"] = frame["base_cents"] + frame["fuel_cents"] + frame["fee_cents"]
    return frame


def _together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    frame = pd.concat(parts, ignore_index=True)
    order = np.argsort(frame["bill_day"].to_numpy(), kind="stable")
    return frame.iloc[order].reset_index(drop=True)


def _joined(halls: list[Hall]) -> Hall:
    names = [field.name for field in dataclasses.fields(Hall)]
    return Hall(
        **{
            name: pd.concat([getattr(item, name) for item in halls], ignore_index=True)
            for name in names
        }
    )


def _tickets(opened: list[tuple[Account, list[Case]]]) -> list[tuple[str, Case]]:
    """Return the cases with their numbers, each series of accounts in a range of its own."""
    out: list[tuple[str, Case]] = []
    for series, group in groupby(opened, key=lambda pair: pair[0].series):
        found = sorted(
            (case for _, items in group for case in items),
            key=lambda case: (case.opened, case.number),
        )
        first = series * RANGE // 20 + 1
        out += [(f"T-{number:06d}", case) for number, case in enumerate(found, start=first)]
    return out
