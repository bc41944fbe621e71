"""All accounts together, for the house's own eyes: how much hangs on few of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from reviewkit.accounts.fx import Rates
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.metric import Metric

if TYPE_CHECKING:
    from reviewkit.metrics.cube import Cube
    from reviewkit.params.models import ClientParams, Workspace


def parents(clients: Mapping[str, ClientParams]) -> dict[str, str]:
    """Return the uppermost account of each client that has rows of its own.

    >>> parents({})
    {}
    """
    above = {member: slug for slug in sorted(clients) for member in clients[slug].client.members}

    def uppermost(slug: str) -> str:
        return uppermost(above[slug]) if slug in above else slug

    return {slug: uppermost(slug) for slug, own in clients.items() if not own.client.members}


def portfolio_data(cube: Cube, workspace: Workspace, currency: str) -> MetricData:
    """Return what metrics of the whole portfolio are computed from, internal by its nature.

    Invoice lines of all clients, each with the `parent` whose account it is, in `currency` at
    the rate of the day of issue; null without a rate. Global accounts' copies of their members'
    lines are left out.
    """
    lines = cube.registers.get("invoice_lines", pd.DataFrame({"client": []}))
    found = parents(workspace.clients)
    lines = lines[lines["client"].isin(found)]
    registers = {}
    if len(lines):
        own = lines["client"].map(lambda slug: workspace.clients[slug].client.currency)
        rates = cube.rates
        held = lines.assign(currency=lines["currency"].fillna(own))
        amounts = [
            _exchanged(rates, currency, *line)
            for line in zip(
                held["client"], held["issued_on"], held["currency"], held["amount"], strict=True
            )
        ]
        registers["invoice_lines"] = held.assign(
            parent=held["client"].map(found),
            amount=pd.Series(amounts, index=held.index, dtype=object),
        )
    return MetricData(
        client="portfolio",
        audience="internal",
        currency=currency,
        timezone=workspace.house.timezone,
        minimum_n=workspace.house.minimum_n,
        cube={},
        registers=registers,
        supplied={name: cube.supplied[name] for name in registers},
        cutoffs=cube.cutoffs,
        begins=cube.begins,
        portfolio=True,
    )


def _exchanged(
    rates: Rates, into: str, client: str, day: Any, currency: str, amount: Any
) -> Decimal | None:
    rate = None if pd.isna(amount) else rates.on(pd.Timestamp(day).date(), currency, into, client)
    return None if rate is None else Decimal(amount) * rate


def _held(data: MetricData) -> pd.DataFrame:
    lines = data.registers["invoice_lines"]
    own = lines["amount"].notna().astype("int64")
    amounts = [
        amount if known else Decimal(0) for amount, known in zip(lines["amount"], own, strict=True)
    ]
    pairs = list(zip(lines["parent"], amounts, strict=True))
    return pd.DataFrame(
        {
            "date": lines["issued_on"],
            "service": lines["service"],
            "held": pd.Series(pairs, index=lines.index, dtype=object),
            "n": own,
            "unknown": 1 - own,
        }
    )


CONCENTRATION = Metric(
    id="concentration",
    label="Concentration of revenue",
    definition=(
        "Herfindahl-Hirschman index of the revenue of all accounts: 10,000 where one has all of "
        "it, 10,000 ÷ n where n have the same."
    ),
    formula="Σ share² × 10,000",
    unit="score",
    better="lower",
    group="Portfolio",
    grain="one account, members of a global account together",
    date="issued_on",
    needs=(("invoice_lines", ("amount", "issued_on")),),
    dims=("month", "service"),
    exclusions=(
        "Amounts invoiced less credits; an account with more credits than invoices has no share. "
        "Lines in a currency without a rate of exchange lower the coverage."
    ),
    audience="internal",
    rollup="concentration",
    rows=_held,
    scope="portfolio",
)

METRICS = (CONCENTRATION,)
