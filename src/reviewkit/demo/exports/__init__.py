"""The demo provider's exports: each table in the form that its system gives it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reviewkit.demo.books import Books
from reviewkit.demo.exports import desk, finance, store, transport

DATA: dict[str, Callable[[Path, Books], int]] = {
    "tms_shipments.parquet": transport.write_central,
    "allentown_shipments.parquet": transport.write_local,
    "tms_tenders.csv": transport.write_tenders,
    "wms_order_lines.parquet": store.write_order_lines,
    "wms_goods_in.csv": store.write_receipts,
    "wms.sqlite": store.write_store,
    "wms_activity.parquet": store.write_activity,
    "finance_invoice_lines.csv": finance.write_invoices,
    "finance_receipts.sqlite": finance.write_payments,
    "budget.csv": finance.write_budget,
    "cost_pools.xlsx": finance.write_costs,
    "exchange_rates.csv": finance.write_rates,
    "volume_forecast.csv": finance.write_forecasts,
    "service_desk.sqlite": desk.write_cases,
    "surveys.csv": desk.write_surveys,
    "review_actions.csv": desk.write_actions,
    "crm_deals.jsonl": desk.write_deals,
    "crm_contacts.jsonl": desk.write_contacts,
    "projects.csv": desk.write_projects,
    "sites.csv": desk.write_sites,
}
"""The data files and what writes each; a writer returns the number of rows."""
