"""The files that go in and out: what each is about, its columns and its limits."""

import re
from dataclasses import dataclass
from enum import StrEnum
from math import isnan

from crmdata import fields
from crmdata.fields import Field


class Subject(StrEnum):
    """What the rows of a file are."""

    REPORTS = "reports"
    COOPERATION = "cooperation"
    MEETINGS = "meetings"
    OBSERVATIONS = "observations"


FIELDS: dict[Subject, tuple[Field, ...]] = {
    Subject.REPORTS: fields.REPORT,
    Subject.COOPERATION: fields.COOPERATION,
    Subject.MEETINGS: fields.MEETING,
    Subject.OBSERVATIONS: fields.OBSERVATION,
}
"""What the rows of each subject say."""

COLUMNS = {subject: tuple(field.code for field in own) for subject, own in FIELDS.items()}
"""The columns of each subject, in the order in which an export writes them."""

DATA_KIND, UNCHANGED, BASE = (
    field.code for field in (fields.DATA_KIND, fields.UNCHANGED, fields.BASE)
)
"""Columns that are in files alone."""

OPTIONAL: dict[Subject, tuple[str, ...]] = {
    Subject.REPORTS: (UNCHANGED, BASE, DATA_KIND),
    Subject.COOPERATION: (BASE, DATA_KIND),
    Subject.MEETINGS: (DATA_KIND,),
    Subject.OBSERVATIONS: (DATA_KIND,),
}
"""Columns that a file of a subject may have beside its own."""

SEPARATOR = ";"
"""Between several values of one cell."""


def cell_of(value: object) -> str:
    """Return a stored value as a cell of a file."""
    if value is None:
        return ""
    if isinstance(value, float):
        if isnan(value):
            # So a missing one, of a number or a text, comes out of a frame.
            return ""
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


BYTE_ORDER_MARK = "\ufeff"
"""Before a CSV: it tells a spreadsheet that the accents are UTF-8."""

_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def shielded(cell: str) -> str:
    """Return a cell of a CSV with an apostrophe where a spreadsheet would calculate it."""
    return f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell


def doubly_shielded(cell: str) -> str:
    """Return a text of a workbook so that its own apostrophe is not taken for that of a CSV."""
    return shielded(cell) if cell.startswith("'") else cell


def unshielded(cell: str) -> str:
    """Return a cell without the apostrophe that keeps it from being calculated in a CSV."""
    if not cell.startswith("'"):
        return cell
    bare = cell[1:]
    return bare if _LIKE_A_FORMULA.match(bare) else cell


CELL_CHARACTERS = 10_000


@dataclass(frozen=True)
class Limits:
    """How much of a file is read."""

    megabytes: int
    rows: int

    @property
    def bytes(self) -> int:
        """The size of the file."""
        return self.megabytes * 1024 * 1024


UPLOAD = Limits(megabytes=5, rows=5_000)
"""For what comes over the network, and for every workbook."""

TRUSTED = Limits(megabytes=64, rows=200_000)
"""For text files on the command line, whose owner has the machine anyway."""

FILE_BYTES = UPLOAD.bytes
FILE_ROWS = UPLOAD.rows

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""What a browser is told that a workbook is."""
