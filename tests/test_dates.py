"""Days and periods as people write them: one reading is read, two are told, none is made up."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from crmdata.intake.reports import dates, periods
from crmdata.terms import Period
from tests.support import examples

FIRST, LAST = date(2017, 1, 1), date(2022, 12, 31)
DAYS = st.dates(FIRST, LAST)
ONE_READING = {
    "iso": "{0:%Y-%m-%d}",
    "iso with strokes": "{0:%Y/%m/%d}",
    "with an hour": "{0:%Y-%m-%d} 23:59:00",
    "with an hour and a zone": "{0:%Y-%m-%d}T23:30:00.000-06:00",
    "Spanish": "{0.day} de {es} de {0.year}",
    "Spanish, del": "{0.day} de {es} del {0.year}",
    "Spanish, ordinal": "{0.day}.º de {es} de {0.year}",
    "Spanish, capitals": "{0.day}-{ES}-{0.year}",
    "Spanish, short": "{0.day}-{short}-{0:%y}",
    "Spanish, with the day of the week": "{weekday}, {0.day} de {es} de {0.year}",
    "English": "{en} {0.day}, {0.year}",
    "English, day first": "{0.day} {en} {0.year}",
    "English, with its ending": "{0.day}th of {en} {0.year}",
    "French": "{0.day} {fr} {0.year}",
}


def written(form: str, day: date) -> str:
    named = {language: format_date(day, "MMMM", locale=language) for language in ("es", "en", "fr")}
    return ONE_READING[form].format(
        day, **named, ES=named["es"].upper(), short=named["es"][:3],
        weekday=format_date(day, "EEEE", locale="es"),
    )  # fmt: skip


@examples(300)
@given(st.sampled_from(sorted(ONE_READING)), DAYS)
def test_a_day_in_any_spelling_with_one_reading_is_that_day(form, day):
    found = dates.read(written(form, day), FIRST, LAST)
    assert (found.days, found.impossible, found.wrong_weekday) == ((day,), False, False)


@examples(200)
@given(
    st.sampled_from(["-", "/", ".", " "]), st.sampled_from(["%d{0}%m{0}%Y", "%m{0}%d{0}%Y"]), DAYS
)
def test_numbers_alone_are_read_where_they_can_be_one_day_only(sign, order, day):
    found = dates.read(day.strftime(order.format(sign)), FIRST, LAST)
    both = {day} if day.day > 12 else {day, date(day.year, day.day, day.month)}
    assert set(found.days) == both


@examples(100)
@given(DAYS)
def test_the_number_by_which_a_spreadsheet_keeps_a_day_is_that_day(day):
    number = (day - date(1899, 12, 30)).days
    assert dates.read(str(number), FIRST, LAST).days == (day,)
    assert dates.read(str(number), day + timedelta(1), LAST).days == ()


@examples(100)
@given(DAYS, st.integers(1, 6))
def test_a_day_of_the_week_on_which_the_day_does_not_fall_is_found(day, off):
    other = format_date(day + timedelta(off), "EEEE", locale="es")
    text = f"{other} {written('Spanish', day)}"
    assert dates.read(text, FIRST, LAST).wrong_weekday


@pytest.mark.parametrize(
    "text",
    ["15/11/2019 (viernes)", "viernes 15/11/2019", "vie. 15-nov-2019", "15.11.2019, viernes",
     "Friday, 2019-11-15", "viernes, 15/11/2019 10:30", "15 de noviembre de 2019 (viernes)",
     "viernes 20191115"],
)  # fmt: skip
def test_a_day_of_the_week_may_stand_before_or_behind_any_spelling(text):
    assert dates.read(text, FIRST, LAST) in (
        dates.Days((date(2019, 11, 15),)), dates.Days((date(2019, 11, 15),), order="dmy")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [("miércoles 03/04/2019", date(2019, 4, 3)), ("03/04/2019 (lunes)", date(2019, 3, 4))],
)
def test_of_two_readings_the_day_of_the_week_tells_which(text, day):
    assert dates.read(text, FIRST, LAST).days == (day,)


def test_of_two_readings_of_which_none_falls_on_the_day_of_the_week_none_is_read():
    assert dates.read("domingo 03/04/2019", FIRST, LAST).wrong_weekday


@pytest.mark.parametrize("text", ["mar 15, 2019", "15 mar 2019", "Mar. 15 2019"])
def test_a_month_that_is_short_as_a_day_of_the_week_is_a_month(text):
    assert dates.read(text, FIRST, LAST).days == (date(2019, 3, 15),)


@pytest.mark.parametrize(
    "text",
    ["31/06/2019", "31/04/2020", "30 de febrero de 2020", "29/02/2019", "2019-11-31", "13/13/2019"],
)
def test_a_day_that_no_calendar_has_is_told_from_what_is_no_day(text):
    assert dates.read(text, FIRST, LAST) == dates.Days(impossible=True)


@pytest.mark.parametrize(
    "text",
    ["", "noviembre de 2019", "nov-19", "2019-11", "2019", "11/2019", "IV trimestre 2019",
     "fin de año 2019", "ayer", "15/11", "15 de noviembre", "1e5", "2019-W10-1", "32767"],
)  # fmt: skip
def test_no_day_is_made_up(text):
    assert dates.read(text, FIRST, LAST) == dates.Days()


@examples(150)
@given(st.text(max_size=30))
def test_no_text_brings_the_readers_down(text):
    dates.read(text, FIRST, LAST)
    dates.month(text)
    periods.read(text)
    periods.of_day(text)


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_numbers_tell_the_order_in_which_they_are_written(order):
    text = {"dmy": "15/11/2019", "mdy": "11/15/2019"}[order]
    assert dates.read(text, FIRST, LAST).order == order


@pytest.mark.parametrize("text", ["43784.5", "43784,25"])
def test_the_hour_in_a_number_of_a_spreadsheet_changes_nothing(text):
    assert dates.read(text, FIRST, LAST).days == (date(2019, 11, 15),)


@pytest.mark.parametrize(
    "text",
    ["2019-11-2019", "2019-11-150", "150/11/2019", "15/11/201", "15/11/9", "15 nov 201",
     "15 nov ab", "x nov 2019", "x 15 2019", "aprox 15 nov 2019", "15 nov 2019 aprox",
     "15 no 2019", "15 jui 2019", "99999999", "-"],
)  # fmt: skip
def test_what_is_not_written_as_a_day_is_none_and_no_impossible_one(text):
    assert dates.read(text, FIRST, LAST) == dates.Days()


@pytest.mark.parametrize("text", ["15-20-19", "lunes 31 de junio de 2019", "0/1/2019"])
def test_what_is_written_as_a_day_and_is_none_is_impossible(text):
    assert dates.read(text, FIRST, LAST) == dates.Days(impossible=True)


@pytest.mark.parametrize(
    ("text", "days"),
    [("15/11/19", [date(2019, 11, 15)]), ("19/11/15", [date(2015, 11, 19)]),
     ("19-11-15", [date(2015, 11, 19), date(2019, 11, 15)]),
     ("17-01-01", [date(2001, 1, 17), FIRST]), ("22-12-31", [date(2031, 12, 22), LAST]),
     ("16-12-31", [date(2031, 12, 16)]), ("31-12-19", [date(2019, 12, 31)])],
)  # fmt: skip
def test_a_year_of_two_digits_stands_first_only_where_it_lies_in_the_time(text, days):
    assert list(dates.read(text, FIRST, LAST).days) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [("20191115", [date(2019, 11, 15)]), ("15112019", [date(2019, 11, 15)]),
     ("11152019", [date(2019, 11, 15)]), ("04032019", [date(2019, 3, 4), date(2019, 4, 3)]),
     ("15111899", []), ("20201122", [date(2020, 11, 22)])],
)  # fmt: skip
def test_eight_digits_are_a_day_with_its_year_before_or_behind(text, days):
    assert list(dates.read(text, FIRST, LAST).days) == days


@pytest.mark.parametrize(
    ("text", "day"),
    [("mar 15, 2019", date(2019, 3, 15)), ("2019 noviembre 15", date(2019, 11, 15)),
     ("2019-nov-15", date(2019, 11, 15)), ("viernes 15 nov 2019", date(2019, 11, 15)),
     ("nov 15 19", date(2019, 11, 15)), ("15th November 2019", date(2019, 11, 15))],
)  # fmt: skip
def test_a_day_with_its_month_in_letters_is_read_whatever_stands_first(text, day):
    assert dates.read(text, FIRST, LAST) == dates.Days((day,))


@pytest.mark.parametrize("text", ["03/04/2019", "03/03/2019", "19-11-15", "31/06/2019"])
def test_numbers_with_two_readings_or_none_tell_no_order(text):
    assert dates.read(text, FIRST, LAST).order == ""


# Months


@pytest.mark.parametrize(
    ("text", "month"),
    [("feb-19", date(2019, 2, 1)), ("febrero de 2019", date(2019, 2, 1)),
     ("feb-00", date(2000, 2, 1)), ("feb 99", date(2099, 2, 1)), ("feb-1900", date(1900, 2, 1)),
     ("2099 feb", date(2099, 2, 1)), ("feb-1899", None), ("feb-2100", None), ("feb-100", None),
     ("feb", None), ("19", None), ("feb x", None), ("19 x", None), ("feb mar 19", None),
     ("feb 19 20", None), ("feb 19 x", None)],
)  # fmt: skip
def test_a_month_is_one_name_and_one_year(text, month):
    assert dates.month(text) == month


@pytest.mark.parametrize(
    ("text", "first_and_last"),
    [("enero a junio de 2019", (date(2019, 1, 1), date(2019, 6, 1))),
     ("enero y febrero 2019", (date(2019, 1, 1), date(2019, 2, 1))),
     ("junio a enero de 2019", None), ("enero a enero de 2019", None),
     ("enero a junio de 2019 aprox", None), ("enero a junio de 1850", None),
     ("enero x 2019", None), ("enero a junio", None), ("enero febrero marzo", None)],
)  # fmt: skip
def test_a_span_of_months_is_two_names_in_their_order_and_one_year(text, first_and_last):
    assert dates.months(text) == first_and_last


# Periods

PERIOD_FORMS = [
    "{code}", "{label}", "{sign} semestre {year}", "{sign} Semestre de {year}", "{year}/{number}",
    "{year} {number}", "{number}° semestre {year}", "{number}.º semestre del {year}",
    "S{number} {year}", "{year}-S{number}", "{year}S{number}", "semestre {sign} {year}",
    "{number} sem. {year}", "{word} semestre de {year}", "{english} half {year}",
    "H{number} {year}",
    "{year}–{number}", "{year}\u200b-{number}", "{months} de {year}", "{sign}-{year}",
]  # fmt: skip


@examples(200)
@given(st.sampled_from(PERIOD_FORMS), st.sampled_from([Period.of(FIRST), Period.of(LAST)]))
def test_a_period_in_any_spelling_with_one_reading_is_that_period(form, period):
    second = period.starts.month > 6
    text = form.format(
        code=period.code, label=period.label, sign=period.sign, year=period.year,
        number=period.code[-1], word="segundo" if second else "primer",
        english="second" if second else "first",
        months="julio a diciembre" if second else "enero a junio",
    )  # fmt: skip
    assert periods.read(text) == (period,)


@pytest.mark.parametrize(
    ("text", "codes"),
    [("jul-19", ["2019-2"]), ("ene-20", ["2020-1"]), ("2019-07", ["2019-2"]),
     ("2018-01", ["2018-1"]), ("feb-19", ["2019-2", "2019-1"]), ("Feb-20", ["2020-2", "2020-1"]),
     ("2019-02", ["2019-2", "2019-1"]), ("2-2019", ["2019-2", "2019-1"]), ("2019", []),
     ("II Semestre", []), ("2019-3", []), ("marzo-abril 2019", []), ("2019-13", []),
     ("2019-12", ["2019-2"]), ("12-2019", ["2019-2"]), ("7-2019", ["2019-2"]),
     ("012 2019", []), ("1 2 2019", []), ("1 semestre 2019 2020", []),
     ("enero a marzo 2019", []), ("abril a septiembre de 2019", [])],
)  # fmt: skip
def test_what_excel_makes_of_a_code_has_the_readings_that_it_has(text, codes):
    assert [period.code for period in periods.read(text)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [("2019-02-01", ["2019-2", "2019-1"]), ("01/02/2019", ["2019-2", "2019-1"]),
     ("2019-01-01", ["2019-1"]), ("06/07/2019", ["2019-2", "2019-1"]),
     ("2019-07-01", ["2019-2"]), ("2019-03-15", ["2019-1"]),
     ("2019-02-15", ["2019-1"]), ("nada", [])],
)  # fmt: skip
def test_a_day_in_the_place_of_a_period_has_the_readings_that_it_has(text, codes):
    assert [period.code for period in periods.of_day(text)] == codes
