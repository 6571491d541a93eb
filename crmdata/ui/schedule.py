"""What Calendario shows: the plan on its semesters, what was reported in it, what has no date."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from crmdata.figures import calendar, style
from crmdata.terms import Semester
from crmdata.ui import cache, components, markup, pictures
from crmdata.ui.address import UNSCHEDULED
from crmdata.ui.chosen import Chosen
from crmdata.ui.components import Empty
from crmdata.ui.groups import within
from crmdata.ui.origins import OfCells


@dataclass(frozen=True)
class _Drawn:
    """The calendar in two pictures, the lower to scroll under the upper, in words and rows."""

    header: go.Figure
    body: go.Figure
    summary: str
    table: pd.DataFrame


def activities(chosen: Chosen) -> pd.DataFrame:
    """Return the activities of the chosen axis, line and mark."""
    rows, marks, wanted = chosen.frame("activities"), chosen.frame("marks"), chosen.choices.marca
    if wanted == UNSCHEDULED:
        rows = rows.loc[~rows["activity"].isin(marks["activity"])]
    elif wanted is not None:
        rows = rows.loc[rows["activity"].isin(marks.loc[marks["kind"] == wanted, "activity"])]
    return within(chosen, rows)


def _cells(chosen: Chosen) -> pd.DataFrame:
    """Return the cells of the activities shown."""
    cells = within(chosen, chosen.frame("cells"))
    return cells.loc[cells["activity"].isin(activities(chosen)["activity"])]


MADE_OF = OfCells(("activity", "country"), _cells, marks=activities)
"""What the bars and counts of the calendar are made of."""


def _plan(chosen: Chosen) -> calendar.Plan:
    facts = chosen.plan
    whole = calendar.Plan(
        chosen.frame("axes"), chosen.frame("lines"), chosen.frame("activities"),
        chosen.frame("marks"), facts.first_year, facts.period_from, facts.period_to,
    )  # fmt: skip
    return whole.only(activities(chosen))


def _layers(chosen: Chosen) -> calendar.Layers:
    return calendar.Layers(
        cells=within(chosen, chosen.frame("cells")),
        outside=within(chosen, chosen.frame("outside")),
        meetings=chosen.frame("meetings"),
        cutoff=chosen.cutoff,
    )


def _draw(chosen: Chosen) -> _Drawn:
    plan, layers = _plan(chosen), _layers(chosen)
    return _Drawn(
        calendar.header(plan, layers, **chosen.drawing),
        calendar.body(plan, layers, **chosen.drawing),
        calendar.summary(plan, layers, words=chosen.words),
        calendar.table(plan, layers, words=chosen.words),
    )


def show(chosen: Chosen) -> None:
    """Draw the calendar: a picture under a standing header, or on a phone a list by semester."""
    words = chosen.words
    drawn = cache.drawn(chosen.key("calendario"), lambda: _draw(chosen))
    components.paragraph(drawn.summary, "crm-summary")
    if chosen.narrow:
        _show_list(chosen)
    else:
        _show_picture(chosen, drawn)
    components.folded_table(chosen, "calendario", words("The calendar"), drawn.table)


def _show_picture(chosen: Chosen, drawn: _Drawn) -> None:
    ground = style.PALETTES[chosen.theme].background
    # The legend may scroll away; the years stop under the banner.
    legend = drawn.header.layout.margin.t or 0
    st.html(f"<style>:root {{ --crm-ground: {ground}; --crm-legend: {legend}px; }}</style>")
    with st.container(key="calendar-header"):
        components.picture(chosen, "calendario-cabeza", chosen.words("Years and semesters"),
                           drawn.header)  # fmt: skip
    components.picture(chosen, "calendario", drawn.summary, drawn.body)
    title = chosen.words("The calendar")
    pictures.show(chosen, "calendario", title, "calendario-cabeza", "calendario")


def _show_list(chosen: Chosen) -> None:
    """Draw what each semester holds, the open one unfolded."""
    words = chosen.words
    rows = calendar.as_list(_plan(chosen), _layers(chosen), words=words)
    if rows.empty:
        components.empty(words, Empty.NOT_SCHEDULED)
        return
    semester, now = words("Semester"), words.semester(Semester.of(chosen.cutoff))
    found = []
    for code, own in rows.groupby(semester, sort=False):
        title = words.plural("{semester}: {n} activity", "{semester}: {n} activities", len(own),
                             semester=code)  # fmt: skip
        inner = markup.table(own.drop(columns=semester), title)
        found.append(markup.folded(title, inner, opened=code == now))
    markup.show("".join(found))


def show_undated(chosen: Chosen) -> None:
    """Draw what stands in no semester: years to be defined, and activities without any mark."""
    words, plan = chosen.words, _plan(chosen)
    undated = calendar.undated(plan, words=words)
    if not undated.empty:
        components.heading(words("To be defined"))
        components.paragraph(
            words("The plan leaves the semester open: no report is expected, no bar is drawn."),
            "crm-lead",
        )
        title = words.plural(
            "{n} activity with a year to be defined", "{n} activities with a year to be defined",
            len(undated),
        )  # fmt: skip
        components.folded_table(chosen, "por-definir", title, undated)
    unscheduled = calendar.unscheduled(plan, words=words)
    if not unscheduled.empty:
        components.heading(words("Without any mark"))
        components.open_table(
            chosen, "sin-marca", words("Activities without any mark"), unscheduled
        )
