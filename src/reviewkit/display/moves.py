"""A figure that moved beyond chance, as a whole or in a part of it alone, in words."""

from __future__ import annotations

from reviewkit.analysis.model import Finding
from reviewkit.display import standing, words
from reviewkit.display.figures import UNITS
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say


def title(view: View, finding: Finding) -> str:
    """Return where the figure stands now, and how far it moved."""
    return standing.standing(view, finding)


def body(view: View, finding: Finding) -> str:
    """Return what it moved from, and which parts carry that."""
    assert finding.moved is not None  # noqa: S101  its kind says so
    value = standing.value_of(finding)
    metric = METRICS[value.metric]
    before = view.text.reference(finding.moved.before, finding.moved.before.value)
    told = say(
        "{metric} was {before} in {period} and is {now}.",
        metric=words.name(metric),
        before=f"{before}{UNITS[metric.unit].sign}",
        period=view.head(view.period.prior()),
        now=view.text.value(value),
    )
    carried = words.sentence(standing.carried(view, finding))
    parts = (standing.part_told(view, finding, part) for part in finding.contributors[:1])
    return " ".join(item for item in (told, carried, *parts) if item)


def so_what(_view: View, _finding: Finding) -> str:
    """Return nothing: no target tells what follows."""
    return ""


def answer(view: View, finding: Finding) -> str:
    """Return the finding as the answer of a page."""
    told, carried = standing.standing(view, finding), standing.carried(view, finding)
    return f"{told}: {carried}." if carried else f"{told}."


# --- a part that slid while the whole stayed or rose --------------------------------------


def slid_title(view: View, finding: Finding) -> str:
    """Return where the part that slid most stands now, and how far it slid."""
    part, metric = finding.contributors[0], METRICS[standing.value_of(finding).metric]
    assert part.before is not None  # noqa: S101  only a part of both periods has slid
    assert part.now is not None  # noqa: S101
    step = part.now.rate - part.before.rate
    about = {
        "metric": words.name(metric),
        "part": standing.part_name(part.key),
        "step": view.text.step(metric, abs(step), word=True),
        "now": view.formats.number(part.now.rate * 100, metric.decimals),
    }
    if step < 0:
        return say("{metric} of {part} fell {step} to {now}%", **about)
    return say("{metric} of {part} rose {step} to {now}%", **about)


def slid_body(view: View, finding: Finding) -> str:
    """Return where the parts came from, where the whole stands, and the cause recorded."""
    told = (standing.part_moved(view, part) for part in finding.contributors)
    return " ".join(
        item for item in (*told, _whole(view, finding), standing.recorded(view, finding)) if item
    )


def _whole(view: View, finding: Finding) -> str:
    value = standing.value_of(finding)
    metric = METRICS[value.metric]
    about = {"metric": words.name(metric), "now": view.text.value(value)}
    if not finding.change or not finding.change.seen:
        return say("{metric} as a whole stands unchanged at {now}.", **about)
    before = view.formats.number(finding.change.before.rate * 100, metric.decimals)
    return say("{metric} as a whole went from {before}% to {now}.", before=before, **about)


def slid_so_what(view: View, finding: Finding) -> str:
    """Return what the part alone did to the whole."""
    part, metric = finding.contributors[0], METRICS[standing.value_of(finding).metric]
    about = {
        "part": standing.part_name(part.key),
        "step": view.text.step(metric, abs(part.rate), word=True),
    }
    if part.rate < 0:
        return say("Alone {part} took {step} from the whole.", **about)
    return say("Alone {part} added {step} to the whole.", **about)


def slid_answer(view: View, finding: Finding) -> str:
    """Return the finding as the answer of a page."""
    title, whole = slid_title(view, finding), _whole(view, finding)
    return f"{title}. {whole}"
