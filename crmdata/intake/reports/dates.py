"""Days as people write them: every one that a text can mean, and whether it names one at all.

`03/04/2019` has two readings, `15/11/2019` and `1.º de octubre de 2019` have one, and
`31/06/2019` has none though it is a date. No day is made up: `noviembre de 2019` is none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from crmdata.intake.reports.bare import in_latin, plain_dashes, without_hidden
from crmdata.search import plain

_MONTHS = {
    name: number
    for names in (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "january february march april may june july august september october november december",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    )
    for number, name in enumerate(names.split(), start=1)
} | {"setiembre": 9, "sept": 9, "set": 9, "janv": 1, "fevr": 2, "juil": 7}

_WEEKDAYS = {
    name: number
    for names in (
        "lunes martes miercoles jueves viernes sabado domingo",
        "monday tuesday wednesday thursday friday saturday sunday",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
    )
    for number, name in enumerate(names.split())
}

_SHORTEST = 3
"""Letters of a month or a weekday that is written short: `nov`, `mié`."""

_HOUR = re.compile(
    r"(?:t|,|\s|\ba las\b|\bat\b)+\d{1,2}[:.h]\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    r"\s*(?:[ap]\s?\.?\s?m\b\.?|hrs?\b\.?|horas?\b|h\b\.?)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?$"
)
_NUMBERS = re.compile(r"(\d{1,4})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{1,4})")
_RAISED = re.compile(r"(?<=\d)\.(?=[oa°]\b)")
"""The point of `1.º`."""
_GLUED = re.compile(r"(?<=\d)(?=[a-z]{3})|(?<=[a-z]{3})(?=\d)")
_COMPACT = re.compile(r"\d{8}")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_DAY_ZERO = date(1899, 12, 30)
"""Of the day numbers of spreadsheets, whose first two months are one day off."""

_FILLERS = frozenset({"de", "del", "el", "dia", "of", "the", "le", "a", "ano"})
_ORDINAL = re.compile(r"(\d{1,2})(?:o|ero|er|ro|ra|a|do|to|mo|st|nd|rd|th|°)?")
_YEARS = range(1900, 2100)
EARLIEST, LATEST = date(_YEARS[0], 1, 1), date(_YEARS[-1], 12, 31)
"""Of the days that a text can mean at all."""


@dataclass(frozen=True)
class Days:
    """What a text may mean as a day."""

    days: tuple[date, ...] = ()
    """Every reading, the most usual first."""
    impossible: bool = False
    """Whether it is written as a day that no calendar has."""
    wrong_weekday: bool = False
    """Whether it names a weekday on which its day does not fall."""
    order: str = ""
    """`dmy` or `mdy` where the numbers themselves tell which comes first."""


@lru_cache(maxsize=1024)
def read(text: str, first: date, last: date) -> Days:
    """Return what a text may mean; what is rarely written so only from `first` to `last`."""
    written = plain(plain_dashes(without_hidden(in_latin(text[:60])))).strip(" .,;'\"()")
    if _SERIAL.fullmatch(written):
        day = _DAY_ZERO + timedelta(days=int(written[:5]))
        return Days((day,) if first <= day <= last else ())
    written, weekday = _without_weekday(_HOUR.sub("", written))
    written = _GLUED.sub(" ", _RAISED.sub("", _HOUR.sub("", written)))
    match = _NUMBERS.fullmatch(written)
    if match:
        days = _of_numbers(match[1], match[3], match[4], match[2], (first, last))
    elif _COMPACT.fullmatch(written):
        days = _compact(written)
    else:
        days = _of_words(written)
    return days if weekday is None else _on_weekday(days, weekday)


def _without_weekday(written: str) -> tuple[str, int | None]:
    """Return a text without the day of the week at its beginning or end, and that day.

    Without a whole day beside it `mar` is a month.
    """
    tokens = re.split(r"[\s,.()]+", written)
    for token, rest in (
        (tokens[0], written.removeprefix(tokens[0])),
        (tokens[-1], written.removesuffix(tokens[-1])),
    ):
        weekday, bare = _number_of(token, _WEEKDAYS), rest.strip(" ,.()")
        if weekday is not None and (len(_tokens(bare)) > 2 or _COMPACT.fullmatch(bare)):
            return bare, weekday
    return written, None


def _on_weekday(days: Days, weekday: int) -> Days:
    """Return the readings that fall on a day of the week, which may leave one of two."""
    fitting = tuple(day for day in days.days if day.weekday() == weekday)
    if not days.days or fitting:
        return replace(days, days=fitting)
    return Days(days.days, wrong_weekday=True)


def month(text: str) -> date | None:
    """Return the first day of a month that is written without a day, such as `feb-19`."""
    tokens = _tokens(plain(plain_dashes(without_hidden(in_latin(text[:40])))))
    months = [number for token in tokens if (number := _month(token))]
    years = [int(token) for token in tokens if token.isdigit()]
    if len(months) != 1 or len(years) != 1 or len(tokens) != 2:
        return None
    year = years[0] + 2000 if years[0] < 100 else years[0]
    return date(year, months[0], 1) if year in _YEARS else None


def months(text: str) -> tuple[date, date] | None:
    """Return the first days of the first and last month of `enero a junio de 2019`."""
    tokens = [token for token in _tokens(plain(plain_dashes(text[:60]))) if token != "y"]  # noqa: S105 - a word
    numbers = [number for token in tokens if (number := _month(token))]
    years = [token for token in tokens if token.isdigit() and int(token) in _YEARS]
    if len(numbers) != 2 or len(years) != 1 or len(tokens) != 3 or numbers[0] >= numbers[1]:
        return None
    return date(int(years[0]), numbers[0], 1), date(int(years[0]), numbers[1], 1)


def _of_numbers(
    first: str, middle: str, last: str, separator: str, time: tuple[date, date]
) -> Days:
    if len(first) == 4:
        return _distinct((first, middle, last)) if len(last) <= 2 else Days()
    if len(first) > 2 or len(last) not in {2, 4}:
        return Days()
    century = "20" if len(last) == 2 else ""
    readings = [(century + last, middle, first), (century + last, first, middle)]
    if century and separator == "-" and len(first) == 2:
        # So an office that writes the year first leaves out its century.
        year_first = _day("20" + first, middle, last)
        if year_first is not None and time[0] <= year_first <= time[1]:
            readings.append(("20" + first, middle, last))
    days = _distinct(*readings)
    orders = [
        order for order, reading in zip(("dmy", "mdy"), readings, strict=False) if _day(*reading)
    ]
    order = orders[0] if len(orders) == 1 and len(days.days) == 1 else ""
    return Days(days.days, days.impossible, order=order)


def _compact(digits: str) -> Days:
    """Return what eight digits may mean: the year stands before or behind."""
    readings = [
        (digits[:4], digits[4:6], digits[6:]),
        (digits[4:], digits[2:4], digits[:2]),
        (digits[4:], digits[:2], digits[2:4]),
    ]
    return Days(_distinct(*(reading for reading in readings if int(reading[0]) in _YEARS)).days)


def _of_words(written: str) -> Days:
    tokens = _tokens(written)
    place = next((at for at, token in enumerate(tokens) if _month(token)), None)
    if place is None or len(tokens) != 3:
        return Days()
    number = _month(tokens[place])
    rest = [*tokens[:place], *tokens[place + 1 :]]
    if len(rest[0]) == 4 and rest[0].isdigit():
        rest.reverse()
    day = _ORDINAL.fullmatch(rest[0])
    if day is None or not rest[1].isdigit() or len(rest[1]) not in {2, 4}:
        return Days()
    year = rest[1] if len(rest[1]) == 4 else f"20{rest[1]}"
    return _distinct((year, str(number), day[1]))


def _tokens(written: str) -> list[str]:
    apart = re.sub(r"[-/.,;()]+", " ", written)
    return [token for token in apart.split() if token not in _FILLERS]


def _month(token: str) -> int:
    return _number_of(token, _MONTHS) or 0


def _number_of(token: str, names: dict[str, int]) -> int | None:
    """Return what a name stands for that may be cut after its third letter; None for two."""
    if token in names:
        return names[token]
    if len(token) < _SHORTEST or not token.isalpha():
        return None
    numbers = {number for name, number in names.items() if name.startswith(token)}
    return numbers.pop() if len(numbers) == 1 else None


def _distinct(*readings: tuple[str, str, str]) -> Days:
    days = tuple(dict.fromkeys(_possible(readings)))
    return Days(days, impossible=not days)


def _possible(readings: Iterable[tuple[str, str, str]]) -> Iterator[date]:
    for year, number, day in readings:
        date_read = _day(year, number, day)
        if date_read is not None:
            yield date_read


def _day(year: str, number: str, day: str) -> date | None:
    try:
        return date(int(year), int(number), int(day))
    except ValueError:
        return None
