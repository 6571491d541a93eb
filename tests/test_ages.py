"""How long something has been pending: whole months, counted as people count them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata.measures import age
from tests.support import examples


@pytest.mark.parametrize(
    ("since", "day", "months"),
    [
        (date(2018, 6, 30), date(2018, 6, 30), 0),
        (date(2018, 6, 30), date(2018, 7, 29), 0),
        (date(2018, 6, 30), date(2018, 7, 30), 1),
        (date(2018, 6, 30), date(2019, 6, 29), 11),
        (date(2018, 6, 30), date(2019, 6, 30), 12),
        (date(2018, 12, 31), date(2019, 1, 30), 0),
        (date(2018, 12, 31), date(2019, 1, 31), 1),
    ],
)
def test_a_month_is_over_on_the_day_of_the_same_number(since: date, day: date, months: int) -> None:
    assert age(since, day) == months


@pytest.mark.parametrize(
    ("since", "day", "months"),
    [
        (date(2018, 12, 31), date(2019, 2, 27), 1),
        (date(2018, 12, 31), date(2019, 2, 28), 2),
        (date(2019, 12, 31), date(2020, 2, 28), 1),
        (date(2019, 12, 31), date(2020, 2, 29), 2),
        (date(2019, 12, 31), date(2020, 4, 30), 4),
        (date(2020, 2, 29), date(2021, 2, 28), 12),
        (date(2019, 1, 30), date(2019, 2, 28), 1),
        (date(2019, 1, 30), date(2019, 3, 1), 1),
    ],
)
def test_in_a_shorter_month_it_is_over_on_the_last_one(since: date, day: date, months: int) -> None:
    assert age(since, day) == months


def test_what_lies_ahead_has_no_age() -> None:
    assert age(date(2019, 6, 30), date(2019, 6, 29)) == 0
    assert age(date(2019, 6, 30), date(2017, 1, 1)) == 0


def walked(since: date, day: date) -> int:
    """Count the months that are over by walking there day by day."""
    months, today = 0, since
    while today < day:
        today += timedelta(days=1)
        last_of_month = (today + timedelta(days=1)).day == 1
        months += today.day == since.day or (last_of_month and today.day < since.day)
    return months


DAYS = st.dates(date(2016, 1, 1), date(2024, 12, 31))


@examples(200)
@given(DAYS, DAYS)
def test_an_age_is_what_a_walk_from_day_to_day_counts(since: date, day: date) -> None:
    assert age(since, day) == walked(since, day)


@examples(200)
@given(st.sampled_from([date(2018, 6, 30), date(2018, 12, 31)]), st.integers(0, 900))
def test_the_age_of_a_period_is_what_a_walk_counts(since: date, days: int) -> None:
    day = since + timedelta(days=days)
    assert age(since, day) == walked(since, day)
