"""What findings are called where several stand in one heading: each by something of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reviewkit.analysis.bursts import Burst
from reviewkit.analysis.model import Finding, Kind, Partial
from reviewkit.analysis.renewal import Renewal
from reviewkit.analysis.unbilled import Unbilled
from reviewkit.display import standing, words
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number


def called(view: View, finding: Finding) -> str:
    """Return what a finding is about in a few words, with its number."""
    return _NAMES[finding.kind](view, finding)


def _figure(view: View, finding: Finding) -> str:
    value = standing.value_of(finding)
    return say(
        "{metric} ({value})",
        metric=words.within(METRICS[value.metric]),
        value=view.text.value(value),
    )


def _part(_view: View, finding: Finding) -> str:
    value = standing.value_of(finding)
    return say(
        "{part} ({metric})",
        part=standing.part_name(finding.contributors[0].key),
        metric=words.within(METRICS[value.metric]),
    )


def _cause(view: View, finding: Finding) -> str:
    cause = finding.causes[0]
    return say(
        "“{cause}” ({share}% of late deliveries)",
        cause=cause.name,
        share=view.formats.number(cause.share * 100),
    )


def _late(_view: View, finding: Finding) -> str:
    late = len(finding.actions)
    return say_number("{count} late action", "{count} late actions", late, count=words.count(late))


def _lacking(_view: View, finding: Finding) -> str:
    lacking = len(finding.tables)
    return say_number(
        "{count} table not supplied",
        "{count} tables not supplied",
        lacking,
        count=words.count(lacking),
    )


def _unbilled(view: View, finding: Finding) -> str:
    assert isinstance(finding.about, Unbilled)  # noqa: S101  its kind says so
    return say("unbilled work ({amount})", amount=view.formats.money(finding.about.amount))


def _burst(view: View, finding: Finding) -> str:
    assert isinstance(finding.about, Burst)  # noqa: S101  its kind says so
    return say_number(
        "“{key}” ({count} complaint)",
        "“{key}” ({count} complaints)",
        finding.about.count,
        key=finding.about.key,
        count=view.formats.number(finding.about.count),
    )


def _renewal(view: View, finding: Finding) -> str:
    assert isinstance(finding.about, Renewal)  # noqa: S101  its kind says so
    return say("notice due on {day}", day=view.formats.day(finding.about.notice_by, year=True))


def _partial(view: View, finding: Finding) -> str:
    assert isinstance(finding.about, Partial)  # noqa: S101  its kind says so
    return say("data to {day} only", day=view.formats.day(finding.about.until, year=True))


_NAMES: Mapping[Kind, Callable[[View, Finding], str]] = {
    "miss": _figure,
    "near": _figure,
    "moved": _figure,
    "slid": _part,
    "growth": _figure,
    "streak": _figure,
    "cause": _cause,
    "late_actions": _late,
    "not_supplied": _lacking,
    "half_supplied": _lacking,
    "unbilled": _unbilled,
    "burst": _burst,
    "renewal": _renewal,
    "partial": _partial,
}
"""What each kind of finding is called."""
