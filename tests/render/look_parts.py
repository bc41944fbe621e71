"""What the pages of the look are built from."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from reviewkit.blocks import (
    Block,
    Cell,
    Front,
    Heading,
    Prose,
    Reference,
    Span,
    Sparkline,
    State,
    Status,
    Tile,
)

WORDS: dict[str, str] = {
    "met": "Met",
    "at_risk": "Near",
    "missed": "Missed",
    "low_volume": "Few cases",
    "partial": "Partial",
}


def front(audience: Literal["client", "internal"] = "client", **changes: Any) -> Front:
    facts: dict[str, Any] = {
        "client": "Halden Motors",
        "report": "Quarterly business review",
        "period": "July to September 2026",
        "provider": "Meridian Logistics",
        "title": "Halden Motors: quarterly business review, July to September 2026",
        "audience": audience,
        "language": "en-GB",
        "author": "Meridian Logistics",
        "keywords": ("review", "2026Q3"),
        "source": "Source: Meridian transport, warehouse, case and billing systems. "
        "Cut-off 6 Oct 2026 18:00 CEST; actions as of 14 Oct. Definitions: page 11.",
        "confidentiality": "Confidential. Prepared for Halden Motors for the review "
        "on 20 October 2026.",
        "generated": dt.datetime(2026, 10, 6, 16, tzinfo=dt.UTC),
    }
    return Front(**(facts | changes))


def spans(*parts: str | tuple[str, Any]) -> tuple[Span, ...]:
    return tuple(
        Span(text=part) if isinstance(part, str) else Span(text=part[0], tone=part[1])
        for part in parts
    )


def status(state: State, detail: str = "", word: str | None = None) -> Status:
    return Status(state=state, word=WORDS[state] if word is None else word, detail=detail)


def trend(state: State | None) -> Sparkline:
    points = (0.3, 0.45, 0.62, 0.58, 0.55, 0.84, 0.97, 0.03)
    return Sparkline(points=points, target=0.93, state=state)


def text(words: str, **more: Any) -> Cell:
    return Cell(text=words, value=words, **more)


def tile(label: str, shown: str, unit: str, state: Status, references: str, **more: Any) -> Tile:
    names = ("Target", "Q2 2026", "Q3 2025")
    return Tile(
        label=label,
        text=shown,
        unit=unit,
        status=state,
        trend=trend(state.state),
        references=tuple(
            Reference(label=name, text=value)
            for name, value in zip(names, references.split("|"), strict=True)
        ),
        **more,
    )


def story(head: str, body: str, so_what: str) -> tuple[Block, ...]:
    return (
        Heading(role="finding", text=head),
        Prose(paragraphs=(spans(body), spans(("So what.", "accent"), f" {so_what}"))),
    )
