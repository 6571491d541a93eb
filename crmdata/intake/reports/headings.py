"""The names of columns: the codes that programs write, and the words of a template in Spanish
and English, which a file may use just as well.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache

from crmdata import fields
from crmdata.files import COLUMNS, OPTIONAL, Subject
from crmdata.i18n import Words, words_for
from crmdata.intake.reports.rows import trimmed
from crmdata.intake.reports.suggestions import plain_words
from crmdata.terms import LANGUAGES

HEADINGS = {field.code: field.heading or field.name for field in fields.EVERY}
"""The words for every column of a file, of a template and of an annotated workbook."""


def heading(words: Words, column: str) -> str:
    """Return the words for a column's code; what is no column of ours is returned as it is."""
    return words(HEADINGS[column]) if column in HEADINGS else column


@cache
def _by_words() -> dict[str, str]:
    return {
        plain_words(heading(words_for(language), column)): column
        for language in LANGUAGES
        for column in HEADINGS
    }


def column_of(written: str) -> str:
    """Return the column that a header's cell names: by its code, or by a template's words."""
    name = trimmed(written)
    return name if name in HEADINGS else _by_words().get(plain_words(name[:60]), name)


def columns_of(header: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that a header names."""
    return tuple(map(column_of, header))


def known_columns(subject: Subject) -> tuple[str, ...]:
    """Return every column that a file of a subject may have."""
    shown = (field.code for field in (*fields.SHOWN, fields.EARLIER))
    return (*COLUMNS[subject], *OPTIONAL[subject], *shown)


def column_meant(column: str, written: Sequence[str]) -> str:
    """Return which of the names that nobody knows stands for a missing column, or ''."""
    names = {plain_words(name): name for name in written if name}
    wanted = [
        column,
        *(plain_words(heading(words_for(language), column)) for language in LANGUAGES),
    ]
    for name in wanted:
        near = get_close_matches(name, names, n=1, cutoff=0.7)
        if near:
            return names[near[0]]
        holds = [names[one] for one in names if name.split(" (")[0] in one and len(one) < 40]
        if holds:
            return holds[0]
    return ""
