"""What all parameters share: strict, frozen models, and the forms of single values."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

INTERNAL: dict[str, JsonValue] = {"internal": True}
"""Marks a field (`json_schema_extra`) that no client-facing run receives."""

EVERYONE = "*"
"""The client of rows that hold for all clients, as a rate of exchange does."""

FOR_EVERYONE = ("fx", "sites")
"""Account tables whose rows may hold for all clients."""

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Sign = Annotated[str, Field(min_length=1, max_length=1)]
Paper = Literal["a4", "letter"]
Format = Literal["html", "pdf", "pptx", "xlsx"]


class Params(BaseModel):
    """Base of all parameters: frozen, and strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def about(text: str, default: Any = ..., **rules: Any) -> Any:
    """Return a field that says in `text` what its key means; without a default it is required."""
    return Field(default=default, description=text, **rules)


class Brand(Params):
    """Colour and logo of a house or client; a colour too pale for text is darkened when used.

    Once loaded, `logo` is the picture itself, as a data address.
    """

    accent: Colour = about("headings and the main line of charts, in quotes", "#1B4B8F")
    logo: str = about("a picture beside this file, .svg or .png, for the head of the pages", "")
