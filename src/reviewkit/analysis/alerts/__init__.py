"""Alerts: what the house's rules tell of a client, each with the action that answers it."""

from reviewkit.analysis.alerts.model import (
    GRAVE,
    Aged,
    Alert,
    Answer,
    Crossed,
    Dearer,
    Noticed,
    Signal,
    Stale,
    Watch,
)
from reviewkit.analysis.alerts.raised import alerts

__all__ = [
    "GRAVE",
    "Aged",
    "Alert",
    "Answer",
    "Crossed",
    "Dearer",
    "Noticed",
    "Signal",
    "Stale",
    "Watch",
    "alerts",
]
