"""The demo's files as an outsider reads them: pandas and SQLite, nothing of reviewkit's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from demo_files import read_invoices, read_shipments, read_tickets


@pytest.fixture(scope="session")
def shipments(demo_folder: Path) -> pd.DataFrame:
    """Deliveries of the eight clients, the dirty rows left out by hand."""
    return read_shipments(demo_folder)


@pytest.fixture(scope="session")
def invoices(demo_folder: Path) -> pd.DataFrame:
    """Invoice lines of the eight clients, the dirty rows left out by hand."""
    return read_invoices(demo_folder)


@pytest.fixture(scope="session")
def tickets(demo_folder: Path) -> pd.DataFrame:
    """Cases of all clients, the dirty rows left out by hand."""
    return read_tickets(demo_folder)
