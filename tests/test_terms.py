"""Lines are numbered as in Rome, however many there are."""

import pytest

from crmdata.intake.reports.suggestions import activity_meant
from crmdata.terms import code_order, line_number, roman
from crmdata.web.choices import mistyped_codes
from crmdata.workflow.agreements import Pins

LINES = [roman(number) for number in range(1, 100)]


@pytest.mark.parametrize(
    ("number", "line"),
    [(4, "IV"), (9, "IX"), (20, "XX"), (21, "XXI"), (39, "XXXIX"), (40, "XL"), (44, "XLIV"),
     (49, "XLIX"), (50, "L"), (88, "LXXXVIII"), (90, "XC"), (99, "XCIX"), (100, "C")],
)  # fmt: skip
def test_a_number_is_written_with_roman_signs(number, line):
    assert roman(number) == line


def test_a_lines_number_is_read_back_whatever_its_size():
    assert [line_number(roman(number)) for number in range(1, 4000)] == list(range(1, 4000))


@pytest.mark.parametrize("written", [" ", "IIII", "VX", "IC", "LL", "IVI", "iv", "HND", "X I"])
def test_signs_in_another_order_are_no_number(written):
    with pytest.raises(ValueError, match=written):
        line_number(written)


@pytest.mark.parametrize("number", [0, -1])
def test_there_is_no_line_below_the_first(number):
    with pytest.raises(ValueError, match=str(number)):
        roman(number)


def test_codes_of_99_lines_stand_in_the_plans_order():
    codes = [f"{line}.{result}.1" for line in LINES for result in (2, 10)]
    assert sorted(set(codes), key=code_order) == codes


@pytest.mark.parametrize("code", LINES)
def test_an_agreement_is_pinned_to_any_of_99_lines(code):
    assert Pins.of([code]) == Pins(line=code)


@pytest.mark.parametrize("code", ["CIV", "MLI", "MDV", "HND", "CXC"])
def test_three_letters_of_a_country_are_no_line(code):
    assert Pins.of([code]) == Pins(country=code)


@pytest.mark.parametrize("number", [1, 20, 21, 40, 45, 99])
def test_a_number_in_an_address_means_the_line_of_that_number(number):
    assert mistyped_codes.line(str(number), LINES) == roman(number)


@pytest.mark.parametrize("number", [4, 21, 45, 99])
def test_a_number_in_a_file_means_the_activity_of_that_line(number):
    codes = frozenset(f"{line}.1.1" for line in LINES)
    assert activity_meant(f"{number}-1-1", codes) == f"{roman(number)}.1.1"
