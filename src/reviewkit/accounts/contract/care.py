"""Care of the account: cases, surveys, actions and projects."""

from __future__ import annotations

from reviewkit.accounts.contract.model import METRICS, SERVICE, SITE, TableSpec
from reviewkit.accounts.contract.model import ColumnSpec as C

CASES = TableSpec(
    name="cases",
    about="Complaints and incidents.",
    grain="one case",
    key=("case_id",),
    order=(
        ("opened_at", "first_response_at"),
        ("opened_at", "closed_at"),
    ),
    columns=(
        C("case_id", "text", "identifier of the case", "0031877", required=True),
        C("opened_at", "timestamp", "when it was opened", "2026-09-10T08:12", required=True),
        C(
            "first_response_at",
            "timestamp",
            "when the client first had an answer",
            "2026-09-10T09:40",
        ),
        C("closed_at", "timestamp", "when it was closed", "2026-09-14T16:05"),
        C("reopened", "boolean", "whether it was opened again", "no"),
        C("severity", "text", "how grave", "medium", values=("low", "medium", "high", "critical")),
        C("category", "text", "what it is about", "late delivery"),
        C("root_cause", "text", "cause found", "cut-off missed"),
        C("corrective_action", "text", "what was done about the cause", "second evening wave"),
        C("fixed_on", "date", "when the cause was removed", "2026-09-21"),
        SITE,
        SERVICE,
    ),
)

SURVEYS = TableSpec(
    name="surveys",
    about="Responses to surveys.",
    grain="one response to one instrument",
    key=("response_id",),
    columns=(
        C(
            "response_id",
            "text",
            "identifier of the response; absent: no two rows are the same",
            "S-00412",
        ),
        C("responded_on", "date", "date of the response", "2026-09-18", required=True),
        C(
            "instrument",
            "text",
            "which survey",
            "nps",
            required=True,
            values=("nps", "csat", "qbr"),
        ),
        C(
            "score",
            "integer",
            "score given: nps 0 to 10, csat and qbr 1 to 5",
            "9",
            "points",
            required=True,
            minimum=0,
            maximum=10,
        ),
        C("role", "text", "role of who answered", "logistics manager"),
    ),
)

ACTIONS = TableSpec(
    name="actions",
    about="Actions agreed in reviews.",
    grain="one action",
    key=("action_id",),
    order=(("raised_on", "closed_on"),),
    columns=(
        C("action_id", "text", "identifier of the action", "A-0107", required=True),
        C("raised_on", "date", "when it was agreed", "2026-07-14", required=True),
        C("review", "text", "review it was agreed in", "2026Q2"),
        C("title", "text", "what is to be done", "Add a second evening wave", required=True),
        C("owner", "text", "function that owes it", "site operations"),
        C("side", "text", "which side owes it", "provider", values=("provider", "client")),
        C("due_on", "date", "date now due", "2026-09-30"),
        C("first_due_on", "date", "date first promised", "2026-08-31"),
        C("postponed", "integer", "times it was postponed", "1", "times", minimum=0),
        C("closed_on", "date", "when it was closed", "2026-09-21"),
        C("evidence", "text", "what shows that it is done", "wave plan of 21 September"),
        C("metric", "text", "metric it should move", "on_time_delivery", refers=METRICS),
        C("internal", "boolean", "true: only for the own house", "no"),
    ),
)

PROJECTS = TableSpec(
    name="projects",
    about="Projects, onboarding and launches by their milestones.",
    grain="one milestone of a project",
    key=("project", "milestone"),
    columns=(
        C("project", "text", "the project", "Lyon launch", required=True),
        C("milestone", "text", "the milestone within it", "first inbound", required=True),
        C("planned_on", "date", "day first planned", "2026-09-01", required=True),
        C("forecast_on", "date", "day now expected", "2026-09-08"),
        C("done_on", "date", "day it was reached", ""),
        C("owner", "text", "function that owes it", "implementation"),
    ),
)
