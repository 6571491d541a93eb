"""Search: accents, case, endings and order do not matter; every word must be there."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata import search

TEXT = "Fortalecer los mecanismos de Protección de niñas, niños y adolescentes migrantes."


def found(query: str, text: str = TEXT, language: str = "es") -> list[str] | None:
    hits = search.spans(text, search.query_words(query), language)
    return None if hits is None else [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize("query", ["protección", "proteccion", "PROTECCION", "Protecci\u006fn"])
def test_accents_and_case_do_not_matter(query):
    assert found(query) == ["Protección"]


def test_a_decomposed_accent_is_the_same_word():
    assert found(unicodedata.normalize("NFD", "protección")) == ["Protección"]


@pytest.mark.parametrize("query", ["mecanismo", "mecanismos"])
def test_singular_and_plural_find_each_other(query):
    assert found(query) == ["mecanismos"]


def test_words_may_come_in_any_order():
    assert found("migrantes mecanismos") == ["mecanismos", "migrantes"]


def test_every_word_must_be_there():
    assert found("mecanismos consulares") is None


def test_the_beginning_of_a_word_finds_it():
    assert found("adoles") == ["adolescentes"]


def test_two_letters_are_no_beginning():
    assert found("ad") is None


def test_english_texts_are_stemmed_in_english():
    assert found("guarantees", "Guarantee the rights of children", "en") == ["Guarantee"]


@given(st.text(max_size=60))
def test_every_word_of_a_text_finds_the_text(text):
    for word in search.query_words(text):
        assert search.spans(text, [word], "es") is not None


@given(st.text(max_size=60), st.text(max_size=20))
def test_spans_lie_inside_the_text_and_in_order(text, query):
    hits = search.spans(text, search.query_words(query), "es") or []
    edges = [edge for hit in hits for edge in hit]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
