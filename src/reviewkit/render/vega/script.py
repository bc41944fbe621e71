"""Vega as the package carries it: one script, for the worker that draws and the page that lives."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from reviewkit.errors import RenderError


@cache
def vega_script() -> str:
    """Return the script; it leaves `window.reviewkitVega` with `vega`, `lite` and `embed`.

    Raises `RenderError` where the package was installed without its build step.
    """
    try:
        return files(__package__).joinpath("vega.js").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise RenderError(
            "reviewkit cannot draw charts: its copy of Vega is missing, which is put there when "
            "the package is installed. Install it again: pip install --force-reinstall reviewkit, "
            "or make setup in its repository."
        ) from error


@cache
def vega_version() -> str:
    """Return what tells this script from any other."""
    return hashlib.sha256(vega_script().encode()).hexdigest()
