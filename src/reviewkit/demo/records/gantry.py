"""Gantry Parts: actions, deals and milestones; the contract is up for renewal."""

from __future__ import annotations

from reviewkit.demo.actions import Action
from reviewkit.demo.contacts import Deal, Milestone

_ME, _NAME = "C-1526", "Gantry Parts"

ACTIONS = (
    Action(
        *("G-30", _NAME, "2026-04-14", "Q3 FY2026", "Move slow parts to the upper floor"),
        *("Meridian, Antwerp site", "provider", "2026-06-30", "2026-06-30"),
        closed="2026-06-29",
        evidence="1,900 places free on the ground floor",
        metric="on_time_delivery",
    ),
    Action(
        *("G-31", _NAME, "2026-07-14", "Q4 FY2026", "Name who decides on the renewal"),
        *("Gantry, purchasing", "client", "2026-08-31", "2026-10-16", 2),
    ),
    Action(
        *("G-32", _NAME, "2026-07-14", "Q4 FY2026", "Tell workshops of parts not found by 20:00"),
        *("Meridian, Antwerp site", "provider", "2026-09-15", "2026-09-15"),
        closed="2026-09-11",
        evidence="Message sent in 58 of 61 cases since 11 September",
        metric="in_full",
    ),
    Action(
        *("G-33", _NAME, "2026-07-14", "Q4 FY2026", "Send the offer for renewal"),
        *("Meridian, account team", "provider", "2026-09-15", "2026-10-09", 1),
        internal=True,
    ),
)

DEALS = (
    Deal("D-0401", _ME, "Renewal from February 2027", "WHS", "Antwerp", "proposal", 2400000, 0.6,
         "2026-05-19", "2026-11-02"),
    Deal("D-0433", _ME, "Night run to Lille", "PCL", "Antwerp", "qualified", 110000, 0.4,
         "2026-09-22", "2027-01-29"),
    Deal("D-0366", _ME, "Depot in Hamburg", "LTL", "Antwerp", "closed", 280000, 0.0,
         "2025-09-15", "2026-03-31", "2026-04-09"),
)  # fmt: skip

MILESTONES = (
    Milestone(_ME, "Renewal", "Terms proposed", "2026-09-15", "2026-10-09", "",
              "Meridian, account team"),
    Milestone(_ME, "Renewal", "Terms agreed", "2026-10-15", "2026-10-28", "", "Both sides"),
    Milestone(_ME, "Renewal", "Last day for notice", "2026-11-02", "2026-11-02", "",
              "Both sides"),
    Milestone(_ME, "Upper floor", "Slow parts moved", "2026-06-30", "2026-06-30", "2026-06-29",
              "Meridian, Antwerp site"),
)  # fmt: skip
