"""What tests share is made once, whole, and anew where making it failed."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from sharing import made_once


def test_who_asks_meanwhile_waits_and_finds_it_made(tmp_path: Path) -> None:
    made: list[str] = []

    def make(folder: Path) -> None:
        made.append(folder.name)
        time.sleep(0.2)
        (folder / "late").touch()

    found: list[bool] = []

    def ask() -> None:
        found.append((made_once(tmp_path, "world", make) / "late").exists())

    both = [threading.Thread(target=ask) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert (made, found) == (["world"], [True, True])


def test_what_a_failure_left_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    def half(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        made_once(tmp_path, "world", half)
    made = made_once(tmp_path, "world", lambda folder: (folder / "whole").touch())
    assert [path.name for path in made.iterdir()] == ["whole"]
