"""The action lists of the demo's reviews: who owes what, since when, and how often it slipped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """One agreed action; dates are ISO days, an empty `closed` means that it is open."""

    number: str
    customer: str
    raised: str
    review: str
    title: str
    owner: str
    side: str
    first_due: str
    due: str
    postponed: int = 0
    closed: str = ""
    evidence: str = ""
    metric: str = ""
    internal: bool = False


_ACME = "Acme Motors"
_BOREALIS = "Borealis Foods"

ACTIONS = (
    Action(
        *("A-22", _ACME, "2025-10-21", "Q3 2025", "Scan trailers at the gate in Venlo"),
        *("Meridian, Venlo site", "provider", "2026-01-31", "2026-01-31"),
        closed="2026-01-28",
        evidence="Gate times in the transport system since 26 January",
        metric="on_time_delivery",
    ),
    Action(
        *("A-24", _ACME, "2025-10-21", "Q3 2025", "Send address changes before 10:00"),
        *("Acme, customer service", "client", "2025-12-15", "2026-01-31", 1),
        closed="2026-01-30",
        evidence="Two late changes in February, 31 in October",
        metric="on_time_delivery",
    ),
    Action(
        *("A-27", _ACME, "2026-01-20", "Q4 2025", "Update the fuel table every week"),
        *("Meridian, billing", "provider", "2026-08-15", "2026-10-05", 1),
        closed="2026-10-05",
        evidence="Table updates itself; first week checked against the index",
        metric="invoice_accuracy",
    ),
    Action(
        *("A-29", _ACME, "2026-01-20", "Q4 2025", "Share a twelve-week parts forecast"),
        *("Acme, supply planning", "client", "2026-03-31", "2026-10-30", 3),
        metric="shipments",
    ),
    Action(
        *("A-31", _ACME, "2026-04-21", "Q1 2026", "Contract a second carrier for Lyon"),
        *("Meridian, transport", "provider", "2026-08-31", "2026-10-23", 2),
        metric="on_time_delivery",
    ),
    Action(
        *("A-32", _ACME, "2026-04-21", "Q1 2026", "Take weights from the scale, not by hand"),
        *("Meridian, billing", "provider", "2026-11-30", "2026-11-30"),
        metric="invoice_accuracy",
    ),
    Action(
        *("A-33", _ACME, "2026-07-21", "Q2 2026", "Strap pallets twice on Turin and Madrid"),
        *("Meridian, Venlo site", "provider", "2026-09-30", "2026-09-30"),
        closed="2026-09-28",
        evidence="Loading photos, weeks 38 and 39",
        metric="in_full",
    ),
    Action(
        *("A-34", _ACME, "2026-07-21", "Q2 2026", "Replace the dock scanners in Łódź"),
        *("Meridian, Łódź site", "provider", "2026-10-30", "2026-10-30"),
        metric="in_full",
    ),
    Action(
        *("A-35", _ACME, "2026-07-21", "Q2 2026", "Release Friday orders for Lyon by noon"),
        *("Acme, supply planning", "client", "2026-09-15", "2026-10-23", 1),
        metric="on_time_delivery",
    ),
    Action(
        *("A-36", _ACME, "2026-07-21", "Q2 2026", "Open receiving in Leeds at 07:00"),
        *("Acme, Leeds depot", "client", "2026-09-01", "2026-09-01"),
        closed="2026-08-31",
        evidence="First delivery at 07:10 on 1 September",
        metric="on_time_delivery",
    ),
    Action(
        *("A-37", _ACME, "2026-07-21", "Q2 2026", "Reclaim premium freight from the Lyon carrier"),
        *("Meridian, procurement", "provider", "2026-09-30", "2026-10-30", 1),
        metric="gross_margin",
        internal=True,
    ),
    Action(
        *("A-38", _ACME, "2026-07-21", "Q2 2026", "Meet the Head of Purchasing before notice"),
        *("Meridian, account team", "provider", "2026-10-15", "2026-10-15"),
        internal=True,
    ),
    Action(
        *("B-11", _BOREALIS, "2026-01-22", "FY2026 Q1", "Send holiday volumes six weeks ahead"),
        *("Borealis, distribution", "client", "2026-10-01", "2026-11-02", 1),
        metric="shipments",
    ),
    Action(
        *("B-12", _BOREALIS, "2026-04-23", "FY2026 Q2", "Pre-cool trailers in Savannah from May"),
        *("Meridian, Savannah site", "provider", "2026-05-15", "2026-05-15"),
        closed="2026-05-12",
        evidence="Temperature logs of 40 trailers",
        metric="in_full",
    ),
    Action(
        *("B-13", _BOREALIS, "2026-04-23", "FY2026 Q2", "Book appointments by interface"),
        *("Borealis, distribution", "client", "2026-08-31", "2026-11-30", 2),
        metric="on_time_delivery",
    ),
    Action(
        *("B-14", _BOREALIS, "2026-07-23", "FY2026 Q3", "Load Detroit trailers the evening before"),
        *("Meridian, Joliet site", "provider", "2026-09-14", "2026-09-14"),
        closed="2026-09-11",
        evidence="Loading lists of 20 working days, 19 done by 22:00",
        metric="on_time_delivery",
    ),
    Action(
        *("B-15", _BOREALIS, "2026-07-23", "FY2026 Q3", "Print the store number on every line"),
        *("Meridian, billing", "provider", "2026-10-15", "2026-10-15"),
        metric="invoice_accuracy",
    ),
    Action(
        *("B-16", _BOREALIS, "2026-07-23", "FY2026 Q3", "Rebase the fiscal 2027 budget"),
        *("Meridian, account team", "provider", "2026-09-30", "2026-10-31", 1),
        metric="revenue_against_budget",
        internal=True,
    ),
)
"""All actions, by client, in the order in which they were raised."""
