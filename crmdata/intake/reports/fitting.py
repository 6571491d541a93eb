"""Whether the rows of a template are still its own: the text beside a code, the period of a row.

A template is locked against slips only. Who takes the lock off and sorts a part of it, or fills a
column down, has codes beside the texts of other activities, and periods that were never asked for.
"""

import re
from datetime import date

from crmdata.errors import N_
from crmdata.fields import SHOWN
from crmdata.intake.reports import dates, periods
from crmdata.intake.reports.cells import Cells
from crmdata.intake.reports.suggestions import plain_words
from crmdata.terms import Period

_ABOUT, _DUE = SHOWN[0].code, SHOWN[1].code


def check_text(cells: Cells, activity: str) -> None:
    """Complain of the text of another activity beside a code; mention one of none."""
    written = cells.text(_ABOUT).strip()
    texts = cells.known.texts
    if not written or activity not in texts or written in texts[activity]:
        return
    wanted = plain_words(written)
    if wanted in map(plain_words, texts[activity]):
        return
    owners = [
        code
        for code, both in texts.items()
        if written in both or wanted in {plain_words(text) for text in both if text}
    ]
    if owners:
        cells.error(
            "text_of_another",
            _ABOUT,
            N_("Beside {activity} stands the text of {other}: which of the two is meant?"),
            N_(
                "A part of the sheet was sorted or moved. Undo that, or enter the rows in a new "
                "template."
            ),
            activity=activity,
            other=", ".join(owners),
        )
    elif cells.row.copied:
        cells.ask(
            "text_changed",
            _ABOUT,
            N_("Is {activity} meant? In the plan in force its text is another one."),
            N_(
                "The template may be of an earlier version of the plan. Otherwise download it "
                "again and enter there what you have to report."
            ),
            activity=activity,
        )
    else:
        cells.warn(
            "text_changed",
            _ABOUT,
            N_("What is written in this column is not read: it shows the text of {activity}."),
            N_("Write what you have to say under “Narrative”."),
            activity=activity,
        )


def check_period(cells: Cells, period: Period) -> bool:
    """Ask about a row whose period is another than the one that it was made for; tell if so."""
    due = dates.read(cells.text(_DUE), dates.EARLIEST, dates.LATEST).days
    own = Period.of(due[0]) if len(due) == 1 else None
    if own is not None and own != period:
        cells.ask(
            "semester_of_template",
            "semester",
            N_("Is {semester} meant? The template has this row for {own}."),
            N_("Otherwise write the semester of the template again."),
            semester=period.code,
            own=own.code,
        )
        return True
    return False


def check_narrative(cells: Cells, activity: str, period: Period, reported_on: date | None) -> None:
    """Ask about a row whose narrative begins with another period, for which nothing is said.

    Only one in which the activity is foreseen, and that had begun when it was reported on.
    """
    text = cells.text("narrative")
    spoken = periods.opening(text)
    if spoken is None or spoken == period or _COMES.search(_first_sentence(text)):
        return
    day = reported_on or cells.known.today
    foreseen = (activity, spoken.code) in cells.known.slots and spoken.starts <= day
    country = cells.code("country")
    if not foreseen or cells.columns.speaks_of(activity, spoken):
        return
    if cells.known.bases.in_force(country, activity, spoken.code) is None:
        cells.ask(
            "semester_of_narrative",
            "semester",
            N_("The row is of {semester}, and its narrative speaks of {own}. Is {semester} meant?"),
            N_("Otherwise enter it in the row of {own}, and empty this one."),
            semester=period.code,
            own=spoken.code,
        )


_COMES = re.compile(
    r"\b(?:will|shall|planned|foreseen|expected|previst[oa]s?|prevé|preve|prevén|"
    r"programad[oa]s?|planea|iniciará|\w{2,}rán?)\b",
    re.IGNORECASE,
)
"""What is still to come is no report on its period."""


def _first_sentence(text: str) -> str:
    return re.split(r"[.;\n]", text, maxsplit=1)[0]
