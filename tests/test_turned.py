"""Columns of days that a spreadsheet has turned round as a whole: asked about, never silently."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata.i18n import words_for
from crmdata.intake.reports import check, read_bytes
from crmdata.intake.reports.remarks import in_words
from crmdata.intake.reports.rows import Row
from crmdata.intake.reports.turned import turned_columns
from tests.books import book
from tests.sheets import REPORT, text_of
from tests.support import examples

BEGINS, TODAY = date(2017, 1, 1), date(2018, 10, 20)
PLACE = ("", "reported_on")


def column(days, semester="2018-1", today=TODAY):
    rows = [
        Row(number, {"semester": semester, "reported_on": str(day)})
        for number, day in enumerate(days, start=2)
    ]
    return turned_columns(rows, BEGINS, today).get(PLACE)


def swapped(day: date) -> date:
    return date(day.year, day.day, day.month)


JULY = [date(2018, 7, day) for day in (2, 3, 5, 9, 10, 12)]


def test_days_of_one_month_turned_round_are_found_by_those_that_are_still_to_come():
    found = column([swapped(day) for day in JULY], today=date(2018, 8, 1))
    assert (found.outside, found.days, found.are_impossible) == (3, 6, True)


def test_days_turned_round_are_found_by_those_before_their_semester():
    found = column([swapped(date(2018, 9, day)) for day in (2, 4, 8)], semester="2018-2")
    assert (found.outside, found.days, found.are_impossible) == (2, 3, True)


def test_long_after_days_turned_round_are_found_by_those_that_lie_far_from_their_semester():
    found = column([swapped(day) for day in JULY], today=date(2026, 1, 1))
    assert (found.outside, found.days, found.are_impossible) == (2, 6, False)


def test_the_same_day_of_several_months_is_found_though_each_could_be():
    found = column([date(2018, month, 7) for month in (2, 3, 5)])
    assert (found.outside, found.days, found.are_impossible) == (0, 3, False)


@examples(200)
@given(
    st.lists(st.integers(1, 12), min_size=2, max_size=20),
    st.sampled_from([date(2018, 8, 1), date(2018, 12, 31), date(2026, 1, 1)]),
)
def test_days_of_the_month_after_a_semester_are_never_doubted(days, today):
    assert column([date(2018, 7, day) for day in days], today=today) is None


@examples(200)
@given(st.lists(st.dates(date(2018, 1, 1), date(2018, 9, 30)), min_size=1, max_size=20))
def test_a_column_with_a_day_that_no_month_can_be_is_never_doubted(days):
    assert column([*days, date(2018, 7, 13)]) is None


@examples(300)
@given(
    st.lists(st.dates(date(2017, 1, 1), date(2018, 12, 31)), max_size=8),
    st.sampled_from(["2017-1", "2018-1", "2018-2", "nada"]),
)
def test_what_is_found_fits_once_it_is_turned_back(days, semester):
    found = column(days, semester)
    if found is not None:
        assert all(day.day <= 12 for day in days)
        assert all(BEGINS <= swapped(day) <= TODAY for day in days)
        assert 0 <= found.outside <= found.days == len(days)


@pytest.mark.parametrize(
    "beside", ["15/07/2018", "3 de julio de 2018", "July 5, 2018", "lunes 9 de julio de 2018"]
)
def test_a_day_that_stayed_text_says_the_order_itself(beside):
    assert column([*(swapped(day) for day in JULY), beside]) is None


def test_one_wrong_day_among_right_ones_turns_none():
    assert column([*JULY, date(2018, 12, 4)]) is None


# In a file

ACTIVITIES = ("I.1.1", "I.1.2", "I.1.3", "I.2.1", "II.1.3", "II.1.4")


@pytest.fixture
def store(engine):
    return engine


def rows_of(days):
    return [
        REPORT | {"activity": activity, "reported_on": day}
        for activity, day in zip(ACTIVITIES, days, strict=False)
    ]


def as_csv(days) -> tuple[str, bytes]:
    return "t.csv", text_of(rows_of(map(str, days))).encode()


def as_book(days) -> tuple[str, bytes]:
    return "t.xlsx", book([tuple(row.values()) for row in rows_of(days)])


@pytest.mark.parametrize("file", [as_csv, as_book])
def test_a_column_that_cannot_be_as_it_stands_is_one_question_and_is_turned_back(store, file):
    name, data = file([swapped(day) for day in JULY])
    found = check(store, [read_bytes(name, data)], today=date(2018, 8, 1))
    assert found.problems == ()
    (question,) = found.held
    assert (question.rule, question.field, question.rows) == ("turned_column", "reported_on", "2–7")
    assert [change.entry.values["reported_on"] for change in found.files[0].changes] == JULY
    words = words_for("es")
    text = in_words(words, question).text(words)
    assert text.count("3 de 6 fechas de esta columna") == 1
    assert "con el día y el mes intercambiados, todas caerían dentro" in text


def test_a_column_that_could_be_as_it_stands_is_asked_about_and_left_so(store):
    days = [swapped(day) for day in JULY]
    found = check(store, [read_bytes(*as_csv(days))], today=date(2026, 1, 1))
    assert [each.rule for each in found.held] == ["turned_column"]
    assert [change.entry.values["reported_on"] for change in found.files[0].changes] == days


@pytest.mark.parametrize("language", ["es", "en"])
def test_each_question_says_how_many_and_what_would_be(store, language):
    words = words_for(language)
    turned = [swapped(day) for day in JULY]
    for days, today in (
        (turned, date(2018, 8, 1)),
        (turned, date(2026, 1, 1)),
        ([date(2018, month, 7) for month in (2, 3, 5)], TODAY),
    ):
        (question,) = check(store, [read_bytes(*as_csv(days))], today=today).held
        text = in_words(words, question).text(words)
        assert str(len(days)) in text
        assert ("intercambiados" if language == "es" else "swapped") in text
