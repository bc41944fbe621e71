"""Brand colours made readable: darkened until they carry text on white."""

from __future__ import annotations

LEAST_CONTRAST = 4.5
"""WCAG AA for text of ordinary size."""


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast of two "#RRGGBB" colours, 1 to 21.

    >>> round(contrast("#000000", "#FFFFFF"))
    21
    """
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, background: str = "#FFFFFF") -> str:
    """Return `colour`, darkened in small steps until text in it can be read."""
    red, green, blue = _channels(colour)
    while contrast(colour, background) < LEAST_CONTRAST and (red or green or blue):
        red, green, blue = (int(part * 0.96) for part in (red, green, blue))
        colour = f"#{red:02X}{green:02X}{blue:02X}"
    return colour


def lightened(colour: str, background: str) -> str:
    """Return `colour`, lightened in small steps until it can be read on a dark background."""
    red, green, blue = _channels(colour)
    while contrast(colour, background) < 2 * LEAST_CONTRAST and min(red, green, blue) < 255:
        red, green, blue = (part + max(1, (255 - part) // 16) for part in (red, green, blue))
        red, green, blue = (min(part, 255) for part in (red, green, blue))
        colour = f"#{red:02X}{green:02X}{blue:02X}"
    return colour


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, _channels(colour))
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)
