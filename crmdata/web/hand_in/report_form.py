"""One report filled in by hand, and "no changes" for many activities in one step."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from crmdata.access import Role
from crmdata.content import names
from crmdata.content.reports import percent, state
from crmdata.fields import REPORT, Field, Type
from crmdata.files import SEPARATOR, cell_of
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.terms import State
from crmdata.web.choices.chosen import Chosen
from crmdata.web.hand_in import handing_in
from crmdata.web.kit import components
from crmdata.workflow import review

_FORM = "form-"
_RETURNED = "form-returned"
_NOTE = "form-note"
_CHOSEN = ("activity", "semester", "state")
_BOXES = tuple(field for field in REPORT if field.prompt)
_PERCENT, *_OTHERS = _BOXES
_LONGEST = {Type.PERCENT: 6, Type.REASON: 2000}
"""Characters of a line, by what it holds."""


def show(chosen: Chosen, country: str, reports: review.StandingOfReports) -> None:
    """Draw the form of one report; its country is the account's and no field of it.

    An address that names an activity has chosen it here.
    """
    words = chosen.words
    activities = names.of_activities(chosen.frame("activities"), words)
    periods = _begun(country)
    partners = names.of_partners(chosen.frame("partners"), words)
    if handing_in.preselect(chosen, f"{_FORM}activity"):
        # Most often a report goes on where the last one stood.
        activity = chosen.choices.actividad or ""
        st.session_state[f"{_FORM}state"] = _last_state(country, activity)
        st.session_state[f"{_FORM}semester"] = _last_pending(country, activity)
    _show_returned(words, country, periods, activities, reports.returned)
    with st.form(f"{_FORM}{country}", border=True):
        st.selectbox(
            words("Activity"), list(activities), key=f"{_FORM}activity", index=None,
            format_func=lambda code: activities[code].full, placeholder=words("Choose"),
            filter_mode="contains",
        )  # fmt: skip
        with st.container(key="report-form", horizontal=True, vertical_alignment="bottom"):
            # What nobody chose is not reported: neither a period nor a state stands there first.
            st.selectbox(words("Semester"), periods, key=f"{_FORM}semester", index=None,
                         format_func=words.period, filter_mode=None,
                         placeholder=words("Choose"))  # fmt: skip
            st.selectbox(words("State"), [*map(str, State)], key=f"{_FORM}state", index=None,
                         format_func=lambda code: label(words, code), filter_mode=None,
                         placeholder=words("Choose"))  # fmt: skip
            _show_box(words, _PERCENT, partners)
        for field in _OTHERS:
            _show_box(words, field, partners)
        if chosen.actor.role == Role.SECRETARIAT:
            # Nobody else checks what the secretariat corrects, so it says why.
            st.text_input(words("Remark: why a report of the country is corrected"),
                          key=_NOTE, max_chars=500)  # fmt: skip
        st.form_submit_button(words("Hand in this report"),
                              on_click=_send, args=(chosen, country))  # fmt: skip
    handing_in.show_receipt(words, handing_in.FORM)


def _show_box(words: Words, field: Field, partners: names.Names) -> None:
    """Draw what asks for a column, by its type."""
    prompt, key = words(field.prompt), f"{_FORM}{field.code}"
    match field.type:
        case Type.PARTNERS:
            st.multiselect(
                prompt,
                list(partners),
                key=key,
                format_func=lambda code: partners[code].short,
                placeholder=words("Choose"),
            )
        case Type.TEXT:
            st.text_area(prompt, key=key, max_chars=10_000)
        case Type.LINKS:
            st.text_area(prompt, key=key, height=80, max_chars=5000)
        case _:
            st.text_input(prompt, key=key, max_chars=_LONGEST[field.type])


def _show_returned(
    words: Words, country: str, periods: list[str], activities: names.Names, back: pd.DataFrame
) -> None:
    """Draw the choice of a report that was sent back, which fills the form with what it said."""
    # What an earlier plan had, or another period, the form has no choice for.
    open_ = back["country"].eq(country) & back["semester"].isin(periods)
    mine = back.loc[open_ & back["activity"].isin(list(activities))]
    if mine.empty:
        return
    reports = {int(row["report_id"]): row for row in mine.to_dict("records")}
    st.selectbox(
        words("Correct a report that was sent back"), list(reports), index=None,
        key=_RETURNED, placeholder=words("Choose"), filter_mode="contains",
        format_func=lambda number: _called(words, reports[number], activities),
        on_change=_fill, args=(reports,),
    )  # fmt: skip


def _called(words: Words, report: dict[Any, Any], activities: names.Names) -> str:
    return f"{words.period(report['semester'])} · {activities[report['activity']].full}"


def _fill(reports: dict[int, dict[Any, Any]]) -> None:
    number = st.session_state.get(_RETURNED)
    if number is None:
        return
    report = reports[number]
    for name in _CHOSEN:
        st.session_state[f"{_FORM}{name}"] = report[name]
    for field in _BOXES:
        st.session_state[f"{_FORM}{field.code}"] = _filled(field, report[field.code])


def _filled(field: Field, value: Any) -> str | list[str]:
    """Return what stands in a box for a stored value."""
    match field.type:
        case Type.PARTNERS:
            return [code for code in value.split(SEPARATOR) if code]
        case Type.LINKS:
            return str(value.replace(SEPARATOR, "\n"))
    return cell_of(value)


def _cell(field: Field) -> str:
    """Return what was filled into a box, as the cell of a file."""
    value = st.session_state.get(f"{_FORM}{field.code}") or ""
    match field.type:
        case Type.PARTNERS:
            return SEPARATOR.join(value)
        case Type.LINKS:
            return SEPARATOR.join(filter(None, map(str.strip, value.splitlines())))
    return str(value).strip()


def _send(chosen: Chosen, country: str) -> None:
    words = chosen.words
    report = {name: str(st.session_state.get(f"{_FORM}{name}") or "") for name in _CHOSEN}
    report |= {"country": country, **{field.code: _cell(field) for field in _BOXES}}
    if handing_in.act(
        words, handing_in.FORM, lambda stored: handing_in.receipt(words, [stored]),
        review.edit_report, report, note=st.session_state.get(_NOTE, ""),
    ):  # fmt: skip
        _clear()


def _clear() -> None:
    """Empty the form: what was handed in is not to be sent again."""
    for name in (*(f"{_FORM}{name}" for name in _CHOSEN), _RETURNED):
        st.session_state[name] = None
    st.session_state[_NOTE] = ""
    for field in _BOXES:
        st.session_state[f"{_FORM}{field.code}"] = [] if field.type == Type.PARTNERS else ""


def _last_state(country: str, activity: str) -> str | None:
    """Return the state that a country reported last of an activity, if it has."""
    reports = handing_in.reports_of(country)
    own = reports.loc[reports["activity"].eq(activity)].sort_values("semester")
    return str(own["state"].iloc[-1]) if len(own) else None


def _last_pending(country: str, activity: str) -> str | None:
    """Return the newest period in which a country owes a report on an activity, if it does."""
    missing = handing_in.pending(country)
    own = missing.loc[missing["activity"].eq(activity), "semester"]
    return str(own.max()) if len(own) else None


def _begun(country: str) -> list[str]:
    """Return the periods that have begun, those in which something is owed first."""
    missing = handing_in.pending(country)["semester"].unique().tolist()
    cells = handing_in.view_of_today().frame("cells")
    begun = cells.loc[cells["reporting"].ne("aun_no_vence"), "semester"].unique().tolist()
    return list(dict.fromkeys([*sorted(missing, reverse=True), *sorted(begun, reverse=True)]))


def show_unchanged(chosen: Chosen, country: str) -> None:
    """Draw what repeats the last report of many activities, for what is owed."""
    words = chosen.words
    slots = _repeatable(country)
    if slots.empty:
        handing_in.show_receipt(words, handing_in.NO_CHANGES)
        components.paragraph(_nothing_repeatable(words, country), "crm-empty")
        return
    components.paragraph(
        words(
            "Choose what stands as it was last reported: state, percent, evidence and partners "
            "are repeated, as a report of its own."
        ),
        "crm-note",
    )
    activities = names.of_activities(chosen.frame("activities"), words)
    options = list(zip(slots["activity"], slots["semester"], strict=True))
    repeated = _repeated(words, country, options)
    with st.form(f"unchanged-{country}", border=True):
        st.multiselect(
            words("Activities and semesters"), options, key="unchanged",
            placeholder=words("Choose"),
            format_func=lambda slot: f"{words.period(slot[1])} · {activities[slot[0]].full} "
                                     f"({repeated[slot]})",
        )  # fmt: skip
        st.checkbox(words("All that are pending"), key="unchanged-all")
        st.form_submit_button(words("Report no changes"), on_click=_send_unchanged,
                              args=(chosen, country, options))  # fmt: skip
    handing_in.show_receipt(words, handing_in.NO_CHANGES)


def _repeated(
    words: Words, country: str, slots: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """Return what would stand again in each slot: state and percent as they were last reported."""
    reported: dict[str, list[dict[Any, Any]]] = {}
    for row in handing_in.reports_of(country).sort_values("semester").to_dict("records"):
        reported.setdefault(row["activity"], []).append(row)
    found = {}
    for activity, period in slots:
        last = [row for row in reported[activity] if row["semester"] < period][-1]
        found[activity, period] = f"{state(words, last['state'])}, {percent(words, last)}"
    return found


def _send_unchanged(chosen: Chosen, country: str, options: list[tuple[str, str]]) -> None:
    words = chosen.words
    every = st.session_state.get("unchanged-all")
    picked = options if every else st.session_state.get("unchanged") or []
    slots = [(country, activity, period) for activity, period in picked]
    done = words.plural(
        "“No changes” was handed in for {n} activity.",
        "“No changes” was handed in for {n} activities.",
        len(slots),
    )
    if handing_in.act(
        words, handing_in.NO_CHANGES,
        lambda stored: f"{done}\n{handing_in.receipt(words, [stored])}",
        review.sin_cambios, slots, language=words.language,
    ):  # fmt: skip
        st.session_state["unchanged"], st.session_state["unchanged-all"] = [], False


def _nothing_repeatable(words: Words, country: str) -> str:
    """Say why no report can stand unchanged."""
    if handing_in.reports_of(country).empty:
        return words(
            "Nothing can stand unchanged yet: no report of this country counts so far. A report "
            "counts once the secretariat has accepted it."
        )
    return words("Nothing is pending whose last report could stand unchanged.")


def _repeatable(country: str) -> pd.DataFrame:
    """Return what is owed and has a report of an earlier period to repeat."""
    owed, reported = handing_in.pending(country), handing_in.reports_of(country)
    first = reported.groupby("activity")["semester"].min().to_dict()
    # By codes, not by columns: without any report pandas has no text to compare with.
    slots = zip(owed["activity"], owed["semester"], strict=True)
    earlier = [activity in first and first[activity] < period for activity, period in slots]
    return owed.loc[pd.Series(earlier, index=owed.index, dtype=bool)]
