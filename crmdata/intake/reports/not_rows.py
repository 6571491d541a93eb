"""Lines of a table that are no reports: headings again, columns numbered, totals, sources, notes.

None of them is read, and each is named.
"""

import re
from collections.abc import Sequence
from string import ascii_lowercase

from crmdata import fields
from crmdata.errors import N_, Problem, Quoted
from crmdata.fields import PROSE, Type
from crmdata.files import BASE, DATA_KIND
from crmdata.intake.reports.headings import column_of
from crmdata.intake.reports.rows import trimmed
from crmdata.intake.reports.suggestions import plain_words

_TYPES = {field.code: field.type for field in fields.EVERY}

_OURS = frozenset({BASE, DATA_KIND})
"""Columns that a template has filled in by itself, in rows of which nobody said anything."""

FEW_CELLS = 3
"""A line with more cells than this is a row that somebody filled in."""

_NUMBERED = re.compile(r"\(?([0-9]{1,2}|[a-z])[).]?", re.IGNORECASE)
_CODE = re.compile(r"[IVXLC0-9]{1,5}\s*[.,\-]\s*[0-9]", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_BEGINS = re.compile(
    r"[*†‡]|\([0-9*]\)|(sub)?total|suma|promedio|media\b|average|mean\b|sum\b|fuente|source|notas?\b|"
    r"notes?\b|elaborad|prepared|preparad|responsable|firma|revis(ado|o)\b|aprobad|cifras|"
    r"observaci|actualizad|fecha de|pagina"
)
"""How lines under and between the rows of a table begin, without accents."""


def line_problem(
    number: int, columns: Sequence[str], record: Sequence[str], *, last: bool
) -> Problem | None:
    """Return what a line of a table is that is no report, or None where it may be one.

    `record` are its texts, in the order of the `columns`; `last` tells that no row follows that
    could be one.
    """
    says = [
        text
        for column, text in zip(columns, map(trimmed, record), strict=True)
        if text and column not in _OURS
    ]
    if _is_heading(says):
        return _line(
            "heading_again", number, N_("The row repeats the names of the columns; it is not read.")
        )
    if _is_numbering(says):
        return _line("numbered_columns", number, N_("The row numbers the columns; it is not read."))
    if not says or len(says) > FEW_CELLS or not _is_outside(columns, record):
        return None
    first = plain_words(says[0])
    signs_alone = not any(char.isalnum() for text in says for char in text)
    if not (last or signs_alone or _BEGINS.match(first)):
        return None
    return _line(
        "no_report",
        number,
        N_("“{text}” is no report: the row is not read."),
        text=Quoted(" ".join(says)),
    )


def _is_heading(says: Sequence[str]) -> bool:
    """Tell whether most of what a row says are names of columns."""
    if not says or (column_of(says[0]) not in _TYPES and column_of(says[-1]) not in _TYPES):
        return False
    columns = sum(column_of(text) in _TYPES for text in says)
    return columns >= 3 and columns * 2 > len(says)


def _is_numbering(says: Sequence[str]) -> bool:
    if len(says) <= FEW_CELLS or not _NUMBERED.fullmatch(says[0]):
        return False
    matches = [_NUMBERED.fullmatch(text) for text in says]
    if not all(matches):
        return False
    marks = [match[1].lower() for match in matches if match]
    numbers = [str(place) for place in range(1, len(marks) + 1)]
    return marks in (numbers, list(ascii_lowercase[: len(marks)]))


def is_broken_off(columns: Sequence[str], record: Sequence[str]) -> bool:
    """Tell whether a row with too few cells says nothing of what a report is about.

    It is then what a line break within a text has left of one.
    """
    kinds = {
        _TYPES.get(column): trimmed(text) for column, text in zip(columns, record, strict=True)
    }
    if Type.ACTIVITY not in kinds:
        return False
    return not (_CODE.match(kinds[Type.ACTIVITY]) or _YEAR.search(kinds.get(Type.PERIOD, "")))


def _is_outside(columns: Sequence[str], record: Sequence[str]) -> bool:
    """Tell whether none of a row's cells says what its column is for."""
    for column, written in zip(columns, record, strict=True):
        text, kind = trimmed(written), _TYPES.get(column)
        if not text:
            continue
        if kind in PROSE or kind in (Type.LINKS, Type.YES):
            return False
        if kind == Type.ACTIVITY and _CODE.match(text):
            return False
        if kind in (Type.PERIOD, Type.ANY_PERIOD) and _YEAR.search(text):
            return False
    return True


def _line(rule: str, number: int, message: str, **values: object) -> Problem:
    return Problem(rule, message, row=number, values=values, warning=True)
