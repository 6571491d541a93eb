"""Cells that hold a code: a country, an activity, a partner, a period, the kind of data.

Each function returns the code, or complains through `Cells` with the one that was meant.
"""

import re
from collections.abc import Iterable

from crmdata.errors import N_, Quoted
from crmdata.files import DATA_KIND, SEPARATOR
from crmdata.intake.reports import partners as partner_names
from crmdata.intake.reports import periods
from crmdata.intake.reports.cells import Cells, says_something
from crmdata.intake.reports.lists import KINDS
from crmdata.intake.reports.rows import trimmed
from crmdata.intake.reports.suggestions import (
    activity_meant,
    activity_read,
    code_and_text,
    near_code,
    party_meant,
    party_read,
    plain_words,
)
from crmdata.terms import DataKind, Period


def country(cells: Cells, field: str, code: str) -> str:
    """Return the code of a member country or of the region; complain of any other."""
    known = cells.known
    if code in known.countries:
        return code
    read = party_read(code, known.countries)
    if read:
        cells.read_as(field, read)
        return read
    suggestion = party_meant(code, known.countries, known.other_names)
    _unknown(cells, field, code, suggestion, _joined(known.countries))
    return code


def countries(cells: Cells, field: str) -> tuple[str, ...]:
    """Return the codes of the parties that a cell names, each once; complain of any other."""
    written = cells.code(field)
    if not written or party_read(written, cells.known.countries):
        pieces = [written] if written else []
    else:
        pieces = partner_names.pieces(written)
    return tuple(dict.fromkeys(country(cells, field, piece) for piece in pieces))


def activity(cells: Cells, field: str) -> str:
    """Return an activity that some version of the plan has or had."""
    code = cells.code(field)
    if code not in cells.known.activities:
        read, beside = _code_within(cells, code)
        if beside and not _is_text_of(cells, read, beside):
            cells.error(
                "text_beside_code",
                field,
                N_("Behind the code {activity} stands a text that is not the plan's for it."),
                N_("Leave only the code of the activity that is meant."),
                activity=read,
            )
            return code
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
            suggestion = activity_meant(code, cells.known.activities)
            if suggestion.split(".")[0] != code.upper().split(".")[0]:
                suggestion = ""  # a code of another line is never what was meant
            _unknown(cells, field, code, suggestion, "")
    elif code not in cells.known.planned:
        cells.warn(
            "withdrawn_activity",
            field,
            N_("The newest version of the plan no longer has this activity."),
        )
    return code


def _code_within(cells: Cells, written: str) -> tuple[str, str]:
    """Return the activity whose code is written in another way, and the words behind the code."""
    if read := activity_read(written, cells.known.activities):
        return read, ""
    own, beside = code_and_text(written)
    read = activity_read(own, cells.known.activities) if beside else ""
    return (read, beside) if read else ("", "")


def _is_text_of(cells: Cells, activity: str, written: str) -> bool:
    """Tell whether a text is an activity's own, in either language, or how it begins."""
    wanted = plain_words(written).rstrip(". …")
    return len(wanted) >= _SHORTEST_TEXT and any(
        plain_words(text).startswith(wanted) for text in cells.known.texts.get(activity, ())
    )


_SHORTEST_TEXT = 8
"""Letters by which a cut text is still known."""


def partner(cells: Cells, field: str) -> str:
    """Return the code of the one partner that a cell names, or ''; complain of any other."""
    codes = partners(cells, field)
    if len(codes) > 1:
        cells.error(
            "several_partners",
            field,
            N_("More than one partner stands here."),
            N_("Write a row for each."),
        )
    return codes[0] if codes else ""


def partners(cells: Cells, field: str) -> tuple[str, ...]:
    """Return the codes of the partners that a cell names, each once; complain of any other."""
    written = cells.code(field)
    if not says_something(written):
        return ()
    found = partner_names.named(written, cells.known.partner_names)
    for name in (name for name, code in found if not code):
        suggestion = near_code(name, cells.known.partners, cutoff=_TYPING_SLIP)
        _unknown(cells, field, name, suggestion, _joined(cells.known.partners))
    codes = tuple(dict.fromkeys(code or name for name, code in found))
    read = SEPARATOR.join(codes)
    if read != written and all(code for _, code in found):
        cells.read_as(field, read, plainly=True)
    return codes


_TYPING_SLIP = 0.75


def period(cells: Cells, field: str) -> Period | None:
    """Return a period that the plan has."""
    written = cells.code(field)
    if not written:
        cells.missing(field)
        return None
    readings = periods.read(written) or periods.of_day(written)
    if len(readings) != 1:
        _no_period(cells, field, readings)
        return None
    period = readings[0]
    if written != period.code:
        cells.read_as(field, period.code)
    first, last = cells.known.periods[0], cells.known.periods[-1]
    if period.code not in cells.known.periods:
        cells.error(
            "outside_plan",
            field,
            N_("The semester lies outside the plan, which runs from {first} to {last}."),
            first=first,
            last=last,
        )
        return None
    return period


def _no_period(cells: Cells, field: str, readings: tuple[Period, ...]) -> None:
    if readings:
        cells.error(
            "semester_as_date",
            field,
            N_(
                "This can be two semesters: {typed}, of which Excel makes this month, or {month}, "
                "in which the month lies."
            ),
            N_("Format the cell as text and write the semester again, such as 2019-2."),
            typed=readings[0].code,
            month=readings[1].code,
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
    code = cells.choice(DATA_KIND, KINDS)
    return DataKind(code) if code else None


def _joined(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes))


def _unknown(cells: Cells, field: str, code: str, suggestion: str, listing: str) -> None:
    """Complain of a code that does not exist, and of nothing where a code must stand."""
    if not code:
        cells.missing(field)
    elif suggestion:
        cells.error(
            f"unknown_{field}",
            field,
            N_("There is no “{code}”."),
            N_("Did you mean {meant}?"),
            code=code,
            meant=suggestion,
        )
    else:
        cells.error(
            f"unknown_{field}",
            field,
            N_("There is no “{code}”."),
            N_("Use one of these: {listed}.")
            if listing
            else N_("Copy the code from the template, or from the page Activities."),
            code=code,
            listed=Quoted(listing),
        )
