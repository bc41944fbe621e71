"""The cube's measures of shipments as one DuckDB query written by hand.

It is what the cube's own time is held against: the same groups and the same measures,
with whatever DuckDB offers, its timezones, `arg_max` and `FILTER` included.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd
from ibis.backends.duckdb import Backend

from reviewkit.metrics import calendar
from reviewkit.params.models import Workspace

QUERY = """
WITH known AS (
    SELECT
        s.client, s.shipment_id, s.site, s.service, s.lane, s.carrier, s.promised_at,
        s.promised_from, s.ordered_at, s.ordered_units, s.cancel_cause,
        s.freight_revenue, s.freight_cost, s.late_cause AS cause, s.at_fault AS fault,
        coalesce(s.order_id, s.shipment_id) AS order_key,
        c.zone, c.closes, c.due_until,
        CASE WHEN s.shipped_at <= c.known_until THEN s.shipped_at END AS shipped,
        CASE WHEN s.delivered_at <= c.known_until THEN s.delivered_at END AS arrived,
        CASE WHEN s.cancelled_at <= c.known_until THEN s.cancelled_at END AS cancelled,
        CASE WHEN s.delivered_at IS NULL OR s.delivered_at <= c.known_until
             THEN s.delivered_units END AS units,
        s.promised_at + to_minutes(r.tolerance) AS latest,
        CASE WHEN r.early >= 0 THEN s.promised_from - to_minutes(r.early) END AS earliest
    FROM shipments s
    JOIN bench_clients c USING (client)
    LEFT JOIN bench_rules r
        ON r.client = s.client AND s.promised_at >= r.since AND s.promised_at < r.until
), voided AS (
    SELECT
        *,
        cancelled IS NOT NULL AND arrived IS NULL AND (
            lower(coalesce(cancel_cause, '')) = 'client'
            OR ((shipped IS NULL OR cancelled < shipped)
                AND (promised_at IS NULL OR cancelled < promised_at))
        ) AS void,
        arrived IS NOT NULL OR coalesce(units > 0, false) AS delivered,
        coalesce(promised_at, arrived, shipped, ordered_at) AS dated,
        coalesce(shipped, arrived) AS left_at
    FROM known
), due AS (
    SELECT
        *,
        NOT void AND coalesce(latest <= due_until, false) AS due,
        NOT void AND promised_at IS NULL AS unpromised
    FROM voided
), outcomes AS (
    SELECT
        *,
        due AND (arrived IS NOT NULL OR NOT delivered) AS time_known,
        coalesce(arrived <= latest, false) AND NOT coalesce(arrived < earliest, false) AS timely,
        due AND ordered_units IS NOT NULL AND (units IS NOT NULL OR arrived IS NULL)
            AS units_known,
        delivered AND coalesce(coalesce(units, 0) >= ordered_units, false) AS enough
    FROM due
), judged AS (
    SELECT
        * EXCLUDE (left_at),
        time_known AND NOT timely AS late,
        CASE WHEN time_known AND NOT timely THEN cause END AS late_cause,
        CASE WHEN time_known AND NOT timely THEN fault END AS at_fault,
        freight_revenue IS NOT NULL AND freight_cost IS NOT NULL AS priced,
        CASE WHEN dated < closes
             THEN date_trunc('month', timezone(zone, timezone('UTC', dated)))::DATE END AS month,
        CASE WHEN left_at < closes
             THEN date_trunc('month', timezone(zone, timezone('UTC', left_at)))::DATE END
            AS left_month
    FROM outcomes
), grouped AS MATERIALIZED (
    SELECT
        client, left_month, month, site, service, lane, carrier, late_cause, at_fault,
        count(shipped) AS shipments,
        count(*) - count(shipped) AS shipments_undated,
        count(*) FILTER (priced) AS margin_known,
        count(*) FILTER (NOT priced) AS margin_unknown,
        sum(freight_revenue) FILTER (priced) AS margin_revenue,
        sum(freight_cost) FILTER (priced) AS margin_cost,
        count(*) FILTER (time_known AND timely) AS on_time,
        count(*) FILTER (time_known) AS on_time_due,
        count(*) FILTER (unpromised OR (due AND NOT time_known)) AS on_time_unknown,
        count(*) FILTER (units_known AND enough) AS in_full,
        count(*) FILTER (units_known) AS in_full_due,
        count(*) FILTER (unpromised OR (due AND NOT units_known)) AS in_full_unknown,
        count(*) FILTER (void) AS cancelled
    FROM judged
    GROUP BY ALL
), orders AS (
    SELECT
        client, max(month) AS month, arg_max(row(site, service, lane), dated) AS last,
        bool_and(due OR unpromised) AS due,
        bool_or(late) OR (bool_and(units_known) AND sum(coalesce(units, 0)) < sum(ordered_units))
            AS failed,
        bool_or(unpromised OR NOT time_known OR NOT units_known) AS unknown
    FROM judged
    WHERE NOT void AND dated IS NOT NULL
    GROUP BY client, order_key
), streams AS (
    SELECT
        client, left_month AS month, site, service, lane,
        NULL AS carrier, NULL AS late_cause, NULL AS at_fault,
        shipments, shipments_undated, margin_known, margin_unknown, margin_revenue, margin_cost,
        0 AS on_time, 0 AS on_time_due, 0 AS on_time_unknown,
        0 AS in_full, 0 AS in_full_due, 0 AS in_full_unknown, 0 AS cancelled,
        0 AS otif, 0 AS otif_due, 0 AS otif_unknown
    FROM grouped WHERE left_month IS NOT NULL
    UNION ALL
    SELECT
        client, month, site, service, lane, carrier, late_cause, at_fault, 0, 0, 0, 0, 0, 0,
        on_time, on_time_due, on_time_unknown, in_full, in_full_due, in_full_unknown, cancelled,
        0, 0, 0
    FROM grouped WHERE month IS NOT NULL
    UNION ALL
    SELECT
        client, month, last[1], last[2], last[3], NULL, NULL, NULL,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        count(*) FILTER (due AND NOT failed AND NOT unknown),
        count(*) FILTER (due AND (failed OR NOT unknown)),
        count(*) FILTER (due AND NOT failed AND unknown)
    FROM orders WHERE month IS NOT NULL
    GROUP BY client, month, last
)
SELECT
    client, month, site, service, lane, carrier, late_cause, at_fault, {sums}
FROM streams
GROUP BY client, month, site, service, lane, carrier, late_cause, at_fault
ORDER BY client, month, site NULLS FIRST, service NULLS FIRST, lane NULLS FIRST,
    carrier NULLS FIRST, late_cause NULLS FIRST, at_fault NULLS FIRST
"""

MONEY = ("margin_revenue", "margin_cost")
COUNTS = (
    "shipments",
    "shipments_undated",
    "margin_known",
    "margin_unknown",
    "on_time",
    "on_time_due",
    "on_time_unknown",
    "in_full",
    "in_full_due",
    "in_full_unknown",
    "cancelled",
    "otif",
    "otif_due",
    "otif_unknown",
)


def measures(con: Backend, workspace: Workspace) -> pd.DataFrame:
    """Return the measures of the table `shipments` of `con`, as the cube's frame has them."""
    horizons = tuple(
        calendar.horizon(workspace, client, {"shipments": source.cutoff})
        for source in workspace.house.sources["shipments"]
        for client in sorted(workspace.clients)
    )
    clients = pd.DataFrame(
        {
            "client": item.client,
            "zone": item.timezone,
            "known_until": item.known_until,
            "due_until": item.due_until,
            "closes": calendar.opening(
                (item.as_of.replace(day=1) + dt.timedelta(days=31)).replace(day=1), item.timezone
            ),
        }
        for item in horizons
    )
    con.con.register("bench_clients", clients)
    con.con.register("bench_rules", _rules(workspace))
    sums = [f"coalesce(sum({name}), 0)::DECIMAL(38, 4) AS {name}" for name in MONEY]
    sums += [f"sum({name})::BIGINT AS {name}" for name in COUNTS]
    rows = con.con.sql(QUERY.format(sums=", ".join(sums))).to_arrow_table()
    frame: pd.DataFrame = rows.to_pandas(date_as_object=False)
    return frame


def _rules(workspace: Workspace) -> pd.DataFrame:
    rows = []
    for client, params in workspace.clients.items():
        zone = calendar.timezone_of(workspace, client)
        given = sorted(params.contract.delivery, key=lambda rule: rule.since or dt.date.min)
        starts = [calendar.opening(r.since, zone) if r.since else calendar.ALWAYS for r in given]
        for rule, since, until in zip(given, starts, [*starts[1:], calendar.FOREVER], strict=True):
            early = -1 if rule.early_minutes is None else rule.early_minutes
            rows.append((client, since, until, rule.tolerance_minutes, early))
    return pd.DataFrame(rows, columns=["client", "since", "until", "tolerance", "early"])
