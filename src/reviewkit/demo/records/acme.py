"""Acme Motors: deals in the pipeline, and milestones of its projects."""

from __future__ import annotations

from reviewkit.demo.contacts import Deal, Milestone

_ME = "C-1041"

DEALS = (
    Deal("D-0412", _ME, "Crate returns Lyon and Turin", "LTL", "Venlo", "proposal", 185000, 0.4,
         "2026-06-18", "2026-11-30"),
    Deal("D-0398", _ME, "Rail for Madrid", "LTL", "Venlo", "negotiation", 240000, 0.6,
         "2026-03-10", "2026-12-15"),
    Deal("D-0431", _ME, "Saturday opening in Venlo", "LTL", "Venlo", "qualified", 21600, 0.7,
         "2026-09-21", "2026-11-06"),
    Deal("D-0355", _ME, "Parcels from Łódź", "PCL", "Łódź", "closed", 96000, 1.0,
         "2025-09-02", "2026-01-31", "2026-01-22", won=True),
    Deal("D-0340", _ME, "Sequencing in Birmingham", "DST", "Birmingham", "closed", 310000, 0.0,
         "2025-07-15", "2026-02-28", "2026-03-03"),
)  # fmt: skip

MILESTONES = (
    Milestone(_ME, "Rail for Madrid", "Route and terminal agreed", "2026-06-30", "2026-06-30",
              "2026-06-26", "Meridian, transport"),
    Milestone(_ME, "Rail for Madrid", "Slots confirmed by the operator", "2026-09-15",
              "2026-10-30", "", "Meridian, procurement"),
    Milestone(_ME, "Rail for Madrid", "Trial train", "2026-12-01", "2027-02-15", "",
              "Meridian, transport"),
    Milestone(_ME, "Second carrier for Lyon", "Offers compared", "2026-08-31", "2026-09-25",
              "2026-09-25", "Meridian, procurement"),
    Milestone(_ME, "Second carrier for Lyon", "Contract signed", "2026-09-15", "2026-10-23", "",
              "Both sides"),
    Milestone(_ME, "Second carrier for Lyon", "First departure", "2026-10-01", "2026-11-02", "",
              "Meridian, transport"),
)  # fmt: skip
