"""Which columns say when something happened, by table; the first tells a row's day."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: Mapping[str, tuple[str, ...]] = {
    "shipments": ("shipped_at", "delivered_at", "ordered_at", "picked_up_at", "cancelled_at"),
    "order_lines": ("shipped_at", "error_found_at"),
    "receipts": ("arrived_at", "available_at"),
    "counts": ("counted_at",),
    "stock": ("date",),
    "lots": ("received_at", "released_at"),
    "returns": ("at",),
    "stock_adjustments": ("at",),
    "activity": ("at",),
    "tenders": ("tendered_at", "responded_at"),
    "invoice_lines": ("issued_on", "disputed_on"),
    "payments": ("paid_on",),
    "cases": ("opened_at", "first_response_at", "closed_at"),
    "surveys": ("responded_on",),
    "opportunities": ("created_on", "closed_on"),
    "actions": ("raised_on", "closed_on"),
    "projects": ("done_on",),
}
"""Columns of what has happened, which cannot lie after the cut-off."""

DATED: Mapping[str, tuple[str, ...]] = {
    **{table: columns for table, columns in EVENTS.items() if table not in ("actions", "projects")},
    "crm_activities": ("at",),
    "costs": ("month",),
}
"""Columns that place a row in time; the first that is supplied is used."""
