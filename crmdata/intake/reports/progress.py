"""Rows that report on an activity: what a country, or the region, says of a period."""

from datetime import date
from typing import Any

from crmdata.errors import N_
from crmdata.fields import PROSE, REPORT, Type
from crmdata.files import Subject
from crmdata.intake.reports import codes, fitting, percents, repeated, values
from crmdata.intake.reports.cells import Cells, says_something
from crmdata.intake.reports.entries import Entry, entry
from crmdata.intake.reports.lists import STATES
from crmdata.intake.reports.readers import read
from crmdata.terms import (
    IMPLIED_PERCENT,
    PERCENT_REQUIRED,
    Period,
    State,
)

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
    state, supposed, beside = read_state(cells)
    report = {
        "country": country,
        "activity": activity,
        "semester": period.code if period else "",
        "state": state,
        "percent": read_percent(cells, supposed, beside),
        "reported_on": values.past_date(cells, "reported_on"),
        **read(cells, _CODED),
    }
    check_period(cells, period, report["reported_on"])
    check_reasons(cells, supposed)
    if state == State.CUMPLIDA and not report["evidence"]:
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


_WITHOUT = N_("Take the percentage out, or correct the state.")


def read_state(cells: Cells) -> tuple[str, str, float | None]:
    """Return the state that a row reports, the one that is checked with it, and its percent.

    Of a word that is not in the list the state that may be meant is checked, so that what it
    lacks is said at once. The percent is what stands beside the state in its cell, if any.
    """
    written = cells.code("state")
    words, percent = percents.apart(written)
    sure = percent is not None and percent.is_percentage
    state = (STATES.exact(words) or STATES.read(words)) if sure else ""
    if words == written:
        return *_in_words(cells), None
    if percent is None or not state:
        # How far it is stands here, though not so that it can be read: it is not missing.
        state = cells.choice("state", STATES)
        return state, state, None
    beside, implied = float(percent.number), IMPLIED_PERCENT.get(State(state))
    if state == State.NO_APLICA:
        cells.error("percent_not_applicable", "state", NO_PERCENT, _WITHOUT)
        return "", "", None
    if implied is not None and implied != beside:
        told = {"state": state, "implied": int(implied)}
        cells.error("percent_of_state", "state", PERCENT_OF_STATE, _WITHOUT, **told)
        return "", "", None
    if says_something(cells.code("percent")):
        cells.read_as("state", state)
    else:
        read = percents.written(percent.number)
        cells.warn("read_as", "state", N_("Read as “{state}”, {read} %."), state=state, read=read)
    return state, state, beside


PERCENT_OF_STATE = N_("The state “{state}” means {implied}.")
NO_PERCENT = N_("What does not apply has no percentage.")


def _in_words(cells: Cells) -> tuple[str, str]:
    """Return the state and the one that may be meant, which never contradicts the percentage."""
    written = percents.read(cells.text("percent"))
    number = None if written is None else float(written.number)
    return cells.choice_and_supposed("state", STATES, lambda code: _may_be(code, number))


def _may_be(state: str, percent: float | None) -> bool:
    """Tell whether a state may have a percentage."""
    if percent is None:
        return True
    if state == State.EN_CURSO:
        return percent not in IMPLIED_PERCENT.values()
    return IMPLIED_PERCENT.get(State(state), percent) in {percent, percent * 100}


def read_percent(cells: Cells, state: str, beside: float | None = None) -> float | None:
    """Return the percent that is stored: the implied one where the state implies one.

    In an empty cell it is the one that stands `beside` the state.
    """
    implied = IMPLIED_PERCENT.get(State(state)) if state else None
    if implied == 100 and _is_the_whole(cells):
        cells.read_as("percent", "100")
        return implied
    blank = not says_something(cells.code("percent"))
    percent = values.percent(cells, "percent")
    if not state or (percent is None and not blank):
        return None
    if blank and beside is not None:
        return beside
    if implied is not None:
        if percent is not None and percent != implied:
            _contradicting(cells, state, percent)
        return implied
    _check_required(cells, state, blank=blank)
    if percent is not None and beside not in {None, percent}:
        cells.ask(
            "two_percents",
            "percent",
            N_("Beside the state stands {other} %, here {read} %. Is {read} % right?"),
            N_("Otherwise write the right one here."),
            other=f"{beside:g}",
            read=f"{percent:g}",
        )
    return percent


def _is_the_whole(cells: Cells) -> bool:
    """Tell whether a 1 is all of it, as spreadsheets keep it, beside other percentages."""
    number = percents.read(cells.code("percent"))
    whole = number is not None and number.may_be_whole
    return whole and not cells.columns.has_fractions(cells.row, "percent")


def _check_required(cells: Cells, state: str, *, blank: bool) -> None:
    """Complain of a state without the percent that it needs, or with one where there is none."""
    if state in PERCENT_REQUIRED and blank:
        cells.error(
            "percent_required",
            "percent",
            N_("The state “{state}” needs a percentage; empty does not mean 0."),
            values.A_NUMBER_OR_NONE,
            state=state,
        )
    if state == State.NO_APLICA and not blank:
        cells.error(
            "percent_not_applicable",
            "percent",
            NO_PERCENT,
            N_("Leave the cell empty, or correct the state."),
        )


def _contradicting(cells: Cells, state: str, percent: float) -> None:
    """Complain of a percentage that another state has, and say which."""
    others = (code for code, number in IMPLIED_PERCENT.items() if number == percent)
    cells.error(
        "percent_of_state",
        "percent",
        PERCENT_OF_STATE,
        N_("With {percent} % the state would be “{meant}”: correct the one that is wrong."),
        state=state,
        implied=int(IMPLIED_PERCENT[State(state)]),
        percent=f"{percent:g}",
        meant=next(others, State.EN_CURSO),
    )


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
