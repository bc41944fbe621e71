"""Status shapes, sparklines, bars and dots as inline SVG. Colours are classes, not values."""

from __future__ import annotations

from reviewkit.blocks import Bar, Dots, Sparkline, State

_SHAPES: dict[State, str] = {
    "met": '<circle cx="6" cy="6" r="5"/>',
    "at_risk": '<path d="M6 0 12 6 6 12 0 6Z"/>',
    "missed": '<path d="M0 1H12L6 11Z"/>',
    "low_volume": '<circle cx="6" cy="6" r="4.5" class="rk-open"/>',
    "partial": '<path d="M1.5 1.5h9v9h-9Z" class="rk-open rk-dashed"/>',
    "no_data": '<path d="M1 6H11" class="rk-open"/>',
    "no_target": '<path d="M1 6H11" class="rk-open"/>',
}


def shape(state: State) -> str:
    """Return the shape of a state; its word stands beside it, so it is silent to a reader."""
    return (
        f'<svg class="rk-shape rk-{state}" viewBox="0 0 12 12" width="12" height="12" '
        f'aria-hidden="true">{_SHAPES[state]}</svg>'
    )


def sparkline(trend: Sparkline, width: int, height: int) -> str:
    """Return a trend as a line with its target dashed and its last point in status colour."""
    inset = 3.5
    count = len(trend.points)

    def at(index: int, value: float) -> tuple[float, float]:
        across = index / (count - 1) if count > 1 else 0.5
        return (
            round(inset + (width - 2 * inset) * across, 1),
            round(inset + (height - 2 * inset) * (1 - value), 1),
        )

    drawn = []
    if trend.target is not None:
        y = at(0, trend.target)[1]
        drawn.append(f'<path class="rk-target" d="M0 {y}H{width}"/>')
    path, pen = "", "M"
    for index, value in enumerate(trend.points):
        if value is None:
            pen = "M"
            continue
        x, y = at(index, value)
        path += f"{pen}{x} {y}"
        pen = "L"
    if path:
        drawn.append(f'<path class="rk-line" d="{path}"/>')
    last = trend.points[-1] if trend.points else None
    if trend.state and last is not None:
        x, y = at(count - 1, last)
        drawn.append(f'<circle class="rk-point rk-{trend.state}" cx="{x}" cy="{y}" r="3.5"/>')
    return (
        f'<svg class="rk-spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-hidden="true">{"".join(drawn)}</svg>'
    )


def bar(item: Bar) -> str:
    """Return bars that fill their cell; the axis runs through the rows of the table."""
    drawn = [
        f'<rect class="rk-{segment.tone}" x="{_percent(segment.start)}" y="25%" '
        f'width="{_percent(max(segment.end - segment.start, 0.004))}" height="50%"/>'
        for segment in item.segments
    ]
    if item.zero > 0:
        zero = _percent(item.zero)
        drawn.append(f'<line class="rk-axis" x1="{zero}" x2="{zero}" y1="0" y2="100%"/>')
    return f'<svg class="rk-bar" aria-hidden="true">{"".join(drawn)}</svg>'


def dots(item: Dots) -> str:
    """Return a value, what it is compared with, and the target, on one scale."""
    drawn = []
    if item.value is not None and item.reference is not None:
        low, high = sorted((item.value, item.reference))
        drawn.append(
            f'<line class="rk-span" x1="{_percent(low)}" x2="{_percent(high)}" y1="50%" y2="50%"/>'
        )
    if item.target is not None:
        at = _percent(item.target)
        drawn.append(f'<line class="rk-axis" x1="{at}" x2="{at}" y1="20%" y2="80%"/>')
    if item.reference is not None:
        drawn.append(f'<circle class="rk-open" cx="{_percent(item.reference)}" cy="50%" r="4"/>')
    if item.value is not None:
        drawn.append(f'<circle class="rk-accent" cx="{_percent(item.value)}" cy="50%" r="4.5"/>')
    return f'<svg class="rk-bar" aria-hidden="true">{"".join(drawn)}</svg>'


def squares(count: int) -> str:
    """Return up to six counted squares."""
    shown = min(count, 6)
    if not shown:
        return ""
    drawn = "".join(f'<rect x="{8 * index}" y="0" width="6" height="6"/>' for index in range(shown))
    width = 8 * shown - 2
    return (
        f'<svg class="rk-squares" viewBox="0 0 {width} 6" width="{width}" height="6" '
        f'aria-hidden="true">{drawn}</svg>'
    )


def _percent(share: float) -> str:
    return f"{round(100 * share, 2):g}%"
