"""Cells that hold a date, a percentage or links: what has one reading only is read.

What is written in another form than ours is mentioned, and what has two readings is an error.
Python's own readers accept too much: `float` takes `4_5`, `nan` and full-width digits,
`date.fromisoformat` takes `20190403`.
"""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from crmdata.errors import N_, Problem
from crmdata.files import SEPARATOR
from crmdata.intake.reports.cells import Cells
from crmdata.terms import Period, is_tombstone

A_NUMBER = N_("Write a number from 0 to 100, such as 45 or 45.5.")

_PERCENT = re.compile(r"(100|[0-9]{1,2})([.][0-9]{1,2})?")
_LIKE_A_NUMBER = re.compile(r"[+-]?[0-9]{1,12}([.][0-9]{1,12})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_OTHERWISE = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_SERIAL = re.compile(r"[0-9]{5}")
_DAY_ZERO = date(1899, 12, 30)
"""Of the day numbers of spreadsheets, whose first two months are one day off."""
_LINK = re.compile(r"https?://[^\s\"<>\\^`{|}]+")


def iso_date(cells: Cells, field: str) -> date | None:
    """Return a date written as 2019-04-03."""
    written = cells.code(field)
    if not written:
        cells.missing(field)
        return None
    if _DATE.fullmatch(written):
        try:
            return date.fromisoformat(written)
        except ValueError:
            cells.error("no_date", field, N_("The calendar has no such day."))
            return None
    return _other_date(cells, field, written)


def _other_date(cells: Cells, field: str, written: str) -> date | None:
    readings = _meant(written) or _serial(cells, written)
    if len(readings) == 1:
        cells.read_as(field, readings[0].isoformat())
        return readings[0]
    rule, message, way_out, values = _no_single_day(readings)
    cells.error(rule, field, message, way_out, **values)
    return None


def _meant(written: str) -> list[date]:
    """Return the days that a text may mean that is not written in our form."""
    found = _DATE_OTHERWISE.fullmatch(written)
    return _readings(*map(int, found.groups())) if found else []


def _no_single_day(readings: list[date]) -> tuple[str, str, str, dict[str, date]]:
    """Return rule, message, way out and values for what is read in two ways, or in none."""
    if readings:
        return (
            "ambiguous_date",
            N_("The date can be read in two ways: {first} or {second}."),
            N_("Write the one that is meant like this: year-month-day."),
            {"first": readings[0], "second": readings[1]},
        )
    return (
        "no_date",
        N_("This is not a date."),
        N_("Write it as year-month-day, such as 2019-04-03."),
        {},
    )


def day_or_problem(written: str) -> date | Problem:
    """Return the one day that somebody's text means by the same rules, or why there is none."""
    try:
        readings = [date.fromisoformat(written)] if _DATE.fullmatch(written) else _meant(written)
    except ValueError:
        readings = []
    if len(readings) == 1:
        return readings[0]
    rule, message, way_out, values = _no_single_day(readings)
    return Problem(rule, message, way_out, values=values)


def _serial(cells: Cells, written: str) -> list[date]:
    """Return the day that a spreadsheet's number stands for, where it lies in the plan's time."""
    if _SERIAL.fullmatch(written) is None:
        return []
    day = _DAY_ZERO + timedelta(days=int(written))
    first = Period.parse(cells.known.periods[0]).starts
    return [day] if first <= day <= cells.known.today else []


def past_date(cells: Cells, field: str) -> date | None:
    """Return a date that is not later than today; a template's row may leave it to us."""
    if cells.row.own and not cells.code(field):
        return None
    day = iso_date(cells, field)
    if day is not None and day > cells.known.today:
        cells.error(
            "date_in_future",
            field,
            N_("The date is later than today, {today}."),
            N_("Give the day on which it was reported."),
            today=cells.known.today,
        )
    return day


def before_plan(cells: Cells, field: str) -> None:
    """Complain of a date from before the plan's first period."""
    cells.error(
        "date_before_plan",
        field,
        N_("The date is earlier than the plan, which begins in {first}."),
        N_("Correct the date."),
        first=cells.known.periods[0],
    )


def percent(cells: Cells, field: str) -> float | None:
    """Return a number from 0 to 100 with at most two decimals; none where it is blank."""
    written = cells.code(field)
    if not written:
        return None
    if _is_percent(written):
        _small(cells, field, float(written))
        return float(written)
    bare = written.removesuffix("%").rstrip(" \u00a0\u202f").replace(",", ".", 1)
    if _LIKE_A_NUMBER.fullmatch(written):
        _not_in_range(cells, field, written)
    elif _is_percent(bare):
        cells.read_as(field, bare)
        return float(bare)
    elif _LIKE_A_NUMBER.fullmatch(bare):
        _not_in_range(cells, field, bare)
    else:
        cells.error(
            "no_number",
            field,
            N_("This is not a number."),
            A_NUMBER,
        )
    return None


def _small(cells: Cells, field: str, number: float) -> None:
    if 0 < number < 1:
        cells.warn(
            "small_percent",
            field,
            N_("This is less than one per cent."),
            N_("Write {meant} if {meant} % is meant."),
            meant=f"{number * 100:g}",
        )


def _is_percent(text: str) -> bool:
    return _PERCENT.fullmatch(text) is not None and float(text) <= 100


def _not_in_range(cells: Cells, field: str, written: str) -> None:
    if 0 <= float(written) <= 100:
        cells.error(
            "percent_form",
            field,
            N_("A percentage has at most two decimals and no sign."),
            A_NUMBER,
        )
    else:
        cells.error(
            "percent_range",
            field,
            N_("A percentage lies between 0 and 100."),
            A_NUMBER,
        )


def links(cells: Cells, field: str) -> str:
    """Return web addresses separated by `;`; what stands for a redacted one comes back as it is."""
    found = cells.codes(field)
    for link in found:
        if not (_is_link(link) or is_tombstone(link)):
            cells.error(
                "no_link",
                field,
                N_("“{link}” is not a web address."),
                N_("Give links that begin with http:// or https://; several separated by “;”."),
                link=link,
            )
    return cells.addresses(field, SEPARATOR.join(found))


def _readings(first: int, second: int, year: int) -> list[date]:
    days = []
    for day, month in ((first, second), (second, first)):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return sorted(set(days), key=days.index)


def _is_link(link: str) -> bool:
    if not link.isprintable() or _LINK.fullmatch(link) is None:
        return False
    try:
        return bool(urlsplit(link).hostname)
    except ValueError:
        return False
