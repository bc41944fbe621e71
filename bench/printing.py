"""PDFs of executed notebooks, ours and nbconvert's through Chromium, in one warm process.

Run as `python -m bench.printing REVIEWS`; prints the seconds of each exporter as JSON. The
first notebook loads libraries and fonts, and is left out.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from nbconvert.exporters import Exporter, get_exporter

from bench.notebooks import read_reviews
from bench.peer import execute, use_chromium

EXPORTERS = ("reviewkit-pdf", "webpdf")


def seconds_of(exporter: type[Exporter], executed: Path) -> float:
    """Time the export of one executed notebook."""
    began = time.perf_counter()
    printed, _ = exporter().from_filename(str(executed))
    seconds = time.perf_counter() - began
    if not printed.startswith(b"%PDF"):
        raise RuntimeError(f"{executed}: no PDF was made")
    return seconds


def main(listed: str) -> None:
    """Export each review that is listed with each exporter, in turn."""
    use_chromium()
    executed = [execute(review) for review in read_reviews(Path(listed))]
    exporters = {name: get_exporter(name) for name in EXPORTERS}
    rounds = [
        {name: seconds_of(exporter, path) for name, exporter in exporters.items()}
        for path in executed
    ]
    print(json.dumps(rounds[1:]))  # noqa: T201 - it is read by who started this process


if __name__ == "__main__":
    main(*sys.argv[1:])
