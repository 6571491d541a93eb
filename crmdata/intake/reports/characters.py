"""The characters of a cell: accents joined, Word's own signs made plain, what no text may hold."""

import re
import unicodedata
from collections.abc import Iterator

from crmdata import fields
from crmdata.errors import N_, Problem, Quoted
from crmdata.fields import PROSE
from crmdata.files import CELL_CHARACTERS
from crmdata.intake.reports.damaged import SHOWN, damaged_words

_PROSE = frozenset(field.code for field in fields.EVERY if field.type in PROSE)

# They turn the reading direction round and so can show a text other than the stored one.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_LINE_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""What begins a new line: Word's own break is U+000B, its page break U+000C."""

_HYPHEN, _OPTIONAL_HYPHEN = "\x1e", "\x1f"
_FIELD_CODE = re.compile(r"\x13[^\x13-\x15]*[\x14\x15]")
"""What Word keeps of a field without showing it, such as ` HYPERLINK "…"`, before what it shows."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def read_cell(raw: str, column: str, row: int) -> tuple[str, list[Problem]]:
    """Return a cell's text as it is kept, and what is to be said of it."""
    if raw.isascii() and raw.isprintable() and "?" not in raw and len(raw) <= CELL_CHARACTERS:
        return raw, []
    problems = []
    cell = unicodedata.normalize("NFC", raw)
    if cell != raw:
        problems.append(_composed(row, column, cell))
    plain = cell.replace("\r\n", "\n")
    if _CONTROL.search(plain):
        shown = _FIELD_CODE.sub("", plain)
        problems.append(_signs_dropped(row, column, _FIELDS if shown != plain else _SIGNS))
        plain = _without_signs(shown)
    problems.extend(_flaws(row, column, plain))
    return plain, problems


def _without_signs(cell: str) -> str:
    cell = _LINE_BREAKS.sub("\n", cell).replace(_HYPHEN, "-").replace(_OPTIONAL_HYPHEN, "")
    return _CONTROL.sub("", cell)


_SIGNS = N_(
    "Control characters of Word or another program, which cannot be seen, were left out; "
    "line breaks stay."
)
_FIELDS = N_(
    "Control characters and the hidden codes of Word's fields were left out; what the fields show "
    "stays, and so do line breaks."
)


def _signs_dropped(row: int, column: str, message: str) -> Problem:
    return Problem(
        "control_character",
        message,
        row=row,
        field=column,
        warning=True,
    )


def _composed(number: int, column: str, read: str) -> Problem:
    return Problem(
        "read_as",
        N_("Read as “{read}”, with the accents joined to their letters."),
        row=number,
        field=column,
        values={"read": read},
        warning=True,
    )


def _flaws(number: int, column: str, cell: str) -> Iterator[Problem]:
    if len(cell) > CELL_CHARACTERS:
        yield Problem(
            "cell_too_long",
            N_("The text has {characters} characters; {limit} are the most."),
            N_("Shorten it."),
            row=number,
            field=column,
            values={"characters": len(cell), "limit": CELL_CHARACTERS},
        )
    if column in _PROSE and (words := damaged_words(cell)):
        yield Problem(
            "damaged_letters",
            N_("Letters were lost or became others: “{words}”. It would be stored so."),
            N_("Write the words anew in the file; say yes only if they are meant so."),
            row=number,
            field=column,
            values={"words": Quoted("”, “".join(words[:SHOWN]))},
            warning=True,
            asks=True,
        )
    if cell.isprintable():
        return
    strange = next(filter(_forbidden, cell), None)
    if strange is not None:
        yield Problem(
            "control_character",
            N_("The character {character} is not allowed."),
            N_("Delete it."),
            row=number,
            field=column,
            values={"character": strange},
        )


def _forbidden(char: str) -> bool:
    return char in _DIRECTION or unicodedata.category(char) == "Cs"
