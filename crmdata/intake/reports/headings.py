"""The names of columns: the codes that programs write, and the words of a template in Spanish
and English, which a file may use just as well, also cut short.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache, lru_cache

from crmdata import fields
from crmdata.files import COLUMNS, OPTIONAL, Subject
from crmdata.i18n import Words, words_for
from crmdata.intake.reports.bare import without_hidden
from crmdata.intake.reports.rows import trimmed
from crmdata.intake.reports.suggestions import plain_words
from crmdata.terms import LANGUAGES

HEADINGS = {field.code: field.heading or field.name for field in fields.EVERY}
"""The words for every column of a file, of a template and of an annotated workbook."""

_BY_CODE = {code.replace("_", " "): code for code in HEADINGS}
"""The codes as offices retype them: in capitals, with spaces."""

_LONGEST = 60
"""Characters of a heading; more is none of ours."""

_LONGEST_LINE = 500
"""Characters of all headings together in one cell."""

_CALLED = {
    "country": "nacion, pais miembro, pais que reporta, reporting country",
    "activity": "actividad, codigo, cod, code, id, no, numero, numero de actividad",
    "semester": "periodo, period, semestre que se reporta",
    "state": "estatus, status, situacion, estado actual",
    "percent": "porcentaje, %, % de avance, avance porcentual, percent, percentage",
    "narrative": "avances, avances logrados, logros, acciones, "
    "actividades realizadas, description, achievements",
    "reason": "justificacion, causa, explicacion, justification",
    "evidence": "medios de verificacion, medio de verificacion, fuente de verificacion, enlaces, "
    "enlace, links, link, respaldo, anexos",
    "partners": "aliados, cooperantes, organismos, apoyo",
    "reported_on": "fecha, fecha de reporte, fecha del reporte, date",
}
"""How offices often call a column, without accents."""

_EARLIER = {"relato": "narrative", "razon": "reason", "socios que apoyan": "partners"}
"""What templates of before called a column: their files are still handed in."""

_NAMES = {column: frozenset(names.split(", ")) for column, names in _CALLED.items()}


def heading(words: Words, column: str) -> str:
    """Return the words for a column's code; what is no column of ours is returned as it is."""
    return words(HEADINGS[column]) if column in HEADINGS else column


def _bare(written: str) -> str:
    """Return the words of a heading without accents, case, signs and what lost its letters."""
    return _without_signs(written[:_LONGEST])


@lru_cache(maxsize=1024)  # the first and last cells of all rows are asked for: countries, days
def _without_signs(text: str) -> str:
    return re.sub(r"[^\w%�]+", " ", plain_words(text)).strip()


@cache
def _by_words() -> dict[str, str]:
    return _EARLIER | {
        _bare(heading(words_for(language), column)): column
        for language in LANGUAGES
        for column in HEADINGS
    }


@cache
def _by_beginning() -> dict[str, str]:
    """The headings cut short, where no other one begins so."""
    every = _by_words()
    cut: dict[str, str] = {}
    for words, column in every.items():
        parts = words.split()
        for count in range(1, len(parts)):
            short = " ".join(parts[:count])
            others = {
                other for name, other in every.items() if name.split()[:count] == parts[:count]
            }
            stored = any(column in columns for columns in COLUMNS.values())
            if stored and len(others) == 1 and len(short) >= _SHORTEST and short not in every:
                cut[short] = column
    return cut


_SHORTEST = 5
"""Letters of a heading cut short."""


def column_of(written: str) -> str:
    """Return the column that a header's cell names: by its code, or by a template's words.

    The words may be cut short, and letters may have been lost.
    """
    name = _shown(written)
    return _exactly(name) or _loosely(name) or name


def _shown(written: str) -> str:
    return trimmed(without_hidden(written))


def _exactly(name: str) -> str:
    if name in HEADINGS:
        return name
    bare = _bare(name).replace("_", " ")
    return _by_words().get(bare) or _BY_CODE.get(bare, "")


def _loosely(name: str) -> str:
    bare = _bare(name)
    return _by_beginning().get(bare) or (_with_lost_letters(bare) if "�" in bare else "")


def _with_lost_letters(bare: str) -> str:
    pattern = re.compile(re.escape(bare).replace("�", "."))
    found = {column for words, column in _by_words().items() if pattern.fullmatch(words)}
    return found.pop() if len(found) == 1 else ""


def columns_of(header: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that a header names: one that is named in full is not named again."""
    names = list(map(_shown, header))
    exact = list(map(_exactly, names))
    taken = set(exact)
    return tuple(
        column or (loose if (loose := _loosely(name)) not in taken else "") or name
        for name, column in zip(names, exact, strict=True)
    )


def language_of(header: Sequence[str]) -> str:
    """Return the language in which most names of a header are a template's words."""
    names = set(map(_bare, header))

    def in_it(language: str) -> int:
        words = words_for(language)
        return len(names & {_bare(heading(words, column)) for column in HEADINGS})

    return max(LANGUAGES, key=in_it)


def read_loosely(written: str, column: str) -> bool:
    """Tell whether a heading was read as a column without being its code or its words."""
    name = _shown(written)
    if name == column or _EARLIER.get(_bare(name)) == column:
        return False
    return plain_words(name[:_LONGEST]) not in {
        column,
        *(plain_words(heading(words_for(language), column)) for language in LANGUAGES),
    }


def known_columns(subject: Subject) -> tuple[str, ...]:
    """Return every column that a file of a subject may have."""
    for_reading = (field.code for field in (*fields.SHOWN, fields.EARLIER))
    return (*COLUMNS[subject], *OPTIONAL[subject], *for_reading)


def columns_meant(missing: Sequence[str], strange: Sequence[str]) -> dict[str, str]:
    """Return which of the names that nobody knows stands for which missing column."""
    meant: dict[str, str] = {}
    left = [name for name in strange if trimmed(name)]
    for look in (_called_so, _alike):
        for column in missing:
            found = look(column, left) if column not in meant else ""
            if found:
                meant[column] = found
                left.remove(found)
    return meant


def _called_so(column: str, names: Sequence[str]) -> str:
    """Return the name that offices use for a column."""
    called = _NAMES.get(column, frozenset())
    return next((name for name in names if _bare(name) in called), "")


def called_by_offices(names: Sequence[str]) -> int:
    """Return how many names are such as offices use for a column of reports."""
    return sum(any(_bare(name) in called for called in _NAMES.values()) for name in names)


def named_within(text: str) -> int:
    """Return how many columns a text names that holds more than one name."""
    words = f" {_without_signs(text[:_LONGEST_LINE].replace('_', ' '))} "
    names = {**_by_words(), **_BY_CODE}
    return len({column for name, column in names.items() if f" {name} " in words})


def _alike(column: str, written: Sequence[str]) -> str:
    """Return the name that looks like a column's, or ''."""
    names = {_bare(name): name for name in written}
    wanted = [column, *(_bare(heading(words_for(language), column)) for language in LANGUAGES)]
    for name in wanted:
        near = get_close_matches(name, names, n=1, cutoff=0.7)
        if near:
            return names[near[0]]
        first = name.split()[0]
        holds = [names[one] for one in names if first in one.split() and len(one) < 40]
        if holds:
            return holds[0]
    return ""
