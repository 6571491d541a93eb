"""What a file was read as: rows of text by column, and where in the file each stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crmdata.errors import Problem
from crmdata.files import Subject
from crmdata.intake.workbooks import BLANK
from crmdata.terms import LANGUAGES


@dataclass(frozen=True)
class Row:
    """A row's cells by column. `number` counts as a spreadsheet does: the header is 1."""

    number: int
    cells: Mapping[str, str]
    flawed: frozenset[str] = frozenset()
    """Columns already complained about, so that no second error follows from the first."""
    sheet: str = ""
    own: bool = False
    """Whether it stands in a template of ours, where labels are the expected words."""
    language: str = LANGUAGES[0]
    """Of the template: what we write for the reporter is written in it."""
    copied: bool = False
    """Whether that template lacks the hidden sheet that says of which plan it is."""
    real_dates: frozenset[str] = frozenset()
    """Columns whose cell a spreadsheet keeps as a day, and not as text."""


@dataclass(frozen=True)
class TemplateMark:
    """What a template says of itself in its hidden sheet."""

    template_version: int
    plan_version: int
    country: str
    period: str
    language: str
    kind: str


@dataclass(frozen=True)
class Source:
    """What a file says of one subject as it was read: rows where it could be, problems where not.

    A workbook may speak of two subjects and is then two sources; the first has the file's hash.
    `places` holds, by sheet and column, the number from 1 of the column in the file, and
    `headings` how the file names a column. `notes` are warnings of the reading itself.
    """

    name: str
    sha256: str
    subject: Subject | None
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()
    sheets: tuple[str, ...] = ("",)
    places: Mapping[tuple[str, str], int] = field(default_factory=dict)
    headings: Mapping[tuple[str, str], str] = field(default_factory=dict)
    template: TemplateMark | None = None
    copied: bool = False
    """Whether it is a template of ours without that mark, such as a sheet saved as CSV."""
    untouched: tuple[Row, ...] = ()
    """Of such a copy the rows in which nothing was filled in: what they show tells whose it is."""


def trimmed(cell: str) -> str:
    """Return a cell without spaces and invisible characters at its edges."""
    return cell.strip(BLANK)
