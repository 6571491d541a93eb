"""The hidden sheet of a template: what a file was made for, and which sheets are its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crmdata.intake.reports.rows import TemplateMark, trimmed

SHEET = "crmdata"
"""The name of the hidden sheet."""

SIGN = "crmdata-template"
"""Its first cell."""

VERSION = 1
"""Of the templates that this software makes and reads."""

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


def _text(cell: object) -> str:
    return str(cell[1]) if isinstance(cell, tuple) else str(cell)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
