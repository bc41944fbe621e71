"""Reviews of the demo name each client's story first, and claim nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reviewkit.demo.draws import SEED
from reviewkit.demo.stories import STORIES

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.measures.stories import Outcome, outcome
from bench.story_worlds import Provider


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    provider = Provider.in_folder(tmp_path_factory.mktemp("found"))
    return outcome(provider, provider.cube(SEED))


def test_every_story_is_named_first_and_nothing_else_is_claimed(told: Outcome) -> None:
    assert told.wrong == ()
    assert told.first == told.stories == len(STORIES)


def test_quiet_periods_are_quiet(told: Outcome) -> None:
    assert told.quiet == len(STORIES)
    assert told.claims == 0
    # Dozens of figures were looked at.
    assert told.figures > 200
