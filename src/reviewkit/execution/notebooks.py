"""Runs a notebook for one extract with papermill; the only module that knows papermill."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from reviewkit.blocks import Audience
from reviewkit.errors import ExecutionError, nearest
from reviewkit.execution.kernels import made_for

INTERNAL_TAG = "internal"
"""Cells with this tag are for the own house; they never run for a client."""

_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
"""What runs a notebook that does not say."""

_VOLATILE = ("papermill", "execution", "widgets")
"""Metadata in which the time of a run, or paths of the machine, would stand."""


@dataclass(frozen=True)
class Run:
    """One run of a notebook: what, for whom, and where things lie.

    `name` is how messages call it. `failed` is where a partial notebook is kept for the
    analyst when a cell fails. `timeout` is the longest a single cell may take, seconds.
    """

    name: str
    notebook: Path
    extract: Path
    audience: Audience
    parameters: Mapping[str, str]
    executed: Path
    failed: Path
    timeout: int = 600


def run_notebook(run: Run) -> Path:
    """Run a notebook inside its extract and return the executed one.

    The notebook's own file is never changed. Raises `ExecutionError`, naming the cell, for
    one that fails, loops or kills its kernel; the partial notebook is then at `run.failed`.
    """
    notebook = read_notebook(run.notebook)
    notebook.metadata.setdefault("kernelspec", dict(_KERNEL))
    if run.audience == "client":
        notebook.cells = [cell for cell in notebook.cells if INTERNAL_TAG not in _tags(cell)]
    with tempfile.TemporaryDirectory(prefix="reviewkit-") as scratch:
        folder = Path(scratch)
        private = folder / "private"
        private.mkdir()
        given, out = folder / "given.ipynb", folder / "executed.ipynb"
        nbformat.write(notebook, given)
        _check_parameters(run, notebook, given)
        problem = _execute(run, given, out, private)
        executed = nbformat.read(out if out.exists() else given, as_version=4)
    _settle(executed)
    if problem:
        write_notebook(executed, run.failed)
        raise ExecutionError(f"{run.name}: {problem}\n  partial notebook: {run.failed}")
    run.failed.unlink(missing_ok=True)
    write_notebook(executed, run.executed)
    return run.executed


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
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _execute(run: Run, given: Path, out: Path, private: Path) -> str:
    """Run papermill; return what went wrong, nothing where all went well."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    try:
        papermill.execute_notebook(
            given,
            out,
            parameters=dict(run.parameters),
            progress_bar=False,
            log_output=False,
            autosave_cell_every=0,
            execution_timeout=run.timeout,
            record_timing=False,
            kernel_manager_class=made_for(run.extract, private),
        )
    except PapermillExecutionError as error:
        reason = f"{error.ename}: {error.evalue}".strip().splitlines()[0][:300]
        return f"cell {error.cell_index + 1} failed ({_first(error.source)})\n  {reason}"
    except CellTimeoutError:
        return f"a cell ran longer than {run.timeout} s and was stopped."
    except DeadKernelError:
        return "its kernel died: out of memory, or killed."
    except (RuntimeError, OSError) as error:
        first = (str(error) or type(error).__name__).splitlines()[0]
        return f"its kernel could not run: {first}"
    return _left_early(nbformat.read(out, as_version=4))


def _left_early(notebook: NotebookNode) -> str:
    """Tell of a cell that ended the run; to papermill a SystemExit without a code is no error."""
    for position, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                reason = "it ends the notebook before its last cell. Take the exit out."
                return f"cell {position} failed ({_first(cell.source)})\n  {output.ename}: {reason}"
    return ""


def _first(source: str) -> str:
    return source.strip().splitlines()[0] if source.strip() else ""


def _check_parameters(run: Run, notebook: NotebookNode, given: Path) -> None:
    """Refuse a parameter that the notebook does not have; papermill would only warn."""
    cells = [cell for cell in notebook.cells if "parameters" in _tags(cell)]
    if not cells:
        raise ExecutionError(
            f"{run.notebook}: no cell is tagged parameters. "
            "Tag the first code cell, which sets client, period and audience."
        )
    known = set(papermill.inspect_notebook(given))
    for name in run.parameters:
        if name not in known:
            raise ExecutionError(
                f"{run.notebook}: its parameters cell does not set {name}. {nearest(name, known)}"
            )


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def _settle(notebook: NotebookNode) -> None:
    """Take out what differs from run to run: times, durations, paths of this machine."""
    for place in (notebook.metadata, *(cell.metadata for cell in notebook.cells)):
        for name in _VOLATILE:
            place.pop(name, None)
    notebook.metadata.pop("language_info", None)
    for position, cell in enumerate(notebook.cells):
        if "injected-parameters" in _tags(cell):
            cell["id"] = "injected-parameters"
        elif "id" not in cell:
            cell["id"] = f"cell-{position}"
        for output in cell.get("outputs", []):
            _settle_output(output)


def _settle_output(output: Any) -> None:
    if output.get("output_type") in ("display_data", "execute_result"):
        output["metadata"] = dict(output.get("metadata", {}))
        output.pop("transient", None)
