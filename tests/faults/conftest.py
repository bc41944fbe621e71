"""A workspace to break, and random moments to break it at."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from breaking import CLIENTS, Broken
from houses import write_house


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Broken:
    """The workspace, built once."""
    root = write_house(tmp_path_factory.mktemp("faults") / "house", *CLIENTS)
    made = Broken(root, {})
    going = made.start()
    said, _ = going.communicate(timeout=180)
    assert going.returncode == 0, said
    made.good = made.hashes()
    # Four files, manifest, figures, what was agreed and a picture of each client, and the page
    # that lists them.
    assert len(made.good) == 8 * len(CLIENTS) + 1
    return made


@pytest.fixture
def moments() -> Callable[[float, float], float]:
    """Random moments, the same ones in every run."""
    drawn = random.Random(20261121)
    return lambda low, high: drawn.uniform(low, high)
