"""Borealis Foods: deals in the pipeline, and milestones of its projects."""

from __future__ import annotations

from reviewkit.demo.contacts import Deal, Milestone

_ME = "C-1187"

DEALS = (
    Deal("D-0420", _ME, "Cold storage Savannah", "WHS", "Savannah", "qualified", 420000, 0.3,
         "2026-08-27", "2027-02-28"),
    Deal("D-0405", _ME, "Volume commitment distribution", "DST", "Joliet", "negotiation", 350000,
         0.5, "2026-06-22", "2026-11-13"),
    Deal("D-0361", _ME, "Parcels to Nashville", "PCL", "Savannah", "closed", 64000, 1.0,
         "2025-08-19", "2025-12-15", "2025-12-11", won=True),
    Deal("D-0349", _ME, "Inbound from growers", "LTL", "Savannah", "closed", 280000, 0.0,
         "2025-07-08", "2026-04-30", "2026-05-06"),
)  # fmt: skip

MILESTONES = (
    Milestone(_ME, "Appointments by interface", "Messages agreed", "2026-06-30", "2026-06-30",
              "2026-07-02", "Both sides"),
    Milestone(_ME, "Appointments by interface", "Test with two consignees", "2026-08-15",
              "2026-10-20", "", "Borealis, distribution"),
    Milestone(_ME, "Appointments by interface", "All consignees", "2026-08-31", "2026-11-30", "",
              "Borealis, distribution"),
    Milestone(_ME, "Holiday weeks", "Volumes confirmed", "2026-10-01", "2026-11-02", "",
              "Borealis, distribution"),
    Milestone(_ME, "Holiday weeks", "Trucks secured", "2026-10-15", "2026-11-06", "",
              "Meridian, transport"),
)  # fmt: skip
