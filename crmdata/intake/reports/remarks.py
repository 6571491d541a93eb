"""What was found in files, in the words that people see: on screen, and behind their workbook."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from crmdata.errors import Named, Problem, Quoted, visible
from crmdata.files import cell_of
from crmdata.i18n import Words
from crmdata.intake.reports.entries import Differences
from crmdata.intake.reports.headings import heading
from crmdata.intake.reports.rows import Source
from crmdata.labels import label
from crmdata.terms import CooperationState, Modality, Period, State

SHEET = "crmdata-observaciones"
"""The name of the sheet of remarks, which no reader takes for data."""


Place = tuple[str, str, int | None]
"""A file, its sheet, and a row."""

_CODES = frozenset[str]({*State, *Modality, *CooperationState})
_CODED, _PERIODS = ("state", "meant", "read"), ("semester", "first", "last", "own")
"""Values of a message that are codes where they look like one; others are what a file says."""


def in_words(words: Words, problem: Problem) -> Problem:
    """Return a problem with its codes, periods and days as the screen writes them."""
    return replace(
        problem,
        heading=problem.heading or heading(words, problem.field),
        values={name: _worded(words, name, value) for name, value in problem.values.items()},
        alike=tuple(in_words(words, other) for other in problem.alike),
    )


def _worded(words: Words, name: str, value: object) -> object:
    if isinstance(value, date):
        return words.date(value, "EEEE" if name == "weekday" else "medium")
    if isinstance(value, Named):
        return words.pick(*value)
    if isinstance(value, Differences):
        said = "; ".join(_difference(words, *change) for change in value.each)
        return Quoted(f"{said}." if said else "")
    if name in _CODED and value in _CODES:
        return label(words, str(value))
    if name in _PERIODS and (period := Period.read(str(value))):
        return period.label
    return value


def _difference(words: Words, field: str, before: object, now: object) -> str:
    texts = [_worded(words, field, value) for value in (before, now)]
    then, here = (_shortened(cell_of(text)) if text not in {None, ""} else "··" for text in texts)
    return f"{heading(words, field)}: {then} → {here}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"


_LONGEST_TEXT = 60
"""Of a text of which a sentence says how it differs."""


def activities(sources: Iterable[Source]) -> dict[Place, str]:
    """Return the activity that each row of files names."""
    return {
        (source.name, row.sheet, row.number): row.cells.get("activity", "")
        for source in sources
        for row in source.rows
    }


def remarks(
    problems: Iterable[Problem], words: Words, activities: Mapping[Place, str] | None = None
) -> pd.DataFrame:
    """Return a row for each problem, in words: kind, place, value, what is wrong, what to do.

    `activities` are those of the rows. Columns that no problem fills are left out, but
    for the message.
    """
    rows = [_row(in_words(words, problem), words, activities or {}) for problem in problems]
    table = pd.DataFrame(rows, columns=_headers(words), dtype=object)
    message = words("What it is")
    columns = [name for name in table if name == message or table[name].ne("").any()]
    return table[columns]


def kind(words: Words, problem: Problem) -> str:
    """Return what a problem is: an error, a question or a warning."""
    if problem.asks:
        return words("Question")
    return words("Warning") if problem.warning else words("Error")


_MOST_NAMED = 5
"""Activities beside a remark on many rows."""


def _listed(words: Words, activities: list[str]) -> str:
    """Return the activities, and of many how many more there are."""
    named = ", ".join(activities[:_MOST_NAMED])
    more = len(activities) - _MOST_NAMED
    return named if more <= 0 else words("{codes} and {n} more", codes=named, n=words.number(more))


def _headers(words: Words) -> list[str]:
    return [
        words("Kind of remark"), words("File"), words("Sheet"), words("Row"), words("Activity"),
        words("Column"), words("Value"), words("What it is"), words("What to do"),
    ]  # fmt: skip


def _row(problem: Problem, words: Words, activities: Mapping[Place, str]) -> tuple[str, ...]:
    message, way_out = problem.sentences(words)
    places = ((problem.file, each.sheet, each.row) for each in problem.each())
    about = list(dict.fromkeys(filter(None, (activities.get(place) for place in places))))
    values = {each.value for each in problem.each()}
    return (
        kind(words, problem),
        problem.file,
        problem.sheet,
        problem.rows,
        _listed(words, about),
        ", ".join(dict.fromkeys(each.heading for each in problem.each())),
        "" if problem.value is None or len(values) > 1 else visible(problem.value),
        message,
        way_out,
    )
