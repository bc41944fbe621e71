"""Plants values in everything internal, as the contract and the parameters' models say it.

What is added to them later is planted too: nothing here names a column or a field that is
internal. Every planted value has at least five digits and occurs nowhere else.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from decimal import Decimal
from typing import Any

from reviewkit.accounts.tables import TABLES, ColumnSpec
from reviewkit.params.models import Client, ClientParams, Params, ReviewFacts

PLAIN_CELLS: dict[str, Any] = {
    "timestamp": "2026-07-02 08:00",
    "date": "2026-07-02",
    "integer": 9,
    "number": 9.0,
    "money": "9.00",
    "boolean": False,
}
PLAIN_NAMES = {"currency": "EUR"}
"""Columns whose value decides what is done with the row."""

PLAIN_FIELDS: dict[str, Any] = {
    "currency": "EUR",
    "metric": "on_time_delivery",
    "timezone": "UTC",
    "slug": "acme",
}
PLAIN_TYPES: dict[Any, Any] = {str: "plain", Decimal: "0.95", dt.date: "2026-07-02"}


class Planter:
    """Makes values that occur nowhere else, and remembers them in `secrets`."""

    def __init__(self, start: int) -> None:
        self.number = start
        self.secrets: list[str] = []

    def token(self, kind: str) -> Any:
        """Return a value of a column's type; days and flags are too common to be told apart."""
        self.number += 137
        made: dict[str, Any] = {
            "text": f"planted-{self.number}",
            "money": f"{self.number}.37",
            "integer": self.number,
            "number": self.number + 0.5,
        }
        if kind not in made:
            return PLAIN_CELLS[kind]
        self.secrets.append(str(made[kind]))
        return made[kind]

    # --- account tables -----------------------------------------------------------------

    def row(self, table: str, client: str, *, secret: bool = False) -> dict[str, Any]:
        """Return a row with its internal columns planted; all of them where it is `secret`."""
        spec = TABLES[table]
        cells = {
            column.name: self.token(column.type)
            if (secret or spec.internal or column.internal)
            and not column.values
            and column.name not in PLAIN_NAMES
            else _plain_cell(column)
            for column in spec.columns
        }
        return {"client": client} | cells

    # --- parameters ---------------------------------------------------------------------

    def client(self, slug: str, period: str) -> ClientParams:
        """Return a client's parameters with every internal field and entry planted."""
        targets = {
            "on_time_delivery": [{"value": "0.95"}],
            "gross_margin": [{"value": f"0.{self.token('integer')}"}],
        }
        (comment,) = typing.get_args(ClientParams.model_fields["commentary"].annotation)[1:]
        return ClientParams.model_validate(
            self.model(
                ClientParams,
                secret=False,
                slug=slug,
                client=self.model(
                    Client,
                    secret=False,
                    targets=targets,
                    weights={"on_time_delivery": "3", "gross_margin": self.token("integer")},
                    lead_metrics=["on_time_delivery", "gross_margin"],
                ),
                reviews={period: self.model(ReviewFacts, secret=False)},
                commentary={period: self.entries(typing.get_args(comment)[0], secret=False)},
            )
        )

    def model(self, cls: type[Params], *, secret: bool, **fixed: Any) -> dict[str, Any]:
        """Return the fields of `cls`: internal ones planted, the others plain or default."""
        out: dict[str, Any] = {}
        for name, field in cls.model_fields.items():
            extra = field.json_schema_extra
            hidden = secret or (isinstance(extra, dict) and bool(extra.get("internal")))
            value = fixed[name] if name in fixed else self.field(field.annotation, name, hidden)
            if value is None and field.is_required():
                value = PLAIN_FIELDS.get(name, PLAIN_TYPES.get(field.annotation))
            if value is not None:
                out[name] = value
        return out

    def field(self, kind: Any, name: str, secret: bool) -> Any:
        """Return a value for a field, or `None` where its default or a plain one will do."""
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if origin in (typing.Union, types.UnionType):
            return self.field(inner[0], name, secret) if secret else None
        if origin is tuple and isinstance(inner[0], type) and issubclass(inner[0], Params):
            return self.entries(inner[0], secret=secret)
        if isinstance(kind, type) and issubclass(kind, Params):
            return self.model(kind, secret=secret)
        leaf = {str: "text", Decimal: "money"}.get(kind)
        if not secret or leaf is None or name in PLAIN_FIELDS:
            return None
        return self.token(leaf)

    def entries(self, cls: type[Params], *, secret: bool) -> list[dict[str, Any]]:
        """Return one entry for each way of being internal: as said, by audience, by metric."""
        made = [self.model(cls, secret=secret)]
        if "audience" in cls.model_fields:
            made.append(self.model(cls, secret=True, audience="internal"))
        if "metric" in cls.model_fields:
            made.append(self.model(cls, secret=True, metric="gross_margin"))
        return made


def _plain_cell(column: ColumnSpec) -> Any:
    if column.values:
        return column.values[0]
    plain = PLAIN_CELLS.get(column.type, f"plain {column.name}")
    return PLAIN_NAMES.get(column.name, plain)
