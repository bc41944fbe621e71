"""What metrics are made of, asked of the demo's raw files in plain SQL.

`$mine`, `$number`, `$debtor`, `$name` and `$zone` stand for the client, `$start`, `$end` and
`$span` for the period. Each query gives a numerator and a denominator, or null.
"""

from __future__ import annotations

# What a metric's numerator and denominator are.
RATIOS = {
    "order_accuracy": """
        with orders as (
            select max(shipped_utc) as left_at,
                   bool_and(error is null) as good
            from lines where $mine group by order_no)
        select count(*) filter (where good), count(*) from orders
        where on_day(left_at, $zone) $span""",
    "pick_accuracy": """
        select count(*) filter (where error is null), count(*) from lines
        where $mine and on_day(shipped_utc, $zone) $span""",
    "fill_rate": """
        with first as (
            select *, coalesce(shipped_utc, min(shipped_utc) over (partition by order_no)) as moment
            from lines where $mine)
        select sum(least(qty_ordered, case when shipped_utc is null then 0 else qty_shipped end)),
               sum(qty_ordered)
        from first where on_day(moment, $zone) $span
          and (shipped_utc is null or qty_shipped is not null)""",
    "receipt_accuracy": """
        select count(*) filter (where Abweichung = '0'), count(Abweichung) from goods_in
        where Kunde = $number and on_day(timezone('UTC', timezone('Europe/Amsterdam',
              strptime(Ankunft, '%d.%m.%Y %H:%M'))), $zone) $span""",
    "inventory_accuracy": """
        select count(*) filter (where book = found), count(*) from counts
        where $mine and on_day(counted_utc, $zone) $span""",
    "inventory_accuracy_units": """
        select sum(book) - sum(abs(found - book)), sum(book) from counts
        where $mine and on_day(counted_utc, $zone) $span""",
    "returns_rate": """
        select (select sum(units) from returns where $mine and on_day(at_utc, $zone) $span),
               sum(qty_delivered)
        from shipments where $mine and on_day(coalesce(departed_utc, pod_utc), $zone) $span""",
    "damage_rate": """
        select sum(qty_damaged), sum(qty_delivered) from shipments
        where $mine and cancelled_utc is null and qty_delivered > 0 and qty_damaged is not null
          and on_day(window_to_utc, $zone) $span""",
    "tender_acceptance": """
        select count(*) filter (where answer = 'accepted'), count(*) from offers
        where $mine and sequence = 1 and answer in ('accepted', 'rejected', 'expired')
          and on_day(offered_utc, $zone) $span""",
    "tender_acceptance_all": """
        select count(*) filter (where answer = 'accepted'), count(*) from offers
        where $mine and answer in ('accepted', 'rejected', 'expired')
          and on_day(offered_utc, $zone) $span""",
    "csat": """
        select count(*) filter (where score::int >= 4), count(*) from answers
        where $mine and survey = 'CSAT' and score similar to '[1-5]' and answered::date $span""",
    "disputes_upheld": """
        select count(*) filter (where Ergebnis = 'anerkannt'), count(*) from booked
        where Debitor = $debtor and Gutschrift_zu is null and Reklamiert_am is not null
          and Ergebnis in ('anerkannt', 'abgelehnt') and dated(Belegdatum) $span""",
    "win_rate": """
        select count(*) filter (where won), count(won) from deals
        where account = $number and closed::date $span""",
    "re_tenders": """
        select count(*), null from offers
        where $mine and sequence > 1 and coalesce(answer, '') <> 'withdrawn'
          and on_day(offered_utc, $zone) $span""",
    "receipts": """
        select count(*), null from goods_in
        where Kunde = $number and on_day(timezone('UTC', timezone('Europe/Amsterdam',
              strptime(Ankunft, '%d.%m.%Y %H:%M'))), $zone) $span""",
    "activity_events": """
        select count(*), null from events where $mine and on_day(at_utc, $zone) $span""",
    "stock_turns": """
        select 365 * (select sum(qty_delivered) from shipments
                      where $mine and on_day(coalesce(departed_utc, pod_utc), $zone) $span),
               sum(units)
        from stock where $mine and day::date $span""",
    "units": """
        select sum(qty_delivered), null from shipments
        where $mine and on_day(coalesce(departed_utc, pod_utc), $zone) $span""",
}

AMOUNTS = {
    "disputed_amount": """
        select coalesce(sum(german(Betrag)) filter (where Reklamiert_am is not null), 0),
               sum(german(Betrag))
        from booked where Debitor = $debtor and Gutschrift_zu is null
          and german(Betrag) > 0 and dated(Belegdatum) $span""",
    "dso": """
        with entries as (
            select coalesce(Gutschrift_zu, Beleg) as invoice, german(Betrag) as amount,
                   case when Gutschrift_zu is null and coalesce(Ergebnis, 'offen') = 'offen'
                        and dated(Reklamiert_am) <= $end then german(Betrag) else 0 end as disputed
            from booked where Debitor = $debtor and dated(Belegdatum) <= $end
            union all
            select document, -amount::decimal(18, 4), 0 from receipts
            where debtor = $debtor and value_date::date <= $end
        ), balances as (
            select sum(amount) as open, sum(disputed) as disputed from entries group by invoice)
        select sum(open - least(open, disputed)) filter (where open > 0),
               (select sum(german(Betrag)) from booked
                where Debitor = $debtor and dated(Belegdatum) $span)
        from balances""",
    "receivables_overdue": """
        with entries as (
            select coalesce(Gutschrift_zu, Beleg) as invoice, german(Betrag) as amount,
                   case when Gutschrift_zu is null then dated(Faellig) end as due
            from booked where Debitor = $debtor and dated(Belegdatum) <= $end
            union all
            select document, -amount::decimal(18, 4), null from receipts
            where debtor = $debtor and value_date::date <= $end
        ), balances as (
            select sum(amount) as open, max(due) as due from entries group by invoice)
        select coalesce(sum(open) filter (where open > 0 and due < $end), 0), null from balances""",
    "cost_per_unit": """
        select sum(Cost::decimal(18, 4)),
               (select sum(qty_delivered) from shipments
                where $mine and on_day(coalesce(departed_utc, pod_utc), $zone) $span)
        from pools where Customer = $name and "Month"::date $span""",
    "cost_per_order": """
        with orders as (
            select order_no, max(window_to_utc) as last from shipments
            where $mine and cancelled_utc is null
              and window_to_utc + interval 30 minute <= '2026-10-06 16:00:00'
            group by order_no)
        select sum(Cost::decimal(18, 4)),
               (select count(*) from orders where on_day(last, $zone) $span)
        from pools where Customer = $name and "Month"::date $span""",
    "pipeline_coverage": """
        select sum(yearly_amount::decimal(18, 2)), 0::decimal from deals
        where account = $number and created::date <= $end
          and (closed is null or closed::date > $end)""",
    "cost_to_serve": """
        select sum(Cost::decimal(18, 4)) filter (where Quantity::double > 0),
               sum(Cost::decimal(18, 4))
        from pools where Customer = $name and "Month"::date $span""",
    "new_business": """
        select coalesce(sum(yearly_amount) filter (where won), 0)::decimal(18, 4), null from deals
        where account = $number and closed::date $span""",
    "weighted_pipeline": """
        select coalesce(sum(yearly_amount::decimal(18, 2) * probability::decimal(6, 4)), 0), null
        from deals
        where account = $number and created::date <= $end
          and (closed is null or closed::date > $end)""",
    "net_revenue_retention": """
        with mine as (
            select dated(Belegdatum) as moment,
                   coalesce(Sparte, '') || coalesce(Standort, '') as what,
                   german(Betrag) as amount
            from booked where Debitor = $debtor
        ), start as (
            select what, sum(amount) as amount from mine
            where moment between $start - interval 1 year and $end - interval 1 year
            group by what)
        select (select sum(amount) from mine where moment $span
                and what in (select what from start where amount > 0)), sum(amount)
        from start""",
}
