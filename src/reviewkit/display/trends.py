"""A metric by month as a chart, under a heading that says where it stands to its target."""

from __future__ import annotations

from reviewkit.analysis.figures import known
from reviewkit.analysis.movement import number
from reviewkit.blocks import Block, Columns, Group, Heading, NotSupplied, Series, Span
from reviewkit.display import charts, words
from reviewkit.display.charts import Trend
from reviewkit.display.figures import UNITS, label
from reviewkit.display.marks import Frame, Scale, Width, nice_ticks
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import metric
from reviewkit.periods import Period
from reviewkit.speech import say, say_number

LEAST = {"ratio": 2.0, "hours": 8.0, "score": 20.0}
"""Least span of an axis, in the unit printed."""


def trend(view: View, metric_id: str, width: Width = "full") -> Block:
    """Return a metric over a year of months or fiscal periods, with target and year before."""
    own = metric(metric_id)
    lacking = own.missing(view.figures.data)
    if lacking:
        return not_supplied(view, own, lacking)
    now = view.figures.months(metric_id, len(view.year))
    if not any(known(value) for value in now):
        return NotSupplied(
            what=say(
                "{metric} has no {month} with enough cases to show.",
                metric=words.name(own),
                month=view.step,
            )
        )
    data = _trend(view, own, now)
    heading = Heading(
        role="section",
        text=_heading(view, own, now),
        note=(Span(text=_note(view, own, data)),),
    )
    chart = charts.trend(data, view.accent, _alt(view, own, now), _frame(view, data, width))
    return Group(blocks=(heading, chart), keep=True)


def pair(view: View, metric_ids: tuple[str, ...]) -> Block:
    """Return two trends side by side, each under its own heading."""
    return Columns(
        columns=tuple((trend(view, metric_id, "half"),) for metric_id in metric_ids),
        weights=(6,) * len(metric_ids),
    )


def not_supplied(view: View, own: Metric, lacking: tuple[str, ...]) -> NotSupplied:
    """Return what stands in place of a metric whose data was not supplied."""
    tables = dict.fromkeys(item.split(".")[0] for item in lacking)
    names = words.listed(words.table(table) for table in tables)
    return NotSupplied(
        what=say(
            "{metric} has no figure: {tables} not supplied or incomplete.",
            metric=words.name(own),
            tables=names,
        ),
        detail=view.remedy(
            say(
                "Map {names} in house.yaml to fill this section.",
                names=words.listed(lacking),
            )
        ),
    )


def _trend(view: View, own: Metric, now: tuple[MetricValue, ...]) -> Trend:
    months = view.year
    before = view.figures.months(own.id, 2 * len(months))[: len(months)]
    values = tuple(_height(own, value) for value in now)
    past = tuple(_height(own, value) for value in before)
    target = now[-1].target
    aim = float(number(target) * UNITS[own.unit].scale) if target is not None else None
    drawn = [value for value in (*values, *past, aim) if value is not None]
    ticks = nice_ticks(drawn, zero=own.unit == "count", least=LEAST.get(own.unit, 0.0))
    decimals = 0 if all(tick == round(tick) for tick in ticks) else 1
    first = months[0].start
    return Trend(
        months=view.axis(months),
        values=values,
        texts=tuple(
            f"{view.formats.short(month)} {view.text.value(value, unit=False)}"
            for month, value in zip(months, now, strict=True)
        ),
        year_before=past,
        target=aim,
        target_text=(
            say("Target {target}", target=view.text.aim(now[-1], unit=False))
            if target is not None
            else ""
        ),
        scale=Scale(ticks, tuple(view.formats.number(tick, decimals) for tick in ticks)),
        under_review=(len(months) - len(view.period.months()), len(months) - 1),
        period=view.head(view.period),
        events=tuple(
            (
                charts.position(event.date, months),
                f"{view.formats.day(event.date)}: {event.title}",
            )
            for event in view.facts.events
            if event.metric == own.id and first <= event.date <= view.period.end
        ),
        figures=_figures(view, own, now, before),
    )


def _figures(
    view: View, own: Metric, now: tuple[MetricValue, ...], before: tuple[MetricValue, ...]
) -> tuple[Series, ...]:
    """Return the series of the chart as they are printed: a target is a line of its own."""
    text = view.text
    past = tuple(text.reference(v, v.value) if known(v) else "" for v in before)
    found = [
        Series(
            name=words.name(own),
            texts=tuple(text.value(v, unit=False) if known(v) else "" for v in now),
        )
    ]
    if any(past):
        found.append(Series(name=say("Year before"), texts=past, tone="quiet"))
    if now[-1].target is not None:
        aim = text.aim(now[-1], unit=False)
        found.append(
            Series(name=say("Target"), texts=(aim,) * len(now), tone="strong", dashed=True)
        )
    return tuple(found)


def _frame(view: View, data: Trend, width: Width) -> Frame:
    # What happened is told above the plot.
    return Frame(width, 124 if view.short_paper else 156, top=16 if data.events else 8)


def _height(own: Metric, value: MetricValue) -> float | None:
    if not known(value):
        return None
    return round(float(number(value.value) * UNITS[own.unit].scale), 2)


def _heading(view: View, own: Metric, now: tuple[MetricValue, ...]) -> str:
    months = view.year
    # The last month that is whole: a period under review need not be over.
    at = max(i for i, value in enumerate(now) if known(value))
    now = now[: at + 1]
    figure = view.text.value(now[at])
    month = view.formats.short(months[at])
    judged = [v for v in now if known(v) and v.status in ("met", "at_risk", "missed")]
    short = [value for value in judged if value.status != "met"]
    if not judged:
        return say(
            "{metric} closed {month} at {figure}",
            metric=words.name(own),
            month=month,
            figure=figure,
        )
    if not short:
        return say_number(
            "{metric} met its target in each of {count} {month}, at {figure} in {last}",
            "{metric} met its target in each of {count} {months}, at {figure} in {last}",
            len(judged),
            metric=words.name(own),
            count=words.count(len(judged)),
            month=view.step,
            months=view.steps,
            figure=figure,
            last=month,
        )
    run = _run_short(now)
    if run > 1:
        return say(
            "{metric} has been short of target since {since}; {month} closed at {figure}",
            metric=words.name(own),
            since=view.head(months[at].run(run)[0]),
            month=month,
            figure=figure,
        )
    return say(
        "{metric} met its target in {part} of {whole} {months}; {month} closed at {figure}",
        metric=words.name(own),
        part=words.count(len(judged) - len(short)),
        whole=words.count(len(judged)),
        months=view.steps,
        month=month,
        figure=figure,
    )


def _run_short(now: tuple[MetricValue, ...]) -> int:
    run = 0
    for value in reversed(now):
        if value.status not in ("at_risk", "missed"):
            break
        run += 1
    return run


def _note(view: View, own: Metric, data: Trend) -> str:
    about = {"metric": label(own, view.formats), "month": view.step}
    if own.unit == "ratio" and own.date == "promised_at":
        text = say("{metric} of {cases} due, by {month}", cases=words.cases(own.id), **about)
    else:
        text = say("{metric}, by {month}", **about)
    if not data.scale.low:
        return text
    return say("{note}; scale starts at {start}", note=text, start=data.scale.labels[0])


def _alt(view: View, own: Metric, now: tuple[MetricValue, ...]) -> str:
    months = view.year
    shown = [(month, value) for month, value in zip(months, now, strict=True) if known(value)]
    first, last = shown[0], shown[-1]
    low = min(shown, key=lambda item: number(item[1].value))
    high = max(shown, key=lambda item: number(item[1].value))

    def said(item: tuple[Period, MetricValue]) -> str:
        month, value = item
        return say("{value} in {month}", value=view.text.value(value), month=view.head(month))

    text = say(
        "{metric} by {month}: {first}, {last}; lowest {low}, highest {high}.",
        metric=words.name(own),
        month=view.step,
        first=said(first),
        last=said(last),
        low=said(low),
        high=said(high),
    )
    if last[1].target is None:
        return text
    return f"{text} {say('The target is {target}.', target=view.text.target(last[1]))}"
