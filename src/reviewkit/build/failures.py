"""What the analyst finds after a build in which reports failed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from reviewkit.build.work import Outcome

_FILE = Path(".reviewkit", "failures.md")


def write_failures(root: Path, failed: Sequence[Outcome]) -> Path | None:
    """Write the report of `failed`, or remove the one of an earlier build; return its path.

    `None` where nothing failed, or where the disk does not even take the report.
    """
    path = root / _FILE
    if not failed:
        path.unlink(missing_ok=True)
        return None
    ordered = sorted(failed, key=lambda outcome: outcome.job.name)
    text = f"# {len(failed)} reports failed\n\n" + "\n".join(map(_section, ordered))
    part = path.with_suffix(".part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        return None
    return path


def _section(outcome: Outcome) -> str:
    job = outcome.job
    partial = job.place("failed")
    facts = [
        f"- client: {job.client}",
        f"- period: {job.period.id}",
        f"- report: {job.report}, for {job.audience}",
        f"- notebook: {job.notebook}",
    ]
    if partial.is_file():
        facts.append(f"- as far as it came: {partial}")
    facts += [
        f"- build it again: `{job.command}`",
        f"- open it: `REVIEWKIT_EXTRACT={job.extract} jupyter lab {job.notebook}`",
    ]
    said = outcome.error + (f"\n\n{outcome.traceback}" if outcome.traceback else "")
    quoted = "\n".join(f"    {line}" for line in said.splitlines())
    return f"## {job.name}\n\n" + "\n".join(facts) + f"\n\n{quoted}\n"
