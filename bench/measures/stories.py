"""Whether reviews name what is planted in the demo, and claim nothing else, seed by seed."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.measuring import Bench, Line
from bench.story_claims import PLANTED, claims, untrue
from bench.story_worlds import Provider
from reviewkit import periods
from reviewkit.analysis.findings import findings
from reviewkit.analysis.model import Finding
from reviewkit.blocks import Audience
from reviewkit.demo.stories import STORIES, Story
from reviewkit.metrics.cube import Cube
from reviewkit.params.models import ReviewFacts

SEEDS, FIRST, UNTRUE = 200, 95.0, 2.0

QUIET = 2
"""How many periods before its story a client is also reviewed: nothing is planted there."""


@dataclass
class Outcome:
    """What became of a seed: stories told and named first, reviews and those with an untrue claim.

    `wrong` tells which, in words; `figures` counts the figures that quiet reviews looked at.
    """

    stories: int = 0
    first: int = 0
    beside: int = 0
    quiet: int = 0
    noise: int = 0
    claims: int = 0
    figures: int = 0
    seconds: float = 0.0
    wrong: tuple[str, ...] = ()


def measure(bench: Bench) -> Iterator[Line]:
    """Draw the demo anew for each seed and read the findings of its reviews.

    What a seed gave is kept in the scratch folder, so that a run broken off goes on.
    """
    seeds = bench.size(SEEDS, 3)
    folder = bench.scratch / "stories"
    provider = Provider.in_folder(folder / "provider")
    found = [_kept(folder, provider, seed) for seed in range(1, seeds + 1)]
    for seed, item in enumerate(found, start=1):
        for words in item.wrong:
            print(f"seed {seed}: {words}", file=sys.stderr)  # noqa: T201 - a bench's own log
    yield from lines(found)


def lines(found: list[Outcome]) -> Iterator[Line]:
    """Return the rates over all seeds, each against its aim."""

    def share(part: str, whole: str) -> float:
        all_of_them = sum(getattr(item, whole) for item in found)
        return 100 * sum(getattr(item, part) for item in found) / max(all_of_them, 1)

    seconds = sum(item.seconds for item in found) / len(found)
    what = f"over {len(found)} seeds × {len(STORIES)} clients"
    rates = (
        (f"stories named first, {what}", share("first", "stories"), FIRST, "≥"),
        (f"reviews of a story with another claim, {what}", share("beside", "stories"), UNTRUE, "≤"),
        (f"quiet reviews with a claim, {what}", share("noise", "quiet"), UNTRUE, "≤"),
        (f"figures of quiet reviews claimed, {what}", share("claims", "figures"), UNTRUE, "≤"),
    )
    for name, rate, aim, sign in rates:
        yield Line(
            what=name,
            against="what is planted",
            ours=rate,
            peer=aim,
            unit="%",
            ratio=rate / aim,
            aim=f"{sign} {aim:g} %",
            met=rate >= aim if sign == "≥" else rate <= aim,
            note=f"{seconds:.1f} s of one core a seed",
        )


def _kept(folder: Path, provider: Provider, seed: int) -> Outcome:
    path = folder / f"{seed}.json"
    if path.exists():
        return Outcome(**json.loads(path.read_text()))
    began = time.process_time()
    made = outcome(provider, provider.cube(seed))
    made.seconds = time.process_time() - began
    path.write_text(json.dumps(asdict(made)))
    return made


def outcome(provider: Provider, cube: Cube) -> Outcome:
    """Return what the reviews of one seed told of their stories, and of quiet periods."""
    made = Outcome()
    for story in STORIES:
        audience: Audience = "internal" if story.internal else "client"
        planted = PLANTED[story.client]
        _, found = _review(provider, cube, story, audience, 0)
        told = bool(found) and planted.first(found[0])
        beside = untrue(found, planted)
        made.stories += 1
        made.first += told
        made.beside += bool(beside)
        looked, quiet = _review(provider, cube, story, "internal", QUIET)
        noise = list(claims(quiet))
        made.quiet += 1
        made.noise += bool(noise)
        made.claims += len(noise)
        made.figures += looked
        wrong = [f"{story.client}: not first, but {found[0].kind}"] if not told else []
        wrong += [f"{story.client}: {claim}" for claim in beside]
        wrong += [f"{story.client}, quiet: {claim}" for claim in noise]
        made.wrong = (*made.wrong, *wrong)
    return made


def _review(
    provider: Provider, cube: Cube, story: Story, audience: Audience, back: int
) -> tuple[int, tuple[Finding, ...]]:
    """Return how many figures a review looks at, and what it finds, `back` periods earlier."""
    calendar = provider.workspace.clients[story.client].client.fiscal_calendar
    at = periods.parse(story.period, calendar)
    for _ in range(back):
        at = at.prior()
    figures, params = provider.figures(cube, story.client, at.id, audience)
    asked = {*figures.scored(), *params.client.lead_metrics}
    names = tuple(name for name in figures.published() if name in asked)
    facts = params.reviews.get(at.id, ReviewFacts())
    looked = sum(figures.supplied(name) for name in figures.published())
    return looked, findings(figures, facts, names, params.contract)
