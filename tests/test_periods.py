"""A period is two days and a code; what follows from a half of a year has one home."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest

from crmdata.settings import ROOT
from crmdata.terms import DATED, SHARES, MarkKind, Period, periods

EVERY = list(periods(2017, 2022))


def test_periods_follow_each_other_without_a_day_between():
    for period, following in pairwise(EVERY):
        assert period.next == following
        assert period.ends + timedelta(1) == following.starts


@pytest.mark.parametrize("period", EVERY)
def test_a_period_is_read_back_from_its_code_its_number_and_its_days(period):
    found = [
        Period.parse(period.code),
        Period.numbered(period.number),
        Period.of(period.starts),
        Period.of(period.ends),
    ]
    assert set(found) == {period}


def test_codes_sort_as_their_periods_do():
    assert sorted(period.code for period in EVERY) == [period.code for period in sorted(EVERY)]


@pytest.mark.parametrize("code", ["", "2018", "2018-0", "2018-3", "2018-01", "0000-1", "II", " "])
def test_what_is_no_code_of_a_period_is_read_as_none(code):
    assert Period.read(code) is None


def test_a_label_says_year_and_sign():
    second = Period.parse("2018-2")
    assert (second.label, second.sign, second.year) == ("2018-II", "II", 2018)
    assert second.ends == date(2018, 12, 31)


@pytest.mark.parametrize("kind", MarkKind)
def test_a_mark_is_dated_where_it_has_slots_and_fills_no_more_than_each(kind):
    slots = Period.of_mark(kind, 2019)
    assert (kind in DATED) == bool(slots)
    assert set(slots) <= set(Period.of_year(2019))
    assert 0 < SHARES[kind] <= 1


def test_no_other_module_reckons_with_halves():
    """The word stands in `crmdata.terms` alone, and in names of what has two parts."""
    reckons = re.compile(r"\.half\b|HALVES|month <= 6|in \(1, 2\)|\"II\"")
    files = [file for file in (ROOT / "crmdata").rglob("*.py") if file.name != "terms.py"]
    assert [file.name for file in files if reckons.search(file.read_text("utf-8"))] == []
