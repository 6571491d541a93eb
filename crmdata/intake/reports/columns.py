"""What a column as a whole tells of its cells: fractions for percentages, dates turned round.

A cell that has two readings by itself may have one beside the others, or must be asked about
because of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from datetime import date

from crmdata.fields import EVERY, Type
from crmdata.intake.reports import dates, percents, periods
from crmdata.intake.reports.lists import STATES
from crmdata.intake.reports.rows import Row
from crmdata.intake.reports.turned import TurnedColumn, turned_columns
from crmdata.terms import IMPLIED_PERCENT, Period, State

_DAYS = tuple(dict.fromkeys(field.code for field in EVERY if field.type == Type.DAY))
_PERCENTS = tuple(dict.fromkeys(field.code for field in EVERY if field.type == Type.PERCENT))


@dataclass(frozen=True)
class Columns:
    """What the columns of a file tell, by sheet and column."""

    fractions: frozenset[tuple[str, str]] = frozenset()
    """Columns whose numbers are all from 0 to 1, as a spreadsheet keeps percentages."""
    with_fractions: frozenset[tuple[str, str]] = frozenset()
    """Columns of which some number may be a fraction, and others cannot be."""
    texts: Mapping[tuple[str, str], tuple[str, str]] | None = None
    """A date of text that tells in which order the sender writes day and month, and the order:
    `dmy` or `mdy`, empty where another of the column tells otherwise."""

    behind: frozenset[tuple[str, str]] = frozenset()
    """Columns in which some row is dated behind the end of its period."""
    turned: Mapping[tuple[str, str], TurnedColumn] = made_by(default_factory=dict)
    """Columns of days that were turned round as a whole."""
    about: frozenset[tuple[str, str]] = frozenset()
    """Activity and period of each row, as they are written."""

    def speaks_of(self, activity: str, period: Period) -> bool:
        """Tell whether a row of the file is about an activity in a period."""
        return not self.about.isdisjoint({(activity, period.code), (activity, period.label)})

    def has_fractions(self, row: Row, field: str) -> bool:
        """Tell whether a cell stands in a column of fractions."""
        return (row.sheet, field) in self.fractions

    def mixes_fractions(self, row: Row, field: str) -> bool:
        """Tell whether fractions may stand in a cell's column beside percentages."""
        return (row.sheet, field) in self.with_fractions

    def text_date(self, row: Row, field: str) -> str:
        """Return the text beside which a real date of the column may be turned round, or ''."""
        return self.order(row, field)[0] if field in row.real_dates else ""

    def is_real_behind_others(self, row: Row, field: str) -> bool:
        """Tell whether a cell is a real date in a column with dates behind their periods."""
        return field in row.real_dates and (row.sheet, field) in self.behind

    def turned_round(self, row: Row, field: str) -> TurnedColumn | None:
        """Return what speaks for it that a cell's column was turned round as a whole."""
        return self.turned.get((row.sheet, field))

    def order(self, row: Row, field: str) -> tuple[str, str]:
        """Return a text date that tells the order of day and month, and the order; else empty."""
        return (self.texts or {}).get((row.sheet, field), ("", ""))


def seen(rows: Iterable[Row], time: tuple[date, date] | None = None) -> Columns:
    """Look at the rows of a file, column by column; `time` is the plan's first day, and today."""
    rows = list(rows)
    about = {
        (row.cells.get("activity", "").strip(), row.cells.get("semester", "").strip())
        for row in rows
    }
    every, some = _fractions(rows)
    turned = turned_columns(rows, *time) if time else {}
    return Columns(every, some, _texts(rows), frozenset(_behind(rows)), turned, frozenset(about))


def _behind(rows: list[Row]) -> Iterable[tuple[str, str]]:
    for row in rows:
        readings = periods.read(row.cells.get("semester", ""))
        for field in _DAYS if len(readings) == 1 else ():
            days = dates.read(row.cells.get(field, ""), *_NEVER).days
            if len(days) == 1 and days[0] > readings[0].ends:
                yield row.sheet, field


def _fractions(
    rows: list[Row],
) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    """Return the columns whose numbers are all fractions, and those of which some may be."""
    by_column: dict[tuple[str, str], list[tuple[percents.Percent, bool]]] = {}
    for row in rows:
        for field in _PERCENTS:
            percent = percents.read(row.cells.get(field, ""))
            if percent is not None and not percent.signed:
                cells = by_column.setdefault((row.sheet, field), [])
                cells.append((percent, _is_whole(row, percent)))
    some = {
        column
        for column, cells in by_column.items()
        if any(percent.is_small or whole for percent, whole in cells)
    }
    every = {
        column
        for column in some
        if all(0 <= percent.number <= 1 for percent, _ in by_column[column])
    }
    return frozenset(every), frozenset(some - every)


def _is_whole(row: Row, percent: percents.Percent) -> bool:
    """Tell whether a 1 can only be the whole: its state says so."""
    state = STATES.read(row.cells.get("state", "")) if percent.may_be_whole else ""
    return bool(state) and IMPLIED_PERCENT.get(State(state)) == 100


def _texts(rows: list[Row]) -> dict[tuple[str, str], tuple[str, str]]:
    texts: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows:
        for field in _DAYS:
            text = row.cells.get(field, "")
            if not text or field in row.real_dates or text[:4].isdigit():
                continue  # a year that stands first tells nothing of the order
            order = dates.read(text, *_NEVER).order
            if order:
                first, before = texts.get((row.sheet, field), (text, order))
                texts[row.sheet, field] = first, order if order == before else ""
    return texts


_NEVER = (Period.parse("2000-1").starts, Period.parse("2000-1").starts)
"""A time in which no bare number is a day."""
