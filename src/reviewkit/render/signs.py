"""What says on every page whose it is and who may read it, in the language of the page."""

from __future__ import annotations

from reviewkit.blocks import Front
from reviewkit.speech import marks, say, speaking


def report_line(front: Front) -> str:
    """Return report and period, an internal version told as such."""
    with speaking(front.language):
        report = front.report
        if front.audience == "internal" and marks.version() not in report:
            report = ", ".join(filter(None, (report, marks.version())))
    return ", ".join(filter(None, (report, front.period)))


def closing(front: Front) -> str:
    """Return the last line of every page: how confidential it is."""
    with speaking(front.language):
        sign = marks.internal()
    text = front.confidentiality
    if front.audience != "internal" or text.startswith(sign):
        return text
    return f"{sign}. {text}".strip()


def band(front: Front, why: str = "") -> tuple[str, str]:
    """Return the sign of an internal version, and why it stays in the house.

    `why` is by default that it shows cost and margin.
    """
    with speaking(front.language):
        why = why or say("shows cost and margin")
        fence = f"{why}. {marks.warning()}."
        if front.provider:
            fence = say("{provider} only: {fence}", provider=front.provider, fence=fence)
        return marks.internal(), fence
