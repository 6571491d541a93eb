"""CSV as spreadsheets in Spanish and English write it: encodings, separators, quotes.

The csv module in its strict mode, not pandas, which turns a narrative "NA" into nothing.
"""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import StringIO

from crmdata.errors import N_, Problem
from crmdata.files import TRUSTED
from crmdata.intake.reports.kinds import empty
from crmdata.intake.reports.rows import trimmed

# The module's own limit, 128 KB, would hide which cell is too long behind a general error.
csv.field_size_limit(TRUSTED.bytes)

SEPARATORS = (",", ";", "\t")
_SHOWN = {"\t": "TAB"}

_ANNOUNCED = re.compile(r"\ufeff?\"?sep=([,;\t])\"?\r?\n", re.IGNORECASE)

_OTHER_CODE_PAGE = re.compile(r"[A-Za-z][‡‚¡¢£¤Ž–—](?=[a-z])")
"""What Spanish vowels of DOS and old Macintosh files look like when read as Windows text."""

Recognise = Callable[[Sequence[str]], bool]
Records = list[tuple[int, list[str]]]


@dataclass
class CsvText:
    """The numbered records of a CSV that say anything."""

    records: Records = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def read(data: bytes, recognise: Recognise) -> CsvText:
    """Read a CSV; `recognise` tells whether a row is a header."""
    found = CsvText()
    text = _decoded(data, found)
    if text is None:
        return found
    announced = _ANNOUNCED.match(text)
    if announced is not None:
        # A spreadsheet obeys this line and does not show it.
        text = text[announced.end() :]
    separator = announced[1] if announced else _separator(text, recognise)
    if separator != ",":
        found.notes.append(
            Problem(
                "read_as",
                N_("Read with “{separator}” between the columns."),
                values={"separator": _SHOWN.get(separator, separator)},
                warning=True,
            )
        )
    records, problems = _records(text, separator)
    found.records = records
    found.problems.extend(problems)
    if not records and not problems:
        found.problems.append(empty())
    return found


def _decoded(data: bytes, found: CsvText) -> str | None:
    encoding = _utf16(data)
    if encoding:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            found.problems.append(_not_text(error.start))
            return None
        found.notes.append(_encoding("UTF-16"))
        return text.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _windows(data, error, found)


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


def _windows(data: bytes, error: UnicodeDecodeError, found: CsvText) -> str | None:
    """Read what is no UTF-8 as Windows text, unless it may be that of another machine."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    some_utf8 = re.search(rb"[\xc3][\x80-\xbf]", data) is not None
    if not text or some_utf8 or _OTHER_CODE_PAGE.search(text):
        found.problems.append(_not_utf8(data, error.start))
        return None
    found.notes.append(_encoding("Windows-1252"))
    return text


def _encoding(name: str) -> Problem:
    return Problem(
        "read_as",
        N_("Read as {encoding} text; see that the accents are right."),
        values={"encoding": name},
        warning=True,
    )


def _not_text(start: int) -> Problem:
    return Problem(
        "not_utf8",
        N_("Byte {position} of the file is not UTF-8 text."),
        N_("Save it as “CSV UTF-8 (comma delimited)”."),
        values={"position": start + 1},
    )


def _not_utf8(data: bytes, start: int) -> Problem:
    before, open_quote = _records(data[:start].decode("utf-8-sig"), ",")
    row = open_quote[0].row if open_quote else before[-1][0] if before else 1
    return Problem(
        "not_utf8",
        N_("Byte {position} of the file is not UTF-8 text."),
        N_("Save it as “CSV UTF-8 (comma delimited)”."),
        row=row,
        values={"position": start + 1},
    )


def _separator(text: str, recognise: Recognise) -> str:
    """Return the separator with which the first row becomes a header, else a comma."""
    first = next((line for line in text.splitlines() if trimmed(line)), "")
    for separator in SEPARATORS:
        row = next(csv.reader([first], delimiter=separator), [])
        if recognise(row):
            return separator
    return ","


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
