"""Cells that hold a date: what has one reading only is read.

What is written in another form than ours is mentioned, what has two readings is asked about.
"""

from datetime import date

from crmdata.errors import N_, Problem
from crmdata.intake.reports import dates, periods
from crmdata.intake.reports.cells import Cells
from crmdata.intake.reports.turned import TurnedColumn
from crmdata.terms import Period

A_MISSING_DAY = N_("Write the day that is meant as year-month-day; today is {today}.")
A_DAY = N_("Write the date as year-month-day, such as 2019-04-03.")


def iso_date(cells: Cells, field: str, latest: date = date.max) -> date | None:
    """Return the day that a cell names; one after `latest` cannot be meant."""
    written = cells.code(field)
    if not written:
        # Offered and not taken by itself: nobody but the sender knows when it was reported.
        cells.missing(field, A_MISSING_DAY, today=cells.known.today.isoformat())
        return None
    first = Period.parse(cells.known.periods[0]).starts
    days = dates.read(written, first, cells.known.today)
    ordered = _in_order_of_column(cells, field, days)
    if ordered is not None:
        return ordered
    if len(days.days) != 1 or days.wrong_weekday:
        why = _no_day(days)
        cells.error(why.rule, field, why.message, why.way_out, **why.values)
        return None
    day = days.days[0]
    if written != day.isoformat():
        plainly = days.order == "dmy" or any(map(str.isalpha, written))
        cells.read_as(field, day.isoformat(), plainly=plainly)
    return _turned(cells, field, day, latest)


def _in_order_of_column(cells: Cells, field: str, days: dates.Days) -> date | None:
    """Return which of two days is meant by the order of the column's other dates, and ask."""
    beside, order = cells.columns.order(cells.row, field)
    if not order or len(days.days) != 2 or days.wrong_weekday:
        return None
    day, other = days.days if order == "dmy" else reversed(days.days)
    if (day.month, day.day) != (other.day, other.month):
        return None
    cells.ask(
        "order_of_column",
        field,
        N_("Is {day} meant, and not {other}?"),
        N_(
            "“{text}” in this column can be read in one way only, and this is read like it. "
            "Otherwise write the date as year-month-day."
        ),
        day=day,
        other=other,
        text=beside,
    )
    return day


def _no_day(days: dates.Days) -> Problem:
    """Return why a text means no single day, and the way out."""
    if days.wrong_weekday:
        return Problem(
            "wrong_weekday",
            N_("{day} is a {weekday}; another day of the week is written."),
            N_("Write the date that is meant without it, such as 2019-04-03."),
            values={"day": days.days[0], "weekday": days.days[0]},
        )
    if days.days:
        return Problem(
            "ambiguous_date",
            N_("The date can be read in two ways: {first} or {second}."),
            N_("Write the one that is meant like this: year-month-day."),
            values={"first": days.days[0], "second": days.days[1]},
        )
    if days.impossible:
        return Problem("no_day", N_("The calendar has no such day."), A_DAY)
    return Problem("no_date", N_("No single day stands here."), A_DAY)


def day_or_problem(written: str) -> date | Problem:
    """Return the one day that somebody's text means by the same rules, or why there is none."""
    found = dates.read(written, dates.EARLIEST, dates.LATEST)
    if len(found.days) == 1 and not found.wrong_weekday:
        return found.days[0]
    return _no_day(found)


_TURNED = N_(
    "“{text}” stayed text in this column: so it is where the spreadsheet takes day and month in "
    "another order than you write them. Write the dates that are wrong anew, as year-month-day."
)


def _turned(cells: Cells, field: str, day: date, latest: date) -> date:
    """Return the day that a real date means, asked about where it may be turned round.

    So it may where others of its column stayed text. Where only one of the two can be it is read.
    """
    beside = cells.columns.text_date(cells.row, field)
    if day.day > 12 or day.day == day.month:
        return day
    other = date(day.year, day.day, day.month)
    column = cells.columns.turned_round(cells.row, field)
    if column is not None:
        return _of_turned_column(cells, field, day, other, column)
    if not beside:
        _ask_if_early(cells, field, day, other, latest)
        return day
    if not _can_be(cells, other, latest):
        return day
    if not _can_be(cells, day, latest):
        message = N_("The spreadsheet has {day} here, which cannot be. Is {other} meant?")
        cells.ask("turned_back", field, message, _TURNED, day=day, other=other, text=beside)
        return other
    message = N_("Is {day} meant, and not {other}?")
    cells.ask("turned_date", field, message, _TURNED, day=day, other=other, text=beside)
    return day


def _of_turned_column(
    cells: Cells, field: str, day: date, other: date, column: TurnedColumn
) -> date:
    """Return the day of a column that was turned round as a whole, and ask about all of it.

    Where some of it cannot be as it stands it is turned back.
    """
    if column.are_impossible:
        message, way_out = _ALL_IMPOSSIBLE, _SAY_YES
        cells.read_as(field, other.isoformat(), plainly=True)
    else:
        message, way_out = _ALL_OUTSIDE if column.outside else _ALL_SCATTERED, _WRITE_ANEW
    cells.ask_of_column(
        "turned_column", field, message, way_out, outside=column.outside, days=column.days
    )
    return other if column.are_impossible else day


_ALL_IMPOSSIBLE = N_(
    "{outside} of {days} dates of this column fall outside the time in which they can have been "
    "reported; with day and month swapped, all would fall inside. Are they to be read swapped?"
)
_ALL_OUTSIDE = N_(
    "{outside} of {days} dates of this column fall outside their semester and the three months "
    "after it; with day and month swapped, all would fall inside. Are they right as they stand?"
)
_ALL_SCATTERED = N_(
    "The {days} dates of this column lie in different months; with day and month swapped, all "
    "would fall in one. Are they right as they stand?"
)
_SAY_YES = N_("Otherwise write the dates anew in the file, as year-month-day, such as 2019-04-03.")
_WRITE_ANEW = N_(
    "If the spreadsheet has taken day and month in another order than you write them, write the "
    "dates anew in the file, as year-month-day, such as 2019-04-03."
)


def _ask_if_early(cells: Cells, field: str, day: date, other: date, latest: date) -> None:
    """Ask about a real date within its period that turned round lies behind it, as others do."""
    readings = periods.read(cells.code("semester"))
    if len(readings) != 1 or not cells.columns.is_real_behind_others(cells.row, field):
        return
    if day <= readings[0].ends < other <= latest:
        cells.ask(
            "turned_date",
            field,
            N_("Is {day} meant, and not {other}?"),
            N_(
                "It lies before the end of the semester, and other dates of this column behind "
                "theirs: the spreadsheet may have taken day and month in another order. Write the "
                "dates that are wrong anew, as year-month-day."
            ),
            day=day,
            other=other,
        )


def _can_be(cells: Cells, day: date, latest: date) -> bool:
    """Tell whether a day is neither too late nor before the period that the row reports on."""
    readings = periods.read(cells.code("semester"))
    return day <= latest and (len(readings) != 1 or readings[0].starts <= day)


def past_date(cells: Cells, field: str) -> date | None:
    """Return a date that is not later than today; a template's row may leave it to us."""
    if cells.row.own and not cells.code(field):
        return None
    day = iso_date(cells, field, cells.known.today)
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
