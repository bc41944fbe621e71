"""A workspace of the smallest kind, made anew for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from houses import write_house

MakeHouse = Callable[..., Path]


@pytest.fixture
def make_house(tmp_path: Path) -> MakeHouse:
    """Writes a workspace with a client per name; each has forty deliveries in 2026Q3."""
    return lambda *clients: write_house(tmp_path / "house", *clients)
