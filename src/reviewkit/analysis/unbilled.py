"""Work that was done and not invoiced: the quantities of events against those of invoice lines.

No rate card is asked: a charge that has always been invoiced as it was done, and now is not,
is told by its own past. Its price is the one last invoiced. For the own house only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from reviewkit.analysis import cells
from reviewkit.analysis.chance import student
from reviewkit.analysis.change import CONFIDENCE
from reviewkit.analysis.figures import Figures
from reviewkit.periods import Period

NEEDS = (
    ("activity", ("site", "charge_code", "quantity")),
    ("invoice_lines", ("site", "charge_code", "quantity", "amount", "issued_on")),
)

MONTHS = 12
"""Months before the period that tell how far work and invoices are usually apart."""

NOTABLE = Fraction(1, 20)
"""Least share of the work done in the period that must be missing on the invoices."""

Place = tuple[str, str]
"""Site and charge."""


@dataclass(frozen=True)
class Unbilled:
    """One charge at one site: quantities of the period in `uom`, the missing at its last price.

    `since` is the first of the last months in a row in which less than half was invoiced,
    `None` where there is no such month.
    """

    site: str
    charge: str
    uom: str
    done: Decimal
    invoiced: Decimal
    rate: Decimal
    since: Period | None

    @property
    def missing(self) -> Decimal:
        """Quantity done and not invoiced."""
        return self.done - self.invoiced

    @property
    def amount(self) -> Decimal:
        """What the missing quantity comes to at the price last invoiced."""
        return self.missing * self.rate


def unbilled(figures: Figures) -> tuple[Unbilled, ...]:
    """Return what was done in the period and not invoiced, largest amount first.

    Nothing for a client's reader, nor of a partial period, nor of a charge that has not been
    invoiced by its quantity in the months before: what is in the price of another is not missing.
    """
    supplied = all(figures.has(table, *columns) for table, columns in NEEDS)
    if figures.data.audience != "internal" or not supplied or _partial(figures):
        return ()
    found = sorted(_found(figures), key=lambda item: (-item.amount, item.site, item.charge))
    return tuple(found)


def _partial(figures: Figures) -> bool:
    return figures.one("activity_events").partial or figures.one("invoice_accuracy").partial


def _found(figures: Figures) -> Iterator[Unbilled]:
    now = figures.period.months()
    months = (*now[0].prior().run(MONTHS), *now)
    done, lines = _done(figures, months), _lines(figures)
    invoiced = _by_month(lines, "quantity", months)
    places = [place for place in done if _usually_invoiced(done[place], invoiced[place], now)]
    for place in sorted(places):
        gaps = [done[place][month] - invoiced[place][month] for month in months]
        missing, whole = _sum(gaps[MONTHS:]), _sum(done[place][m] for m in now)
        if Fraction(missing) <= Fraction(whole) * NOTABLE or not _beyond(
            gaps, len(now), len(places)
        ):
            continue
        own = lines[(lines["site"] == place[0]) & (lines["charge_code"] == place[1])]
        last = own.sort_values("issued_on", kind="stable").iloc[-1]
        yield Unbilled(
            site=place[0],
            charge=place[1],
            uom=cells.text(last["uom"]),
            done=whole,
            invoiced=whole - missing,
            rate=cells.money(last["amount"]) / Decimal(str(last["quantity"])),
            since=_since(done[place], invoiced[place], months),
        )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


_Sums = Mapping[Place, Mapping[Period, Decimal]]


def _done(figures: Figures, months: tuple[Period, ...]) -> _Sums:
    events = figures.data.cube["activity"]
    return _by_month(events.rename(columns={"month": "issued_on"}), "quantity", months)


def _lines(figures: Figures) -> pd.DataFrame:
    """Return the lines that charge something; credits take nothing back of what was done."""
    lines = figures.register("invoice_lines")
    charged = lines["credit_of"].isna() & (lines["amount"] > 0) & (lines["quantity"] > 0)
    return lines[
        charged & (lines["currency"].fillna(figures.data.currency) == figures.data.currency)
    ]


def _by_month(rows: pd.DataFrame, column: str, months: tuple[Period, ...]) -> _Sums:
    out: dict[Place, dict[Period, Decimal]] = defaultdict(lambda: dict.fromkeys(months, Decimal(0)))
    for month in months:
        first, last = pd.Timestamp(month.start), pd.Timestamp(month.end)
        inside = rows[(rows["issued_on"] >= first) & (rows["issued_on"] <= last)]
        sums = inside.groupby(["site", "charge_code"])[column].sum()
        for (site, charge), quantity in zip(sums.index.tolist(), sums.tolist(), strict=True):
            out[str(site), str(charge)][month] = Decimal(str(quantity))
    return out


def _usually_invoiced(
    done: Mapping[Period, Decimal], invoiced: Mapping[Period, Decimal], now: tuple[Period, ...]
) -> bool:
    """Tell whether the months before saw it invoiced as it was done, give or take a tenth."""
    past = [month for month in done if month not in now and done[month]]
    whole, billed = _sum(done[month] for month in past), _sum(invoiced[month] for month in past)
    return len(past) >= 3 and abs(billed - whole) * 10 <= whole


def _beyond(gaps: list[Decimal], length: int, looks: int) -> bool:
    """Tell whether the period's gap is larger than what timing has ever made of it."""
    past = [float(gap) for gap in gaps[:-length]]
    middle = sum(past) / len(past)
    spread = sum((gap - middle) ** 2 for gap in past) / (len(past) - 1)
    if not spread:
        return True
    mean = sum(map(float, gaps[-length:])) / length
    t = (mean - middle) / (spread * (1 / length + 1 / len(past))) ** 0.5
    return t > 0 and student(t, len(past) - 1) * looks < 1 - CONFIDENCE


def _since(
    done: Mapping[Period, Decimal], invoiced: Mapping[Period, Decimal], months: tuple[Period, ...]
) -> Period | None:
    found = None
    for month in reversed(months):
        if invoiced[month] * 2 >= done[month]:
            break
        found = month
    return found
