"""Writes the demo provider: its data, and the parameters and notebooks where they lack."""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from reviewkit.demo import dirt
from reviewkit.demo.billing import Line, invoice_lines, numbered
from reviewkit.demo.clients import ACCOUNTS
from reviewkit.demo.files import comma, money, write_csv, write_shipments
from reviewkit.demo.shipments import deliveries

DEBTORS = {account.number: account.billing.debtor for account in ACCOUNTS}
CURRENCIES = {account.number: account.billing.currency for account in ACCOUNTS}


@dataclass(frozen=True)
class DemoSummary:
    """What `write_demo` did: rows per data file, and which files it wrote, left or found changed.

    `kept` are files of the workspace that differ from the demo's own and were left alone.
    """

    folder: Path
    rows: dict[str, int]
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True)
class Books:
    """Everything that the data files are written from."""

    shipments: pd.DataFrame
    lines: tuple[Line, ...]


def books() -> Books:
    """Return the demo provider's books, the planted dirt included; the same at every call."""
    frames = [deliveries(account) for account in ACCOUNTS]
    lines: list[Line] = []
    for account, frame in zip(ACCOUNTS, frames, strict=True):
        lines.extend(invoice_lines(account, frame))
    return Books(_numbered(pd.concat(frames, ignore_index=True)), tuple(numbered(lines)))


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    order = np.argsort(frame["bill_day"].to_numpy(), kind="stable")
    frame = frame.iloc[order].reset_index(drop=True)
    year = frame["bill_day"].dt.strftime("%y").tolist()
    frame["shipment_no"] = [f"S{y}{index:07d}" for index, y in enumerate(year, start=1)]
    frame["sell_cents"] = frame["base_cents"] + frame["fuel_cents"] + frame["fee_cents"]
    return frame


def _shipments(path: Path, book: Books) -> int:
    frame = dirt.in_shipments(book.shipments)
    write_shipments(path, frame)
    return len(frame)


_INVOICE_HEAD = (
    *("Beleg", "Position", "Debitor", "Belegdatum", "Faellig", "Standort", "Sparte"),
    *("Kostenart", "Menge", "Einheit", "Preis", "Betrag", "Waehrung", "Kundenreferenz"),
    *("Gutschrift_zu", "Gutschriftgrund", "Reklamiert_am", "Ergebnis"),
)
_OUTCOMES = {"upheld": "anerkannt", "rejected": "abgelehnt", "open": "offen", "": ""}


def _invoices(path: Path, book: Books) -> int:
    rows = [_invoice_row(line) for line in book.lines]
    rows = dirt.in_invoices(rows)
    write_csv(path, _INVOICE_HEAD, rows, delimiter=";")
    return len(rows)


def _invoice_row(line: Line) -> list[str]:
    day = "%d.%m.%Y"
    return [
        *(line.invoice, f"{line.position:03d}", DEBTORS[line.account]),
        *(line.issued_on.strftime(day), line.due_on.strftime(day), line.site, line.product),
        *(line.charge, comma(line.quantity, 2), line.uom, comma(line.rate, 4)),
        *(money(line.cents).replace(".", ","), CURRENCIES[line.account], line.reference),
        *(line.credit_of, line.credit_reason),
        line.disputed_on.strftime(day) if line.disputed_on else "",
        _OUTCOMES[line.outcome],
    ]


DATA: dict[str, Callable[[Path, Books], int]] = {
    "tms_shipments.parquet": _shipments,
    "finance_invoice_lines.csv": _invoices,
}
"""The data files and what writes each; a writer returns the number of rows."""


def write_demo(folder: Path) -> DemoSummary:
    """Write the demo provider to `folder`: ``data/``, and ``params/`` and ``notebooks/`` if absent.

    The data files are the same bytes at every call. A file that already has them is not
    touched, so that nothing looks newer than it is. Parameters and notebooks that differ
    from the demo's own are kept and named in the summary.
    """
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    book = books()
    rows: dict[str, int] = {}
    written: list[str] = []
    unchanged: list[str] = []
    for name, write in DATA.items():
        with tempfile.TemporaryDirectory(dir=data, prefix=".") as scratch:
            made = Path(scratch) / name
            rows[name] = write(made, book)
            target = data / name
            if target.exists() and filecmp.cmp(made, target, shallow=False):
                unchanged.append(f"data/{name}")
                continue
            shutil.move(made, target)
            written.append(f"data/{name}")
    return DemoSummary(folder, rows, tuple(written), tuple(unchanged), ())
