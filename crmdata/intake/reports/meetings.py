"""Rows of meetings: named cut-offs."""

import re

from crmdata.errors import N_
from crmdata.files import Subject
from crmdata.intake.reports import days
from crmdata.intake.reports.cells import Cells
from crmdata.intake.reports.entries import Entry, entry
from crmdata.intake.reports.personal import personal_words
from crmdata.terms import Period

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def meeting_entry(cells: Cells) -> Entry:
    """Return the meeting in a row. It may be stored only where `cells` has no errors."""
    meeting = cells.code("meeting")
    if not meeting:
        cells.missing("meeting")
    elif _CODE.fullmatch(meeting) is None:
        cells.error(
            "meeting_code",
            "meeting",
            N_("A meeting's code stands in addresses."),
            N_("Use small letters, digits and hyphens, such as crm-2019-11."),
        )
    held_on = days.iso_date(cells, "held_on")
    corte = days.iso_date(cells, "corte")
    if corte is not None and corte < Period.parse(cells.known.periods[0]).starts:
        days.before_plan(cells, "corte")
    elif corte is not None and held_on is not None and corte > held_on:
        cells.error(
            "corte_after_meeting",
            "corte",
            N_("The cut-off is later than the meeting, which is held on {held_on}."),
            N_("Give the last day whose reports the meeting looks at."),
            held_on=held_on,
        )
    return entry(
        Subject.MEETINGS,
        cells.row.number,
        {
            "meeting": meeting,
            "name_es": _name(cells, "name_es"),
            "name_en": _name(cells, "name_en"),
            "held_on": held_on,
            "corte": corte,
        },
        sheet=cells.row.sheet,
    )


def _name(cells: Cells, field: str) -> str:
    name = cells.required(field)
    if "\n" in name or "\t" in name:
        cells.error("line_break", field, N_("A name stands on one line."), N_("Join the lines."))
    cells.hold(field, personal_words(name))
    return name
