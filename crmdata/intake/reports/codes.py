"""Cells that hold a code: a country, an activity, a partner, a period, the kind of data.

Each function returns the code, or complains through `Cells` with the one that was meant.
"""

import re
from collections.abc import Iterable, Mapping

from crmdata.errors import N_, Quoted
from crmdata.files import DATA_KIND, SEPARATOR
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
        pieces = _pieces(written)
    return tuple(dict.fromkeys(country(cells, field, piece) for piece in pieces))


def activity(cells: Cells, field: str) -> str:
    """Return an activity that some version of the plan has or had."""
    code = cells.code(field)
    known = cells.known.activities
    read = "" if code in known else activity_read(code, known)
    own, beside = (code, "") if code in known or read else code_and_text(code)
    if beside:
        read = activity_read(own, known)
    if read and (not beside or _is_text_of(cells, read, beside)):
        cells.read_as(field, read)
        code, beside = read, ""
    if not code:
        cells.missing(field)
    elif read and beside:
        cells.error(
            "text_beside_code",
            field,
            N_("Behind the code {activity} stands a text that is not the plan's for it."),
            N_("Leave only the code of the activity that is meant."),
            activity=read,
        )
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
    pieces = _named_apart(written, cells.known.partner_names)
    every = []
    for piece in pieces:
        code = _partner_read(piece, cells.known.partner_names)
        if not code:
            suggestion = near_code(piece, cells.known.partners, cutoff=_TYPING_SLIP)
            _unknown(cells, field, piece, suggestion, _joined(cells.known.partners))
        every.append(code or piece)
    codes = tuple(dict.fromkeys(every))
    read = SEPARATOR.join(codes)
    if read != written and all(code in cells.known.partners for code in codes):
        cells.read_as(field, read)
    return codes


_TYPING_SLIP = 0.75
_BETWEEN = re.compile(
    r"\s*[;,/|&+\n•·]\s*|\s+[-–—]\s+|\s+(?:y|e|and|et|con|with)\s+", re.IGNORECASE
)
"""What stands between the names of several."""


def _named_apart(written: str, names: Mapping[str, str]) -> list[str]:
    """Return the names in a cell; one that holds such a sign itself stays whole."""
    if _partner_read(written, names):
        return [written]
    return _pieces(written)


def _pieces(written: str) -> list[str]:
    return [piece for part in _BETWEEN.split(written) if (piece := part.strip(" .-–—•·*\t"))]


def _partner_read(written: str, names: Mapping[str, str]) -> str:
    """Return the partner that a code, an acronym or a name stands for, or ''."""
    plain = plain_words(written)
    if plain in names:
        return names[plain]
    match = re.fullmatch(r"(.+?)\s*\((.+)\)", plain)
    if match is None:
        return ""
    both = {names.get(part.strip(), "") for part in match.groups()}
    return both.pop() if len(both) == 1 else ""


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
