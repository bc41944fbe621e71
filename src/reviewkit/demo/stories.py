"""The story planted in each of the demo's clients, and what a review of it must say first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One client's story. `period` is the one to review; `says` is what a reader must learn.

    `tables` are the account tables that it stands in. `internal` stories are for the own
    house: the client's version of the review says nothing of them.
    """

    client: str
    name: str
    industry: str
    period: str
    kind: str
    says: str
    tables: tuple[str, ...]
    internal: bool = False


STORIES = (
    Story(
        client="acme",
        name="Acme Motors",
        industry="automotive",
        period="2026Q3",
        kind="a lane that slides",
        says=(
            "On-time delivery fell about two points below the contract, and one lane did it: "
            "Venlo → Lyon, whose carrier dropped the Friday departures on 6 July."
        ),
        tables=("shipments", "tenders"),
    ),
    Story(
        client="damson",
        name="Damson Mode",
        industry="fashion",
        period="2026Q3",
        kind="volume up, margin down by mix",
        says=(
            "Volume rose by two thirds with the web shop, the margin fell about two points: "
            "parcels took share from the rounds, while the margin of each stayed where it was."
        ),
        tables=("shipments", "costs"),
        internal=True,
    ),
    Story(
        client="elderwick",
        name="Elderwick Electronics",
        industry="electronics",
        period="2026Q3",
        kind="a billing leak",
        says=(
            "Value-added work in Kassel has been done and not invoiced since 1 July, when billing "
            "moved to a new system; all other work was invoiced to the piece."
        ),
        tables=("activity", "invoice_lines", "budget"),
        internal=True,
    ),
    Story(
        client="foxglove",
        name="Foxglove Pharma",
        industry="pharma",
        period="FY2027Q2",
        kind="a burst of complaints with one root cause and a fix that held",
        says=(
            "41 temperature deviations between 3 and 21 August had one cause, a wrong profile of "
            "the loggers; it was removed on 21 August, and none was reported after that day."
        ),
        tables=("cases",),
    ),
    Story(
        client="borealis",
        name="Borealis Foods",
        industry="food",
        period="FY2026Q4",
        kind="a budget missed by price",
        says=(
            "Revenue missed its budget by about 5% although volume was above it: distribution "
            "has been billed some 9% lower since 15 June."
        ),
        tables=("invoice_lines", "budget", "shipments"),
        internal=True,
    ),
    Story(
        client="gantry",
        name="Gantry Parts",
        industry="spare parts",
        period="FY2027Q1",
        kind="a renewal inside its notice window",
        says=(
            "Service is on target, and notice falls due on 2 November 2026, before the next "
            "quarterly review: without it the contract goes on from 1 February 2027."
        ),
        tables=("projects", "opportunities", "actions"),
    ),
    Story(
        client="harebell",
        name="Harebell Press",
        industry="publishing",
        period="FY2027Q1",
        kind="the last month incomplete",
        says=(
            "September is known only to the 16th, when Allentown's exports ended: the quarter is "
            "partial and is compared with nothing."
        ),
        tables=("shipments", "order_lines", "stock", "activity"),
    ),
    Story(
        client="cobalt",
        name="Cobalt Labs",
        industry="a start-up",
        period="FY2027Q2",
        kind="half its tables missing",
        says=(
            "Deliveries and invoices are all there is: cases, surveys, budget, payments and the "
            "warehouse were not supplied, and nothing is said about them."
        ),
        tables=("shipments", "invoice_lines"),
    ),
)
"""One story for each client, in the order of the industries."""
