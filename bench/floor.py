"""The least that a pack can take: its cells in one warm process, then its HTML and PDF.

Run as `python -m bench.floor REVIEWS`; prints the seconds of each review as JSON. The first
one loads libraries and fonts, and is left out.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbformat import NotebookNode
from nbformat.v4 import new_output

from bench.notebooks import Review, read_reviews
from reviewkit.render.formats import FORMATS, write


def run(shell: InteractiveShell, review: Review) -> NotebookNode:
    """Run the cells that a client's build runs, and return the notebook with what they show."""
    os.environ["REVIEWKIT_EXTRACT"] = review.extract
    shell.reset(new_session=True)
    notebook = nbformat.read(review.notebook, as_version=4)
    tags = {id(cell): cell.metadata.get("tags", []) for cell in notebook.cells}
    notebook.cells = [cell for cell in notebook.cells if "internal" not in tags[id(cell)]]
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        with capture_output() as shown:
            shell.run_cell(cell.source).raise_error()
        if "parameters" in tags[id(cell)]:
            shell.push(review.parameters)
        cell.outputs = [
            new_output("display_data", data=output.data, metadata=output.metadata)
            for output in shown.outputs
        ]
    return notebook


def main(listed: str) -> None:
    """Time each review that is listed but the first."""
    shell = InteractiveShell.instance()
    seconds = []
    for review in read_reviews(Path(listed)):
        began = time.perf_counter()
        made = write(run(shell, review), review.client, tuple(FORMATS))
        seconds.append(time.perf_counter() - began)
        if not made["pdf"].startswith(b"%PDF"):
            raise RuntimeError(f"{review.client}: no PDF was made")
    print(json.dumps(seconds[1:]))  # noqa: T201 - it is read by who started this process


if __name__ == "__main__":
    main(*sys.argv[1:])
