"""Which metrics follow from others: one event is told once, where it began."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_DELIVERED = ("on_time_delivery", "in_full")

MADE_OF: Mapping[str, tuple[str, ...]] = {
    "otif": _DELIVERED,
    "perfect_order": (*_DELIVERED, "otif", "damage_rate"),
    "otif_lines": (*_DELIVERED, "otif"),
    "otif_units": (*_DELIVERED, "otif"),
    "on_time_first_promise": ("on_time_delivery",),
    "tender_acceptance_all": ("tender_acceptance",),
    "pick_accuracy": ("order_accuracy",),
    "inventory_accuracy_units": ("inventory_accuracy",),
    "disputed_amount": ("disputes",),
}
"""Metrics that follow from others: with one of those told, theirs is no news of its own."""


def follows(metric_id: str, told: Iterable[str]) -> bool:
    """Tell whether a metric follows from one of those that are told already."""
    return not set(MADE_OF.get(metric_id, ())).isdisjoint(told)
