"""Days that no calendar has, or that are not written as days."""

from __future__ import annotations

from bad_case import client, mistaken, put

ACME = "params/acme/client.yaml"
CONTRACT = "params/acme/contract.yaml"
FACTS = "params/acme/2026Q3.yaml"
DATE = "Write it as 2026-09-30."

DATES = [
    mistaken(
        "the thirtieth of February",
        put(FACTS, "meeting: 2026-02-30\n"),
        f"{FACTS}:1: meeting",
        '"2026-02-30" is not a date',
        DATE,
    ),
    mistaken(
        "the 29th of February of a year without one",
        put(CONTRACT, "start: 2023-02-29\n"),
        f"{CONTRACT}:1: start",
        '"2023-02-29" is not a date',
        DATE,
    ),
    mistaken(
        "a year of two digits",
        put(FACTS, "meeting: 20-10-26\n"),
        f"{FACTS}:1: meeting",
        '"20-10-26" is not a date',
        DATE,
    ),
    mistaken(
        "the day before the month",
        put(FACTS, "meeting: 20.10.2026\n"),
        f"{FACTS}:1: meeting",
        '"20.10.2026" is not a date',
        DATE,
    ),
    mistaken(
        "a date without dashes",
        put(FACTS, "meeting: 20261020\n"),
        f"{FACTS}:1: meeting",
        "is not a date",
        DATE,
    ),
    mistaken(
        "a date with a time",
        put(FACTS, "meeting: 2026-10-20 14:00:00\n"),
        f"{FACTS}:1: meeting",
        "is not a date",
        DATE,
    ),
    mistaken(
        "a contract that ends before it starts",
        put(CONTRACT, "start: 2026-01-01\nend: 2025-12-31\n"),
        f"{CONTRACT}:2: end",
        "lies before the start",
        "Check both dates.",
    ),
    mistaken(
        "a target since no day",
        client("targets: {otif: [{value: 0.9, since: soon}]}"),
        f"{ACME}:4: targets.otif.0.since",
        '"soon" is not a date',
        DATE,
    ),
    mistaken(
        "an event on the 31st of June",
        put(FACTS, "events:\n  - {date: 2026-06-31, title: Move}\n"),
        f"{FACTS}:2: events.0.date",
        '"2026-06-31" is not a date',
        DATE,
    ),
]
