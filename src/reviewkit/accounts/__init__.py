"""Account tables from any source: mapped, checked, with every row accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewkit.lazy import exported

if TYPE_CHECKING:
    from reviewkit.accounts.accounts import Accounts, open_accounts, source_files, write_quarantine
    from reviewkit.accounts.checks.examine import examine
    from reviewkit.accounts.printed import render_report
    from reviewkit.accounts.report import CheckReport
    from reviewkit.accounts.tables import TABLES, ColumnSpec, TableSpec

__all__ = [
    "TABLES",
    "Accounts",
    "CheckReport",
    "ColumnSpec",
    "TableSpec",
    "examine",
    "open_accounts",
    "render_report",
    "source_files",
    "write_quarantine",
]

__getattr__ = exported(
    __name__,
    {
        "TABLES": "tables",
        "Accounts": "accounts",
        "CheckReport": "report",
        "ColumnSpec": "tables",
        "TableSpec": "tables",
        "examine": "checks.examine",
        "open_accounts": "accounts",
        "render_report": "printed",
        "source_files": "accounts",
        "write_quarantine": "accounts",
    },
)
