"""The rules of the check as a page of the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from reviewkit.accounts.checks.rules import RULES, Family, Rule

_HEAD = """\
# Checks

Written by `python -m reviewkit.reference docs`; a test holds this page to the rules in the
code.

`reviewkit check` reads every source, tells what came in and what became of it, and asks of the
tables what a careful colleague would ask. It ends with exit code 0 where nothing is an error,
with 1 where a row was set aside, a source cannot be used or a rule found an error, and with 2
where the mistake stands under `params/` or in the command. Warnings and notes do not change the
exit code.

A build reads the same rows and sets the same rows aside, but asks nothing of whole tables.

## Every row is accounted for

    rows in = used + set aside + excluded + other clients

holds for every source and for every client of every table, or the program stops. *Set aside*
are rows that break a rule which is an error; *excluded* are those that `where`, `keep` or a
superseding source leaves out; *other clients* are those of ids that no client folder claims. A
row set aside is written with its reason to `.reviewkit/quarantine/<table>.csv`
([sources.md](sources.md)).

## The rules
"""

_ABOUT: Mapping[Family, str] = {
    "contract": "What the tables are by their contract. These are not for the house to change.",
    "rows": "One row decides. An **error** sets the row aside; a warning or a note leaves it in "
    "use and counts it. A value of the wrong type that is used is empty. `lag` begins "
    "*after* so many days.",
    "references": "What one row says about another. An **error** of `orphan` sets the row aside. "
    "The others tell, and set nothing aside. A reference is checked where both tables are "
    "supplied.",
    "columns": "What is filled, and whether the values of a month are of the usual size. "
    "`coverage` looks at clients with 30 rows or more, and at columns that are filled by nature. "
    "`unit` holds the geometric mean of a month of ten values or more, against the "
    "median of the client's months.",
    "time": "Whether something is missing in time, by client and by the day of the row in UTC. "
    "`gap` needs 56 days of history, knows the days of the week without rows, and tells "
    "what chance does not explain; of tables with rows once a month it tells the months "
    "without. `volume` compares whole months, the last twelve.",
}

_TAIL = """\
## Changing them

In `params/house.yaml`, for the house or for one table; `orphan: error` is short for
`orphan: {severity: error}`. What is left out keeps its default.

    checks:
      future: error                    # error, warning, note or off
      gap: {threshold: 5}              # in the unit of the rule
      coverage:
        severity: note
        tables:
          shipments: {severity: warning, threshold: 0.9}
          surveys: off
      largest:                         # the largest value allowed in a column
        shipments.weight_kg: 24000

A rule that is `off` is not computed. A table or column that does not exist is an error of
house.yaml, with the name you may have meant. Thresholds of `unit` are factors: at 10, a month of
values ten times as large or as small as usual is told.

## Where it is told

- In the terminal: the totals, then every problem with what was found, examples and the remedy.
- In `reports/checks.html`, written by every check, also with `--json`: one file that needs nothing
  beside itself. It holds data of all clients and stays in the house.

The JSON of `reviewkit check --json` has these keys:

- `ok`: whether nothing is an error
- `tables`, per source: `table`, `source`, `rows_in`, `rows_out`, `quarantined`, `excluded`,
  `other_clients`, `amounts` (column: sum of the rows used), `problems`
- `problems` of a table, per column and rule: `severity`, `column`, `rule`, `rows`,
  `examples`, `hint`
- `clients`, per table and client: `table`, `client` (empty for ids without a folder), and counts
- `findings`: `severity`, `rule`, `table`, `client` (empty for all), `column`, `rows`,
  `said`, `hint`, `examples`
"""


def page() -> str:
    """Return the page as Markdown."""
    families: tuple[Family, ...] = get_args(Family)
    return "\n".join([_HEAD, *(_family(family) for family in families), _TAIL])


def _family(family: Family) -> str:
    rows = [_row(rule) for rule in RULES.values() if rule.family == family]
    head = ["| rule | default | begins at | tells |", "|---|---|---|---|"]
    return "\n".join([f"### {family.capitalize()}", "", _ABOUT[family], "", *head, *rows, ""])


def _row(rule: Rule) -> str:
    begins = f"{rule.threshold:g} {rule.unit}" if rule.unit else ""
    return f"| `{rule.name}` | {rule.severity} | {begins} | {rule.words} |"
