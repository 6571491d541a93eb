"""Rows of a template of ours: what nobody filled in is none, what the whole is for each is."""

from collections.abc import Mapping

from crmdata.errors import N_, Problem
from crmdata.fields import COOPERATION, REPORT, SHOWN, Type
from crmdata.files import BASE, COLUMNS, DATA_KIND, OPTIONAL, UNCHANGED, Subject
from crmdata.intake.reports.rows import trimmed
from crmdata.intake.reports.sheet_grid import ReadTable, SheetGrid


def fill_in(cells: dict[str, str], grid: SheetGrid, subject: Subject | None) -> None:
    """Say in a template's row what the whole template is for."""
    if subject == Subject.REPORTS:
        if not trimmed(cells.get("country", "")):
            cells["country"] = grid.country
    elif not trimmed(cells.get("countries", grid.country)):
        cells["countries"] = grid.country


_LOCKED = frozenset(
    field.code for field in (*REPORT, *COOPERATION) if field.key and field.type != Type.COUNTRY
)
"""What a template has filled in of what a row is about: it says nothing by itself."""


def untouched(cells: Mapping[str, str], read_table: ReadTable) -> bool:
    """Tell whether nothing was filled into a row of a template."""
    assert read_table.subject is not None  # noqa: S101 - only a recognised table has rows
    own = {*COLUMNS[read_table.subject], *OPTIONAL[read_table.subject]}
    own -= {BASE, DATA_KIND, "country"}
    if trimmed(cells.get(BASE, "")) or lost_its_base(read_table):
        own -= _LOCKED
    return not any(trimmed(cells.get(column, "")) for column in own)


def lost_its_base(found: ReadTable) -> bool:
    """Tell whether a sheet of the template that shows what is to be reported lacks its base."""
    shows = {UNCHANGED, *(field.code for field in SHOWN)} & set(found.columns)
    return bool(shows) and BASE not in found.columns


def no_base(row: int) -> Problem:
    """Say that the column is missing by which a later report of somebody else is seen."""
    return Problem(
        "no_base_column",
        N_(
            "The template's hidden column is missing, so it cannot be seen whether somebody else "
            "has reported since. Rows in which nothing was filled in are left out."
        ),
        row=row,
        warning=True,
    )


def was_emptied(number: int) -> Problem:
    """Say of a row from which a report was taken out that this takes nothing back."""
    return Problem(
        "emptied",
        N_("The row was emptied; what was reported before stays as it is."),
        N_("To take something back, correct it, or ask the secretariat to withdraw it."),
        row=number,
        warning=True,
    )
