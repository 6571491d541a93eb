"""The workbook that a country fills in for a semester, and what it stands on.

It holds the slots of the semester and those of earlier ones that nothing was reported on, with
the report in force; a sheet for reports outside the calendar, one for cooperation, and
instructions. What must not change is locked without a password: against slips, not against
people. `crmdata.intake.reports` reads it back, and knows by a hidden sheet what it was made for.
"""

from datetime import date
from io import BytesIO
from itertools import combinations

from crmdata.errors import N_, ImportRefused, Problem
from crmdata.exports.filling import Filling, Lists, TemplateSlot
from crmdata.exports.xlsx import begin, created
from crmdata.figures.names import activity_text
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.intake.reports import mark
from crmdata.intake.reports.known import RowCodes, known
from crmdata.intake.reports.rows import TemplateMark
from crmdata.labels import label
from crmdata.store import queries
from crmdata.store.db import Known
from crmdata.terms import (
    REGION,
    CooperationState,
    DataKind,
    Modality,
    Semester,
    State,
    code_order,
)

_MOST_COMBINED = 4
"""Up to so many partners every combination is offered, since a list allows one choice."""


def template(
    session: Known, country: str, semester: str, words: Words, *, today: date | None = None
) -> bytes:
    """Return the workbook for a reporter and a semester that has begun; the same store gives the
    same bytes on the same day.

    `today` is the day that it is unless given. Raise ImportRefused for an unknown reporter or
    semester, and StoreError where no plan is loaded.
    """
    facts = known(session, today)
    half = _semester(facts, semester)
    _check_country(facts, country)
    made_for = TemplateMark(
        mark.VERSION, facts.plan_version, country, semester, words.language, facts.kind
    )
    target = BytesIO()
    with begin(target) as book:
        book.set_properties(
            {
                "title": file_name(country, semester, facts.kind),
                "created": created(facts.today),
            }
        )
        lists = _lists(facts, words)
        filling = Filling(book, words, made_for, lists, facts.countries[country])
        filling.write(_slots(session, facts, country, half, words), facts.bases.lines_of(country))
    return target.getvalue()


def file_name(country: str, semester: str, kind: str) -> str:
    """Return the name of a template's file, without its ending."""
    parts = ["crmdata", country, semester, *([kind] if kind == DataKind.DEMO else [])]
    return "-".join(parts)


def begun_semesters(session: Known, today: date | None = None) -> list[str]:
    """Return the semesters that a template can be made for, the newest first."""
    facts = known(session, today)
    return [code for code in reversed(facts.semesters) if _begun(code, facts.today)]


def default_semester(session: Known, today: date | None = None) -> str:
    """Return the latest semester that has begun and for which the plan foresees something.

    Before any has, it is the plan's first.
    """
    facts = known(session, today)
    planned = {semester for _, semester in facts.slots}
    begun = [code for code in facts.semesters if code in planned and _begun(code, facts.today)]
    return begun[-1] if begun else facts.semesters[0]


def _begun(semester: str, today: date) -> bool:
    return Semester.parse(semester).starts <= today


def _semester(facts: RowCodes, semester: str) -> Semester:
    if semester not in facts.semesters:
        raise ImportRefused(
            Problem(
                "outside_plan",
                N_("The semester lies outside the plan, which runs from {first} to {last}."),
                value=semester,
                values={"first": facts.semesters[0], "last": facts.semesters[-1]},
            )
        )
    half = Semester.parse(semester)
    if half.starts > facts.today:
        raise ImportRefused(
            Problem(
                "semester_in_future",
                N_("The semester has not begun yet."),
                N_("Report on it once it has begun, on {starts}."),
                value=semester,
                values={"starts": half.starts},
            )
        )
    return half


def _check_country(facts: RowCodes, country: str) -> None:
    if country not in facts.countries:
        raise ImportRefused(
            Problem(
                "unknown_country",
                N_("There is no “{code}”."),
                N_("Use one of {codes}."),
                values={"code": country, "codes": " ".join(sorted(facts.countries))},
            )
        )


def _lists(facts: RowCodes, words: Words) -> Lists:
    partners = sorted(facts.partners)
    most = len(partners) if len(partners) <= _MOST_COMBINED else 1
    together = [
        SEPARATOR.join(some) for n in range(1, most + 1) for some in combinations(partners, n)
    ]
    return Lists(
        yes=[words("yes")],
        states=[label(words, state) for state in State],
        partner_sets=together,
        partners=partners,
        activities=sorted(facts.planned, key=code_order),
        semesters=[code for code in facts.semesters if _begun(code, facts.today)],
        all_semesters=list(facts.semesters),
        modalities=[label(words, modality) for modality in Modality],
        cooperation_states=[label(words, state) for state in CooperationState],
        first_day=Semester.parse(facts.semesters[0]).starts,
    )


def _slots(
    session: Known, facts: RowCodes, country: str, half: Semester, words: Words
) -> list[TemplateSlot]:
    """Return the semester's slots, and behind them the earlier ones that nothing came on."""
    activities = queries.activities(session, facts.plan_version)
    texts = {
        row.activity: activity_text(words, row.text, row.text_en) for row in activities.itertuples()
    }
    planned = queries.slots(session, facts.plan_version)
    found: list[TemplateSlot] = []
    owed: list[TemplateSlot] = []
    for row in planned.itertuples():
        activity, semester = str(row.activity), Semester.parse(str(row.semester))
        if semester > half or (semester != half and country == REGION):
            continue
        now = facts.bases.in_force(country, activity, semester.code)
        last = facts.bases.last(country, activity, semester.code)
        slot = TemplateSlot(activity, texts[activity], semester, now, last)
        if semester == half:
            found.append(slot)
        elif now is None:
            owed.append(slot)
    return [*found, *sorted(owed, key=lambda one: one.semester)]
