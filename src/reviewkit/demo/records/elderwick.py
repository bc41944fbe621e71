"""Elderwick Electronics: actions, deals and milestones; billing moved to a new set-up in July."""

from __future__ import annotations

from reviewkit.demo.actions import Action
from reviewkit.demo.contacts import Deal, Milestone

_ME, _NAME = "C-1455", "Elderwick Electronics"

ACTIONS = (
    Action(
        *("E-14", _NAME, "2026-04-22", "Q1 2026", "Rechnungen auf das neue System umstellen"),
        *("Meridian, Abrechnung", "provider", "2026-07-01", "2026-07-01"),
        closed="2026-07-01",
        evidence="Erste Rechnung im Juli daraus gestellt",
        metric="invoice_accuracy",
    ),
    Action(
        *("E-15", _NAME, "2026-07-22", "Q2 2026", "Firmware-Aktionen zehn Tage vorher ankündigen"),
        *("Elderwick, Kundendienst", "client", "2026-09-01", "2026-10-16", 1),
        metric="on_time_delivery",
    ),
    Action(
        *("E-16", _NAME, "2026-07-22", "Q2 2026", "Zweiten Arbeitsplatz für Firmware einrichten"),
        *("Meridian, Standort Kassel", "provider", "2026-09-11", "2026-09-11"),
        closed="2026-09-10",
        evidence="240 Stück am Tag seit 10. September ohne Überstunden",
        metric="on_time_delivery",
    ),
)

DEALS = (
    Deal("D-0417", _ME, "Reparaturkreislauf für Geräte", "WHS", "Kassel", "proposal", 260000, 0.4,
         "2026-07-13", "2026-12-18"),
    Deal("D-0372", _ME, "Pakete nach Wien", "PCL", "Kassel", "closed", 88000, 1.0,
         "2025-10-20", "2026-02-27", "2026-02-18", won=True),
)  # fmt: skip

MILESTONES = (
    Milestone(_ME, "Reparaturkreislauf", "Ablauf durchgesprochen", "2026-09-04", "2026-09-04",
              "2026-09-08", "Beide Seiten"),
    Milestone(_ME, "Reparaturkreislauf", "Angebot", "2026-10-16", "2026-10-16", "",
              "Meridian, Kundenteam"),
    Milestone(_ME, "Neues Abrechnungssystem", "Erste Rechnung", "2026-07-01", "2026-07-01",
              "2026-07-01", "Meridian, Abrechnung"),
    Milestone(_ME, "Neues Abrechnungssystem", "Alle Positionen mit dem alten verglichen",
              "2026-07-31", "2026-10-30", "", "Meridian, Abrechnung"),
)  # fmt: skip
