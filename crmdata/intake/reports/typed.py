"""Cells of a workbook that are no texts: numbers, percentages, days, formulas, error values.

Each becomes the text that the same cell would have in a CSV. What has only one reading is read,
and mentioned; what has two is an error.
"""

import re

from crmdata import fields
from crmdata.errors import N_, Problem, Quoted
from crmdata.fields import PROSE, Type
from crmdata.intake.workbooks import Typed

_TYPES = {field.code: field.type for field in fields.EVERY}
_DAYS = frozenset({Type.DAY, Type.PERIOD, Type.ANY_PERIOD})
"""Excel makes a date of the code of a period."""

_FORMULA = (
    "formula",
    N_("The cell holds a formula."),
    N_("Put its value in its place (in Excel: copy, Paste Special, Values)."),
)
_ERROR_VALUE = (
    "error_value",
    N_("The cell holds the error of a formula."),
    N_("Write the value itself."),
)
_CODE_AS_NUMBER = (
    "code_as_number",
    N_("The code is stored as a number, which has no line and loses its zeros."),
    N_("Format the cell as text and write the whole code, such as “IV.3.2”."),
)

_KEPT_AS_VALUE = (
    "kept_as_value",
    N_("The spreadsheet keeps this as a number or a day, and no longer as it was typed."),
    N_("If something else was typed, format the cell as text and write it again."),
)

_DAY = len("2019-04-03")

_LINK_FORMULA = re.compile(
    r'=\s*HYPERLINK\(\s*"([^"]+)"\s*(?:[,;]\s*"([^"]*)"\s*|[,;][^"]*)?\)', re.IGNORECASE
)
"""The formula of a link whose target is written in it, with its words where they are too."""

_WEB = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


def text_of(cell: Typed, column: str, row: int) -> tuple[str, Problem | None]:
    """Return a cell's text and what is to be said of it: an error, or a note of how it was read."""
    if cell.kind == "h":
        target, _, label = cell.text.partition("\n")
        return _linked(target, label, column, row)
    link = _LINK_FORMULA.fullmatch(cell.text) if cell.kind == "f" else None
    if link is not None and _TYPES.get(column) == Type.LINKS:
        return _linked(link[1], link[2] or link[1], column, row)
    wrong = _wrong(cell.kind, column)
    if wrong is not None:
        return cell.text, Problem(*wrong, row=row, field=column, value=cell.text)
    if cell.kind in "n%dtb" and _TYPES.get(column) in PROSE:
        said = f"{cell.text}%" if cell.kind == "%" else cell.text
        note = Problem(*_KEPT_AS_VALUE, row=row, field=column, value=said, warning=True)
        return said, note
    written = f"{cell.text} %" if cell.kind == "%" else cell.text
    if cell.kind == "t" and _TYPES.get(column) in _DAYS and len(cell.text) > _DAY:
        return cell.text[:10], _read_as(written, cell.text[:10], column, row)
    return written, None


def _linked(target: str, words: str, column: str, row: int) -> tuple[str, Problem | None]:
    """Return what is read of words that lead somewhere: the target, where links are asked for."""
    label, kind = words.strip(), _TYPES.get(column)
    is_web = target.startswith(("http://", "https://"))
    if kind == Type.LINKS and target and not is_web and not _WEB.search(label):
        return target, None  # the reader of links says why it is none
    if not is_web or label.rstrip("/").casefold() == target.rstrip("/").casefold():
        return words, None
    if kind == Type.LINKS and not label.startswith(("http://", "https://")):
        return target, Problem(
            "read_as",
            N_("Read as the link behind the words: {read}"),
            row=row,
            field=column,
            value=label,
            values={"read": Quoted(target)},
            warning=True,
        )
    if kind == Type.LINKS:
        return words, Problem(
            "two_links",
            N_("The cell shows {shown} and leads to {target}. Is the one that is shown right?"),
            N_("Otherwise remove the link (in Excel: right-click, Remove Hyperlink) and write it."),
            row=row,
            field=column,
            values={"shown": Quoted(label), "target": Quoted(target)},
            warning=True,
            asks=True,
        )
    if kind in PROSE:
        return words, Problem(
            "link_not_read",
            N_("The link behind the words is not read: {target}"),
            N_("Write it under “Evidence”."),
            row=row,
            field=column,
            values={"target": Quoted(target)},
            warning=True,
        )
    return words, None


def is_day(cell: Typed, column: str) -> bool:
    """Tell whether a spreadsheet keeps a cell of a column of days as one."""
    return cell.kind in "dt" and _TYPES.get(column) == Type.DAY


def _wrong(kind: str, column: str) -> tuple[str, str, str] | None:
    """Return rule, message and way out of a cell that cannot be read in its column."""
    if kind == "f":
        return _FORMULA
    if kind == "e":
        return _ERROR_VALUE
    return _CODE_AS_NUMBER if kind == "n" and _TYPES.get(column) == Type.ACTIVITY else None


def _read_as(written: str, read: str, column: str, row: int) -> Problem:
    return Problem(
        "read_as",
        N_("Read as “{read}”."),
        row=row,
        field=column,
        value=written,
        values={"read": read},
        warning=True,
    )
