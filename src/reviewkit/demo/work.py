"""Billable work at a demo account's sites, and the invoice lines that charge it.

Work times tariff is what should be invoiced. It is what was invoiced, but for a leak.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from reviewkit.demo.billing import Line, closes
from reviewkit.demo.profile import WMS_SINCE, ZONES, Account
from reviewkit.demo.schedule import HOUR, at_minute, in_utc
from reviewkit.demo.warehouse import DAYS, SERVICE, Hall

UNITS = {
    "INB": "pallet",
    "STO": "pallet day",
    "PIK": "line",
    "RET": "return",
    "VAS": "piece",
    "APT": "delivery",
}
"""Charges of billable events, and the unit in which each is counted."""


def activity(account: Account, deliveries: pd.DataFrame, hall: Hall) -> pd.DataFrame:
    """Return the account's billable events, in order of time."""
    parts = [_appointments(deliveries)]
    if account.tariff:
        parts += [
            _events("INB", hall.receipts, "arrived_utc", "pallets", "receipt"),
            _events("STO", _at(hall.stock, 23 * HOUR), "at_utc", "pallets"),
            _events("PIK", _at(_picked(hall.order_lines), 20 * HOUR), "at_utc", "lines"),
            _events("RET", hall.returns.assign(one=1), "at_utc", "one", "reference"),
            _events("VAS", _at(_pieces(account), 14 * HOUR), "at_utc", "pieces"),
        ]
    frame = pd.concat(parts, ignore_index=True)
    order = np.lexsort((frame["charge"].to_numpy().astype(str), frame["at_utc"].to_numpy()))
    frame = frame.iloc[order].reset_index(drop=True)
    frame.insert(0, "customer_id", account.number)
    frame.insert(0, "event", [f"E{account.number[2:]}-{k:07d}" for k in range(1, len(frame) + 1)])
    return frame


def _events(
    charge: str, rows: pd.DataFrame, moment: str, quantity: str, reference: str = ""
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "depot": rows["depot"],
            "product": rows["product"],
            "day": rows["day"],
            "at_utc": rows[moment],
            "charge": charge,
            "quantity": rows[quantity].astype("float64"),
            "unit": UNITS[charge],
            "reference": rows[reference] if reference else None,
        }
    )


def _appointments(deliveries: pd.DataFrame) -> pd.DataFrame:
    recent = deliveries["bill_day"] >= pd.Timestamp(WMS_SINCE)
    rows = deliveries[recent & (deliveries["fee_cents"] > 0)]
    rows = rows.rename(columns={"bill_day": "day"}).assign(one=1)
    return _events("APT", rows, "departed_utc", "one", "order_no")


def _at(rows: pd.DataFrame, minute: int) -> pd.DataFrame:
    """Return rows of days with the moment in UTC at which they were booked."""
    day = rows["day"].to_numpy().astype("datetime64[D]")
    zone = rows["depot"].map(ZONES).to_numpy()
    return rows.assign(at_utc=in_utc(at_minute(day, np.full(len(day), minute)), zone).to_numpy())


def _picked(lines: pd.DataFrame) -> pd.DataFrame:
    went = lines[lines["qty_shipped"] > 0].rename(columns={"bill_day": "day"})
    sums = went.groupby(["day", "depot"], sort=True).size().rename("lines").reset_index()
    return sums.assign(product=SERVICE)


def _pieces(account: Account) -> pd.DataFrame:
    """Return how many pieces were worked on each working day at each site."""
    draws = account.draws("work")
    working = DAYS[np.is_busday(DAYS)]
    parts = [
        pd.DataFrame(
            {
                "day": working,
                "depot": store.site,
                "product": SERVICE,
                "pieces": np.floor(store.worked * draws.between(len(working), 0.8, 1.2)),
            }
        )
        for store in account.stores
        if store.worked
    ]
    empty = pd.DataFrame({"day": DAYS[:0], "depot": [], "product": [], "pieces": []})
    return pd.concat(parts or [empty], ignore_index=True)


def work_lines(account: Account, events: pd.DataFrame) -> list[Line]:
    """Return invoice lines for the events, one for each period, site and charge of the tariff.

    Appointments are not among them: they are invoiced with their deliveries.
    """
    done = events[events["charge"].isin(list(account.tariff))]
    leak = account.leak
    if leak:
        lost = (done["charge"] == leak.charge) & (done["depot"] == leak.site)
        done = done[~(lost & (done["day"] >= pd.Timestamp(leak.since)))]
    close = closes(account, done["day"]).rename("issued")
    sums = done.groupby([close, "depot", "charge"], sort=True)["quantity"].sum()
    return [
        _line(account, issued.date(), site, charge, quantity)
        for (issued, site, charge), quantity in zip(sums.index.tolist(), sums.tolist(), strict=True)
    ]


def _line(account: Account, issued: dt.date, site: str, charge: str, quantity: float) -> Line:
    billing = account.billing
    rate = account.tariff[charge]
    return Line(
        account=account.number,
        issued_on=issued,
        due_on=issued + dt.timedelta(days=billing.terms),
        site=site,
        product=SERVICE,
        place="",
        charge=charge,
        quantity=quantity,
        uom=UNITS[charge],
        rate=rate,
        cents=round(quantity * rate * 100),
        reference=f"{billing.debtor}/{issued:%y%m}/{site[:3].upper()}",
    )
