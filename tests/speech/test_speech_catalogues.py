"""Catalogues hold every text of pages, no other, and name what their English names."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from babel.messages import Message
from babel.messages.pofile import read_po
from spoken import looked_up, quoted, said, written

from reviewkit.speech import languages

OTHERS = languages()[1:]
QUOTES = {"de": "„“"}
_NAMES = re.compile(r"\{(\w+)\}")


def _messages(language: str) -> list[Message]:
    with (files("reviewkit.speech") / f"{language}.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def _marks(text: str) -> str:
    return "".join(sign for sign in text if sign in '“”„"')


def _forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_in_the_catalogue(language: str) -> None:
    known = {(_forms(item.id), item.context or "") for item in _messages(language) if item.string}
    lacking = {
        f"{found.where}: {found.forms[0]!r}"
        for found in (*said(), *looked_up())
        if (found.forms, found.context) not in known
    }
    assert not lacking, "\n".join(sorted(lacking))


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_of_the_catalogue_is_out_of_use(language: str) -> None:
    everything = written()
    unused = [
        form for item in _messages(language) for form in _forms(item.id) if form not in everything
    ]
    assert not unused, "\n".join(unused)


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_names_what_its_english_names(language: str) -> None:
    wrong = [
        f"{english!r}: {form!r}"
        for item in _messages(language)
        for english, form in zip(_forms(item.id), _forms(item.string), strict=True)
        if set(_NAMES.findall(english)) - {"number"} != set(_NAMES.findall(form)) - {"number"}
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", OTHERS)
def test_every_form_of_every_translation_is_written(language: str) -> None:
    empty = [item.id for item in _messages(language) if not all(_forms(item.string))]
    assert not empty


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_quotes_as_it_does(language: str) -> None:
    """A name is quoted in the text around it, so that its translation quotes in its own way."""
    before, after = QUOTES[language]
    wrong = [
        form
        for item in _messages(language)
        for english, form in zip(_forms(item.id), _forms(item.string), strict=True)
        if _marks(form) != (before + after) * (len(_marks(english)) // 2)
    ]
    assert not wrong, "\n".join(wrong)
    texts = {form for found in said() for form in found.forms}
    assert [text for text in quoted() if text not in texts] == []


def test_a_percent_sign_stays_with_its_number() -> None:
    """German sets a space before the sign, at which no line may break."""
    loose = [
        form
        for item in _messages("de")
        for form in _forms(item.string)
        if re.search(r"[}\d] %", form)
    ]
    assert loose == []
