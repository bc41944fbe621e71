"""Texts are said in the language of the page, and in English where it has no words for them."""

from __future__ import annotations

from reviewkit.display import words
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import languages, say, say_number, speaking, spoken


def test_english_needs_no_catalogue_and_comes_first() -> None:
    assert languages()[0] == "en"
    assert say("{part} of {whole}", part=1, whole=2) == "1 of 2"


def test_the_language_is_that_of_the_page_and_ends_with_it() -> None:
    with speaking("de-CH"):
        assert (spoken(), say("Target")) == ("de", "Ziel")
        with speaking("fr-FR"):
            assert (spoken(), say("Target")) == ("en", "Target")
        assert spoken() == "de"
    assert spoken() == "en"


def test_a_number_chooses_its_form() -> None:
    def days(number: int) -> str:
        return say_number("{count} day", "{count} days", number, count=number)

    assert [days(number) for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    with speaking("de"):
        assert [days(number) for number in (0, 1, 2)] == ["0 Tagen", "1 Tag", "2 Tagen"]


def test_a_text_that_a_catalogue_lacks_is_said_in_english() -> None:
    with speaking("de"):
        assert say("Nobody ever says {this}.", this="that") == "Nobody ever says that."


def test_braces_in_values_stay_as_they_are() -> None:
    assert say("{name} fell", name="{x} {0}") == "{x} {0} fell"


def test_nouns_keep_their_capital_where_the_language_wants_it() -> None:
    metric = METRICS["on_time_delivery"]
    assert words.within(metric) == "on-time delivery"
    with speaking("de"):
        assert words.within(metric) == "Liefertreue"


def test_counts_lists_and_ordinals_follow_the_language() -> None:
    items = ["a", "b", "c"]
    assert (words.count(2), words.listed(items), words.ordinal(3)) == ("two", "a, b and c", "third")
    with speaking("de"):
        spoken_ = (words.count(2), words.listed(items), words.ordinal(3))
    assert spoken_ == ("2", "a, b und c", "3.")
