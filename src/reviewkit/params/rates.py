"""What types alone cannot say of the rates of exchange in ``house.yaml``."""

from __future__ import annotations

import datetime as dt

from babel.numbers import list_currencies

from reviewkit.errors import Problem, nearest
from reviewkit.params.models import House
from reviewkit.params.yaml import Path_, Source


def rate_problems(house: House, source: Source) -> list[Problem]:
    """Return what is wrong with `fx` and `fx_base` beyond their types."""
    known = list_currencies()
    named: dict[Path_, str] = {("fx_base",): house.fx_base} if house.fx_base else {}
    found: list[tuple[Path_, str, str]] = []
    since: set[tuple[str, str, dt.date]] = set()
    for position, item in enumerate(house.fx):
        place: Path_ = ("fx", position)
        named |= {(*place, "currency"): item.currency, (*place, "to"): item.to}
        if item.currency == item.to:
            found.append((place, f"exchanges {item.to} for itself.", "Take it out."))
        key = (item.currency, item.to, item.since)
        if key in since:
            what = f"{item.currency} to {item.to} has two rates since {item.since}."
            found.append((place, what, "Take one of them out."))
        since.add(key)
    found += [
        (place, f'"{code}" is not a currency.', nearest(code, known))
        for place, code in named.items()
        if code not in known
    ]
    return [
        Problem(source.path, source.line(place), ".".join(map(str, place)), what, hint)
        for place, what, hint in found
    ]
