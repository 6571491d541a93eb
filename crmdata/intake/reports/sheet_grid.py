"""A sheet of cells as it stands in a file, and the table that it is read as."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from crmdata.errors import Problem
from crmdata.files import Subject
from crmdata.intake.reports.rows import Row, trimmed
from crmdata.intake.workbooks import NOTHING_BESIDE, Beside, Typed
from crmdata.terms import LANGUAGES

Cells = Sequence[str | Typed]


@dataclass(frozen=True)
class SheetGrid:
    """A sheet, or a whole CSV (`sheet` is empty), with the numbers of its rows.

    `country` is the one that a template of ours was made for: its sheets do not repeat it.
    """

    sheet: str
    rows: Sequence[tuple[int, Cells]]
    country: str = ""
    language: str = LANGUAGES[0]
    beside: Beside = NOTHING_BESIDE
    problems: tuple[Problem, ...] = ()
    """Why the sheet cannot be read whole, or notes of how it was made into rows."""
    verbatim: bool = False
    """Whether a program wrote it: no spreadsheet's apostrophe stands before its texts."""
    copied: bool = False
    """Whether it is a sheet of a template that does not say for whom it was made."""

    @property
    def own(self) -> bool:
        """Whether it is a sheet of a template of ours."""
        return bool(self.country) or self.copied


@dataclass
class ReadTable:
    """What a grid was read as."""

    sheet: str
    copied: bool = False
    """Whether it is of a template that does not say for whom it was made."""
    subject: Subject | None = None
    columns: tuple[str, ...] = ()
    headings: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    untouched: list[Row] = field(default_factory=list)
    """Of a copied template the rows in which nothing was filled in."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def complain(self, problem: Problem) -> None:
        """Keep an error or a note."""
        (self.notes if problem.warning else self.problems).append(problem)


def text_of(cell: str | Typed) -> str:
    """Return what a cell says as text."""
    return cell.words if isinstance(cell, Typed) else cell


def says(cell: str | Typed) -> bool:
    """Tell whether anything stands in a cell."""
    return isinstance(cell, Typed) or bool(trimmed(cell))
