"""The fixture that the tests of the accounts room share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from little import Open, source, workspace

from reviewkit.accounts import Accounts, open_accounts


@pytest.fixture
def load(tmp_path: Path) -> Iterator[Open]:
    """Opens one table from one source: `load("cases", "id,when\\n1,...", columns={...})`.

    The content is the bytes or text of `rows.csv`, or `None` where `file` names another.
    """
    opened: list[Accounts] = []

    def load(table: str, content: str | bytes | None = None, /, **given: Any) -> Accounts:
        if content is not None:
            data = content.encode() if isinstance(content, str) else content
            (tmp_path / "rows.csv").write_bytes(data)
            given.setdefault("file", "rows.csv")
        accounts = open_accounts(workspace(tmp_path, {table: (source(**given),)}))
        opened.append(accounts)
        return accounts

    yield load
    for accounts in opened:
        accounts.close()
