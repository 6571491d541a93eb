"""Periods on the secretariat's desk: who is late, what is closed, and what to write to whom."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from crmdata import clock
from crmdata.content import findings, names
from crmdata.content.destinations import Way
from crmdata.content.parts import Entries, Finding, ListEntry
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.render.html import markup, sections
from crmdata.store import db
from crmdata.terms import SIN_REPORTE, Period, Stage
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import components, draw
from crmdata.web.review import desk
from crmdata.web.shell import acts, copying
from crmdata.web.shell.acts import ActPlace, Deed
from crmdata.workflow import review

_PLACE, _REMARK = ActPlace("closing"), "desk-closing"

SYMBOLS: dict[str, str] = {
    Stage.NOT_YET_DUE: "·",
    Stage.OPEN: "○",
    Stage.DUE: "◷",
    Stage.OVERDUE: "!",
    Stage.SUBMITTED: "↥",
    Stage.SENT_BACK: "↩",
    Stage.ACCEPTED: "✓",
    Stage.CLOSED: "■",
}
"""A symbol a stage, named beneath the table."""


def show_finding(chosen: Chosen, overview: review.StandingOfReports) -> None:
    """Draw how much waits for whom, and how much is pending."""
    draw.html(sections.lead(_finding(chosen, overview)))


def _finding(chosen: Chosen, overview: review.StandingOfReports) -> Finding:
    words, stages, n = chosen.words, overview.stages, len(overview.waiting)
    waiting = words.plural("{n} batch waits for the secretariat.",
                           "{n} batches wait for the secretariat.", n)  # fmt: skip
    back = words.plural("{n} batch was sent back and waits for who sent it.",
                        "{n} batches were sent back and wait for who sent them.",
                        len(overview.sent_back))  # fmt: skip
    due = stages.loc[[Period.parse(code).ends < clock.today() for code in stages["semester"]]]
    expected, reported = int(due["expected"].sum()), int(due["reported"].sum())
    pending = words.plural(
        "{n} report is pending, of {N} expected by today.",
        "{n} reports are pending, of {N} expected by today.",
        expected - reported, N=words.number(expected),
    )  # fmt: skip
    return Finding((
        waiting if n else words("Nothing waits for the secretariat."),
        *([_oldest(words, overview)] if n else []),
        back if len(overview.sent_back) else words("Nothing was sent back that is still open."),
        pending,
    ))  # fmt: skip


def _oldest(words: Words, found: review.StandingOfReports) -> str:
    """Say since when the oldest batch waits."""
    first, *others = found.waiting.to_dict("records")
    if not others:
        return desk.waits(words, first)
    since = clock.day_of(first["imported_at"])
    return words.plural(
        "The oldest waits since {day}, for {n} day.", "The oldest waits since {day}, for {n} days.",
        (clock.today() - since).days, day=words.date(since, "medium"),
    )  # fmt: skip


def show_late(chosen: Chosen, stages: pd.DataFrame) -> None:
    """Draw who is late with how many reports and since when, what is overdue longest first."""
    late = stages.loc[stages["stage"].eq(Stage.OVERDUE)]
    draw.html(sections.draw(_by_age(chosen, late), chosen.ways))


def _by_age(chosen: Chosen, late: pd.DataFrame) -> Entries:
    words, today = chosen.words, clock.today()
    countries = names.of_countries(chosen.frame("countries"), words)
    oldest = late.groupby("country")["semester"].min().to_dict()
    missing = (late["expected"] - late["reported"]).groupby(late["country"]).sum().to_dict()
    # Those that are late for as long stand by their names.
    in_order = sorted((code for code in countries if code in oldest), key=oldest.__getitem__)
    entries = [
        ListEntry(
            countries[code],
            findings.pending_count(words, int(missing[code]), oldest[code], today),
            _pending_of(str(code)),
        )
        for code in in_order
    ]  # fmt: skip
    return Entries(words("Overdue, longest first"), entries, len(entries),
                   words("Nothing is overdue."))  # fmt: skip


def _pending_of(country: str) -> Way:
    """Return where all that is pending of a country today is listed.

    The desk stays as it is: else today's cut-off would go along to Presentar, another meeting's.
    """
    choices = {"pais": country, "estado": SIN_REPORTE, "corte": clock.today().isoformat()}
    return Way("actividades", choices, apart=True)


def show_stages(chosen: Chosen, stages: pd.DataFrame) -> None:
    """Draw country × period: the stage as a symbol, and how many of how many are in force."""
    words, caption = chosen.words, chosen.words("Where each country's semesters stand today")
    countries = desk.country_names(chosen)
    periods = sorted(stages["semester"].unique())
    cells = {
        (row["country"], row["semester"]): _cell(words, row) for row in stages.to_dict("records")
    }
    table = pd.DataFrame(
        [
            {
                words("Country"): name,
                **{words.period(period): cells.get((code, period), "") for period in periods},
            }
            for code, name in countries.items()
        ]
    )
    signs = [
        markup.element("li", f"{sign} {label(words, stage)}") for stage, sign in SYMBOLS.items()
    ]
    # Who is late stands above; on a phone each country here is a paragraph of its own.
    with st.expander(caption, key="stages"):
        components.rows(table, words=words, caption=caption)
        draw.html(markup.wrapped("ul", signs, css="crm-key", **{"aria-label": words("Key")}))
    note = words.plural(
        "A semester is overdue {n} day after its end.",
        "A semester is overdue {n} days after its end.",
        chosen.thresholds.grace_days,
    )
    draw.html(markup.element("p", note, css="crm-note"))


def _cell(words: Words, row: dict[Any, Any]) -> str:
    ratio = f"{words.number(row['reported'])}/{words.number(row['expected'])}"
    return f"{SYMBOLS[row['stage']]} {ratio}"


def show_closing(chosen: Chosen, stages: pd.DataFrame) -> None:
    """Draw what closes a country's period, or opens it again, once both are chosen."""
    words, countries = chosen.words, desk.country_names(chosen)
    ended = [code for code in sorted(stages["semester"].unique(), reverse=True)
             if Period.parse(code).ends < clock.today()]  # fmt: skip
    if not ended:
        components.paragraph(words("No semester has ended yet."), "crm-empty")
        return
    with components.filter_row():
        country = st.selectbox(
            words("Country"), list(countries), index=None, format_func=lambda code: countries[code],
            key="desk-country", filter_mode="contains", placeholder=words("Choose"),
        )  # fmt: skip
        period = st.selectbox(
            words("Semester"), ended, index=None, format_func=words.period,
            key="desk-semester", filter_mode=None, placeholder=words("Choose"),
        )  # fmt: skip
    if country is None or period is None:
        components.paragraph(words("Choose a country and a semester."), "crm-note")
        return
    mine = stages.loc[stages["country"].eq(country) & stages["semester"].eq(period)]
    closed = mine["stage"].eq(Stage.CLOSED).any()
    st.text_area(
        words("Reason for opening it again") if closed else words("Remark on the closing"),
        key=_REMARK, height=80, max_chars=2000,
    )  # fmt: skip
    about = {"country": countries[country], "semester": words.period(period)}
    deed = _reopening if closed else _closing
    act = deed(words, (str(country), period), about, _reported(words, mine))
    acts.show(words, _PLACE, desk.who, act)


def _reported(words: Words, mine: pd.DataFrame) -> str:
    """Return how much of a country's period was reported."""
    expected, reported = int(mine["expected"].sum()), int(mine["reported"].sum())
    if not expected:
        return words("The plan expects no report of it on this semester.")
    return words.out_of(
        "{n} of {N} report is in; {missing} are missing.",
        "{n} of {N} reports are in; {missing} are missing.",
        reported,
        expected,
        missing=words.number(expected - reported),
    )


def _closing(words: Words, slot: tuple[str, str], about: dict[str, str], reported: str) -> Deed:
    then = words("What comes in later still counts, and is marked as come after the closing.")
    return Deed(
        "desk-close", words("Close the semester"),
        "\n".join((words("Close {semester} of {country}?", **about), reported, then)),
        words("Yes, close {semester} of {country}", **about),
        "\n".join((words("{semester} of {country} is closed.", **about), reported, then)),
        review.close, slot, acts.fields(comment=_REMARK),
    )  # fmt: skip


def _reopening(words: Words, slot: tuple[str, str], about: dict[str, str], reported: str) -> Deed:
    then = words("What comes in from now on is no longer marked as come after the closing.")
    return Deed(
        "desk-reopen", words("Open the semester again"),
        "\n".join((words("Open {semester} of {country} again?", **about), reported, then)),
        words("Yes, open {semester} of {country} again", **about),
        "\n".join((words("{semester} of {country} is open.", **about), reported, then)),
        review.reopen, slot, acts.fields(reason=_REMARK),
    )  # fmt: skip


def show_reminders(chosen: Chosen) -> None:
    """Draw the reminder of each country that owes something, each with a button that copies it."""
    words, letters = chosen.words, _letters(chosen, clock.today())
    if not letters:
        components.paragraph(words("Nothing is missing: no reminder is needed."), "crm-empty")
        return
    copying.show_letters(words, letters)


@made_once
def _letters(chosen: Chosen, day: date) -> dict[str, str]:
    """Return the reminder of each country that owes something, by the country's name.

    To write them anew was a third of each click at the desk.
    """
    countries = desk.country_names(chosen)
    with db.reading(cache.engine()) as session:
        reminders = review.reminders(session, chosen.words, day)
    return {countries[each.country]: f"{each.subject}\n\n{each.text}" for each in reminders}
