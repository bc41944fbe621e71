"""Transport metrics: collection and departure by appointment, and carriers' answers."""

from __future__ import annotations

from functools import partial

from reviewkit.metrics.cubed import measures, rates
from reviewkit.metrics.metric import Metric

_LANE = ("site", "service", "lane")
_CARRIER = ("site", "service", "carrier")
_ANSWERS = ("tender_id", "sequence", "tendered_at", "response")
_WITHDRAWN = "Offers that were withdrawn are not counted; unanswered ones lower the coverage."

_rate = partial(
    Metric,
    unit="ratio",
    better="higher",
    group="Transport",
    judged_by_n=True,
    decimals=1,
    rollup="proportion",
)

ON_TIME_PICKUP = _rate(
    id="on_time_pickup",
    label="On-time pickup",
    definition=(
        "Share of pickups due in the period that the carrier made by the appointment plus the "
        "contract's tolerance."
    ),
    formula="picked up by (appointment + tolerance) ÷ due",
    grain="one delivery to one consignee",
    date="pickup_appointment",
    needs=(("shipments", ("pickup_appointment", "picked_up_at")),),
    dims=("month", *_LANE),
    exclusions=(
        "Cancelled in time or by the client. Due and not picked up is not on time. Deliveries "
        "that went without a recorded pickup lower the coverage; those without an appointment "
        "are not counted."
    ),
    rows=rates("shipments", _LANE, "pickup_timely", "pickup_due", "pickup_unknown"),
    measured=("pickup_timely", "pickup_due", "pickup_unknown"),
)

ON_TIME_SHIP = _rate(
    id="on_time_ship",
    label="On-time ship",
    definition=(
        "Share of deliveries with a pickup appointment in the period that left the site by it "
        "plus the contract's tolerance."
    ),
    formula="shipped by (appointment + tolerance) ÷ due",
    grain="one delivery to one consignee",
    date="pickup_appointment",
    needs=(("shipments", ("pickup_appointment", "shipped_at")),),
    dims=("month", *_LANE),
    exclusions=(
        "Cancelled in time or by the client. Due and not gone is not on time. Deliveries that "
        "went without a recorded departure lower the coverage."
    ),
    rows=rates("shipments", _LANE, "ship_timely", "ship_due", "ship_unknown"),
    measured=("ship_timely", "ship_due", "ship_unknown"),
)

TENDER_ACCEPTANCE = _rate(
    id="tender_acceptance",
    label="Tender acceptance, first offer",
    definition="Share of loads that the carrier they were first offered to accepted.",
    formula="first offers accepted ÷ first offers",
    grain="one load",
    date="tendered_at",
    needs=(("tenders", _ANSWERS),),
    dims=("month", *_CARRIER),
    exclusions=f"Offers after the first are told apart. Expired is not accepted. {_WITHDRAWN}",
    rows=rates("tenders", _CARRIER, "first_accepted", "first_answered", "first_open"),
    measured=("first_accepted", "first_answered", "first_open"),
)

TENDER_ACCEPTANCE_ALL = _rate(
    id="tender_acceptance_all",
    label="Tender acceptance, all offers",
    definition="Share of all offers of loads, the first and every further one, that were accepted.",
    formula="offers accepted ÷ offers",
    grain="one offer of a load to one carrier",
    date="tendered_at",
    needs=(("tenders", _ANSWERS),),
    dims=("month", *_CARRIER),
    exclusions=f"A load that is offered three times counts three times. {_WITHDRAWN}",
    rows=rates("tenders", _CARRIER, "offers_accepted", "offers_answered", "offers_open"),
    measured=("offers_accepted", "offers_answered", "offers_open"),
)

RE_TENDERS = Metric(
    id="re_tenders",
    label="Re-tenders",
    definition="Offers of loads after the first one of each.",
    formula="number of offers with a sequence above 1",
    unit="count",
    better="lower",
    group="Transport",
    grain="one offer of a load to one carrier",
    date="tendered_at",
    needs=(("tenders", ("tender_id", "sequence", "tendered_at")),),
    dims=("month", *_CARRIER),
    exclusions="Offers that were withdrawn are not counted.",
    rollup="count",
    rows=lambda data: measures("tenders", _CARRIER, {"n": "offered_again"})(data).assign(unknown=0),
    measured=("offered_again",),
)

METRICS = (ON_TIME_PICKUP, ON_TIME_SHIP, TENDER_ACCEPTANCE, TENDER_ACCEPTANCE_ALL, RE_TENDERS)
