"""What earlier approved packs said, as far as one run may know it and can compare it."""

from __future__ import annotations

import json
from pathlib import Path

from reviewkit.blocks import Audience
from reviewkit.extract.slice import hidden_from, reach
from reviewkit.params.models import Workspace
from reviewkit.periods import Period, parse
from reviewkit.published import Published, read_published


def as_said(
    workspace: Workspace, client: str, period: Period, audience: Audience
) -> tuple[Published, ...]:
    """Return each figure as it was said last, in packs of periods that ended before `period`.

    The client is compared with what the client was told, and with nothing else. A pack of
    the same period is none of it: approving it must not make it outdated. Figures of periods
    that the extract does not reach are left out.
    """
    own = workspace.clients[client].client
    calendar, first = own.fiscal_calendar, reach(period)
    hidden = hidden_from(audience, own.shares)
    packs = [
        (parse(pack.period, calendar).end, pack)
        for pack in read_published(Path(workspace.root), client)
    ]
    found: dict[tuple[str, str, str], Published] = {}
    for end, pack in sorted(packs, key=lambda item: (item[0], item[1].period)):
        if end >= period.end:
            continue
        for item in pack.figures:
            known = audience == "internal" or item.audience == "client"
            if known and item.metric not in hidden and parse(item.at, calendar).start >= first:
                found[item.metric, item.at, json.dumps(item.by, sort_keys=True)] = item
    return tuple(found[key] for key in sorted(found))
