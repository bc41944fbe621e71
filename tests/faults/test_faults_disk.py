"""A disk that is full: one clear message, and what was there is as it was."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from breaking import ROUNDS
from houses import write_house

pytestmark = pytest.mark.slow


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes; mounting one takes root."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small file system cannot be mounted: run as root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def build(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reviewkit", "build", *words, "--workspace", str(root)]
    return subprocess.run(command, capture_output=True, text=True, timeout=180)


def hashes(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (root / "reports").rglob("*")
        if path.is_file()
    }


def test_a_full_disk_is_told_and_nothing_half_written_stays(small_disk: Path) -> None:
    root = write_house(small_disk / "house", "alpha", "beta")
    first = build(root)
    assert first.returncode == 0, first.stderr
    before = hashes(root)
    assert len(before) == 2 * 8 + 1
    for left in (0, 4_000, 40_000, 150_000)[: max(2, ROUNDS)]:
        fill(small_disk, left)
        ran = build(root, "--force")
        (small_disk / "filler").unlink()
        assert "Traceback" not in ran.stderr
        if ran.returncode:
            assert "No space left on device" in ran.stderr
        assert hashes(root) == before
    again = build(root, "--force")
    assert again.returncode == 0, again.stderr
    assert hashes(root) == before


def fill(disk: Path, left: int) -> None:
    """Take all of the disk but about `left` bytes."""
    found = os.statvfs(disk)
    most = found.f_bavail * found.f_frsize - left
    (disk / "filler").write_bytes(b"\0" * max(most, 0))
