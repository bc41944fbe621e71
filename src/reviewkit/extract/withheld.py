"""What an audience may know of an account table: its columns, and what figures split by.

Internal columns are so by the contract of the tables. Beside them a house may keep the names
of its carriers from its clients' versions: they then stand in no column there, and measures
that were told apart by carrier are added up.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reviewkit.accounts.tables import TableSpec
from reviewkit.blocks import Audience
from reviewkit.params.house import House

CARRIER = "carrier"


def known_columns(table: TableSpec, audience: Audience, house: House) -> tuple[str, ...]:
    """Return the columns of `table` that `audience` may know, in the contract's order."""
    if audience == "internal":
        return tuple(item.name for item in table.columns)
    kept = () if house.names_carriers else (CARRIER,)
    return tuple(item.name for item in table.columns if not item.internal and item.name not in kept)


def told_together(
    frame: pd.DataFrame, table: TableSpec, dims: Sequence[str], known: Sequence[str]
) -> pd.DataFrame:
    """Return a table's measures with the columns that are not `known` null, their parts added up.

    `dims` are all dimensions of the measures, after which they stand. A dimension that no
    column of the table gives, such as a bin of times, tells nothing that is withheld.
    """
    unknown = [name for name in dims if name in table.names and name not in known]
    if not unknown:
        return frame
    names = list(frame.columns)
    after = names.index(dims[-1]) + 1
    keys, measures = names[:after], names[after:]
    blank = frame.assign(**dict.fromkeys(unknown))
    return blank.groupby(keys, dropna=False, sort=False, as_index=False)[measures].sum()
