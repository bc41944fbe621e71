"""What a build says while it works: a line per report, or a bar where somebody looks on."""

from __future__ import annotations

import sys

import click

from reviewkit.build import Built, Job, Listener, Outcome
from reviewkit.build.progress import Progress

_WIDTH = 24


class Console(Listener):
    """Prints to the standard error; with `why`, the reason for each report too."""

    def __init__(self, *, why: bool = False) -> None:
        self._why = why
        self._bar = sys.stderr.isatty()

    def told(self, text: str) -> None:
        """Print a sentence."""
        self._line(text)

    def stale(self, job: Job, why: str) -> None:
        """Print why a report is built."""
        if self._why:
            self._line(f"{job.name}: {why or 'current'}")

    def done(self, outcome: Outcome, progress: Progress) -> None:
        """Print what became of a report, how fast it goes, and how long it will take."""
        state = "failed" if outcome.error else "built"
        if self._bar:
            full = _WIDTH * progress.settled // max(progress.total, 1)
            bar = "━" * full + "─" * (_WIDTH - full)
            click.echo(f"\r\x1b[2K{bar} {progress} {outcome.job.name}", err=True, nl=False)
        if outcome.error or not self._bar:
            self._line(f"[{progress}] {state} {outcome.job.name}")
        for note in outcome.notes:
            self._line(f"  note: {outcome.job.name}: {note}")

    def close(self, built: Built) -> None:
        """Print what was done in one line."""
        failed = len(built.failed)
        said = f"{len(built.made)} built, {built.current} current"
        self._line(said + (f", {failed} failed" if failed else ""))

    def _line(self, text: str) -> None:
        click.echo(("\r\x1b[2K" if self._bar else "") + text, err=True)
