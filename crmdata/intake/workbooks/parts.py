"""A workbook's ZIP directory and the XML of its parts, before anything takes them for granted.

Nothing is unpacked that the directory has not announced within the limits, and no part is
given to the reader that holds a document type, from which entities could grow.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import splitext
from typing import IO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from crmdata.errors import N_, Problem

MEMBERS = 64
PART_BYTES = 10 * 1024 * 1024
WHOLE_BYTES = 20 * 1024 * 1024
RATIO = 100

_FROM_RATIO = 1024 * 1024
"""Below this a great ratio is only an empty sheet, and harmless."""

_DAMAGE = (
    expat.ExpatError, BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError,
    OverflowError, RuntimeError,
)  # fmt: skip
"""What the libraries raise on damaged archives and parts, which fuzzing has shown."""

AGAIN = N_("Open it in Excel or LibreOffice, save it as .xlsx, and send it again.")
_XML = {".xml", ".rels"}
"""Not .vml: Excel writes drawings of comments that are no XML, and no reader opens them."""


@dataclass
class SheetFacts:
    """What the XML of a sheet shows: where its content ends, and what must not be in it."""

    last_row: int = 0
    last_column: int = 0
    declared: str = ""
    merged: list[str] = field(default_factory=list)


def directory_problems(data: bytes) -> Iterator[Problem]:
    """Yield what is wrong with the ZIP archive as its directory tells it."""
    try:
        parts = ZipFile(BytesIO(data)).infolist()
    except _DAMAGE:
        cut = b"PK\x05\x06" not in data[-66_000:]
        yield truncated() if cut else damaged()
        return
    names = [part.filename for part in parts]
    yield from _kind_problems(names)
    if any(part.flag_bits & 1 for part in parts):
        yield encrypted()
    if len(parts) > MEMBERS:
        yield Problem(
            "too_many_parts",
            N_("The workbook consists of {parts} parts; {limit} are the most."),
            N_("Copy the rows into a new template."),
            values={"parts": len(parts), "limit": MEMBERS},
        )
    whole = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    greatest = max((part.file_size for part in parts), default=0)
    if whole > WHOLE_BYTES or greatest > PART_BYTES:
        yield Problem(
            "zip_bomb",
            N_("Opened, the file would take {megabytes} MB; {limit} MB are the most."),
            N_("Copy the rows into a new template."),
            values={"megabytes": -(-whole // 1024**2), "limit": WHOLE_BYTES // 1024**2},
        )
    elif whole > _FROM_RATIO and whole / packed > RATIO:
        yield Problem(
            "zip_bomb",
            N_("Opened, the file would grow more than {ratio} times."),
            N_("Copy the rows into a new template."),
            values={"ratio": RATIO},
        )
    elif any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        yield damaged()
    if len(set(names)) != len(names):
        yield damaged()


def _kind_problems(names: list[str]) -> Iterator[Problem]:
    lower = [name.lower() for name in names]
    if "xl/workbook.bin" in lower:
        yield Problem("binary_workbook", N_("The file is a binary workbook (.xlsb)."), SAVE_AS_XLSX)
    elif "xl/workbook.xml" not in lower:
        if "content.xml" in lower:
            yield Problem(
                "open_document", N_("The file is an OpenDocument file (.ods)."), SAVE_AS_XLSX
            )
        else:
            yield Problem(
                "no_workbook",
                N_("The file is a ZIP archive, and no Excel workbook."),
                N_("Send the workbook itself."),
            )
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in lower):
        yield macros()
    if (
        any(name.startswith(("xl/externallinks/", "xl/querytables/")) for name in lower)
        or "xl/connections.xml" in lower
    ):
        yield external()
    if any(name.startswith(("xl/embeddings/", "xl/activex/")) for name in lower):
        yield Problem(
            "embedded_objects",
            N_("The workbook holds embedded files or controls."),
            N_("Delete them, or copy the rows into a new template."),
        )


SAVE_AS_XLSX = N_("Save it as “Excel workbook (.xlsx)”.")


def truncated() -> Problem:
    """Say that the end of the file is missing."""
    return Problem(
        "truncated_file",
        N_("The file is incomplete: a download or an e-mail cut it off."),
        N_("Send it again from where it was made."),
    )


def damaged() -> Problem:
    """Say that no reader makes sense of the file."""
    return Problem("damaged_workbook", N_("The workbook is damaged."), AGAIN)


def encrypted() -> Problem:
    """Say that the file asks for a password."""
    return Problem(
        "encrypted_file", N_("The file has a password."), N_("Take it off and send it again.")
    )


def macros() -> Problem:
    """Say that programs are not accepted."""
    return Problem("macros", N_("The workbook holds macros, which are not accepted."), SAVE_AS_XLSX)


def external() -> Problem:
    """Say that a workbook must stand by itself."""
    return Problem(
        "external_links",
        N_("The workbook takes data from other files or addresses."),
        N_("Break the links (in Excel: Data, Edit Links), or copy the values into a new template."),
    )


def scanned(data: bytes) -> tuple[dict[str, SheetFacts], list[Problem]]:
    """Return what stands in each part that is a sheet, and what no part may hold."""
    facts: dict[str, SheetFacts] = {}
    problems: dict[str, Problem] = {}
    with ZipFile(BytesIO(data)) as archive:
        for part in archive.infolist():
            if splitext(part.filename.lower())[1] not in _XML:
                continue
            scan = _Scan(part)
            try:
                with archive.open(part) as content:
                    scan.read(content)
            except _Stop as stop:
                problems.setdefault(stop.problem.rule, stop.problem)
            except _DAMAGE:
                problems.setdefault("damaged_workbook", damaged())
            else:
                facts[part.filename] = scan.facts
    return facts, list(problems.values())


class _Stop(Exception):  # noqa: N818 - it ends a scan, and is no error of the program
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


class _Scan:
    """One part's XML read once, without keeping it."""

    def __init__(self, part: ZipInfo) -> None:
        self.name = part.filename
        self.facts = SheetFacts()
        self._row = self._column = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._element

    def read(self, content: IO[bytes]) -> None:
        while piece := content.read(65_536):
            self._parser.Parse(piece, False)
        self._parser.Parse(b"", True)

    def _doctype(self, *_: object) -> None:
        raise _Stop(
            Problem(
                "xml_doctype",
                N_("The workbook holds XML definitions (DTD), which are not allowed."),
                AGAIN,
            )
        )

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        match local:
            case "row":
                self._row = _number(attributes.get("r")) or self._row + 1
                self._column = 0
            case "c":
                place = _place(attributes.get("r", ""))
                self._row, self._column = place or (self._row, self._column + 1)
            case "v" | "f" | "is":
                self.facts.last_row = max(self.facts.last_row, self._row)
                self.facts.last_column = max(self.facts.last_column, self._column)
            case "dimension":
                self.facts.declared = attributes.get("ref", "")
            case "mergeCell":
                self.facts.merged.append(attributes.get("ref", "")[:40])
            case "Relationship":
                kind = attributes.get("Type", "").rpartition("/")[2]
                outside = attributes.get("TargetMode", "").lower() == "external"
                if outside and kind != "hyperlink":
                    raise _Stop(external())
            case "Override" | "Default":
                if "macroEnabled" in attributes.get("ContentType", ""):
                    raise _Stop(macros())


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _place(reference: str) -> tuple[int, int] | None:
    """Return row and column of `AB12`, from 1."""
    letters = reference.rstrip("0123456789")
    row = _number(reference[len(letters) :])
    if not row or not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return row, column


def last_place(reference: str) -> tuple[int, int]:
    """Return row and column of the end of `A1:N900`, or zeros where it is none."""
    return _place(reference.rpartition(":")[2]) or (0, 0)
