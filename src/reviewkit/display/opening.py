"""What a document opens with: its identity, the answer in a sentence, the themes."""

from __future__ import annotations

from reviewkit.analysis.actions import current_actions
from reviewkit.analysis.findings import Finding, judged
from reviewkit.blocks import Block, Columns, Front, Group, Heading, Prose, Span
from reviewkit.display import sentences, standing, words
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS

THEMES = 3


def front(view: View, report: str) -> Front:
    """Return the identity of a document; it is shown first."""
    internal = view.audience == "internal"
    meeting = view.facts.meeting
    prepared = f"Prepared for {view.client}"
    when = f" for the review on {view.formats.full_day(meeting, year=True)}" if meeting else ""
    fence = f"Contains cost and margin. Not for {view.client}." if internal else ""
    return Front(
        client=view.client,
        report=f"{report}, internal version" if internal else report,
        period=view.period.title,
        provider=view.house.name,
        title=f"{view.client}: {report}, {view.period.title}",
        audience=view.audience,
        language=view.formats.language,
        paper=view.house.paper,
        accent=view.accent,
        source=_source(view),
        confidentiality=fence if internal else f"Confidential. {prepared}{when}.",
        author=view.house.name,
        keywords=(view.client, report, view.period.id),
        generated=view.house.cutoff,
        decimal=view.formats.decimal,
    )


def headline(view: View, *, lead: bool = True) -> Block:
    """Return the answer in a sentence or two; with `lead` also what the rest is about."""
    text = view.facts.headline or _answer(view)
    told = _lead(view) if lead else ""
    blocks: list[Block] = [Heading(role="headline", text=text, nav="Summary")]
    if told:
        blocks.append(Prose(paragraphs=((Span(text=told),),), lead=True))
    return Group(blocks=tuple(blocks))


def themes(view: View) -> Block:
    """Return up to three themes side by side, each with what follows from it."""
    chosen = view.findings[:THEMES]
    if not chosen:
        return Prose(paragraphs=((Span(text="No figure of this period stands out."),),))
    return Group(
        blocks=(
            Heading(role="section", text=_themes_heading(view, chosen), nav="Themes"),
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
        paragraphs.append((Span(text="So what.", tone="accent"), Span(text=f" {consequence}")))
    return (
        Heading(role="finding", text=sentences.title(view, finding)),
        Prose(paragraphs=tuple(paragraphs)),
    )


def _themes_heading(view: View, chosen: tuple[Finding, ...]) -> str:
    many = words.plural(len(chosen), "theme")
    return f"{words.capital(many)}: {words.listed(_called(view, item) for item in chosen)}"


def _called(view: View, finding: Finding) -> str:
    if finding.actions:
        return words.plural(len(finding.actions), "late action")
    if finding.tables:
        return words.plural(len(finding.tables), "table") + " not supplied"
    if finding.value is None:
        return "what stands out"
    name = words.within(METRICS[finding.value.metric])
    what = f"causes of late deliveries behind {name}" if finding.kind == "cause" else name
    return f"{what} ({view.text.value(finding.value)})"


def _answer(view: View) -> str:
    top = next((item for item in view.findings if item.kind == "miss"), None)
    top = top or next((item for item in view.findings if item.kind == "near"), None)
    if top and top.value:
        return _short_answer(view, top)
    found = judged(view.figures, view.lead)
    if found:
        return _met_answer(view)
    partial = [v for v in map(view.figures.one, view.lead) if v.partial and v.denominator]
    if partial:
        name = words.within(METRICS[partial[0].metric])
        so_far = f"{name} stands at {view.text.value(partial[0])} so far"
        return f"{view.head(view.period)} is not complete: {so_far}."
    if not view.figures.supplied("shipments"):
        return f"{view.period.title}: no deliveries were supplied."
    count = view.text.value(view.figures.one("shipments"))
    few = [v for v in map(view.figures.one, view.lead) if v.status == "low_volume"]
    if few:
        name = words.within(METRICS[few[0].metric])
        tail = f"{words.capital(name)} is {view.text.counts(few[0])}, too few for a status."
    else:
        tail = "No target is in force."
    return f"{count} shipments left in {view.period.title}. {tail}"


def _short_answer(view: View, finding: Finding) -> str:
    value = finding.value
    assert value is not None  # noqa: S101  asked by the caller
    metric = METRICS[value.metric]
    opening = standing.standing(view, finding)
    if metric.rollup != "difference":
        opening = f"{opening} against a target of {view.text.aim(value)}"
    carried = standing.carried(view, finding)
    opening = f"{opening}: {carried}." if carried else f"{opening}."
    back = finding.recovery.back_on_target if finding.recovery else ""
    return f"{opening} It is due back on target in {back}." if back else opening


def _met_answer(view: View) -> str:
    found = judged(view.figures, view.lead)
    met = words.capital(f"{words.every(len(found), 'lead measure')} with a target met it")
    streak = next((item for item in view.findings if item.kind == "streak" and item.value), None)
    if not streak or not streak.value:
        return f"{met}."
    name = words.within(METRICS[streak.value.metric])
    run = words.ordinal(streak.periods)
    return (
        f"{met}. {words.capital(name)} stands at {view.text.value(streak.value)}, on target for "
        f"the {run} {view.period.noun} in a row."
    )


def _lead(view: View) -> str:
    names = tuple(metric.id for metric in view.scored)
    found = judged(view.figures, names)
    parts = []
    if found:
        counts = [
            (sum(value.status == status for value in found), word)
            for status, word in (("met", "met it"), ("at_risk", "came near"), ("missed", "missed"))
        ]
        outcome = words.listed(f"{words.count(count)} {word}" for count, word in counts if count)
        parts.append(f"Of {words.plural(len(found), 'measure')} with a target, {outcome}.")
    actions = current_actions(view.figures)
    if actions:
        closed = sum(action.closed is not None for action in actions)
        parts.append(
            f"{words.capital(words.of(closed, len(actions), 'actions'))} "
            f"{'is' if closed == 1 else 'are'} closed."
        )
    decisions = len(view.facts.decisions)
    if decisions:
        when = view.facts.meeting
        on = f" on {view.formats.full_day(when)}" if when else ""
        verb = "is" if decisions == 1 else "are"
        parts.append(f"{words.capital(words.plural(decisions, 'decision'))} {verb} sought{on}.")
    return " ".join(parts)


def _source(view: View) -> str:
    names = words.listed(
        dict.fromkeys(name for item in view.house.sources.values() for name in item)
    )
    source = f"Source: {names}. " if names else ""
    cut = f", cut-off {view.formats.moment(view.house.cutoff)}" if view.house.cutoff else ""
    return f"{source}Data to {view.formats.day(view.period.end, year=True)}{cut}."
