"""Pages on what the account earns: its margin, and its revenue against budget."""

from __future__ import annotations

from reviewkit.blocks import Block, Group
from reviewkit.display import money, pages, trends
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS


def margin(view: View, *, brief: bool = False) -> Block:
    """Return a page on gross margin: its trend and what carries its change; `brief` the trend."""
    own = METRICS["gross_margin"]
    lacking = own.missing(view.figures.data)
    if lacking:
        # Without a heading: what follows would stand under one that it is not about.
        return trends.not_supplied(view, own, lacking)
    blocks = [pages.page(view, "gross_margin"), trends.trend(view, "gross_margin")]
    if not brief:
        blocks.append(pages.change_of(view, "gross_margin"))
    return Group(blocks=tuple(blocks))


def budget(view: View, *, brief: bool = False) -> Block:
    """Return a page on revenue against budget: its months, and price and volume; `brief` these."""
    if not view.figures.supplied("revenue_against_budget"):
        return money.budget(view)
    heading = pages.page(view, "revenue_against_budget")
    return Group(blocks=(heading, money.budget(view, brief=brief)))
