"""The account tables: what a provider's data must look like before anything is computed.

Each table is a `TableSpec` and each column a `ColumnSpec`; sources are mapped to these
names, and checks read their rules from here. Grain and meaning follow the field's use.
"""

from __future__ import annotations

from reviewkit.accounts.contract import care, finance, growth, places, shipments, warehouse
from reviewkit.accounts.contract.model import (
    CLIENT,
    METRICS,
    ColumnSpec,
    ColumnType,
    TableSpec,
    Unit,
)

__all__ = ["CLIENT", "METRICS", "TABLES", "ColumnSpec", "ColumnType", "TableSpec", "Unit"]

TABLES: dict[str, TableSpec] = {
    table.name: table
    for table in (
        shipments.SHIPMENTS,
        shipments.ORDER_LINES,
        warehouse.RECEIPTS,
        warehouse.COUNTS,
        warehouse.STOCK,
        warehouse.LOTS,
        warehouse.RETURNS,
        warehouse.STOCK_ADJUSTMENTS,
        warehouse.ACTIVITY,
        shipments.TENDERS,
        finance.INVOICE_LINES,
        finance.PAYMENTS,
        finance.BUDGET,
        finance.COSTS,
        growth.VOLUME_FORECAST,
        care.CASES,
        care.SURVEYS,
        growth.OPPORTUNITIES,
        care.ACTIONS,
        growth.CRM_ACTIVITIES,
        care.PROJECTS,
        places.SITES,
        finance.FX,
    )
}
"""All account tables by name, in the order in which they are checked and printed."""
