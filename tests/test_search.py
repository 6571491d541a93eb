"""Search: accents, case, endings and order do not matter; every word must be there."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata import search

TEXT = "Fortalecer los mecanismos de Protección de niñas, niños y adolescentes migrantes."


def meant(query: str) -> list[search.Term]:
    """Return the words of a query where nobody wrote down any that mean the same."""
    return search.Vocabulary().terms(search.query_words(query))


def found(query: str, text: str = TEXT, language: str = "es") -> list[str] | None:
    hits = search.spans(text, meant(query), language)
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
        assert search.spans(text, search.Vocabulary().terms([word]), "es") is not None


@given(st.text(max_size=60), st.text(max_size=20))
def test_spans_lie_inside_the_text_and_in_order(text, query):
    hits = search.spans(text, meant(query), "es") or []
    edges = [edge for hit in hits for edge in hit]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


# Words that mean the same

SAME = search.Vocabulary(
    [{"es": ["capacitación", "formación"], "en": ["training", "capacity building"]}],
    ignored=["de", "la"],
    known={"es": ["consular", "capacidad"]},
)


def same(query: str, text: str, language: str) -> list[str] | None:
    hits = search.spans(text, SAME.terms(SAME.telling(query)), language)
    return None if hits is None else [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("query", "text", "language", "hits"),
    [
        ("formación", "Capacitación consular", "es", ["Capacitación"]),
        ("capacitaciones", "Formación consular", "es", ["Formación"]),
        ("training", "Capacitación consular", "es", ["Capacitación"]),
        ("formación", "Consular training", "en", ["training"]),
        (
            "training",
            "Building of capacity, then of capacity building",
            "en",
            ["capacity", "building"],
        ),
        ("capacity building", "Consular training", "en", ["training"]),
        ("capacity building", "Formación", "es", ["Formación"]),
    ],
)
def test_words_of_the_same_meaning_find_each_other_in_either_language(query, text, language, hits):
    assert same(query, text, language) == hits


def test_a_phrase_is_found_where_all_of_it_stands_together():
    assert same("training", "Capacity of the old new building", "en") is None


def test_words_that_say_nothing_need_not_stand_there():
    assert same("la formación de la", "Formación", "es") == ["Formación"]


def test_a_query_of_words_that_say_nothing_keeps_them():
    assert SAME.telling("de la") == ["de", "la"]


def test_a_misspelt_word_is_taken_for_a_known_one():
    (term,) = SAME.terms(["formacoin"])
    assert term.meant == ("formacion",)
    assert same("formacoin", "Capacitación", "es") == ["Capacitación"]


def test_a_word_that_is_known_is_taken_for_itself_alone():
    (term,) = SAME.terms(["consulares"])
    assert term.meant == ()


def test_a_plural_is_found_whose_stem_lost_its_accent():
    vocabulary = search.Vocabulary([{"es": ["desastre", "huracán"], "en": ["disaster"]}])
    terms = vocabulary.terms(["huracanes"])
    assert search.spans("Plan de desastre", terms, "es") is not None


def test_nobody_is_forgiven_who_did_not_ask_for_it():
    (term,) = SAME.terms(["formacoin"], forgiving=False)
    assert term.meant == ()
