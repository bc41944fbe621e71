"""Writes a matched column as an entry of `columns:`: its format, codes, and what is undecided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reviewkit.accounts.duck import quoted
from reviewkit.accounts.suggest.codes import READ_AS_IS, TRUTH
from reviewkit.accounts.suggest.dates import DateForm, order_of
from reviewkit.accounts.suggest.derive import Made
from reviewkit.accounts.suggest.fit import known_codes, meaning
from reviewkit.accounts.suggest.match import Confidence, Match
from reviewkit.accounts.suggest.names import flat, folded
from reviewkit.accounts.suggest.profile import Profile
from reviewkit.accounts.tables import ColumnType
from reviewkit.params.undecided import DECIDE

_UNITS: Mapping[str, Mapping[str, str]] = {
    "kg": {
        **dict.fromkeys(("lb", "lbs", "pounds"), "lb"),
        **dict.fromkeys(("g", "grams", "gramm"), "g"),
        **dict.fromkeys(("t", "to", "tonnes", "tonnen", "tons"), "t"),
        "oz": "oz",
    },
    "share, 0 to 1": dict.fromkeys(("percent", "pct", "prozent", "procent"), "percent"),
}
"""Per unit of the contract: words of a column's name that say another one."""


@dataclass(frozen=True)
class Entry:
    """One line under `columns:`. `given` is what stands there: `column`, `format`, `values`, ...

    `decide` is a question that only a person can answer; `choices` are the answers possible.
    """

    name: str
    given: Mapping[str, Any]
    uses: tuple[str, ...]
    confidence: Confidence
    evidence: tuple[str, ...]
    decide: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Habits:
    """How a file writes things: its decimal sign, and in which order its dates name their parts.

    `decimal` is `DECIDE` where numbers such as 1.234 are all there is. `orders` has, for each
    order of a date's parts, a column that leaves no doubt about it.
    """

    decimal: str
    told: str
    orders: Mapping[str, str]


def habits(matches: Sequence[Match]) -> Habits:
    """Return what the matched columns of a file, taken together, show about its writing."""
    numbers = [
        match.profile
        for match in matches
        if match.spec.type in ("integer", "number", "money") and not match.profile.native
    ]
    comma = sum(p.counts["comma"] + p.counts["grouped_comma"] for p in numbers)
    dot = sum(p.counts["dot"] + p.counts["grouped_dot"] for p in numbers)
    either = sum(p.counts["either_dot"] + p.counts["either_comma"] for p in numbers)
    orders = {
        order_of(match.profile.forms[0].form): match.profile.name
        for match in matches
        if match.profile.forms and match.profile.forms[0].over and len(match.profile.forms) == 1
    }
    if comma > dot:
        return Habits(",", f"a comma before decimals in {comma:,} cells, a dot in {dot:,}", orders)
    if dot or not either:
        return Habits(".", f"a dot before decimals in {dot:,} cells" if dot else "", orders)
    return Habits(DECIDE, f"{either:,} numbers such as 1.234 may be large or small", orders)


def entry(match: Match, habit: Habits) -> Entry:
    """Return the entry of a matched column."""
    return _ENTRIES.get(match.spec.type, _plain)(match, habit)


def of_made(one: Made) -> Entry:
    """Return the entry of a column that is made of others."""
    given = {"expression": one.expression} if one.expression else {"column": one.column}
    return Entry(one.name, given, one.uses, one.confidence, (one.evidence,))


def _of(match: Match, given: Mapping[str, Any], *told: str, **more: Any) -> Entry:
    return Entry(
        name=match.spec.name,
        given=given,
        uses=(match.profile.name,),
        confidence=more.pop("confidence", match.confidence),
        evidence=(*match.evidence, *told),
        **more,
    )


def _plain(match: Match, _: Habits) -> Entry:
    profile, codes = match.profile, known_codes(match.spec.name)
    given: dict[str, Any] = {"column": profile.name}
    if match.spec.values:
        return _coded(match, given)
    known = {word: codes[flat(word)] for word in profile.words if flat(word) in codes}
    if known and 2 * len(known) >= len(profile.words):
        given["values"] = {code: word for code, word in sorted(known.items()) if code != word}
    return _of(match, given)


def _coded(match: Match, given: dict[str, Any]) -> Entry:
    """Map codes to the words of the contract; one that is not known is to be decided.

    Unless it is so rare that it is dirt: its rows are then set aside by the check, and said.
    """
    allowed = match.spec.values
    values = {
        word: meaning(match.spec.name, word) or DECIDE
        for word in sorted(match.profile.words)
        if word not in allowed
    }
    unknown = [word for word, meant in values.items() if meant == DECIDE]
    cells = sum(match.profile.words[word] for word in unknown)
    if unknown and cells <= match.profile.tolerated:
        given["values"] = {code: word for code, word in values.items() if word != DECIDE}
        return _of(match, given, f"{', '.join(unknown)} is none (cells: {cells:,}): set aside")
    if values:
        given["values"] = values
    if not unknown:
        return _of(match, given)
    return _of(
        match,
        given,
        decide=f"what {', '.join(unknown[:6])} of {match.profile.name} mean",
        choices=allowed,
    )


def _flag(match: Match, _: Habits) -> Entry:
    given: dict[str, Any] = {"column": match.profile.name}
    meant = {word.strip(): truth for truth, words in TRUTH.items() for word in words.split(",")}
    values = {
        word: meant[flat(word)]
        for word in sorted(match.profile.words)
        if word.lower() not in READ_AS_IS and flat(word) in meant
    }
    if values and not match.profile.native:
        given["values"] = values
    return _of(match, given)


def _number(match: Match, habit: Habits) -> Entry:
    """Take a number as it is, or with its thousands signs away where the reader knows none."""
    if unit := _unit(match):
        plain = _number_as_written(match, habit)
        told = f"in {unit}, as its name or its values say"
        return replace(plain, given={**plain.given, "unit": unit}, evidence=(*plain.evidence, told))
    return _number_as_written(match, habit)


def _unit(match: Match) -> str | None:
    """Return the unit that a number is given in, where that is not the contract's own."""
    named = _UNITS.get(match.spec.unit, {})
    words = folded(match.profile.name).split()
    if found := next((named[word] for word in words if word in named), None):
        return found
    if match.spec.unit == "share, 0 to 1" and any(
        _above_one(one) for one in match.profile.examples
    ):
        return "percent"
    return None


def _above_one(text: str) -> bool:
    try:
        return float(text.replace(",", ".")) > 1
    except ValueError:
        return False


def _number_as_written(match: Match, habit: Habits) -> Entry:
    profile, own = match.profile, quoted(match.profile.name)
    counts = profile.counts
    if profile.native or habit.decimal == DECIDE:
        return _of(match, {"column": profile.name})
    strange = ("dot", "grouped_dot") if habit.decimal == "," else ("comma", "grouped_comma")
    if any(counts[way] for way in strange):
        other = "." if habit.decimal == "," else ","
        sql = f"replace(replace({own}, '{habit.decimal}', ''), '{other}', '{habit.decimal}')"
        return _of(match, {"expression": sql}, f"decimals after {other}, unlike the file's others")
    if habit.decimal == "." and (counts["either_comma"] or counts["grouped_dot"]):
        return _of(match, {"expression": f"replace({own}, ',', '')"}, "commas between thousands")
    return _of(match, {"column": profile.name})


def _dated(match: Match, habit: Habits) -> Entry:
    profile = match.profile
    whole_day = match.spec.until_end_of_day and profile.all_midnight
    if profile.native == "integer" and profile.forms:
        sql = f"CAST({quoted(profile.name)} AS VARCHAR)"
        return _of(match, {"expression": sql, "format": profile.forms[0].form}, "dates as numbers")
    if not profile.forms:
        if whole_day and profile.native == "timestamp":
            sql = f"CAST({quoted(profile.name)} AS DATE)"
            return _of(match, {"expression": sql}, _ALL_MIDNIGHT)
        return _of(match, {"column": profile.name})
    form, told = _form(profile, habit)
    if form is None:
        choices = tuple(one.form for one in profile.forms)
        example = profile.examples[0]
        return _of(
            match,
            {"column": profile.name, "format": DECIDE},
            told,
            confidence="guess",
            decide=f"how the dates of {profile.name} are written, such as {example}",
            choices=choices,
        )
    if whole_day:
        return _of(match, {"column": profile.name, "format": _days(profile, form)}, _ALL_MIDNIGHT)
    given = {"column": profile.name} | ({"format": form.form} if form.form else {})
    seen_elsewhere = {"confidence": "likely"} if len(profile.forms) > 1 else {}
    timeless = match.spec.type == "timestamp" and not match.spec.until_end_of_day
    if timeless and profile.timeless:
        told = f"{told}; days without a time: their first moment is taken"
    return _of(match, given, told, **seen_elsewhere)


_ALL_MIDNIGHT = "all times are midnight: days, which last until theirs"


def _days(profile: Profile, form: DateForm) -> str:
    """Return a form that takes the midnights of a column for a part of its date."""
    date, _, time = (form.form or "%Y-%m-%d").partition(" ")
    example = profile.examples[0]
    sign = "T" if "T" in example else " "
    tail = example.partition(sign)[2] or time
    return f"{date.partition('T')[0]}{sign}{tail}"


def _form(profile: Profile, habit: Habits) -> tuple[DateForm | None, str]:
    """Return how the dates of a column are read, and why; None where two forms are left.

    That is also where one form fails in so few cells that they may be the column's dirt.
    """
    first = profile.forms[0]
    if len(profile.forms) == 1:
        return first, _told(first) if first.form else "ISO 8601"
    shown = {order_of(one.form): one for one in profile.forms if order_of(one.form) in habit.orders}
    if len(shown) == 1 and not any(one.over for one in profile.forms):
        ((order, one),) = shown.items()
        return one, f"no day above 12 here, but {habit.orders[order]} shows the order"
    if any(one.over for one in profile.forms):
        listed = ", ".join(f"{one.over} only {one.form}" for one in profile.forms if one.over)
        return None, f"nearly all cells fit both ways, {listed}"
    return None, "no cell shows whether the day or the month stands first"


def _told(form: DateForm) -> str:
    if form.numbered:
        start = f"numbered from {_FROM[form.form]}, as the workbook says it counts"
        return f"{start}; {form.missed:,} are none and would be set aside" if form.missed else start
    over = f"days above 12 show the order (cells: {form.over:,})" if form.over else "read whole"
    return f"{over}; {form.missed:,} do not fit and would be set aside" if form.missed else over


_FROM: Mapping[str, str] = {"excel": "1900", "excel-1904": "1904"}

_ENTRIES: Mapping[ColumnType, Callable[[Match, Habits], Entry]] = {
    "boolean": _flag,
    "integer": _number,
    "number": _number,
    "money": _number,
    "timestamp": _dated,
    "date": _dated,
}
