"""Files to rows of text: CSV in UTF-8, within limits, everything unreadable named.

The csv module in its strict mode, not pandas, which turns a narrative "NA" into nothing.
Cells come out as they were written, whatever they begin with: a narrative may start with
`=` or `-`. Only a line break inside a cell is made `\\n`, however the file writes it.
"""

import csv
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from crmdata.errors import N_, Problem
from crmdata.files import CELL_CHARACTERS, FILE_BYTES, FILE_ROWS, Subject
from crmdata.reports.header import header_problems, readable, subject_of

# The module's own limit, 128 KB, would hide which cell is too long behind a general error.
csv.field_size_limit(FILE_BYTES)

_EDGES = " \t\n\u00a0\u200b\ufeff"
_IN_TEXTS = "\n\t"
# They turn the reading direction round and so can show a text other than the stored one.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_SIGNATURES = (
    (b"PK\x03\x04", "is_workbook", N_("The file is an Excel workbook.")),
    (b"\xd0\xcf\x11\xe0", "is_old_workbook", N_("The file is an Excel 97–2003 workbook.")),
    (b"\xff\xfe", "is_utf16", N_("The file is in UTF-16 (“Unicode text”).")),
    (b"\xfe\xff", "is_utf16", N_("The file is in UTF-16 (“Unicode text”).")),
)


@dataclass(frozen=True)
class Row:
    """A row's cells by column. `number` counts as a spreadsheet does: the header is 1."""

    number: int
    cells: Mapping[str, str]
    flawed: frozenset[str] = frozenset()
    """Columns already complained about, so that no second error follows from the first."""


@dataclass(frozen=True)
class Source:
    """A file as it was read: rows where it could be, problems where not."""

    name: str
    sha256: str
    subject: Subject | None
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_files(paths: Iterable[Path | str]) -> list[Source]:
    """Read every file. One that is missing or unreadable becomes a problem, not an exception."""
    return [_read(Path(path)) for path in paths]


def read_bytes(name: str, data: bytes) -> Source:
    """Read a file's content under the name that its problems shall bear."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)
    columns, rows, problems = _parse(data)
    return Source(
        shown,
        hashlib.sha256(data).hexdigest(),
        subject_of(columns),
        columns,
        tuple(rows),
        tuple(problem.located(shown) for problem in problems),
    )


def trimmed(cell: str) -> str:
    """Return a cell without spaces and invisible characters at its edges."""
    return cell.strip(_EDGES)


def _read(path: Path) -> Source:
    try:
        with path.open("rb") as file:
            data = file.read(FILE_BYTES + 1)
    except FileNotFoundError:
        problem = Problem("no_file", N_("The file does not exist."), file=path.name)
    except OSError as error:
        problem = Problem(
            "unreadable_file",
            N_("The file cannot be read ({detail})."),
            file=path.name,
            values={"detail": error.strerror},
        )
    else:
        return read_bytes(path.name, data)
    return Source(path.name, "", None, (), (), (problem,))


def _parse(data: bytes) -> tuple[tuple[str, ...], list[Row], list[Problem]]:
    problem = _of_the_whole(data)
    if problem is not None:
        return (), [], [problem]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return (), [], [_not_utf8(data, error.start)]
    records, problems = _records(text)
    if not records:
        return (), [], problems or [_empty()]
    place, first = records.pop(0)
    header = tuple(map(trimmed, first))
    found = list(header_problems(header, subject_of(header), place))
    if len(records) > FILE_ROWS:
        return header, [], [*found, *problems, _too_many(len(records))]
    if not readable(found):
        return header, [], [*found, *problems]
    rows, flaws = _rows(header, records)
    return header, rows, [*found, *flaws, *problems]


def _rows(
    header: tuple[str, ...], records: list[tuple[int, list[str]]]
) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, record in records:
        if len(record) != len(header):
            problems.append(_width(number, len(record), len(header)))
            continue
        cells = {
            column: cell.replace("\r\n", "\n") for column, cell in zip(header, record, strict=True)
        }
        flaws = list(_flaws(number, cells))
        problems.extend(flaws)
        rows.append(Row(number, cells, frozenset(flaw.field for flaw in flaws)))
    return rows, problems


def _of_the_whole(data: bytes) -> Problem | None:
    if not data.strip():
        return _empty()
    if len(data) > FILE_BYTES:
        return Problem(
            "file_too_big",
            N_("The file is larger than {megabytes} MB."),
            N_("Divide it into several files."),
            values={"megabytes": FILE_BYTES // 1024**2},
        )
    for signature, rule, message in _SIGNATURES:
        if data.startswith(signature):
            return Problem(rule, message, N_("Save it as “CSV UTF-8 (comma delimited)”."))
    return None


def _empty() -> Problem:
    return Problem("empty_file", N_("The file is empty."))


def _not_utf8(data: bytes, start: int) -> Problem:
    before, open_quote = _records(data[:start].decode("utf-8-sig"))
    row = open_quote[0].row if open_quote else before[-1][0] if before else 1
    return Problem(
        "not_utf8",
        N_("Byte {position} of the file is not UTF-8 text."),
        N_("Save it as “CSV UTF-8 (comma delimited)”."),
        row=row,
        values={"position": start + 1},
    )


def _too_many(rows: int) -> Problem:
    return Problem(
        "too_many_rows",
        N_("The file has {rows} rows; {limit} are the most."),
        N_("Divide it into several files."),
        values={"rows": rows, "limit": FILE_ROWS},
    )


def _width(number: int, found: int, expected: int) -> Problem:
    return Problem(
        "row_width",
        N_("The row has {found} cells; the header has {expected}."),
        N_("Put a text with a comma or a quotation mark into quotation marks."),
        row=number,
        values={"found": found, "expected": expected},
    )


def _records(text: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return the numbered records that say anything, and where the quoting breaks."""
    records: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, record in enumerate(csv.reader(StringIO(text, newline=""), strict=True), 1):
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


def _flaws(number: int, cells: Mapping[str, str]) -> Iterator[Problem]:
    for column, cell in cells.items():
        if len(cell) > CELL_CHARACTERS:
            yield Problem(
                "cell_too_long",
                N_("The text has {characters} characters; {limit} are the most."),
                N_("Shorten it."),
                row=number,
                field=column,
                values={"characters": len(cell), "limit": CELL_CHARACTERS},
            )
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
    if char in _IN_TEXTS:
        return False
    return char in _DIRECTION or unicodedata.category(char) == "Cc"
