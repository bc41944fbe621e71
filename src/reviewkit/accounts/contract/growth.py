"""What is to come: the client's forecast, and the provider's pipeline and contacts."""

from __future__ import annotations

from reviewkit.accounts.contract.finance import MONTH
from reviewkit.accounts.contract.model import SERVICE, SITE, TableSpec
from reviewkit.accounts.contract.model import ColumnSpec as C

VOLUME_FORECAST = TableSpec(
    name="volume_forecast",
    about="Volume that the client forecast, each version as it was frozen.",
    grain="client, month, service, version",
    key=("month", "service", "frozen_on"),
    columns=(
        MONTH,
        SERVICE,
        C("units", "number", "units forecast to be ordered", "52000", "units", minimum=0),
        C("frozen_on", "date", "day this version was frozen", "2026-07-31", required=True),
    ),
)

OPPORTUNITIES = TableSpec(
    name="opportunities",
    about="Deals in the pipeline, and those won or lost.",
    grain="one deal",
    key=("opportunity_id",),
    internal=True,
    shareable=False,
    order=(("created_on", "closed_on"),),
    columns=(
        C("opportunity_id", "text", "identifier of the deal", "OPP-00218", required=True),
        C("name", "text", "what it is called", "Returns handling Lyon"),
        SERVICE,
        SITE,
        C("stage", "text", "stage of the sale", "proposal"),
        C("amount", "money", "revenue of a year", "240000.00", "as in currency", minimum=0),
        C(
            "probability",
            "number",
            "chance to win it",
            "0.4",
            "share, 0 to 1",
            minimum=0,
            maximum=1,
        ),
        C("created_on", "date", "when it was entered", "2026-05-11", required=True),
        C("close_on", "date", "when a decision is expected", "2026-11-30"),
        C("closed_on", "date", "when it was decided; empty: open", ""),
        C("won", "boolean", "whether it was won; empty: open", ""),
        C("currency", "text", "ISO 4217 code; absent: the client's", "EUR"),
    ),
)

CRM_ACTIVITIES = TableSpec(
    name="crm_activities",
    about="Contacts with the client, as the CRM logged them.",
    grain="one activity",
    key=("activity_id",),
    internal=True,
    shareable=False,
    columns=(
        C(
            "activity_id",
            "text",
            "identifier of the activity; absent: no row is a copy",
            "CRM-10442",
        ),
        C("at", "timestamp", "when it took place", "2026-09-16T14:00", required=True),
        C("kind", "text", "call, mail, meeting, visit, ...", "meeting"),
        C("subject", "text", "what it was about", "peak plan"),
        C("contact", "text", "whom it was with", "logistics manager"),
        C(
            "opportunity_id",
            "text",
            "deal that it belongs to",
            "OPP-00218",
            refers="opportunities.opportunity_id",
        ),
    ),
)
