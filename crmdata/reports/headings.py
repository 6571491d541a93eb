"""The names of columns: the codes that programs write, and the words of a template in Spanish
and English, which a file may use just as well.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache

from crmdata.errors import N_
from crmdata.files import COLUMNS, OPTIONAL, SHOWN, Subject
from crmdata.i18n import Words, words_for
from crmdata.reports.rows import trimmed
from crmdata.reports.suggestions import plain_words
from crmdata.terms import LANGUAGES

HEADINGS: Mapping[str, str] = {
    "country": N_("Country"),
    "countries": N_("Countries"),
    "activity": N_("Activity code"),
    "semester": N_("Semester"),
    "semester_from": N_("From semester"),
    "semester_to": N_("To semester"),
    "state": N_("State"),
    "percent": N_("Progress (%)"),
    "narrative": N_("Narrative"),
    "reason": N_("Reason"),
    "evidence": N_("Evidence (links)"),
    "partner": N_("Partner"),
    "partners": N_("Supporting partners"),
    "reported_on": N_("Reported on"),
    "modality": N_("Modality"),
    "text": N_("What is offered, done or asked for"),
    "meeting": N_("Meeting code"),
    "name_es": N_("Name in Spanish"),
    "name_en": N_("Name in English"),
    "held_on": N_("Held on"),
    "corte": N_("Cut-off"),
    "unchanged": N_("No change"),
    "base": N_("Base report"),
    "data_kind": N_("Kind of data"),
    "about": N_("Text of the activity"),
    "due": N_("Due by"),
    "before": N_("Last report"),
}
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
    return (*COLUMNS[subject], *OPTIONAL[subject], *SHOWN)


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
