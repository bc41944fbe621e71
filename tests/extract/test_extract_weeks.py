"""An extract of a fiscal period of weeks: it reads back as such, and reaches three years back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
from worlds import AS_OF, workspace, world

from reviewkit.extract.read import read_extract
from reviewkit.extract.write import write_extracts
from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.evaluate import evaluate
from reviewkit.params.models import Calendar
from reviewkit.periods import parse

LEAP = Calendar(pattern="13x4", ends="last wednesday of february")
"""Fiscal 2024 ends on Wednesday 28 February 2024, the day before a leap day."""

OWN = LEAP.fiscal(1)


def test_an_extract_reads_back_with_the_clients_calendar(tmp_path: Path) -> None:
    days = pd.date_range("2020-01-01", "2024-03-31", freq="D")
    rows = [
        {"shipment_id": str(day.date()), "shipped_at": f"{day.date()} 09:00",
         "promised_at": f"{day.date()} 12:00", "delivered_at": f"{day.date()} 11:00"}
        for day in days
    ]  # fmt: skip
    own = workspace(str(tmp_path), calendar=LEAP)
    cube = build_cube(world({"shipments": rows}), own)
    for name, first in (
        ("FY2024", dt.date(2021, 2, 25)),
        ("FY2024-P13", dt.date(2021, 2, 25)),
        # Three calendar years before the end of March 2024.
        ("2024-03", dt.date(2021, 4, 1)),
    ):
        period = parse(name, OWN)
        folder, _ = write_extracts(own, cube, "acme", period)
        extract = read_extract(folder)
        assert extract.period == period
        assert extract.metric_data.calendar == OWN
        assert extract.cube["shipments"]["month"].min() == pd.Timestamp(first)
        (value,) = evaluate(extract.metric_data, ["shipments"], extract.period, as_of=AS_OF)
        assert (value.value, value.year_ago) == (period.days, period.year_ago().days)
