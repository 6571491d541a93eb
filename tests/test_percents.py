"""Percentages as people write them: the same number whatever the spelling, or none."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata.intake.reports import percents
from tests.support import examples

FORMS = ["{0}", "{0}%", "{0} %", "{0}\u00a0%", "% {0}", "{0} por ciento", "{0} percent", "+{0}",
         " {0} ", "{0} pct", "({0} %)", "\u200b{0}"]  # fmt: skip
NUMBERS = st.decimals(0, 100, places=2)


@examples(300)
@given(st.sampled_from(FORMS), NUMBERS, st.sampled_from([".", ","]))
def test_a_number_in_any_spelling_is_that_number(form, number, sign):
    found = percents.read(form.format(str(number).replace(".", sign)))
    assert found is not None
    assert (found.number, found.rounded, found.is_percentage) == (number, False, True)
    assert found.signed == any(mark in form for mark in ("%", "p"))


@pytest.mark.parametrize("text", ["(45 %)", "'45 %'", "% 45", "45 por ciento", "( +45% )"])
def test_signs_around_a_number_change_nothing_of_it(text):
    assert percents.read(text) == percents.read("45 %")


@pytest.mark.parametrize(
    ("text", "number"),
    [("cuarenta", 40), ("Cincuenta por ciento", 50), ("setenta y cinco %", 75), ("cien", 100),
     ("cien por cien", 100), ("ciento por ciento", 100), ("veintidós", 22), ("dieciséis", 16),
     ("CERO", 0), ("fifty", 50), ("seventy-five per cent", 75), ("one hundred percent", 100)],
)  # fmt: skip
def test_a_whole_number_in_words_is_that_number(text, number):
    found = percents.read(text)
    assert found is not None
    assert found.number == number


def test_every_number_up_to_a_hundred_has_its_words_in_both_languages():
    counted = Counter(percents._IN_WORDS.values())
    assert set(counted) == set(range(101))
    assert min(counted.values()) >= 2


@pytest.mark.parametrize("text", ["ciento veinte", "cuarenta cincuenta", "medio", "treinta y diez"])
def test_words_that_are_no_whole_number_up_to_a_hundred_are_none(text):
    assert percents.read(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("3/4", "75"), ("3 / 4", "75"), ("(1/2)", "50"), ("45/100", "45"), ("0/4", "0"),
     ("4/4", "100"), ("¾", "75"), ("½", "50"), ("3⁄4", "75"), ("3∕4", "75"), ("３／４", "75"),
     ("2/3", "66.67"), ("5/4", "125")],
)  # fmt: skip
def test_so_many_of_so_many_is_their_share(text, number):
    found = percents.read(text)
    assert found is not None
    assert (str(found.number.normalize()), found.signed) == (
        str(Decimal(number).normalize()), True,
    )  # fmt: skip


@examples(150)
@given(st.integers(1, 999), st.data())
def test_a_share_of_any_number_lies_between_0_and_100_percent(whole, data):
    part = data.draw(st.integers(0, whole))
    found = percents.read(f"{part}/{whole}")
    assert found is not None
    assert abs(found.exact - Decimal(100 * part) / whole) < Decimal("0.0001")
    assert found.is_percentage


@pytest.mark.parametrize(
    "text",
    ["3/0", "06/19", "6/2019", "03/04", "1/2/3", "3/4 %", "-1/2", "1½", "45½", "1 1/2", "3/", "/4",
     "1.5/2", "3/4/2019"],
)  # fmt: skip
def test_what_may_be_a_date_or_a_mixed_number_is_no_share(text):
    assert percents.read(text) is None


def test_a_share_stands_apart_from_a_column_of_fractions():
    found = percents.read("1/200")
    assert (found.is_small, found.signed) == (False, True)


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [("Cumplida (100%)", "cumplida", 100), ("En curso (60 %)", "en curso", 60),
     ("100% cumplida", "cumplida", 100), ("Cumplida al 100 %", "cumplida", 100),
     ("En curso: 45,5 %", "en curso", Decimal("45.5")), ("En curso - 60%", "en curso", 60),
     ("In progress (60 % complete)", "in progress", 60),
     ("en curso [60 por ciento]", "en curso", 60),
     ("En curso, avance: 60%", "en curso", 60), ("En curso, 60 % de avance", "en curso", 60),
     ("En curso (% 60)", "en curso", 60), ("En curso con un avance de 60 %", "en curso", 60)],
)  # fmt: skip
def test_one_percentage_stands_apart_from_the_words_beside_it(text, words, number):
    beside, found = percents.apart(text)
    assert found is not None
    assert (beside.strip(" -:,").rstrip(), found.number) == (words, number)


@pytest.mark.parametrize(
    "text",
    ["En curso", "En curso 60", "En curso (60)", "En curso (40 %, antes 60 %)", "En curso (> 60 %)",
     "En curso (~60%)", "En curso (≥ 60 %)", "¿En curso, 60 %?", "cumplida", ""],
)  # fmt: skip
def test_words_with_no_sure_percentage_beside_them_stay_as_they_are(text):
    assert percents.apart(text) == (text, None)


@examples(100)
@given(st.decimals(0, 100, places=12))
def test_more_decimals_are_rounded_to_the_nearest_of_two(number):
    found = percents.read(f"{number:f}")
    assert found is not None
    assert abs(found.number - number) <= Decimal("0.005")
    assert found.rounded == (found.number != number)


@pytest.mark.parametrize(
    "text",
    ["", "45-50", "~45", "> 50", "45 de 100", "1e1", "NaN", "inf", "4_5", "45 %%", "unos cuarenta",
     "1.000,5", "4 5", "=40+5", "--5", ".", "(45", "45)"],
)  # fmt: skip
def test_what_is_no_single_number_is_none(text):
    assert percents.read(text) is None


@examples(150)
@given(st.text(max_size=20))
def test_no_text_brings_the_reader_down(text):
    percents.read(text)


@pytest.mark.parametrize(
    ("text", "small"), [("0.5", True), ("0,5 %", False), ("0", False), ("1", False)]
)
def test_only_a_bare_number_below_one_may_be_a_fraction(text, small):
    assert percents.read(text).is_small == small


@pytest.mark.parametrize(
    ("text", "within"),
    [("0", True), ("0.01 %", True), ("99.99", True), ("100", True), ("100.01", False),
     ("-0.01", False), ("100.5", False)],
)  # fmt: skip
def test_a_percentage_lies_between_0_and_100_and_both_are_ones(text, within):
    assert percents.read(text).is_percentage == within
