"""What Calendario shows: the plan on its periods, what was reported in it, what has no date."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from crmdata.figures import calendar, style
from crmdata.terms import Period
from crmdata.web.calendar import calendar_clicks, calendar_controls, calendar_layers
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.kept import kept
from crmdata.web.kit import components, downloads, markup, pictures
from crmdata.web.kit.components import Empty
from crmdata.web.kit.ready import Ready
from crmdata.web.shell import provisional, section


@dataclass(frozen=True)
class _Drawn:
    """The calendar in two pictures, the lower to scroll under the upper, in words and rows."""

    header: Ready
    body: Ready
    legend: int
    summary: str
    table: str
    rows: pd.DataFrame


@section.of("plegado", "pagina")
def show(chosen: Chosen) -> None:
    """Draw the calendar: a picture under a standing header, or on a phone a list by period."""
    calendar_clicks.answer(chosen)
    plan = calendar_layers.plan(chosen)
    pages = _pages(chosen)
    if not chosen.narrow:
        if (chosen.choices.pagina or 0) > len(pages):
            components.notice(_beyond(chosen, len(pages)))
        calendar_controls.show(chosen, plan, pages)
    drawn = _drawn(chosen)
    with st.container(key="calendar-summary"):
        components.paragraph(drawn.summary, "crm-summary")
    if chosen.narrow:
        _show_list(chosen, plan)
    else:
        _show_picture(chosen, drawn)
    title = chosen.words("The calendar")
    with st.expander(chosen.words("Table: {title}", title=title), key="table-calendario"):
        markup.show(drawn.table)
        downloads.show_csv(chosen, "calendario", drawn.rows)


@kept
def _pages(chosen: Chosen) -> list[calendar.Plan]:
    """Return the plan in pages, where the reader turns them."""
    if chosen.choices.pagina is None:
        return []
    return calendar_controls.pages(chosen, calendar_layers.plan(chosen))


def _beyond(chosen: Chosen, last: int) -> str:
    words = chosen.words
    return words.plural(
        "The address asks for page {page} of the calendar, which has {n} page. It is shown.",
        "The address asks for page {page} of the calendar, which has {n} pages. The last one is "
        "shown.",
        last,
        page=words.number(chosen.choices.pagina or 1),
    )


@kept
def _drawn(chosen: Chosen) -> _Drawn:
    words, layers = chosen.words, calendar_layers.drawn_layers(chosen)
    plan, pages = calendar_layers.plan(chosen), _pages(chosen)
    shown, how = plan, chosen.drawing
    if chosen.choices.pagina is not None:
        shown = pages[calendar_controls.page_at(chosen, pages) - 1]
        how = {**how, "label_width": calendar.LABELS, "label_lines": calendar.LABEL_LINES}
    rows = calendar.table(plan, layers, words=words)
    halves = calendar.halves(shown, layers, **how)
    # The legend may scroll away; the years stop under the banner.
    legend = halves.header.layout.margin.t + (provisional.ROOM if chosen.provisional else 0)
    return _Drawn(
        components.ready(chosen, halves.header),
        components.ready(chosen, halves.body),
        legend,
        calendar.summary(plan, layers, words=words),
        markup.table(rows, words("The calendar"), _sheets(chosen, rows)),
        rows,
    )


def _sheets(chosen: Chosen, rows: pd.DataFrame) -> markup.Target:
    """Return what the codes of a table lead to: the sheets of their activities."""
    codes, sheets = rows[chosen.words("Code")].tolist(), calendar_layers.sheets(chosen)
    place = rows.columns.get_loc(chosen.words("Code"))
    return lambda row, column: sheets[codes[row]] if column == place else None


def _show_picture(chosen: Chosen, drawn: _Drawn) -> None:
    ground = style.PALETTES[chosen.theme].background
    markup.show(
        f"<style>:root {{ --crm-ground: {ground}; --crm-legend: {drawn.legend}px; }}</style>"
    )
    if chosen.choices.pagina is not None:
        # What a projector needs not see: the style sheet takes it away.
        markup.show('<i class="crm-paged" hidden></i>')
    clicked = partial(calendar_clicks.take, chosen)
    with st.container(key="calendar-header"):
        components.picture(chosen, "calendario-cabeza", chosen.words("Years and semesters"),
                           drawn.header, clicked=clicked)  # fmt: skip
    components.picture(chosen, "calendario", drawn.summary, drawn.body,
                       clicked=clicked)  # fmt: skip
    title = chosen.words("The calendar")
    pictures.show(chosen, "calendario", title, "calendario-cabeza", "calendario")


def _show_list(chosen: Chosen, plan: calendar.Plan) -> None:
    """Draw what each period holds, the open one unfolded."""
    words = chosen.words
    rows = calendar.as_list(plan, calendar_layers.layers(chosen), words=words)
    if rows.empty:
        components.empty(words, Empty.NOT_SCHEDULED)
        return
    heading, now = words("Semester"), words.period(Period.of(chosen.cutoff))
    found = []
    for code, own in rows.groupby(heading, sort=False):
        title = words.plural("{semester}: {n} activity", "{semester}: {n} activities", len(own),
                             semester=code)  # fmt: skip
        listed = own.drop(columns=heading)
        inner = markup.table(listed, title, _sheets(chosen, listed))
        found.append(markup.folded(title, inner, opened=code == now))
    markup.show("".join(found))


@kept
def _undefined(chosen: Chosen) -> pd.DataFrame:
    return calendar.undated(calendar_layers.plan(chosen), words=chosen.words)


@kept
def _unscheduled(chosen: Chosen) -> pd.DataFrame:
    return calendar.unscheduled(calendar_layers.plan(chosen), words=chosen.words)


def show_undated(chosen: Chosen) -> None:
    """Draw what stands in no period: years to be defined, and activities without any mark."""
    words, undefined = chosen.words, _undefined(chosen)
    if not undefined.empty:
        components.heading(words("To be defined"))
        components.paragraph(
            words("The plan leaves the semester open: no report is expected, no bar is drawn."),
            "crm-lead",
        )
        title = words.plural(
            "{n} activity with a year to be defined", "{n} activities with a year to be defined",
            len(undefined),
        )  # fmt: skip
        components.kept_table(chosen, "por-definir", title, _undefined, folded=True)
    if not _unscheduled(chosen).empty:
        components.heading(words("Without any mark"))
        components.kept_table(
            chosen, "sin-marca", words("Activities without any mark"), _unscheduled
        )
