"""Names are compared by words in several languages, and paired so that the whole is best."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.accounts import TABLES
from reviewkit.accounts.suggest.assign import best_pairs
from reviewkit.accounts.suggest.codes import WORDS
from reviewkit.accounts.suggest.names import flat, folded, likeness, vocabulary, words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Fällig_am", "faellig am"),
        ("RequiredDate", "required date"),
        ("PODDate", "pod date"),
        ("Größe (m³)", "groesse m3"),
        ("numéro  de commande", "numero de commande"),
        ("🚚", ""),
        ("x" * 500, "x" * 120),
    ],
)
def test_names_are_folded(name: str, words: str) -> None:
    assert folded(name) == words


def test_number_is_written_in_several_ways() -> None:
    assert words_of("Order No.") == words_of("OrderNumber") == words_of("order_nr")


def test_a_code_is_one_word() -> None:
    assert flat("3PL") == "3pl"


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("Rechnungsnummer", "invoice_id"),
        ("Factuurnummer", "invoice_id"),
        ("numéro de facture", "invoice_id"),
        ("Leverdatum gepland", "promised_at"),
        ("delivery window end", "promised_at"),
        ("POD timestamp", "delivered_at"),
        ("Fecha entrega", "delivered_at"),
        ("Bruttogewicht", "weight_kg"),
        ("carier", "carrier"),
    ],
)
def test_names_of_several_languages_are_known(name: str, column: str) -> None:
    known = vocabulary()["columns"]
    best = max(known, key=lambda each: likeness(name, known[each])[0])
    assert best == column


def test_words_without_sense_are_like_nothing() -> None:
    known = vocabulary()["columns"]
    assert all(likeness("qwzx 17", phrases)[0] < 0.45 for phrases in known.values())


def test_every_word_list_is_of_a_column_or_table_of_the_contract() -> None:
    columns = {column.name for table in TABLES.values() for column in table.columns}
    qualified = {f"{t.name}.{c.name}" for t in TABLES.values() for c in t.columns}
    assert set(vocabulary()["columns"]) <= columns | qualified
    assert set(vocabulary()["tables"]) == set(TABLES)
    assert columns <= {*vocabulary()["columns"], "currency"}


def test_codes_lead_to_words_that_the_contract_allows() -> None:
    listed = {c.name: set(c.values) for t in TABLES.values() for c in t.columns if c.values}
    assert listed.keys() <= WORDS.keys()
    assert all(set(WORDS[name]) == values for name, values in listed.items())


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=4
        )
    )
)
def test_pairs_are_as_good_as_the_best_of_all(scores: list[list[int]]) -> None:
    pairs = best_pairs([[float(cell) for cell in row] for row in scores])
    rows, columns = len(scores), len(scores[0])
    size = max(rows, columns)
    best = max(
        sum(
            scores[row][column]
            for row, column in enumerate(order)
            if row < rows and column < columns
        )
        for order in itertools.permutations(range(size))
    )
    assert len(set(pairs.values())) == len(pairs)
    assert sum(scores[row][column] for row, column in pairs.items()) == best
    assert all(scores[row][column] > 0 for row, column in pairs.items())


def test_no_rows_have_no_pairs() -> None:
    assert best_pairs([]) == {}
    assert best_pairs([[]]) == {}
