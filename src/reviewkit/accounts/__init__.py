"""Account tables from any source: mapped, checked, with every row accounted for."""

from reviewkit.accounts.accounts import Accounts, open_accounts, source_files, write_quarantine
from reviewkit.accounts.report import CheckReport, render_report
from reviewkit.accounts.tables import TABLES, ColumnSpec, TableSpec

__all__ = [
    "TABLES",
    "Accounts",
    "CheckReport",
    "ColumnSpec",
    "TableSpec",
    "open_accounts",
    "render_report",
    "source_files",
    "write_quarantine",
]
