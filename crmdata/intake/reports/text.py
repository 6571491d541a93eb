"""CSV as spreadsheets in Spanish and English write it: encodings, separators, quotes.

The csv module in its strict mode, not pandas, which turns a narrative "NA" into nothing.
"""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice

from crmdata.errors import N_, Problem, Quoted
from crmdata.files import TRUSTED
from crmdata.intake.reports.damaged import SHOWN, code_page
from crmdata.intake.reports.kinds import empty
from crmdata.intake.reports.one_cell import SEPARATORS, SHOWN_SEPARATORS
from crmdata.intake.reports.rows import trimmed

# The module's own limit, 128 KB, would hide which cell is too long behind a general error.
csv.field_size_limit(TRUSTED.bytes)


_ANNOUNCED = re.compile(r"\ufeff?\"?sep=([,;\t])\"?\r?\n", re.IGNORECASE)

Recognise = Callable[[Sequence[str]], bool]
Records = list[tuple[int, list[str]]]


@dataclass
class CsvText:
    """The numbered records of a CSV that say anything."""

    records: Records = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def read(data: bytes, recognise: Recognise) -> CsvText:
    """Read a CSV; `recognise` tells whether a row is a header, or one of a table."""
    csv_text = CsvText()
    text = _decoded(data, csv_text)
    if text is None:
        return csv_text
    announced = _ANNOUNCED.match(text)
    if announced is not None:
        # A spreadsheet obeys this line and does not show it.
        text = text[announced.end() :]
    separator = announced[1] if announced else _separator(text, recognise)
    if separator != ",":
        csv_text.notes.append(
            Problem(
                "separator",
                N_("Read with “{separator}” between the columns."),
                values={"separator": SHOWN_SEPARATORS.get(separator, separator)},
                warning=True,
            )
        )
    records, problems = _records(text, separator)
    csv_text.records = records
    csv_text.problems.extend(problems)
    if not records and not problems:
        csv_text.problems.append(empty())
    return csv_text


def _decoded(data: bytes, csv_text: CsvText) -> str | None:
    encoding = _utf16(data)
    if encoding:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            csv_text.problems.append(_not_text())
            return None
        csv_text.notes.append(_encoding("UTF-16"))
        return text.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _one_byte(data, error, csv_text)


def _utf16(data: bytes) -> str:
    """Return the UTF-16 encoding that a text has: it says so, or every second byte is zero."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = data[:200]
    if len(start) >= 20 and len(start) % 2 == 0:
        if start[1::2].count(0) * 10 > 9 * len(start[1::2]) and 0 not in start[::2]:
            return "utf-16-le"
        if start[::2].count(0) * 10 > 9 * len(start[::2]) and 0 not in start[1::2]:
            return "utf-16-be"
    return ""


def _one_byte(data: bytes, error: UnicodeDecodeError, csv_text: CsvText) -> str | None:
    """Read what is no UTF-8 as the text of Windows, a Mac or DOS: where accents come out right."""
    name = "" if _SOME_UTF8.search(data) else code_page(data)
    if not name:
        csv_text.problems.append(_not_utf8(data, error.start))
        return None
    text = data.decode(name)
    csv_text.notes.append(_in_letters_of(_MACHINES[name], text))
    return text


_SOME_UTF8 = re.compile(rb"\xc3[\x80-\xbf]")
_MACHINES = {"cp1252": "Windows", "mac_roman": "Mac", "cp850": "DOS"}


def _encoding(name: str) -> Problem:
    return Problem(
        "read_as", N_("Read as {encoding} text."), values={"encoding": name}, warning=True
    )


def _in_letters_of(machine: str, text: str) -> Problem:
    """Say in which letters a text was read, with words to see it by; ask where it is rare."""
    accented = (word for word in re.findall(r"\w+", text) if not word.isascii())
    words = Quoted("”, “".join(list(dict.fromkeys(accented))[:SHOWN]))
    values = {"machine": machine, "words": words}
    if machine == "Windows":
        message = N_("Read with the letters of {machine}: “{words}”.")
        return Problem("read_as", message, values=values, warning=True)
    return Problem(
        "other_machine",
        N_("The file was saved with the letters of {machine} and is read so: “{words}”."),
        N_("Say yes if these words are right; else save it as “CSV UTF-8 (comma delimited)”."),
        values=values,
        warning=True,
        asks=True,
    )


def _not_text() -> Problem:
    return Problem(
        "not_utf8",
        N_("Letters of the file are damaged: it is not the text that it says it is."),
        _SAVE_AS_CSV,
    )


def _not_utf8(data: bytes, start: int) -> Problem:
    before, open_quote = _records(data[:start].decode("utf-8-sig"), ",")
    row = open_quote[0].row if open_quote else before[-1][0] if before else 1
    return Problem(
        "not_utf8",
        N_("A letter of the row is damaged: the file was put together from two kinds of text."),
        _SAVE_AS_CSV,
        row=row,
    )


_SAVE_AS_CSV = N_("Open it where it was made and save it as “CSV UTF-8 (comma delimited)”.")


def _separator(text: str, recognise: Recognise) -> str:
    """Return the separator with which one of the first rows is recognised, else a comma."""
    lines = list(islice(filter(trimmed, text.splitlines()), _FIRST_ROWS))
    for line in lines:
        for separator in SEPARATORS:
            if recognise(next(csv.reader([line], delimiter=separator), [])):
                return separator
    return ","


_FIRST_ROWS = 20
"""Above the names of the columns a title may stand, a line or more."""


def _records(text: str, separator: str) -> tuple[Records, list[Problem]]:
    """Return the numbered records that say anything, and where the quoting breaks."""
    records: Records = []
    number = 0
    rows = csv.reader(StringIO(text, newline=""), strict=True, delimiter=separator)
    try:
        for number, record in enumerate(rows, 1):
            # Spreadsheets leave empty rows behind; they count, and say nothing.
            if any(map(trimmed, record)):
                records.append((number, record))
                if any(_holds_rows(cell, separator) for cell in record):
                    return records, [_rows_in_a_cell(number)]
    except csv.Error:
        return records, [
            Problem(
                "broken_quotes",
                N_("The quotation marks of the row do not close; nothing after it can be read."),
                N_("Write a quotation mark inside a text twice, and close the text with one."),
                row=number + 1,
            )
        ]
    return records, []


_ROW = re.compile(r"\b[IVXLC]{1,5}\.[0-9]{1,2}\.[0-9]{1,2}\b")


def _holds_rows(cell: str, separator: str) -> bool:
    """Tell whether a cell holds what looks like rows of the file, after a line break."""
    if "\n" not in cell:
        return False
    return any(
        line.count(separator) >= _IN_A_ROW and _ROW.search(line) for line in cell.split("\n")[1:]
    )


_IN_A_ROW = 4
"""Separators from which a line may be a row."""


def _rows_in_a_cell(number: int) -> Problem:
    return Problem(
        "rows_in_a_cell",
        N_("A quotation mark opens a text that goes on over the next rows and takes them in."),
        N_("Delete that quotation mark, or close the text with another one in the same row."),
        row=number,
    )
