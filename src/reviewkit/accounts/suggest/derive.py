"""Columns that no file holds but that others make: a lane, an amount, the number of a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ibis.backends.duckdb import Backend

from reviewkit.accounts.duck import quoted
from reviewkit.accounts.sources import ROW
from reviewkit.accounts.suggest.fit import fit
from reviewkit.accounts.suggest.match import Confidence, Match
from reviewkit.accounts.suggest.names import likeness, phrases
from reviewkit.accounts.suggest.profile import Profile
from reviewkit.accounts.tables import TableSpec

_DISCOUNT = phrases("discount, discount share, rabatt, remise, korting, descuento")


@dataclass(frozen=True)
class Made:
    """A column of the contract that is made: SQL over the file's columns, or one of them again."""

    name: str
    expression: str | None
    column: str | None
    uses: tuple[str, ...]
    confidence: Confidence
    evidence: str


@dataclass(frozen=True)
class Material:
    """What columns are made of: the opened table, what is matched, and what is left over."""

    con: Backend
    table: str
    spec: TableSpec
    matched: Mapping[str, Match]
    left: Sequence[Profile]
    decimal: str

    def of(self, *names: str) -> tuple[str, ...] | None:
        """Return the file's columns matched to `names`, or None where one is not matched."""
        found = [self.matched[name].profile.name for name in names if name in self.matched]
        return tuple(found) if len(found) == len(names) else None

    def guessed(self, columns: Sequence[str]) -> bool:
        """Tell whether one of the file's `columns` is matched by a guess only."""
        return any(
            match.confidence == "guess" and match.profile.name in columns
            for match in self.matched.values()
        )


def made(material: Material) -> tuple[Made, ...]:
    """Return the columns of the contract that can be made and are not matched."""
    found = []
    for table, name, rule in _RULES:
        if table != material.spec.name or name in material.matched:
            continue
        if one := rule(material):
            found.append(one)
    return tuple(found)


def _origin(material: Material) -> Made | None:
    if not (used := material.of("site")):
        return None
    return Made("origin", None, used[0], used, "likely", "goods leave from the site")


def _lane(material: Material) -> Made | None:
    used = material.of("origin", "destination") or material.of("site", "destination")
    if not used:
        return None
    start, end = map(quoted, used)
    sure: Confidence = "guess" if material.guessed(used) else "likely"
    told = "made of where from and where to"
    return Made("lane", f"{start} || ' → ' || {end}", None, used, sure, told)


def _amount(material: Material) -> Made | None:
    used = material.of("quantity", "rate")
    if not used:
        return None
    profiles = [material.matched[name].profile for name in ("quantity", "rate")]
    parts = [_number(profile, material.decimal) for profile in profiles]
    told = "quantity times price"
    for profile in material.left:
        if profile.is_number and likeness(profile.name, _DISCOUNT)[0] >= 0.9 and _share(profile):
            parts.append(f"(1 - {_number(profile, material.decimal)})")
            used, told = (*used, profile.name), f"{told}, less the discount"
    expression = f"CAST({' * '.join(parts)} AS DECIMAL(18, 4))"
    return Made("amount", expression, None, used, "likely", f"{told}; no column holds it")


def _number(profile: Profile, decimal: str) -> str:
    own = quoted(profile.name)
    if profile.native:
        return f"CAST({own} AS DECIMAL(18, 6))"
    plain = f"replace(replace({own}, '.', ''), ',', '.')" if decimal == "," else own
    return f"TRY_CAST({plain} AS DECIMAL(18, 6))"


def _share(profile: Profile) -> bool:
    """Tell whether all cells lie from 0 to 1: a discount as a share, not in per cent."""
    try:
        return (
            0
            <= float(profile.least.replace(",", "."))
            <= float(profile.most.replace(",", "."))
            <= 1
        )
    except ValueError:
        return False


def _line(whole: str) -> Callable[[Material], Made | None]:
    """Return the rule for the line within `whole`: a column that tells lines apart, or a count."""

    def rule(material: Material) -> Made | None:
        if not (used := material.of(whole)):
            return None
        (one,) = used
        spec = material.spec.column("line")
        spare = [*material.left, *(match.profile for match in material.matched.values())]
        for profile in spare:
            usable = profile.name != one and profile.filled == profile.rows and profile.distinct > 1
            if usable and fit(profile, spec).factor == 1.0 and _apart(material, one, profile.name):
                told = f"with {one} it tells all rows apart"
                return Made("line", None, profile.name, (profile.name,), "likely", told)
        sql = f"row_number() OVER (PARTITION BY {quoted(one)} ORDER BY {ROW})"
        told = "the file numbers no lines: counted in its order, so no row is taken for a copy"
        return Made("line", sql, None, (), "guess", told)

    return rule


def _apart(material: Material, *columns: str) -> bool:
    listed = ", ".join(map(quoted, columns))
    rows = material.con.raw_sql(
        f"SELECT count(*) FROM (SELECT 1 FROM {quoted(material.table)}"
        f" GROUP BY {listed} HAVING count(*) > 1 LIMIT 1)"
    ).fetchall()
    return not rows[0][0]


_RULES: tuple[tuple[str, str, Callable[[Material], Made | None]], ...] = (
    ("shipments", "origin", _origin),
    ("shipments", "lane", _lane),
    ("invoice_lines", "amount", _amount),
    ("invoice_lines", "line", _line("invoice_id")),
    ("order_lines", "line", _line("order_id")),
)
