"""The files that go in and out: what each is about, its columns and its limits."""

from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """What the rows of a file are."""

    REPORTS = "reports"
    COOPERATION = "cooperation"
    MEETINGS = "meetings"


COLUMNS: dict[Subject, tuple[str, ...]] = {
    Subject.REPORTS: (
        "country", "activity", "semester", "state", "percent", "narrative", "reason",
        "evidence", "partners", "reported_on",
    ),
    Subject.COOPERATION: (
        "partner", "activity", "countries", "semester_from", "semester_to", "modality",
        "state", "text", "evidence", "reported_on",
    ),
    Subject.MEETINGS: ("meeting", "name_es", "name_en", "held_on", "corte"),
}  # fmt: skip
"""The columns of each subject: an import needs them all, an export writes them in this order."""

DATA_KIND = "data_kind"
"""Optional: `real` (as where it is missing) or `demostracion`."""

SEPARATOR = ";"
"""Between several values of one cell."""

UNCHANGED = "unchanged"
"""Optional, of reports: `yes` repeats what was last reported of the activity."""

BASE = "base"
"""Optional: the id of the report, or line of cooperation, that the row takes the place of; 0 for
none."""

OPTIONAL: dict[Subject, tuple[str, ...]] = {
    Subject.REPORTS: (UNCHANGED, BASE, DATA_KIND),
    Subject.COOPERATION: (BASE, DATA_KIND),
    Subject.MEETINGS: (DATA_KIND,),
}
"""The columns that a file of a subject may lack."""

SHOWN = ("about", "due", "before")
"""Columns of a template that are there to be read by people; nothing is taken from them."""

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
