"""Every bad input gives one message with file, place and remedy, and leaves nothing behind."""

from __future__ import annotations

import errno
import json
import multiprocessing.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from bad_case import Bad, Strange, from_file, write_sound
from bad_commands import COMMANDS
from bad_databases import DATABASES
from bad_dates import DATES
from bad_encodings import ENCODINGS
from bad_expressions import EXPRESSIONS
from bad_files import FILES
from bad_mappings import MAPPINGS
from bad_params import PARAMS
from bad_run import Said, left_over, run, tree
from bad_values import VALUES
from bad_workbooks import RECORDS
from bad_yaml import YAML_FILES
from good_but_strange import STRANGE

from reviewkit.errors import printable

FAMILIES = {
    "file": FILES,
    "database": DATABASES,
    "workbook": RECORDS,
    "encoding": ENCODINGS,
    "mapping": [*MAPPINGS, *EXPRESSIONS],
    "parameter": [*PARAMS, *DATES, *YAML_FILES],
    "value": VALUES,
    "command": COMMANDS,
}
ALL = [
    pytest.param(case, id=f"{family}: {case.name}")
    for family, cases in FAMILIES.items()
    for case in cases
]


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workspace without a mistake."""
    return write_sound(tmp_path_factory.mktemp("bad") / "sound")


@pytest.fixture
def workspace(sound: Path, tmp_path: Path) -> Path:
    """A copy of the sound workspace, to be spoilt."""
    return shutil.copytree(sound, tmp_path / "house")


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for temporary files, so that none can be left unseen."""
    # What the processes of a build share lives as long as this one, so not in there.
    multiprocessing.util.get_temp_dir()
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_the_workspace_is_sound_before_it_is_spoilt(workspace: Path) -> None:
    said = run(("check", "--json"), workspace)
    assert said.code == 0, said
    (table,) = json.loads(said.out)["tables"]
    assert (table["rows_in"], table["rows_out"]) == (2, 2)


def test_the_corpus_is_large_and_each_case_stands_once() -> None:
    names = [parameter.id for parameter in ALL]
    assert len(names) == len(set(names))
    assert len(names) >= 150


def holds_to(case: Bad, said: Said, workspace: Path) -> None:
    """One message, in words, with file, place and remedy, and the exit code asked for."""
    assert said.code == case.code, said
    assert said.leaks == []
    assert len(said.messages) == case.messages, said.messages
    message = "\n".join(said.messages)
    for words in (case.where, case.what, case.remedy):
        assert words, "every case says where, what and how to mend it"
        assert words in message
    assert str(workspace) not in message
    assert printable(message) == message


@pytest.mark.parametrize("case", ALL)
def test_a_bad_input_gives_one_clear_message(case: Bad, workspace: Path, scratch: Path) -> None:
    case.change(workspace)
    before = tree(workspace)
    said = run(case.command, workspace)
    holds_to(case, said, workspace)
    assert left_over(before, tree(workspace)) == []
    assert list(scratch.iterdir()) == []


ONE_OF_EACH = [
    pytest.param(cases[0], id=f"{family}: {cases[0].name}") for family, cases in FAMILIES.items()
]


@pytest.mark.parametrize("case", ONE_OF_EACH)
def test_the_same_from_a_shell(case: Bad, workspace: Path, scratch: Path) -> None:
    case.change(workspace)
    before = tree(workspace)
    done = subprocess.run(
        [sys.executable, "-c", "from reviewkit.cli import main; main()", *case.command],
        cwd=workspace,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    holds_to(case, Said(done.returncode, done.stdout, done.stderr), workspace)
    assert left_over(before, tree(workspace)) == []
    assert list(scratch.iterdir()) == []


HOLD = """\
import sys, duckdb
db = duckdb.connect("data/cases.duckdb")
db.execute("CREATE TABLE cases (id TEXT)")
print("open", flush=True)
sys.stdin.read()
"""


def test_a_database_that_another_program_writes(workspace: Path) -> None:
    from_file("cases.duckdb", lambda _: None)(workspace)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=workspace,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        said = run(("check",), workspace)
    held = Bad(
        "held",
        write_sound,
        where="cases.duckdb",
        what="is open in another program",
        remedy="Close it there, or read a copy.",
    )
    holds_to(held, said, workspace)


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.EACCES, "Permission denied. Mend its rights."),
        (errno.EROFS, "Read-only file system. Work in a copy."),
        (errno.ENOSPC, "No space left on device. Make room, and run it again."),
        (errno.ENAMETOOLONG, "File name too long. Shorten the name."),
    ],
)
def test_what_the_system_refuses_is_told_with_its_remedy(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, number: int, remedy: str
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    said = run(("check",), workspace)
    case = Bad("refused", write_sound, where=".reviewkit", what=":", remedy=remedy)
    holds_to(case, said, workspace)


@pytest.mark.parametrize("case", STRANGE, ids=[case.name for case in STRANGE])
def test_what_only_looks_bad_works(case: Strange, workspace: Path) -> None:
    case.change(workspace)
    said = run(case.command, workspace)
    assert (said.code, said.err) == (0, ""), said
    tables = json.loads(said.out)["tables"]
    assert sum(table["rows_out"] for table in tables) == case.used
    assert sum(table["quarantined"] for table in tables) == 0
