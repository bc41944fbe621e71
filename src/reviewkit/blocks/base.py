"""What blocks and their parts are made of: states, tones, words in a tone, identities."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
)

MIME = "application/vnd.reviewkit.v1+json"

State = Literal["met", "at_risk", "missed", "no_target", "low_volume", "no_data", "partial"]
"""Outcome of a figure against its target; `at_risk` prints as "Near"."""

Audience = Literal["client", "internal"]
"""Who reads: the client, or the provider's own house."""

Tone = Literal["accent", "quiet", "strong", "plain", "missed"]
"""Weight of words and bars: one `accent` per chart, `quiet` for references."""

Scalar = str | int | float | bool | None
"""A typed value in JSON. Decimals and dates travel as text; `Cell.type` tells which."""

Picture = Annotated[
    str, Field(pattern=r"^(data:image/(png|svg\+xml);base64,[A-Za-z0-9+/]+={0,2})?$")
]
"""A PNG or SVG as a data address, or nothing: a page never fetches one."""


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BlockModel(Model):
    @model_serializer(mode="wrap")
    def _keep_kind(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # Defaults are left out of the JSON, but the tag that tells blocks apart stays.
        return {"kind": self.__class__.model_fields["kind"].default, **handler(self)}


class Span(Model):
    """A run of words in one tone. A paragraph is a tuple of spans."""

    text: str
    tone: Tone = "plain"


class Figure(Model):
    """The identity of a printed number: with it, the number can be asked and traced.

    `role` tells the figure under review from its references (`prior`, `year_ago`,
    `target`, ...). `by` holds the dimensions it is sliced by, empty for the total.
    """

    metric: str
    period: str
    by: dict[str, str] = Field(default_factory=dict)
    role: str = "value"


class Status(Model):
    """A state as it is printed: a drawn shape, its word, and the gap to target if any."""

    state: State
    word: str
    detail: str = ""
