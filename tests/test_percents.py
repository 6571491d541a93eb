"""Percentages as people write them: the same number whatever the spelling, or none."""

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


@examples(100)
@given(st.decimals(0, 100, places=12))
def test_more_decimals_are_rounded_to_the_nearest_of_two(number):
    found = percents.read(f"{number:f}")
    assert found is not None
    assert abs(found.number - number) <= Decimal("0.005")
    assert found.rounded == (found.number != number)


@pytest.mark.parametrize(
    "text",
    ["", "45-50", "~45", "> 50", "45 de 100", "1e1", "NaN", "inf", "4_5", "45 %%", "cuarenta",
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
