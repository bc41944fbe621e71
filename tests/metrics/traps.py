"""The traps that the field knows of each metric, and the test that holds each of them.

A test is named by file and function, and in brackets by its case where it has several.
"""

from __future__ import annotations

from collections.abc import Mapping

Cases = Mapping[str, str]

DELIVERIES = "metrics/test_metrics_deliveries.py::test_deliveries"
ORDERS = "metrics/test_metrics_orders.py::test_by_hand"
WAREHOUSE = "metrics/test_metrics_warehouse.py"
MONEY = "metrics/test_metrics_receivables.py"
INVOICES = "metrics/test_metrics_finance.py"
CASES = "metrics/test_metrics_response.py"
GROWTH = "metrics/test_metrics_growth.py"
BRIDGE = "analysis/test_analysis_price_mix.py"
HERE = "metrics/test_metrics_traps.py"

TRAPS: Mapping[tuple[str, ...], Cases] = {
    ("perfect_order",): {
        "a product of components is not the count per order":
            "metrics/test_metrics_orders.py::"
            "test_the_product_of_the_rates_is_not_the_rate_of_perfect_orders",
    },
    ("otif", "otif_lines", "otif_units", "in_full"): {
        "early can be a fail":
            f"{DELIVERIES}[early is a fail where agreed; without a window it cannot be]",
        "early is none where nothing is agreed": f"{DELIVERIES}[early is no fail unless agreed]",
        "split deliveries are in full by their sums":
            f"{DELIVERIES}[an order split in two is in full by its sums]",
        "split deliveries are late by the latest":
            f"{DELIVERIES}[one late part makes the order late]",
        "by line and by unit are figures of their own": f"{ORDERS}[otif_units]",
    },
    ("on_time_delivery", "on_time_first_promise", "on_time_pickup", "on_time_ship"): {
        "a missing arrival is not on time": f"{DELIVERIES}[due and never delivered is a miss]",
        "received without a time is unknown":
            f"{DELIVERIES}[received without a time is unknown, not a pass]",
        "a missing pickup is not on time": f"{ORDERS}[pickup]",
        "the original appointment against the revised": f"{ORDERS}[on_time_first_promise]",
    },
    ("tender_acceptance", "tender_acceptance_all", "re_tenders"): {
        "re-tenders inflate": f"{ORDERS}[tender_acceptance_all]",
        "the first tender apart": f"{ORDERS}[tender_acceptance]",
    },
    ("dock_to_stock_median", "dock_to_stock_p90", "receipts", "receipt_accuracy"): {
        "open receipts": f"{WAREHOUSE}::test_open_receipts_are_censored_and_told",
        "dock hours": f"{HERE}::test_hours_at_which_the_dock_is_shut_count_and_that_is_said",
    },
    ("order_accuracy", "pick_accuracy"): {
        "the error is booked to the month of the shipment":
            f"{WAREHOUSE}::test_an_error_is_booked_to_the_month_of_the_shipment_once_it_is_known",
    },
    ("inventory_accuracy", "inventory_accuracy_units"): {
        "netting hides errors": f"{WAREHOUSE}::test_netting_does_not_hide_errors_of_the_books",
    },
    ("fill_rate",): {
        "the client's own stock-outs": f"{WAREHOUSE}::test_the_clients_own_stock_out_is_not_a_miss",
        "only the first shipment":
            f"{WAREHOUSE}::"
            "test_fill_rate_counts_what_the_first_shipment_brought_and_no_more_than_was_ordered",
    },
    ("damage_rate", "returns_rate"): {
        "warehouse or transit": f"{HERE}::test_damage_is_that_of_the_way_and_not_of_the_warehouse",
    },
    ("cost_per_unit", "cost_per_order"): {
        "fixed-cost absorption":
            f"{MONEY}::test_fixed_cost_makes_a_unit_dearer_where_volume_falls",
    },
    ("cost_to_serve",): {
        "the unallocated rest is shown":
            f"{MONEY}::test_cost_to_serve_is_charged_by_the_pools_rate_and_the_rest_is_shown",
    },
    ("gross_margin",): {
        "pass-through freight dilutes it":
            f"{HERE}::test_freight_passed_through_at_cost_dilutes_a_margin_and_shows_as_its_service",
    },
    ("revenue_against_budget",): {
        "phasing":
            f"{HERE}::test_a_month_is_held_against_its_own_budget_not_a_third_of_the_quarters",
        "a month without a budget":
            f"{INVOICES}::test_a_month_without_budget_and_another_currency_are_left_out_and_told",
        "currency": "metrics/test_metrics_fx.py::"
            "test_a_budget_is_converted_at_the_first_of_its_month_and_never_by_halves",
    },
    ("price-volume-mix",): {
        "sums to the change exactly": f"{BRIDGE}::test_effects_always_add_up",
        "volumes add only within one unit": f"{BRIDGE}::test_volumes_add_up_only_within_one_unit",
        "new and lost lines apart": f"{BRIDGE}::test_new_and_lost_lines_have_no_two_prices",
        "credits, minimums and surcharges apart":
            f"{BRIDGE}::test_surcharges_minimums_credits_and_lines_without_quantity_stand_apart",
        "currency apart": f"{BRIDGE}::test_exchange_is_told_apart_from_price",
        "a currency without a rate": f"{BRIDGE}::test_another_currency_without_a_rate_is_left_out",
    },
    ("dso",): {
        "seasonality": f"{HERE}::test_days_of_sales_of_a_weak_period_rise_though_nobody_pays_later",
        "disputed apart": f"{MONEY}::test_days_of_sales_leave_disputes_apart",
    },
    ("receivables_overdue",): {
        "unapplied cash": f"{MONEY}::test_past_due_by_age_as_of_the_last_day",
        "as of a date": f"{MONEY}::test_a_dispute_counts_from_the_day_it_was_raised",
    },
    ("invoice_accuracy",): {
        "client-caused excluded":
            f"{INVOICES}::test_invoice_accuracy[credited for what the client caused]",
    },
    ("disputes", "disputed_amount", "disputes_upheld"): {
        "raised against upheld": f"{MONEY}::test_disputes_raised_and_upheld_are_two_figures",
        "rejected is no error":
            f"{INVOICES}::test_an_upheld_dispute_is_an_error_a_rejected_one_is_not",
    },
    ("nps", "csat"): {
        "small n: the interval":
            "metrics/test_metrics_care.py::test_nps_interval_of_few_equal_answers_is_not_a_point",
        "top two of five": f"{CASES}::test_satisfaction_is_the_top_two_of_five",
    },
    ("first_response_median", "first_response_p90", "resolution_median", "resolution_p90",
     "cases_opened", "cases_open"): {
        "open cases are censored, not absent":
            f"{CASES}::test_an_unanswered_case_is_censored_not_absent",
        "nine of ten with open ones":
            f"{CASES}::test_nine_of_ten_closed_with_the_open_ones_censored",
    },
    ("pipeline_coverage", "win_rate", "weighted_pipeline", "new_business"): {
        "open deals are not losses": f"{GROWTH}::test_open_deals_are_not_losses",
        "coverage is of what is still missing":
            f"{GROWTH}::test_coverage_is_against_what_is_still_missing",
    },
    ("net_revenue_retention",): {
        "escalators, fuel and volume":
            f"{HERE}::test_what_retention_holds_together_the_bridge_on_a_year_ago_tells_apart",
    },
    ("concentration",): {
        "parent level": f"{GROWTH}::test_members_of_a_global_account_are_one_holder",
    },
    ("shipments", "units", "stock_pallets", "stock_turns", "activity_events"): {
        "counted by departure":
            f"{DELIVERIES}[shipments count by departure; arrived without one is unknown]",
        "quantities of unlike units are not added":
            f"{WAREHOUSE}::test_events_are_counted_by_charge",
    },
}  # fmt: skip
"""By metric, or by those that stand in one row of the field's table."""

RULES: Cases = {
    "ratios are sums over sums":
        "metrics/test_metrics_properties.py::test_a_rate_is_sums_over_sums_whatever_the_groups",
    "proportions carry a Wilson interval":
        "metrics/test_metrics_registry.py::test_wilson_matches_published_values",
    "below the minimum n there is no status":
        "metrics/test_metrics_judge.py::test_states_of_a_rate",
    "counts have no minimum n":
        "metrics/test_metrics_judge.py::test_lower_is_better_and_counts_know_no_low_volume",
    "the target of the last day counts":
        "metrics/test_metrics_judge.py::test_the_target_in_force_on_the_last_day_counts",
    "equal is met": "metrics/test_metrics_finance.py::test_equal_to_budget_is_met",
    "a contract's level goes before a target":
        "metrics/test_metrics_judge.py::test_a_service_level_goes_before_a_target_and_says_so",
    "unknown is not a pass": f"{DELIVERIES}[units not recorded are unknown]",
    "cancelled in time leaves": f"{DELIVERIES}[cancelled before shipping, by whomever, leaves]",
    "cancelled too late stays":
        f"{DELIVERIES}[given up after the promise ran out: it was broken before]",
    "the cancelled are shown":
        "metrics/test_metrics_deliveries.py::test_the_count_of_cancelled_is_kept",
    "a partial period is not compared":
        "metrics/test_metrics_evaluate.py::test_a_period_that_is_not_over_is_partial_and_not_compared",
    "data that stop early are partial":
        "metrics/test_metrics_evaluate.py::test_data_that_stops_early_makes_a_period_partial",
    "money is exact": "metrics/test_metrics_finance.py::test_fractions_of_a_cent_are_kept",
}  # fmt: skip
"""What holds for all metrics."""
