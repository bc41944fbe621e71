"""Lines that stand on every page of office documents, whatever the program."""

from __future__ import annotations

from reviewkit.blocks import Front


def identity(front: Front) -> str:
    """Return whose report of which period this is, in a line."""
    report = front.report
    if front.audience == "internal" and "internal version" not in report:
        report = f"{report}, internal version"
    return " · ".join(part for part in (front.client, report, front.period) if part)


def internal_band(front: Front) -> str:
    """Return what is written across an internal version."""
    only = f"{front.provider} only: " if front.provider else ""
    return f"INTERNAL. {only}shows cost and margin. Never send to the client."


def confidential(front: Front) -> str:
    """Return the line that says who may read this."""
    text = front.confidentiality
    if front.audience == "internal" and not text.startswith("INTERNAL"):
        return f"INTERNAL. {text}".strip()
    return text
