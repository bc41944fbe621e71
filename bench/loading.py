"""DuckDB's own reading of a file into a table, with nothing checked.

Run as `python -m bench.loading FILE`; prints the seconds it took.
"""

from __future__ import annotations

import json
import sys
import time

import duckdb


def main(file: str) -> None:
    """Time it."""
    began = time.perf_counter()
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE loaded AS FROM '{file}'")
    print(json.dumps(time.perf_counter() - began))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
