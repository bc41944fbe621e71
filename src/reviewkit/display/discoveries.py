"""What a review found without being asked, in words: unbilled work, bursts, notice, gaps of data.

Each sentence is made of what the data record. A burst names its cause where one is written
in the cases, and the day of its removal as a date, not as a proof.
"""

from __future__ import annotations

from reviewkit.analysis.bursts import Burst
from reviewkit.analysis.model import Finding, Partial
from reviewkit.analysis.renewal import Renewal
from reviewkit.analysis.unbilled import Unbilled
from reviewkit.display import words
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number

# --- work done and not invoiced ---------------------------------------------------------


def unbilled_title(view: View, finding: Finding) -> str:
    """Return what was done and not invoiced, with its worth."""
    found = _unbilled(finding)
    return say(
        "{charge} in {site} is not invoiced: {amount} are missing",
        charge=found.charge,
        site=found.site,
        amount=view.formats.money(found.amount),
    )


def unbilled_body(view: View, finding: Finding) -> str:
    """Return the quantities done and invoiced, and since when they part."""
    found = _unbilled(finding)
    told = say(
        "{charge} in {site}: {done} done, {invoiced} invoiced ({unit}).",
        done=view.formats.number(found.done),
        unit=found.uom or say("units"),
        charge=found.charge,
        site=found.site,
        invoiced=view.formats.number(found.invoiced),
    )
    if found.since is None:
        return told
    since = say(
        "They have been apart since {day}.", day=view.formats.day(found.since.start, year=True)
    )
    return f"{told} {since}"


def unbilled_so_what(view: View, finding: Finding) -> str:
    """Return what the missing work comes to, and at which price."""
    found = _unbilled(finding)
    return say(
        "At the price last invoiced, {rate}, the missing work comes to {amount}.",
        rate=view.formats.money(found.rate, 2),
        amount=view.formats.money(found.amount),
    )


def unbilled_answer(view: View, finding: Finding) -> str:
    """Return the finding as the answer of a page."""
    found = _unbilled(finding)
    about = {
        "charge": found.charge,
        "site": found.site,
        "amount": view.formats.money(found.amount),
    }
    if found.since is None:
        return say("{charge} in {site} worth {amount} was done and not invoiced.", **about)
    day = view.formats.day(found.since.start, year=True)
    return say(
        "{charge} in {site} has been done and not invoiced since {day}: {amount} are missing.",
        day=day,
        **about,
    )


def _unbilled(finding: Finding) -> Unbilled:
    assert isinstance(finding.about, Unbilled)  # noqa: S101  its kind says so
    return finding.about


# --- a burst of complaints --------------------------------------------------------------


def burst_title(view: View, finding: Finding) -> str:
    """Return how many complaints of one kind came, and what is usual."""
    found = _burst(finding)
    about = {"key": found.key, "count": view.formats.number(found.count)}
    if not found.expected:
        return say("“{key}”: {count} complaints where there were none", **about)
    if found.expected < 1:
        return say("“{key}”: {count} complaints where hardly any is usual", **about)
    return say(
        "“{key}”: {count} complaints where {usual} are usual",
        usual=view.formats.number(found.expected),
        **about,
    )


def burst_body(view: View, finding: Finding) -> str:
    """Return when the complaints came, of which kind, and what their share is."""
    found = _burst(finding)
    about = {
        "count": view.formats.number(found.count),
        "whole": view.formats.number(found.whole),
        "first": view.formats.day(found.first),
        "last": view.formats.day(found.last, year=True),
        "key": found.key,
    }
    if found.by == "root_cause":
        return say(
            "{count} of {whole} complaints, opened between {first} and {last}, have “{key}” "
            "recorded as their root cause.",
            **about,
        )
    return say(
        "{count} of {whole} complaints were opened for “{key}” between {first} and {last}.",
        **about,
    )


def burst_so_what(view: View, finding: Finding) -> str:
    """Return the fix recorded, and what came after it."""
    found = _burst(finding)
    if found.fixed is None:
        return say("No removal of its cause is recorded.")
    fix = say(
        "Its cause is recorded as removed on {day} (“{measure}”).",
        day=view.formats.day(found.fixed, year=True),
        measure=found.measure,
    )
    return f"{fix} {_after(view, found)}"


def burst_answer(view: View, finding: Finding) -> str:
    """Return the finding as the answer of a page."""
    return f"{burst_body(view, finding)} {burst_so_what(view, finding)}"


def _after(view: View, found: Burst) -> str:
    until = view.formats.day(found.known, year=True)
    if not found.after:
        return say("None has been opened since, to {day}.", day=until)
    return say_number(
        "One has been opened since, to {day}.",
        "{count} have been opened since, to {day}.",
        found.after,
        count=view.formats.number(found.after),
        day=until,
    )


def _burst(finding: Finding) -> Burst:
    assert isinstance(finding.about, Burst)  # noqa: S101  its kind says so
    return finding.about


# --- notice -----------------------------------------------------------------------------


def renewal_title(view: View, finding: Finding) -> str:
    """Return the day of notice."""
    found = _renewal(finding)
    return say("Notice falls due on {day}", day=view.formats.day(found.notice_by, year=True))


def renewal_body(view: View, finding: Finding) -> str:
    """Return what notice decides, and when."""
    found = _renewal(finding)
    about = {
        "end": view.formats.day(found.end, year=True),
        "days": view.formats.number(found.days),
        "reference": found.reference,
    }
    if found.reference:
        return say_number(
            "Contract {reference} ends on {end}; one day is left for notice.",
            "Contract {reference} ends on {end}; {days} days are left for notice.",
            found.days,
            **about,
        )
    return say_number(
        "The contract ends on {end}; one day is left for notice.",
        "The contract ends on {end}; {days} days are left for notice.",
        found.days,
        **about,
    )


def renewal_so_what(view: View, finding: Finding) -> str:
    """Return what happens without notice."""
    found = _renewal(finding)
    if found.goes_on is None:
        return say("Without a new contract it ends that day.")
    return say(
        "Without notice it goes on from {day}.", day=view.formats.day(found.goes_on, year=True)
    )


def renewal_answer(view: View, finding: Finding) -> str:
    """Return the finding as the answer of a page."""
    found = _renewal(finding)
    day = view.formats.full_day(found.notice_by, year=True)
    if found.goes_on is None:
        return say(
            "Notice falls due on {day}, before the next review; the contract ends on {end}.",
            day=day,
            end=view.formats.day(found.end, year=True),
        )
    return say(
        "Notice falls due on {day}, before the next review: without it the contract goes on "
        "from {next}.",
        day=day,
        next=view.formats.day(found.goes_on, year=True),
    )


def _renewal(finding: Finding) -> Renewal:
    assert isinstance(finding.about, Renewal)  # noqa: S101  its kind says so
    return finding.about


# --- a period known in part -------------------------------------------------------------


def partial_title(view: View, _finding: Finding) -> str:
    """Return that the period is known in part."""
    return say("{period} is not complete", period=view.title)


def partial_body(view: View, finding: Finding) -> str:
    """Return up to which day it is known, and what that leaves out."""
    found = _partial(finding)
    day = view.formats.day(found.until, year=True)
    if not found.tables:
        return say("The period is not over: figures are as of {day}.", day=day)
    tables = words.capital(words.listed(words.table(name) for name in found.tables))
    return say(
        "{tables} are known to {day} only; the period ends on {end}.",
        tables=tables,
        day=day,
        end=view.formats.day(view.period.end, year=True),
    )


def partial_so_what(_view: View, _finding: Finding) -> str:
    """Return what follows for the figures."""
    return say("Its figures are so far, and are compared with no other period.")


def partial_answer(view: View, finding: Finding) -> str:
    """Return the finding as the answer of a page, with the first figure there is."""
    found = _partial(finding)
    if finding.value and not found.tables:
        return say(
            "{period} is not complete: {metric} stands at {now} so far.",
            period=view.head(view.period),
            metric=words.within(METRICS[finding.value.metric]),
            now=view.text.value(finding.value),
        )
    told = say(
        "{period} is known to {day} only and is compared with nothing",
        period=view.title,
        day=view.formats.day(found.until, year=True),
    )
    if finding.value is None:
        return f"{told}."
    return say(
        "{told}: {metric} stands at {now} so far.",
        told=told,
        metric=words.within(METRICS[finding.value.metric]),
        now=view.text.value(finding.value),
    )


def _partial(finding: Finding) -> Partial:
    assert isinstance(finding.about, Partial)  # noqa: S101  its kind says so
    return finding.about
