"""The registry as a page of the documentation.

`python -m reviewkit.metrics.docs > docs/metrics.md` writes it.
"""

from __future__ import annotations

import sys
from itertools import groupby

from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import METRICS

_HEAD = """\
# Metrics

Written by `python -m reviewkit.metrics.docs` from the registry; a test holds this page to it.

Rules that hold for all of them:

- A ratio is the sum of its numerators over the sum of its denominators, never a mean of ratios.
- A row belongs to the period of the date named here, in the client's reporting timezone.
- What is not known leaves the denominator and lowers the coverage: known ÷ (known + unknown).
- The target in force on the period's last day counts, and a service level of the contract goes
  before it. Comparison is on unrounded values; equal is met; a miss within the tolerance is near.
- A rate of fewer cases than the house's `minimum_n` is shown without a status. When several
  states apply, no data goes before low volume, and low volume before no target.
- Targets of counts and amounts are for the period reported, so parts of them have none.
- A period that is not over, or that the data does not cover, is partial and is not compared.
- Proportions carry a Wilson interval, of 95 %.
- Times of large tables are counted in bins of 5 %, so that medians and 90th percentiles can be
  read for any span and any part: they are within 2.5 % of those of single times, or half a
  minute. What is not over yet is censored (Kaplan-Meier), not left out.
- A metric whose tables or columns were not supplied has no figure, and says what it lacks.
- A scorecard prints the usual twelve, and the others where a target, a service level or a lead
  metric of the client names them. `reviewkit metrics CLIENT` prints all.
"""


def page() -> str:
    """Return the page as Markdown."""
    lines = [_HEAD]
    for group, members in groupby(METRICS.values(), key=lambda metric: metric.group):
        entries = list(members)
        lines += [f"## {group}", "", *_contents(entries), ""]
        lines += [_entry(metric) for metric in entries]
    return "\n".join(lines)


def _contents(metrics: list[Metric]) -> list[str]:
    rows = [
        f"| `{item.id}` | {item.label} | {item.formula.replace('|', '&#124;')} | {item.better} |"
        for item in metrics
    ]
    return ["| id | name | formula | better |", "|---|---|---|---|", *rows]


def _entry(metric: Metric) -> str:
    needs = "; ".join(
        f"`{table}`: {', '.join(f'`{name}`' for name in columns)}"
        for table, columns in metric.needs
    )
    minimum = "the house's `minimum_n`" if metric.judged_by_n else "none"
    facts = {
        "Formula": metric.formula,
        "Unit": "the client's currency" if metric.unit == "money" else metric.unit,
        "Better": metric.better,
        "Grain": metric.grain,
        "Date": metric.date if " " in metric.date else f"`{metric.date}`",
        "Needs": needs,
        "By": ", ".join(f"`{name}`" for name in metric.dims),
        "Exclusions and coverage": metric.exclusions,
        "Minimum n": minimum,
        "Standard": metric.standard,
        "Audience": _AUDIENCES[metric.audience],
    }
    lines = [f"- {name}: {text}" for name, text in facts.items() if text]
    return "\n".join([f"### {metric.label}: `{metric.id}`", "", metric.definition, "", *lines, ""])


_AUDIENCES = {
    "client": "client and internal",
    "internal": "internal; the client too where its internal tables are shared, columns never",
}


if __name__ == "__main__":
    sys.stdout.write(page())
