"""The files that go in and out: what each is about, its columns and its limits."""

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
"""The one optional column: `real` (as where it is missing) or `demostracion`."""

SEPARATOR = ";"
"""Between several values of one cell."""

FILE_BYTES = 5 * 1024 * 1024
FILE_ROWS = 5_000
CELL_CHARACTERS = 10_000
