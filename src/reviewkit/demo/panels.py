"""How the demo's clients complain and answer surveys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """How an account complains and answers.

    `complaints` and `pace` scale how often a delivery leads to a case and how long one takes;
    the rest are survey responses a quarter, and the shares that decide NPS and CSAT.
    """

    responses: int
    promoters: float
    detractors: float
    roles: tuple[str, ...]
    satisfied: float = 0.82
    complaints: float = 1.0
    pace: float = 1.0


PANELS = {
    "C-1041": Panel(
        38,
        0.56,
        0.115,
        ("Depot manager", "Planner", "Workshop", "Purchasing", "Customer service"),
        pace=0.78,
    ),
    "C-1187": Panel(
        34,
        0.60,
        0.10,
        ("Store receiving", "Planner", "Quality", "Purchasing"),
        complaints=1.6,
        pace=0.7,
    ),
    "C-1418": Panel(
        24,
        0.55,
        0.12,
        ("Store manager", "Web shop", "Planner", "Customer service"),
        complaints=0.5,
        pace=0.7,
    ),
    "C-1455": Panel(
        22,
        0.57,
        0.10,
        ("Planner", "Service centre", "Purchasing", "Quality"),
        pace=0.7,
    ),
    "C-1503": Panel(
        26,
        0.56,
        0.12,
        ("Pharmacist", "Quality", "Planner", "Regulatory affairs"),
        complaints=1.6,
        pace=0.55,
    ),
    "C-1526": Panel(
        28,
        0.62,
        0.08,
        ("Workshop", "Parts planner", "Purchasing", "Depot manager"),
        pace=0.6,
    ),
    "C-1577": Panel(
        18,
        0.54,
        0.13,
        ("Bookseller", "Production", "Planner", "Rights and sales"),
        complaints=0.8,
        pace=0.8,
    ),
}
"""The panel of each account that is kept in full, by its number."""
