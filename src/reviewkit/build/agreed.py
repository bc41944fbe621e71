"""Finds what the last approved review before a period was told to have been agreed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from reviewkit.blocks import Audience
from reviewkit.build.plan import AUDIENCES
from reviewkit.extract.agreed import Agreed
from reviewkit.periods import FiscalCalendar, Period, parse
from reviewkit.release.approval import APPROVAL, Approval


def last_agreed(
    root: Path, client: str, period: Period, calendar: FiscalCalendar
) -> Mapping[Audience, Agreed]:
    """Return what was agreed by audience, of the latest approved period that ends before `period`.

    A review follows the one of the same kind: a quarter's that of a quarter, whatever months
    were approved between; only where there is none, the latest of another. Nothing where none
    was approved. What was approved counts, whatever was built since.
    """
    found = [
        ((before.kind == period.kind, before.end), approval)
        for before, approval in _approvals(root, client, calendar)
        if before.end < period.end and approval.agreed
    ]
    if not found:
        return {}
    _, last = max(found, key=lambda item: item[0])
    return {
        audience: Agreed.model_validate(last.agreed[audience])
        for audience in AUDIENCES
        if audience in last.agreed
    }


def _approvals(
    root: Path, client: str, calendar: FiscalCalendar
) -> Iterator[tuple[Period, Approval]]:
    for path in sorted((root / "reports" / client).glob(f"*/{APPROVAL}")):
        try:
            yield (
                parse(path.parent.name, calendar),
                Approval.model_validate(json.loads(path.read_bytes())),
            )
        except (OSError, ValueError, ValidationError):
            # An approval that cannot be read is told where it is asked for: on sending.
            continue
