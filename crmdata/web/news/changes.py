"""What Novedades shows: between which dates, the counts, the progress then and now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from crmdata import measures
from crmdata.content import findings, names
from crmdata.content.names import Name, Names
from crmdata.figures import changes as figure
from crmdata.figures import dumbbell
from crmdata.i18n import Words
from crmdata.labels import NOTHING_EARLIER
from crmdata.web.choices import address, choices
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.codes import codes_of
from crmdata.web.choices.groups import Group, header, named, within
from crmdata.web.data.kept import kept
from crmdata.web.kit import numbers
from crmdata.web.kit.components import Chart, Empty
from crmdata.web.news import change_rows
from crmdata.web.origin.origins import OfCells

NOBODY = ""
"""Stands for "no partner named" among the codes of the partners."""


@dataclass(frozen=True)
class Between:
    """What changed in the chosen part of the plan; its frames are shared and never changed."""

    first: date
    cells_then: pd.DataFrame
    cells_now: pd.DataFrame
    changes: pd.DataFrame
    outside: pd.DataFrame


def first_day(chosen: Chosen) -> date | None:
    """Return the date before it that the cut-off is compared with; None where there is none."""
    return chosen.choices.desde or codes_of(chosen.view).before


def first_day_sentence(chosen: Chosen, first: date | None) -> str:
    """Say where there is no first date, or where it is no meeting's unasked; else `""`."""
    words, asked = chosen.words, chosen.choices.desde
    if first is None:
        return words(NOTHING_EARLIER)
    if asked is None and first not in chosen.view.meeting_days.values():
        return words(
            "There was no meeting before this cut-off. It is compared with the beginning of the "
            "plan, {first}.",
            first=words.date(first),
        )
    return ""


def between(chosen: Chosen, first: date) -> Between:
    """Return what changed from a date to the cut-off, in the chosen part of the plan."""
    # However it is grouped afterwards.
    whole = replace(chosen, choices=replace(chosen.choices, grupo=None))
    return _between(whole, first)


@kept
def _between(chosen: Chosen, first: date) -> Between:
    cells_then, cells_now = chosen.view.at(first).frame("cells"), chosen.frame("cells")
    changes = measures.change_between(cells_then, cells_now)
    beyond = change_rows.outside(
        chosen.frame("slots"),
        chosen.frame("reports"),
        chosen.frame("activities"),
        first,
        chosen.view.members,
    )
    return Between(
        first,
        within(chosen, cells_then),
        within(chosen, cells_now),
        _told(chosen, within(chosen, changes)),
        within(chosen, beyond),
    )


def _told(chosen: Chosen, changes: pd.DataFrame) -> pd.DataFrame:
    """Add what the reports of now and before say, read for these alone."""
    numbers = pd.concat([changes["report_id"], changes["report_id_before"]]).dropna()
    reports = chosen.view.reports_numbered(map(int, numbers))
    return change_rows.told(changes, reports)


def found(chosen: Chosen, between: Between) -> str:
    """Return in a sentence what moved between the two dates."""
    return findings.moved(chosen.words, between.changes, between.first)


def why_nothing(found: Between) -> Empty | None:
    """Return why no cell has changed; None where some have."""
    if found.cells_now.empty:
        return Empty.NOT_SCHEDULED
    if len(found.changes):
        return None
    return Empty.NOTHING_CHANGED if found.cells_now["due"].any() else Empty.NOT_YET_DUE


# Widgets


def show_group(chosen: Chosen) -> None:
    """Draw the list of what changes are grouped by."""
    words, key = chosen.words, "choose-grupo"
    st.session_state[key] = chosen.choices.group
    shown = {"pais": words("Country"), "linea": words("Line"), "socio": words("Partner")}
    st.selectbox(
        words("Group by"),
        list(address.GROUPS),
        format_func=shown.__getitem__,
        key=key,
        on_change=lambda: choices.choose(grupo=st.session_state[key]),
        filter_mode=None,
        width=240,
    )


# Groups


def grouped_by(chosen: Chosen) -> str:
    """Return the column that says the group of a change."""
    return address.GROUPS[chosen.choices.group]


def flags(chosen: Chosen) -> Sequence[str]:
    """Return the kinds of change that the chosen groups can have."""
    return figure.SAID if grouped_by(chosen) == "partner" else figure.FLAGS


def group_names(chosen: Chosen) -> Names:
    """Name the chosen groups; the partners, and last the reports that name none."""
    words, by = chosen.words, grouped_by(chosen)
    if by == "country":
        return named(chosen, "country")
    if by == "line":
        return named(chosen, "line")
    partners = names.of_partners(chosen.frame("partners"), words)
    acronyms: dict[str | int, Name] = {
        code: Name(name.short, name.short) for code, name in partners.items()
    }
    return {**acronyms, NOBODY: Name(words("Nobody"), words("No partner named"))}


def group_header(words: Words, by: str) -> str:
    """Return the header of the column that says the group."""
    return {
        "country": words("Country"),
        "line": words("Line"),
        "partner": words("Partner"),
    }[by]


def by_group(chosen: Chosen, changes: pd.DataFrame) -> pd.DataFrame:
    """Return the changes, each once for each group that it is of."""
    return change_rows.per_partner(changes) if grouped_by(chosen) == "partner" else changes


# Numbers and pictures


@kept
def cards(chosen: Chosen, first: date) -> list[str]:
    """Return the counts, each with what it is of."""
    words, found = chosen.words, between(chosen, first)
    counts = change_rows.totals(found.changes)
    now, then = found.cells_now, found.cells_then
    brought = counts["newly_reported"] + counts["corrected"]
    of_brought = words.plural("of {n} added or corrected", "of {n} added or corrected", brought)
    of = {
        "newly_reported": words.plural("of {n} report in force now", "of {n} reports in force now",
                                       int(now["report_id"].notna().sum())),
        "gone_back": of_brought,
        "advanced": of_brought,
        "corrected": words.plural("of {n} report there was", "of {n} reports there were",
                                  int(then["report_id"].notna().sum())),
        "newly_due": words.plural("of {n} due now", "of {n} due now", int(now["due"].sum())),
        "newly_silent": words.plural("of {n} silent now", "of {n} silent now",
                                     len(measures.silent(now))),
    }  # fmt: skip
    return [
        numbers.card(
            f"{figure.SYMBOLS[flag]} {words(figure.TITLES[flag])}",
            words.number(counts[flag]),
            of=of[flag],
            note=words(figure.MEANINGS[flag]),
        )
        for flag in figure.FLAGS
    ]


def counted(chosen: Chosen, first: date) -> Chart:
    """Return the counts of the changes, group by group."""
    words, by = chosen.words, grouped_by(chosen)
    found, groups, kinds = between(chosen, first), group_names(chosen), flags(chosen)
    counts = change_rows.counted(by_group(chosen, found.changes), by, kinds)
    totals, dates = change_rows.totals(found.changes), (first, chosen.cutoff)
    return Chart(
        figure.figure(counts, groups, by=by, flags=kinds, **chosen.drawing),
        figure.summary(counts, groups, totals, by=by, flags=kinds, dates=dates, words=words),
        figure.table(counts, groups, by=by, flags=kinds, group=group_header(words, by),
                     words=words),
        rows=list(groups),
    )  # fmt: skip


def compared_by(chosen: Chosen) -> Group:
    """Return the groups whose progress is compared: countries or lines."""
    return "country" if grouped_by(chosen) == "country" else "line"


@kept
def comparable(chosen: Chosen, first: date) -> bool:
    """Tell whether reported progress stands at both dates for any group."""
    by, found = compared_by(chosen), between(chosen, first)
    then, now = chosen.measured(found.cells_then, by), chosen.measured(found.cells_now, by)
    return any(pair.comparable for pair in dumbbell.pairs(then, now, named(chosen, by), by))


def compared(chosen: Chosen, first: date) -> Chart:
    """Return the reported progress of both dates, where both ends can be said."""
    words, by, found = chosen.words, compared_by(chosen), between(chosen, first)
    then, now = chosen.measured(found.cells_then, by), chosen.measured(found.cells_now, by)
    groups, dates = named(chosen, by), (first, chosen.cutoff)
    return Chart(
        dumbbell.figure(then, now, groups, by=by, dates=dates, **chosen.drawing),
        dumbbell.summary(then, now, groups, by=by, dates=dates, words=words),
        dumbbell.table(then, now, groups, by=by, dates=dates, group=header(words, by), words=words),
        OfCells((by,), days=(first,)),
        rows=list(groups),
    )
