"""Columns of days that a spreadsheet has turned round as a whole, day for month.

Every day of such a column is twelve at the most, and turned back all of them fit: they lie within
the time in which they can have been written, and in fewer months. Nothing is turned back without a
question.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from crmdata.intake.reports import dates, periods
from crmdata.intake.reports.rows import Row, trimmed

FIELD = "reported_on"
_ISO = re.compile(r"20\d\d-\d\d-\d\d")
"""As a spreadsheet's day is read; a day in words or with a year behind is none of these."""

_REPORTED_WITHIN = timedelta(days=92)
"""After the end of its semester nearly every report comes so soon."""

_SCATTERED = 3
"""So many months, in all of which the same day was chosen, are no chance."""


@dataclass(frozen=True)
class TurnedColumn:
    """What speaks for it that a column was turned round."""

    outside: int
    """How many of its days lie outside the time in which they are expected."""
    days: int
    are_impossible: bool
    """Whether some of these cannot be: they are to come, or before what they report on."""


@dataclass(frozen=True)
class _Day:
    day: date
    first: date
    last: date
    """Up to which it is expected."""

    @property
    def turned(self) -> date:
        return date(self.day.year, self.day.day, self.day.month)


def turned_columns(
    rows: Iterable[Row], begins: date, today: date
) -> Mapping[tuple[str, str], TurnedColumn]:
    """Return the columns that may be turned round, by sheet; `begins` is the plan's first day."""
    by_sheet: dict[str, list[_Day]] = defaultdict(list)
    certain: set[str] = set()
    for row in rows:
        written = trimmed(row.cells.get(FIELD, ""))
        if not _ISO.fullmatch(written):
            if len(dates.read(written, begins, today).days) == 1:
                certain.add(row.sheet)  # it stayed text, and says its order itself
            continue
        found = dates.read(written, begins, today).days
        if found:
            by_sheet[row.sheet].append(_expected(row, found[0], begins, today))
    columns = {
        (sheet, FIELD): _column(days, today)
        for sheet, days in by_sheet.items()
        if sheet not in certain
    }
    return {place: column for place, column in columns.items() if column is not None}


def _expected(row: Row, day: date, begins: date, today: date) -> _Day:
    readings = periods.read(row.cells.get("semester", ""))
    if len(readings) != 1:
        return _Day(day, begins, today)
    own = readings[0]
    return _Day(day, own.starts, min(today, own.ends + _REPORTED_WITHIN))


def _column(days: list[_Day], today: date) -> TurnedColumn | None:
    """Return what speaks for it that a column was turned round; None where too little does."""
    if len(days) < _FEWEST or any(one.day.day > _MONTHS for one in days):
        return None
    outside = sum(not one.first <= one.day <= one.last for one in days)
    impossible = any(not one.first <= one.day <= today for one in days)
    if not all(one.first <= one.turned <= (today if impossible else one.last) for one in days):
        return None
    months, turned = _months(one.day for one in days), _months(one.turned for one in days)
    gathers = turned < months
    scattered = gathers and turned == 1 and months >= _SCATTERED
    if (outside and gathers) or (impossible and outside == len(days)) or scattered:
        return TurnedColumn(outside, len(days), impossible)
    return None


_FEWEST, _MONTHS = 2, 12


def _months(days: Iterable[date]) -> int:
    return len({(day.year, day.month) for day in days})
