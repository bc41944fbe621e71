"""Runs a notebook for one extract with papermill."""

from __future__ import annotations

import asyncio
import json
import logging
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from reviewkit.blocks import Audience
from reviewkit.errors import ExecutionError, nearest
from reviewkit.execution import engine
from reviewkit.execution.engine import Watch
from reviewkit.execution.kernels import made_for
from reviewkit.execution.limits import Limits
from reviewkit.execution.settle import settle

INTERNAL_TAG = "internal"
"""Cells with this tag are for the own house; they never run for a client."""

_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
"""What runs a notebook that does not say."""

_PLACE = "reviewkit_cell"
"""Metadata in which a cell remembers its position in the notebook's own file, from 1."""


@dataclass(frozen=True)
class Run:
    """One run of a notebook: what, for whom, and where things lie.

    `name` is how messages call it. `failed` is where a partial notebook is kept for the
    analyst when a cell fails.
    """

    name: str
    notebook: Path
    extract: Path
    audience: Audience
    parameters: Mapping[str, str]
    executed: Path
    failed: Path
    limits: Limits = field(default_factory=Limits)


def run_notebook(run: Run, ran: Callable[[NotebookNode], None] | None = None) -> NotebookNode:
    """Run a notebook inside its extract, keep the executed one at `run.executed`, return it.

    `ran` is called with each cell that has run, while the kernel waits for the next.
    The notebook's own file is never changed. Raises `ExecutionError`, naming the cell, for
    one that fails, loops, prints without end or kills its kernel; the partial notebook is
    then at `run.failed`.
    """
    notebook = read_notebook(run.notebook)
    notebook.metadata.setdefault("kernelspec", dict(_KERNEL))
    for position, cell in enumerate(notebook.cells, start=1):
        cell.metadata[_PLACE] = position
    if run.audience == "client":
        notebook.cells = [cell for cell in notebook.cells if INTERNAL_TAG not in _tags(cell)]
    _check_parameters(run, notebook)
    watch = Watch(run.limits, notebook, ran=ran)
    with tempfile.TemporaryDirectory(prefix="reviewkit-") as private:
        problem = _execute(run, notebook, watch, Path(private))
    executed = watch.notebook or notebook
    settle(executed, (_PLACE,))
    if problem:
        write_notebook(executed, run.failed)
        raise ExecutionError(f"{run.name}: {problem}\n  partial notebook: {run.failed}")
    run.failed.unlink(missing_ok=True)
    write_notebook(executed, run.executed)
    return executed


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook; raises `ExecutionError` for a file that is none."""
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError as error:
        raise ExecutionError(f"{path}: there is no such notebook.") from error
    # JSON of another shape makes nbformat stumble over what it does not find.
    except (OSError, ValueError, AttributeError, nbformat.ValidationError) as error:
        first = (str(error) or type(error).__name__).splitlines()[0]
        raise ExecutionError(f"{path}: not a notebook that can be read: {first}") from error


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write `notebook` whole or not at all, keys in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n"
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _execute(run: Run, notebook: NotebookNode, watch: Watch, private: Path) -> str:
    """Run papermill; return what went wrong, nothing where all went well."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    try:
        papermill.execute_notebook(
            notebook,
            None,
            parameters=dict(run.parameters),
            engine_name=engine.NAME,
            progress_bar=False,
            watch=watch,
            kernel_manager_class=made_for(run.extract, private, run.limits.memory),
        )
    except CellTimeoutError:
        return f"{_at(watch)} {_died(watch) if watch.flooded else _too_long(watch)}"
    except DeadKernelError:
        return f"{_at(watch)} {_died(watch)}"
    # A kernel that is stopped while a large message is on its way leaves a future behind.
    except (RuntimeError, OSError, asyncio.InvalidStateError) as error:
        if watch.flooded:
            return f"{_at(watch)} {_died(watch)}"
        first = (str(error) or type(error).__name__).splitlines()[0]
        at_work = f"{_at(watch)} was at work: " if watch.cell else ""
        return f"{at_work}its kernel could not run: {first}"
    return _failed(watch)


def _too_long(watch: Watch) -> str:
    limits = watch.limits
    if watch.overran:
        return f"was at work when the run had taken {limits.run_seconds} s, and was stopped."
    return f"ran longer than {limits.cell_seconds} s and was stopped."


def _died(watch: Watch) -> str:
    if watch.flooded:
        most = watch.limits.output >> 20
        return f"printed more than {most} MB and was stopped. Show tables, not whole frames."
    return "was at work when its kernel died: out of memory, or killed."


def _failed(watch: Watch) -> str:
    """Tell of the first cell that failed; nothing where all ran to their end."""
    for cell in watch.notebook.cells if watch.notebook else ():
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                watch.cell = cell
                return f"{_at(watch)} failed\n  {_reason(watch, output)}"
    return ""


def _reason(watch: Watch, error: NotebookNode) -> str:
    # To papermill a SystemExit without a code is no error, and the rest is not run.
    if error.ename == "SystemExit":
        return "SystemExit: it ends the notebook before its last cell. Take the exit out."
    said = (f"{error.ename}: {error.evalue}".strip().splitlines() or [""])[0][:300]
    if error.ename == "MemoryError":
        said += f"\n  A run may hold {watch.limits.memory >> 20} MB: limits in house.yaml."
    return said


def _at(watch: Watch) -> str:
    """Name the cell at work by its position in the notebook's own file, and its first line."""
    if watch.cell is None:
        return "its first cell"
    lines = watch.cell.source.strip().splitlines()
    place = watch.cell.metadata.get(_PLACE)
    return f"cell {place} ({lines[0] if lines else ''})" if place else "the cell of parameters"


def _check_parameters(run: Run, notebook: NotebookNode) -> None:
    """Refuse a parameter that the notebook does not have; papermill would only warn."""
    cells = [cell for cell in notebook.cells if "parameters" in _tags(cell)]
    if not cells:
        raise ExecutionError(
            f"{run.notebook}: no cell is tagged parameters. "
            "Tag the first code cell, which sets client, period and audience."
        )
    known = set(papermill.inspect_notebook(notebook))
    for name in run.parameters:
        if name not in known:
            raise ExecutionError(
                f"{run.notebook}: its parameters cell does not set {name}. {nearest(name, known)}"
            )


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))
