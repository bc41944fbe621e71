"""The ledger: what was approved and what was mailed, a line each, only ever added to.

It is `.reviewkit/ledger.jsonl`. Each line is a JSON object: `at` (moment with offset), `act`
("approved" or "mailed"), `client`, `period`, `by` (who approved), `hash` (over the client-facing
files), `files` (name: SHA-256, of what was approved or attached), `to` (addresses mailed) and
`mail` (the message's file in the outbox). Building, reading and `make clean` leave it alone.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from reviewkit.errors import ReleaseError
from reviewkit.locks import alone

LEDGER = Path(".reviewkit", "ledger.jsonl")


class Act(BaseModel):
    """One act that took a pack towards its reader."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: dt.datetime
    act: Literal["approved", "mailed"]
    client: str
    period: str
    by: str
    hash: str
    files: dict[str, str]
    to: tuple[str, ...] = ()
    mail: str = ""


def record(root: Path, act: Act) -> None:
    """Add `act` to the ledger of the workspace at `root`, on the disk before this returns."""
    path = root / LEDGER
    line = act.model_dump_json() + "\n"
    with alone(path.with_suffix(".lock")), path.open("ab") as file:
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())


def read_ledger(root: Path) -> tuple[Act, ...]:
    """Return all acts in their order, none where nothing was approved yet.

    Raises `ReleaseError` for a line that is no act.
    """
    path = root / LEDGER
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    acts = []
    for number, line in enumerate(lines, start=1):
        try:
            acts.append(Act.model_validate_json(line))
        except ValidationError as error:
            raise ReleaseError(
                f"{LEDGER}, line {number}: is no act of the ledger. "
                "It was changed by hand or cut off: mend the line, or take it out."
            ) from error
    return tuple(acts)
