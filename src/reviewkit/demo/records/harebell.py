"""Harebell Press: actions, deals and milestones; Allentown changes its systems."""

from __future__ import annotations

from reviewkit.demo.actions import Action
from reviewkit.demo.contacts import Deal, Milestone

_ME, _NAME = "C-1577", "Harebell Press"

ACTIONS = (
    Action(
        *("H-05", _NAME, "2026-04-23", "Q3 FY2026", "Send release dates of titles by Wednesday"),
        *("Harebell, production", "client", "2026-06-10", "2026-10-28", 2),
        metric="on_time_delivery",
    ),
    Action(
        *("H-06", _NAME, "2026-07-23", "Q4 FY2026", "Book Boston appointments a day earlier"),
        *("Meridian, Allentown site", "provider", "2026-08-28", "2026-08-28"),
        closed="2026-08-27",
        evidence="Appointment list, weeks 35 and 36",
        metric="on_time_delivery",
    ),
    Action(
        *("H-07", _NAME, "2026-07-23", "Q4 FY2026", "Move Allentown to the central systems"),
        *("Meridian, Allentown site", "provider", "2026-09-16", "2026-10-16", 1),
    ),
)

DEALS = (
    Deal("D-0426", _ME, "Print on demand next to the store", "WHS", "Allentown", "qualified",
         210000, 0.2, "2026-08-12", "2027-04-30"),
    Deal("D-0379", _ME, "School term peak", "DST", "Allentown", "closed", 75000, 1.0,
         "2025-11-17", "2026-05-29", "2026-05-20", won=True),
)  # fmt: skip

MILESTONES = (
    Milestone(_ME, "Central systems", "Old transport system switched off", "2026-09-16",
              "2026-09-16", "2026-09-16", "Meridian, Allentown site"),
    Milestone(_ME, "Central systems", "September entered afterwards", "2026-09-30", "2026-10-16",
              "", "Meridian, Allentown site"),
    Milestone(_ME, "Central systems", "First month from the new system", "2026-10-31",
              "2026-10-31", "", "Meridian, Allentown site"),
)  # fmt: skip
