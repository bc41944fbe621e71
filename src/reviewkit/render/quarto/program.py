"""The Quarto command line: where it is, and one bounded run of it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from reviewkit.errors import RenderError, UsageError

_KEPT = (
    *("PATH", "HOME", "USER", "LANG", "LC_ALL", "LC_CTYPE"),
    *("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"),
    *("SYSTEMROOT", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
)
"""What the program needs to start and to find its own cache; no secret of a source."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def quarto_program(given: Path | None = None) -> Path:
    """Return the `quarto` command: `given`, beside this Python, or on the PATH.

    Raises `UsageError`, which says how to install it, where there is none.
    """
    beside = shutil.which("quarto", path=str(Path(sys.executable).parent))
    found = shutil.which(str(given)) if given else beside or shutil.which("quarto")
    if not found:
        what = f"{given} is not a program" if given else "quarto is not installed"
        raise UsageError(f"{what}: pip install quarto-cli, or leave --engine away.")
    return Path(found).absolute()


def run_quarto(
    program: Path, arguments: Sequence[str], folder: Path, added: dict[str, str], seconds: float
) -> None:
    """Run `program` in `folder` with a scrubbed environment and `added`, `seconds` at most.

    Raises `RenderError` with the first line that says what went wrong. Whatever the
    program started ends with it.
    """
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # Quarto looks for a Python where it reads a notebook; this one is known to work.
    environment |= {"QUARTO_PYTHON": sys.executable, "NO_COLOR": "1", "TMPDIR": str(folder)}
    environment |= {"TEMP": str(folder), "TMP": str(folder)} | added
    log = folder / "quarto.log"
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(  # noqa: S603 - the program is the user's own choice
                [str(program), *arguments],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise RenderError(
                f"{program} cannot be started: {error.strerror}. Install quarto-cli again."
            ) from error
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            _end(process)
            raise RenderError(
                f"quarto did not end within {seconds:g} s and was stopped. "
                "Leave --engine away, or render fewer reports at once."
            ) from error
        except BaseException:
            _end(process)
            raise
    if code:
        said = log.read_text(encoding="utf-8", errors="replace").replace(f"{folder}/", "")
        raise RenderError(f"quarto ended with {code}: {_first_line(said)}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


def _first_line(said: str) -> str:
    """Return the first line that tells the error, else the first that says anything."""
    lines = [_COLOUR.sub("", line).strip() for line in said.splitlines()]
    lines = [line for line in lines if line]
    telling = [line for line in lines if re.match(r"(?i)\[?error\b", line)]
    return next(iter((*telling, *lines)), "it gave no reason")[:400]
