"""The workbook that a country fills in for a period, and what it stands on.

It holds the slots of the period and those of earlier ones that nothing was reported on, with
the report in force; a sheet for reports outside the calendar, one for cooperation, and
instructions. What must not change is locked without a password: against slips, not against
people. `crmdata.intake.reports` reads it back, and knows by a hidden sheet what it was made for.
"""

from datetime import date
from io import BytesIO
from itertools import combinations

from crmdata.content.names import activity_text
from crmdata.errors import N_, ImportRefused, Problem
from crmdata.exports.filling import Filling, Lists, TemplateSlot
from crmdata.exports.xlsx import begin, created
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.intake.reports import template_mark
from crmdata.intake.reports.known import RowCodes, known
from crmdata.intake.reports.rows import TemplateMark
from crmdata.labels import label
from crmdata.store import queries
from crmdata.store.db import Known
from crmdata.terms import (
    CooperationState,
    DataKind,
    Modality,
    Period,
    State,
    code_order,
)

_MOST_COMBINED = 4
"""Up to so many partners every combination is offered, since a list allows one choice."""


def template(
    session: Known, country: str, code: str, words: Words, *, today: date | None = None
) -> bytes:
    """Return the workbook for a reporter and a period that has begun, by its `code`.

    The same store gives the same bytes on the same day.

    `today` is the day that it is unless given. Raise ImportRefused for an unknown reporter or
    period, and StoreError where no plan is loaded.
    """
    facts = known(session, today)
    period = _begun(facts, code)
    _check_country(facts, country)
    made_for = TemplateMark(
        template_mark.VERSION, facts.plan_version, country, code, words.language, facts.kind
    )
    target = BytesIO()
    with begin(target) as book:
        book.set_properties(
            {
                "title": file_name(country, code, facts.kind),
                "created": created(facts.today),
            }
        )
        lists = _lists(facts, words)
        filling = Filling(book, words, made_for, lists, facts.countries[country])
        filling.write(_slots(session, facts, country, period, words), facts.bases.lines_of(country))
    return target.getvalue()


def file_name(country: str, period: str, kind: str) -> str:
    """Return the name of a template's file, without its ending."""
    demo = f"-{kind}" if kind == DataKind.DEMO else ""
    return f"{template_mark.name(country, period)}{demo}"


def begun_periods(session: Known, today: date | None = None) -> list[str]:
    """Return the periods that a template can be made for, the newest first."""
    facts = known(session, today)
    return [code for code in reversed(facts.periods) if _has_begun(code, facts.today)]


def default_period(session: Known, today: date | None = None) -> str:
    """Return the latest period that has begun and for which the plan foresees something.

    Before any has, it is the plan's first.
    """
    facts = known(session, today)
    planned = {period for _, period in facts.slots}
    begun = [code for code in facts.periods if code in planned and _has_begun(code, facts.today)]
    return begun[-1] if begun else facts.periods[0]


def _has_begun(period: str, today: date) -> bool:
    return Period.parse(period).starts <= today


def _begun(facts: RowCodes, code: str) -> Period:
    """Return a period of the plan. Raise ImportRefused for any other, and before it begins."""
    if code not in facts.periods:
        raise ImportRefused(
            Problem(
                "outside_plan",
                N_("The semester lies outside the plan, which runs from {first} to {last}."),
                value=code,
                values={"first": facts.periods[0], "last": facts.periods[-1]},
            )
        )
    period = Period.parse(code)
    if period.starts > facts.today:
        raise ImportRefused(
            Problem(
                "semester_in_future",
                N_("The semester has not begun yet."),
                N_("Report on it once it has begun, on {starts}."),
                value=code,
                values={"starts": period.starts},
            )
        )
    return period


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
        periods=[code for code in facts.periods if _has_begun(code, facts.today)],
        all_periods=list(facts.periods),
        modalities=[label(words, modality) for modality in Modality],
        cooperation_states=[label(words, state) for state in CooperationState],
        first_day=Period.parse(facts.periods[0]).starts,
    )


def _slots(
    session: Known, facts: RowCodes, country: str, period: Period, words: Words
) -> list[TemplateSlot]:
    """Return the period's slots, and behind them the earlier ones that nothing came on."""
    activities = queries.activities(session, facts.plan_version)
    texts = {
        row.activity: activity_text(words, row.text, row.text_en) for row in activities.itertuples()
    }
    planned = queries.slots(session, facts.plan_version)
    slots: list[TemplateSlot] = []
    owed: list[TemplateSlot] = []
    for row in planned.itertuples():
        activity, own = str(row.activity), Period.parse(str(row.semester))
        if own > period or (own != period and country == facts.region):
            continue
        now = facts.bases.in_force(country, activity, own.code)
        last = facts.bases.last(country, activity, own.code)
        slot = TemplateSlot(activity, texts[activity], own, now, last)
        if own == period:
            slots.append(slot)
        elif now is None:
            owed.append(slot)
    return [*slots, *sorted(owed, key=lambda slot: slot.period)]
