"""Rows that report on an activity: what a country, or the region, says of a period."""

from datetime import date
from typing import Any

from crmdata.errors import N_
from crmdata.fields import PROSE, REPORT, Type
from crmdata.files import Subject
from crmdata.intake.reports import codes, days, fitting, repeated
from crmdata.intake.reports.cells import Cells, says_something
from crmdata.intake.reports.entries import Entry, entry
from crmdata.intake.reports.readers import read
from crmdata.intake.reports.standing import read_standing
from crmdata.terms import Period, State

BY_TYPE = tuple(
    field
    for field in REPORT
    if not field.key and field.code not in {"state", "percent", "reported_on"}
)
"""What a report says that no other column has a say in."""

_REASONS = tuple(field for field in BY_TYPE if field.type == Type.REASON)

_TEXTS = tuple(field for field in BY_TYPE if field.type in PROSE)
_CODED = tuple(field for field in BY_TYPE if field.type not in PROSE)


def report_entry(cells: Cells) -> Entry:
    """Return the report in a row. It may be stored only where `cells` has no errors."""
    country = codes.country(cells, "country", cells.code("country"))
    activity = codes.activity(cells, "activity")
    period = codes.period(cells, "semester")
    before = None
    repeats = repeated.repeats(cells)
    repeating = bool(repeats)
    if repeats is not False and period is not None:
        before = cells.known.bases.last(country, activity, period.code)
        cells = repeated.filled_from(cells, before, cells.row.language, repeating=repeating)
    standing = read_standing(cells)
    report = {
        "country": country,
        "activity": activity,
        "semester": period.code if period else "",
        "state": standing.state,
        "percent": standing.percent,
        "reported_on": days.past_date(cells, "reported_on"),
        **read(cells, _CODED),
    }
    check_period(cells, period, report["reported_on"])
    check_reasons(cells, standing.supposed)
    if standing.state == State.CUMPLIDA and not report["evidence"]:
        cells.warn("no_evidence", "evidence", N_("Fulfilled, without a link that shows it."))
    if period and period.starts <= cells.known.today and activity in cells.known.planned:
        check_calendar(cells, activity, period)
    if cells.row.own:
        fitting.check_text(cells, activity)
    if period and not (cells.row.own and fitting.check_period(cells, period)):
        fitting.check_narrative(cells, activity, period, report["reported_on"])
    report |= read(cells, _TEXTS)
    report |= {
        field.code: "" for field in _REASONS if not any(map(str.isalnum, report[field.code]))
    }
    partners = report.pop("partners")
    if repeating and before is not None:
        repeated.contradicts(cells, before, report, partners)
    report, partners = _stood_on(cells, report, partners, repeating=repeating)
    return entry(Subject.REPORTS, cells.row.number, report, partners, cells.row.sheet)


def _stood_on(
    cells: Cells, report: dict[str, Any], partners: tuple[str, ...], *, repeating: bool
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Check the report that a row was made from; return what the row says, with its day."""
    base, bases = repeated.base_of(cells), cells.known.bases
    if base is not None or cells.row.own:
        now = bases.in_force(report["country"], report["activity"], report["semester"])
        made_from = None if base is None else bases.numbered(report["country"], base)
        untouched = made_from is not None and not repeating and made_from.says(report, partners)
        stays = repeated.stays(cells, now, report, partners, base, untouched=untouched)
        if now is not None and stays:
            return {**report, **now.values, "reported_on": now.reported_on}, now.partners
        repeated.check_base(cells, base, now, report, partners, "partners")
    return {**report, "reported_on": repeated.day_of(cells, report["reported_on"])}, partners


def check_reasons(cells: Cells, state: str) -> None:
    """Complain of a state that must be explained and is not."""
    for field in _REASONS:
        if state in field.needed_in and not says_something(cells.text(field.code)):
            cells.error(
                f"{field.code}_required",
                field.code,
                N_("The state “{state}” needs a reason."),
                N_("Say why in one sentence."),
                state=state,
            )


def check_period(cells: Cells, period: Period | None, reported_on: date | None) -> None:
    """Complain of a period that has not begun, now or when it was reported on."""
    if period is None:
        return
    if period.starts > cells.known.today:
        cells.error(
            "semester_in_future",
            "semester",
            N_("The semester has not begun yet."),
            N_("Report on it once it has begun, on {starts}."),
            starts=period.starts,
        )
    elif reported_on is not None and reported_on < period.starts:
        cells.error(
            "reported_before_semester",
            "reported_on",
            N_("The date is earlier than the semester, which begins on {starts}."),
            N_("Correct the date or the semester."),
            starts=period.starts,
        )


def check_calendar(cells: Cells, activity: str, period: Period) -> None:
    """Warn of a report on a period for which the plan foresees nothing."""
    if (activity, period.code) not in cells.known.slots:
        cells.warn(
            "outside_calendar",
            "semester",
            N_(
                "The plan foresees nothing for {activity} in {semester}; the report is shown "
                "outside the calendar."
            ),
            activity=activity,
            semester=period.code,
        )
