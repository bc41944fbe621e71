"""Damson Mode: actions, deals and milestones; the web shop has just begun."""

from __future__ import annotations

from reviewkit.demo.actions import Action
from reviewkit.demo.contacts import Deal, Milestone

_ME, _NAME = "C-1418", "Damson Mode"

ACTIONS = (
    Action(
        *("D-08", _NAME, "2026-04-16", "Q1 2026", "Double the parcel benches before the web shop"),
        *("Meridian, Lille site", "provider", "2026-06-26", "2026-06-26"),
        closed="2026-06-24",
        evidence="Eight benches in use, photographs of 24 June",
        metric="on_time_delivery",
    ),
    Action(
        *("D-09", _NAME, "2026-04-16", "Q1 2026", "Share web shop orders two weeks ahead"),
        *("Damson, web shop", "client", "2026-06-15", "2026-10-30", 2),
        metric="shipments",
    ),
    Action(
        *("D-10", _NAME, "2026-07-16", "Q2 2026", "Count returns at the door, not on the shelf"),
        *("Meridian, Lille site", "provider", "2026-09-15", "2026-09-15"),
        closed="2026-09-14",
        evidence="Gate book of 14 to 30 September",
        metric="in_full",
    ),
    Action(
        *("D-11", _NAME, "2026-07-16", "Q2 2026", "Obtain parcel rates for the new volume"),
        *("Meridian, procurement", "provider", "2026-09-30", "2026-11-16", 1),
        metric="gross_margin",
        internal=True,
    ),
)

DEALS = (
    Deal("D-0428", _ME, "Web shop returns", "WHS", "Lille", "proposal", 145000, 0.5,
         "2026-08-24", "2026-12-11"),
    Deal("D-0383", _ME, "Web shop dispatch", "PCL", "Lille", "closed", 330000, 1.0,
         "2025-12-02", "2026-04-30", "2026-04-21", won=True),
    Deal("D-0436", _ME, "Gift wrapping", "WHS", "Lille", "qualified", 38000, 0.3,
         "2026-09-28", "2026-11-20"),
)  # fmt: skip

MILESTONES = (
    Milestone(_ME, "Web shop", "Interface tested", "2026-06-12", "2026-06-12", "2026-06-15",
              "Both sides"),
    Milestone(_ME, "Web shop", "First parcel", "2026-07-01", "2026-07-01", "2026-07-01",
              "Meridian, Lille site"),
    Milestone(_ME, "Web shop", "Parcel rates agreed with carriers", "2026-09-30", "2026-11-16",
              "", "Meridian, procurement"),
    Milestone(_ME, "Web shop", "Sunday dispatch", "2026-11-08", "2026-11-08", "",
              "Meridian, Lille site"),
)  # fmt: skip
