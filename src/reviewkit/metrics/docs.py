"""The registry as a page of the documentation.

`python -m reviewkit.metrics.docs > docs/metrics.md` writes it.
"""

from __future__ import annotations

import sys

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
"""


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join([_HEAD, *(_entry(metric) for metric in METRICS.values())])


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
    return "\n".join([f"## {metric.label}: `{metric.id}`", "", metric.definition, "", *lines, ""])


_AUDIENCES = {
    "client": "client and internal",
    "internal": "internal; the client too where its internal tables are shared, columns never",
}


if __name__ == "__main__":
    sys.stdout.write(page())
