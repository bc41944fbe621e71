"""A workspace of its own for each test that runs a kernel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from kernel_house import House


@pytest.fixture(scope="session")
def new_house(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], House]:
    """Makes a workspace of its own each time."""
    return lambda: House(tmp_path_factory.mktemp("house"))


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    return new_house()
