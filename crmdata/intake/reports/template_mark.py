"""What tells a template: the hidden sheet that says what it was made for, its name, its titles."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from crmdata.errors import N_
from crmdata.i18n import Words, words_for
from crmdata.intake.reports.rows import TemplateMark, trimmed
from crmdata.terms import LANGUAGES

SHEET = "crmdata"
"""The name of the hidden sheet."""

SIGN = "crmdata-template"
"""Its first cell."""

VERSION = 1
"""Of the templates that this software makes and reads."""

TITLE, PLAN, REPORTS = (
    N_("Report of {country}, {semester}"),
    N_("Version {version} of the plan"),
    N_("Reports"),
)
"""The first lines of its instructions, and the sheet that is filled in."""

LISTS = "sheet:lists"
INSTRUCTIONS = "sheet:instructions"


@dataclass(frozen=True)
class Marked:
    """The mark of a file, and the names of the sheets that it accounts for."""

    mark: TemplateMark
    lists: str
    instructions: str

    @property
    def hidden(self) -> frozenset[str]:
        """The sheets that a template itself hides."""
        return frozenset({SHEET, self.lists})


def written(mark: TemplateMark, sheets: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the rows of the hidden sheet."""
    return [
        (SIGN, str(mark.template_version)),
        ("plan_version", str(mark.plan_version)),
        ("country", mark.country),
        ("semester", mark.period),
        ("language", mark.language),
        ("data_kind", mark.kind),
        *sheets.items(),
    ]


def read(rows: Iterable[tuple[int, Sequence[object]]]) -> Marked | None:
    """Return what the rows of a hidden sheet say, or None where it is no template's."""
    fields: dict[str, str] = {}
    for _, cells in rows:
        texts = [trimmed(_text(cell)) for cell in [*cells, "", ""][:2]]
        fields.setdefault(texts[0], texts[1])
    if SIGN not in fields:
        return None
    mark = TemplateMark(
        _number(fields[SIGN]),
        _number(fields.get("plan_version", "")),
        fields.get("country", ""),
        fields.get("semester", ""),
        fields.get("language", ""),
        fields.get("data_kind", ""),
    )
    return Marked(mark, fields.get(LISTS, ""), fields.get(INSTRUCTIONS, ""))


def name(country: str, period: str) -> str:
    """Return how a template's file is called, without its ending."""
    return f"crmdata-{country}-{period}"


_NAME = re.compile(r"crmdata-([A-Z]{2,4})-(\d{4}-\d)(?!\d)")


def of_name(file: str) -> tuple[str, str]:
    """Return the country and the period that a file's name says as a template's does, or ''."""
    match = _NAME.match(file)
    return (match[1], match[2]) if match else ("", "")


def instructions_in(texts: Iterable[str]) -> str:
    """Return in which language texts are the first lines of a template's instructions, or ''."""
    text = _SIGNS.sub(" ", " ".join(texts))
    return next((code for code in LANGUAGES if _first_lines(code).search(text)), "")


@cache
def _first_lines(language: str) -> re.Pattern[str]:
    words: Words = words_for(language)
    some = "¤"  # which is no sign of a pattern
    lines = words(TITLE, country=some, semester=some), words(PLAN, version=some)
    return re.compile(re.escape(_SIGNS.sub(" ", " ".join(lines))).replace(some, ".{1,60}?"))


_SIGNS = re.compile(r"[\s,;]+")
"""Which a program may have taken for what stands between columns."""


def _text(cell: object) -> str:
    return str(cell[1]) if isinstance(cell, tuple) else str(cell)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
