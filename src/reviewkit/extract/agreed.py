"""What a review was told to have been agreed, kept with its approval for the reviews after it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import Field

from reviewkit.extract import files
from reviewkit.params.models import Params

PARTS = ("strengths", "weaknesses", "opportunities", "threats")
"""Parts of a SWOT."""


class AgreedAction(Params):
    """An action that was open when the review was made."""

    id: str
    title: str
    owner: str = ""
    side: str = ""
    due: dt.date | None = None


class AgreedEntry(Params):
    """A line of the account plan; `part` is where it stands: strengths, ..., competitors."""

    part: str
    text: str
    date: dt.date | None = None
    evidence: str = ""


class Agreed(Params):
    """Open actions of one review as its audience knew them; the account plan is internal."""

    period: str
    actions: tuple[AgreedAction, ...] = ()
    entries: tuple[AgreedEntry, ...] = ()
    people: dict[str, str] = Field(default_factory=dict)


def agreed_of(folder: Path) -> Agreed:
    """Return what the extract in `folder` holds as agreed: what its audience may know of it."""
    about = json.loads((folder / "extract.json").read_bytes())
    plan = json.loads((folder / "params.json").read_bytes())["client"]["plan"]
    return Agreed(
        period=about["period"],
        actions=_open_actions(folder / "registers" / "actions.parquet"),
        entries=tuple(_entries(plan)),
        people={item["name"]: item["stance"] for item in plan.get("stakeholders", ())},
    )


def _open_actions(path: Path) -> tuple[AgreedAction, ...]:
    if not path.is_file():
        return ()
    rows = files.read_parquet(path)
    still = rows[rows["closed_on"].isna()].to_dict("records")
    return tuple(
        AgreedAction(
            id=str(row["action_id"]),
            title=str(row["title"]),
            owner=_text(row["owner"]),
            side=_text(row["side"]),
            due=None if pd.isna(row["due_on"]) else pd.Timestamp(row["due_on"]).date(),
        )
        for row in still
    )


def _entries(plan: dict[str, Any]) -> list[AgreedEntry]:
    swot = plan.get("swot", {})
    found = [(part, item) for part in PARTS for item in swot.get(part, ())]
    found += [("competitors", item) for item in plan.get("competitors", ())]
    return [AgreedEntry(part=part, **item) for part, item in found]


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
