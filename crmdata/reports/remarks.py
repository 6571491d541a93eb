"""What was found in files as a table: on screen, and as a sheet behind the annotated workbook."""

from collections.abc import Iterable

import pandas as pd

from crmdata.errors import Problem, visible
from crmdata.i18n import Words
from crmdata.reports.headings import heading

SHEET = "crmdata-observaciones"
"""The name of the sheet of remarks, which no reader takes for data."""


def remarks(problems: Iterable[Problem], words: Words) -> pd.DataFrame:
    """Return a row for each problem, in words: kind, place, value, what is wrong, what to do.

    Columns that no problem fills are left out, but for the message.
    """
    rows = [_row(problem, words) for problem in problems]
    table = pd.DataFrame(rows, columns=_headers(words), dtype=object)
    message = words("What it is")
    kept = [name for name in table if name == message or table[name].ne("").any()]
    return table[kept]


def _headers(words: Words) -> list[str]:
    return [
        words("Kind of remark"), words("File"), words("Sheet"), words("Row"), words("Column"),
        words("Value"), words("What it is"), words("What to do"),
    ]  # fmt: skip


def _row(problem: Problem, words: Words) -> tuple[str, ...]:
    message, way_out = problem.sentences(words)
    return (
        words("Warning") if problem.warning else words("Error"),
        problem.file,
        problem.sheet,
        "" if problem.row is None else str(problem.row),
        problem.heading or heading(words, problem.field),
        "" if problem.value is None else visible(problem.value),
        message,
        way_out,
    )
