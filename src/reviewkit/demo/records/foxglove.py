"""Foxglove Pharma: actions, deals and milestones; new cooling boxes came in August."""

from __future__ import annotations

from reviewkit.demo.actions import Action
from reviewkit.demo.contacts import Deal, Milestone

_ME, _NAME = "C-1503", "Foxglove Pharma"

ACTIONS = (
    Action(
        *("F-21", _NAME, "2026-07-21", "Q1 FY2027", "Change to the new cooling boxes"),
        *("Meridian, Daventry site", "provider", "2026-08-03", "2026-08-03"),
        closed="2026-08-03",
        evidence="All 620 boxes in use",
        metric="in_full",
    ),
    Action(
        *("F-22", _NAME, "2026-08-20", "Special review", "Reset and lock all logger profiles"),
        *("Meridian, Daventry site", "provider", "2026-08-21", "2026-08-21"),
        closed="2026-08-21",
        evidence="List of 620 loggers, each signed by two people",
        metric="resolution_median",
    ),
    Action(
        *("F-23", _NAME, "2026-08-20", "Special review", "Sign each change of a profile twice"),
        *("Meridian, quality", "provider", "2026-09-04", "2026-09-04"),
        closed="2026-09-02",
        evidence="Procedure QP-31, version 4",
    ),
    Action(
        *("F-24", _NAME, "2026-07-21", "Q1 FY2027", "Release papers by 14:00"),
        *("Foxglove, quality", "client", "2026-09-15", "2026-10-30", 1),
        metric="on_time_delivery",
    ),
)

DEALS = (
    Deal("D-0424", _ME, "Clinical trial kits", "WHS", "Daventry", "qualified", 190000, 0.3,
         "2026-08-31", "2027-03-31"),
    Deal("D-0390", _ME, "Cooling boxes", "DST", "Daventry", "closed", 120000, 1.0,
         "2026-01-26", "2026-06-30", "2026-06-23", won=True),
)  # fmt: skip

MILESTONES = (
    Milestone(_ME, "New cooling boxes", "Boxes qualified", "2026-07-10", "2026-07-10",
              "2026-07-14", "Both sides"),
    Milestone(_ME, "New cooling boxes", "In use", "2026-08-03", "2026-08-03", "2026-08-03",
              "Meridian, Daventry site"),
    Milestone(_ME, "New cooling boxes", "Four weeks without a deviation", "2026-08-31",
              "2026-09-18", "2026-09-18", "Both sides"),
    Milestone(_ME, "New cooling boxes", "Requalified for winter", "2026-11-13", "2026-11-13", "",
              "Foxglove, quality"),
)  # fmt: skip
