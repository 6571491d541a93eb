"""Cells that hold a code: a country, an activity, a partner, a period, the kind of data.

Each function returns the code, or complains through `Cells` with the one that was meant.
"""

import re

from crmdata.errors import N_
from crmdata.files import DATA_KIND
from crmdata.intake.reports.cells import Cells
from crmdata.intake.reports.rows import trimmed
from crmdata.intake.reports.suggestions import (
    activity_meant,
    activity_read,
    near_code,
    party_meant,
    period_meant,
    period_read,
)
from crmdata.terms import DataKind, Period


def country(cells: Cells, field: str, code: str) -> str:
    """Return the code of a member country or of the region; complain of any other."""
    if code.upper() in cells.known.countries:
        if code != code.upper():
            cells.read_as(field, code.upper())
        return code.upper()
    if code not in cells.known.countries:
        _unknown(
            cells, field, code, party_meant(code, cells.known.countries, cells.known.other_names)
        )
    return code


def activity(cells: Cells, field: str) -> str:
    """Return an activity that some version of the plan has or had."""
    code = cells.code(field)
    read = "" if code in cells.known.activities else activity_read(code, cells.known.activities)
    if read:
        cells.read_as(field, read)
        code = read
    if not code:
        cells.missing(field)
    elif code not in cells.known.activities:
        if re.fullmatch(r"[0-9]{1,2}[.][0-9]{1,2}", code):
            cells.error(
                "activity_without_line",
                field,
                N_("The strategic line is missing: every line has such a number."),
                N_("Write the whole code, such as “{example}”."),
                example=f"IV.{code}",
            )
        else:
            _unknown(cells, field, code, activity_meant(code, cells.known.activities))
    elif code not in cells.known.planned:
        cells.warn(
            "withdrawn_activity",
            field,
            N_("The newest version of the plan no longer has this activity."),
        )
    return code


def partner(cells: Cells, field: str, code: str) -> str:
    """Return the code of a partner; complain of any other."""
    if code.upper() in cells.known.partners and code != code.upper():
        cells.read_as(field, code.upper())
        return code.upper()
    if code not in cells.known.partners:
        _unknown(cells, field, code, near_code(code, cells.known.partners))
    return code


def period(cells: Cells, field: str) -> Period | None:
    """Return a period that the plan has."""
    written = cells.code(field)
    code = period_read(written) or written
    if code != written:
        cells.read_as(field, code)
    first, last = cells.known.periods[0], cells.known.periods[-1]
    try:
        period = Period.parse(code)
    except ValueError:
        _no_period(cells, field, code)
        return None
    if code not in cells.known.periods:
        cells.error(
            "outside_plan",
            field,
            N_("The semester lies outside the plan, which runs from {first} to {last}."),
            first=first,
            last=last,
        )
        return None
    return period


def _no_period(cells: Cells, field: str, code: str) -> None:
    meant = period_meant(code)
    if not code:
        cells.missing(field)
    elif meant:
        cells.error(
            "no_semester",
            field,
            N_("This is not how a semester is written."),
            N_("Write {meant}."),
            meant=meant,
        )
    else:
        cells.error(
            "no_semester",
            field,
            N_("This is not how a semester is written."),
            N_("Write the year, a hyphen and 1 or 2, as in 2019-2."),
        )


def data_kind(cells: Cells) -> DataKind | None:
    """Return what kind of data the row says it is: real where it says nothing."""
    if not trimmed(cells.row.cells.get(DATA_KIND, "")):
        return DataKind.REAL
    code = cells.choice(
        DATA_KIND, tuple(DataKind), N_("Use real or demostracion, or leave it empty.")
    )
    return DataKind(code) if code else None


def _unknown(cells: Cells, field: str, code: str, meant: str) -> None:
    """Complain of a code that does not exist, and of nothing where a code must stand."""
    if not code:
        cells.missing(field)
    elif meant:
        cells.error(
            f"unknown_{field}",
            field,
            N_("There is no “{code}”."),
            N_("Did you mean {meant}?"),
            code=code,
            meant=meant,
        )
    else:
        cells.error(
            f"unknown_{field}",
            field,
            N_("There is no “{code}”."),
            N_("`crmdata export` writes the lists of countries, activities and partners."),
            code=code,
        )
