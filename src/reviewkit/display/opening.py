"""What a document opens with: its identity, the answer in a sentence, the themes."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.analysis import themes as choice
from reviewkit.analysis.actions import Action, current_actions
from reviewkit.analysis.findings import judged
from reviewkit.analysis.model import Finding
from reviewkit.blocks import Block, Columns, Front, Group, Heading, Prose, Span
from reviewkit.display import answers, sentences, words
from reviewkit.display.called import called
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.speech import say, say_number

THEMES = 3


def front(view: View, report: str) -> Front:
    """Return the identity of a document; it is shown first."""
    internal = view.audience == "internal"
    report = say(report)
    title = {"client": view.client, "report": report, "period": view.title}
    return Front(
        client=view.client,
        report=say("{report}, internal version", report=report) if internal else report,
        period=view.title,
        provider=view.house.name,
        title=say("{client}: {report}, {period}", **title),
        audience=view.audience,
        language=view.formats.language,
        paper=view.house.paper,
        accent=view.accent,
        logo=view.params.client.brand.logo,
        provider_logo=view.house.logo,
        source=_source(view),
        confidentiality=_confidentiality(view),
        author=view.house.name,
        keywords=(view.client, report, view.period.id),
        generated=view.house.cutoff,
        decimal=view.formats.decimal,
    )


def _confidentiality(view: View) -> str:
    if view.audience == "internal":
        return say("Contains cost and margin. Not for {client}.", client=view.client)
    meeting = view.facts.meeting
    if not meeting:
        return say("Confidential. Prepared for {client}.", client=view.client)
    return say(
        "Confidential. Prepared for {client} for the review on {day}.",
        client=view.client,
        day=view.formats.full_day(meeting, year=True),
    )


def headline(view: View, *, lead: bool = True) -> Block:
    """Return the answer in a sentence or two; with `lead` also what the rest is about."""
    text = view.facts.headline or answers.answer(view)
    told = _lead(view, text) if lead else ""
    blocks: list[Block] = [Heading(role="headline", text=text, nav=say("Summary"))]
    if told:
        blocks.append(Prose(paragraphs=((Span(text=told),),), lead=True))
    return Group(blocks=tuple(blocks))


def themes(view: View) -> Block:
    """Return up to three themes side by side, each with what follows from it."""
    chosen = choice.themes(view.findings, THEMES, answers.streak(view))
    if not chosen:
        return Prose(paragraphs=((Span(text=say("No figure of this period stands out.")),),))
    return Group(
        blocks=(
            Heading(role="section", text=_themes_heading(view, chosen), nav=say("Themes")),
            Columns(
                columns=tuple(_theme(view, finding) for finding in chosen),
                weights=(12 // len(chosen),) * len(chosen),
            ),
        ),
        keep=True,
    )


def _theme(view: View, finding: Finding) -> tuple[Block, ...]:
    consequence = sentences.so_what(view, finding)
    paragraphs: list[tuple[Span, ...]] = [(Span(text=sentences.body(view, finding)),)]
    if consequence:
        paragraphs.append((Span(text=say("So what."), tone="accent"), Span(text=f" {consequence}")))
    return (
        Heading(role="finding", text=sentences.title(view, finding)),
        Prose(paragraphs=tuple(paragraphs)),
    )


def _themes_heading(view: View, chosen: tuple[Finding, ...]) -> str:
    text = say_number(
        "{count} theme: {names}",
        "{count} themes: {names}",
        len(chosen),
        count=words.count(len(chosen)),
        names=words.listed(called(view, item) for item in chosen),
    )
    return words.capital(text)


def _lead(view: View, headline: str) -> str:
    names = tuple(metric.id for metric in view.scored)
    found = judged(view.figures, names)
    parts = []
    if len(found) > 1:
        parts.append(_outcome(found))
    actions = current_actions(view.figures)
    if actions:
        parts.append(_closed(actions))
    if view.facts.decisions:
        parts.append(_sought(view))
    missing = answers.lacking(view)
    if missing and missing != headline:
        parts.append(missing)
    return " ".join(words.capital(part) for part in parts)


def _closed(actions: Sequence[Action]) -> str:
    closed = sum(action.closed is not None for action in actions)
    if len(actions) == 1:
        return say("The only action is closed.") if closed else say("The only action is open.")
    return say_number(
        "{part} of {whole} actions is closed.",
        "{part} of {whole} actions are closed.",
        closed,
        part=words.count(closed),
        whole=words.count(len(actions)),
    )


def _outcome(found: Sequence[MetricValue]) -> str:
    met, near, missed = (
        sum(value.status == status for value in found) for status in ("met", "at_risk", "missed")
    )
    said = (
        say("{count} met it", count=words.count(met)) if met else "",
        say("{count} came near", count=words.count(near)) if near else "",
        say("{count} missed", count=words.count(missed)) if missed else "",
    )
    return say_number(
        "Of {count} measure with a target, {outcome}.",
        "Of {count} measures with a target, {outcome}.",
        len(found),
        count=words.count(len(found)),
        outcome=words.listed(filter(None, said)),
    )


def _sought(view: View) -> str:
    decisions = len(view.facts.decisions)
    if view.facts.meeting:
        return say_number(
            "{count} decision is sought on {day}.",
            "{count} decisions are sought on {day}.",
            decisions,
            count=words.count(decisions),
            day=view.formats.full_day(view.facts.meeting),
        )
    return say_number(
        "{count} decision is sought.",
        "{count} decisions are sought.",
        decisions,
        count=words.count(decisions),
    )


def _source(view: View) -> str:
    names = words.listed(
        dict.fromkeys(name for item in view.house.sources.values() for name in item)
    )
    day = view.formats.day(view.period.end, year=True)
    data = say("Data to {day}.", day=day)
    if view.house.cutoff:
        moment = view.formats.moment(view.house.cutoff)
        data = say("Data to {day}, cut-off {moment}.", day=day, moment=moment)
    return f"{say('Source: {names}.', names=names)} {data}" if names else data
