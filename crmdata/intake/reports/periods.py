"""Periods as people write them: every period that a text can mean, and what Excel makes of a code.

`2019-2` is a code, but Excel takes it for February 2019 and shows `feb-19`; as a month that lies
in the first half. So a month is read where both readings agree, and asked about where they do not.
"""

import re
from datetime import date
from functools import lru_cache

from crmdata.intake.reports import dates
from crmdata.intake.reports.bare import in_latin, plain_dashes, without_hidden
from crmdata.intake.reports.suggestions import same_of_all
from crmdata.search import plain
from crmdata.terms import Period, roman

_SEPARATORS = re.compile(r"[-/.,;:()_'°º\s]+")
_GLUED = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")
_YEAR = re.compile(r"20\d\d")
_SIGNS = {roman(number).lower(): number for number in range(1, Period.A_YEAR + 1)}
_ORDINALS = {
    1: ("primer", "primero", "primera", "first", "premier"),
    2: ("segundo", "segunda", "second", "segund", "deuxieme"),
}
_WORDS = _SIGNS | {
    word: number for number, words in _ORDINALS.items() if number <= Period.A_YEAR for word in words
}
_PERIOD_WORDS = frozenset({"semestre", "semester", "sem", "s", "h", "half", "mitad", "periodo"})
_ENDINGS = frozenset({"er", "ero", "ro", "o", "do", "st", "nd", "a"})
"""Behind a number: `1er`, `2do`."""
_FILLERS = frozenset({"de", "del", "el", "ano", "of", "the", "in", "year", "al"})


@lru_cache(maxsize=1024)
def read(text: str) -> tuple[Period, ...]:
    """Return every period that a text can mean, the one of its code first."""
    bare = plain_dashes(without_hidden(in_latin(text[:60]))).strip()
    own = Period.read(bare)
    if own is not None:
        return (own,)
    written = plain(bare)
    by_words = _in_words(written)
    if by_words:
        return by_words
    span = dates.months(written)
    if span is not None:
        first, last = map(Period.of, span)
        whole = (first.starts, first.ends.replace(day=1)) == span
        return (first,) if first == last and whole else ()
    month = dates.month(written)
    if month is not None:
        return _of_month(month.year, month.month)
    return same_of_all(bare, read) or ()


_IN_TEXT = (
    r"(?:(?:(?:1er|2do|primer|segundo|1\.?º|2\.?º|i{1,2}|first|second|1st|2nd)\s+"
    r"(?:semestre|semester|half)|(?:semestre|semester)\s+(?:i{1,2}|[12]))"
    r"\s*,?\s*(?:de|del|of)?\s*(?:ano\s*)?20\d\d"
    r"|20\d\d\s*-\s*(?:i{1,2}|[12])(?![\w-])"
    r"|(?:de\s+)?(?:enero\s*(?:a|-)\s*junio|julio\s*(?:a|-)\s*diciembre|"
    r"january\s*(?:to|-)\s*june|july\s*(?:to|-)\s*december)\s+(?:de|del|of)?\s*20\d\d)"
)
_NAMED = re.compile(_IN_TEXT)
_OPENING = re.compile(rf"(?:en|durante|in|during)?\s*(?:el|the)?\s*(?P<period>{_IN_TEXT})")


def opening(text: str) -> Period | None:
    """Return the period with which a text begins, None where it begins otherwise or names two.

    `En el primer semestre de 2019 se …` says of when it is; a period further behind may be one
    that it compares with, or that things are planned for.
    """
    written = plain(plain_dashes(without_hidden(in_latin(text))))
    first = _OPENING.match(written.lstrip(" \t\n\"'“¡•*-"))
    if first is None:
        return None
    found = {readings for name in _NAMED.findall(written) if (readings := _said(name))}
    own = _said(first["period"])
    return own[0] if len(own) == 1 and found == {own} else None


def _said(name: str) -> tuple[Period, ...]:
    return read(re.sub(r"\bto\b|(?<=[a-z])\s*-\s*(?=[a-z])", " a ", name))


def of_day(written: str) -> tuple[Period, ...]:
    """Return what a day can mean in the place of a period: its own, or a code that Excel turned."""
    days = dates.read(written, dates.EARLIEST, dates.LATEST).days
    readings: list[Period] = []
    for day in days:
        # Excel sets a month that it made of a code to its first day.
        readings += _of_month(day.year, day.month) if day.day == 1 else [Period.of(day)]
    return tuple(dict.fromkeys(readings))


def _of_month(year: int, month: int) -> tuple[Period, ...]:
    """Return the period whose code Excel takes for a month, and the one that the month lies in."""
    as_code = Period.read(f"{year}-{month}")
    as_month = Period.of(date(year, month, 1))
    return tuple(dict.fromkeys(filter(None, (as_code, as_month))))


def _in_words(written: str) -> tuple[Period, ...]:
    tokens = [
        part
        for token in _SEPARATORS.split(written)
        for part in _GLUED.split(token)
        if part and part not in _FILLERS
    ]
    years = [token for token in tokens if _YEAR.fullmatch(token)]
    rest = [token for token in tokens if token not in years and token not in _ENDINGS]
    places = [token for token in rest if token not in _PERIOD_WORDS]
    if len(years) != 1 or len(places) != 1:
        return ()
    year, (place,) = int(years[0]), places
    if place in _WORDS:
        return (Period.of_year(year)[_WORDS[place] - 1],)
    if not place.isdigit() or len(place) > 2 or not 1 <= int(place) <= 12:
        return ()
    is_numbered = len(rest) > 1 or any(token in _ENDINGS for token in tokens)
    year_first = tokens[0] == years[0] and len(place) == 1
    if is_numbered or year_first:
        return _numbered(year, int(place))
    return _of_month(year, int(place))


def _numbered(year: int, place: int) -> tuple[Period, ...]:
    return (Period.of_year(year)[place - 1],) if place <= Period.A_YEAR else ()
