"""What Calendario shows: its finding, the plan board, and what opens under it."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from crmdata.content import calendar, wording
from crmdata.content.calendar import Schedule, phrases
from crmdata.content.calendar.schedule import Picked, shown_rows, whole_plan
from crmdata.errors import N_
from crmdata.files import XLSX_TYPE
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.render.html import board, markup
from crmdata.view import View
from crmdata.web.choices import address, choice_lists, filters
from crmdata.web.choices.address import UNSCHEDULED
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import within
from crmdata.web.choices.filters import Filter, Option
from crmdata.web.choices.links import Links
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import components, downloads, draw, opened_panels, page_sections, pictures
from crmdata.web.kit.components import Empty
from crmdata.web.kit.opened_panels import Tool
from crmdata.web.origin import headlines, provenance
from crmdata.web.origin.headlines import Counted, OfHeadline
from crmdata.web.origin.origins import OfCells
from crmdata.web.shell import printing

KEY = "calendario"

_PICTURED = ".stApp .crm-board, .stApp ul.crm-key[data-key-of]:not([hidden])"
"""What a picture of the board holds: its rows as they stand, and what their bars mean."""


def show(chosen: Chosen) -> None:
    """Draw the board under its finding, and what the reader opened beneath."""
    draw.html(_html(chosen, chosen.links, scripted=True))
    if opened_panels.is_open(chosen, "sin-fecha", KEY):
        _show_undated(chosen)
    made_of = OF_SUPPORT if _picked(chosen).by_support else MADE_OF
    components.show_origin(chosen, KEY, made_of)
    if opened_panels.is_open(chosen, "archivos", KEY):
        _show_files(chosen)


def html(chosen: Chosen) -> str:
    """Return the board under its finding, and its line of tools, for whoever has no script yet."""
    return _html(chosen, chosen.links, scripted=False)


@made_once
def _html(chosen: Chosen, _links: Links, *, scripted: bool) -> str:
    words, plan, picked = chosen.words, schedule(chosen.view, chosen.words), _picked(chosen)
    chips = filters.html(chosen, [
        filters.axis(chosen),
        filters.line(chosen, every=words("All lines"), of_every_axis=True),
        filters.mark(chosen),
        _colour(chosen),
    ])  # fmt: skip
    hidden = {"hidden": ""} if shown_rows(plan, picked) else {}
    lead = [
        page_sections.over(chosen, chips),
        markup.element("h2", phrases.finding(plan, picked, words), **{"data-finding": ""}),
        markup.element("p", phrases.upcoming(plan, picked, words), **{"data-next": ""}),
    ]
    tools = [
        Tool("sin-fecha", N_("Without a date")),
        components.ORIGIN,
        Tool("archivos", N_("Download")),
    ]
    title = words.pick(*chosen.plan.short_title)
    foot = words("{title}. Cut-off {day}", title=title, day=words.date(chosen.cutoff))
    return "".join([
        printing.style("landscape", foot),
        markup.wrapped("div", lead, css="crm-lead-in"),
        board.board(plan, picked, chosen.ways, scripted=scripted),
        markup.element("p", words(Empty.FILTERED.value), css="crm-empty",
                       **{"data-nothing": ""}, **hidden),
        markup.wrapped("div", [
            board.key(words, by_support=False, hidden=picked.by_support),
            board.key(words, by_support=True, hidden=not picked.by_support),
            opened_panels.tools(chosen, KEY, tools, prints=True,
                                beside=pictures.buttons(chosen, KEY, title, tables=_PICTURED)),
        ], css="crm-under"),
    ])  # fmt: skip


@made_once
def schedule(view: View, words: Words) -> Schedule:
    """Return the calendar of a view, made once for all who see it."""
    return calendar.schedule(view, words)


def _picked(chosen: Chosen) -> Picked:
    picked, by_support = chosen.choices, chosen.choices.by_support
    return Picked(
        axis="" if picked.eje is None else str(picked.eje),
        line=picked.linea or "",
        kind=picked.marca or "",
        party="" if by_support else picked.pais or "",
        by_support=by_support,
        partner=(picked.socio or "") if by_support else "",
        folded=frozenset(picked.plegado),
    )


def _colour(chosen: Chosen) -> Filter:
    """Return what may colour the calendar: reports of all or a country, or partners' support."""
    words, picked = chosen.words, _picked(chosen)
    countries = choice_lists.names_of(words, chosen.view, "countries")
    partners = choice_lists.names_of(words, chosen.view, "partners")
    reports = {"": words("Reports of the whole region")} | {
        str(code): words("Reports: {country}", country=name.full)
        for code, name in countries.items()
    }
    supports = {"": words("Support of all partners")} | {
        str(code): words("Support: {partner}", partner=name.short)
        for code, name in partners.items()
    }
    region, *options = [
        *(Option(text, {"color": "", "pais": code, "socio": ""},
                 not picked.by_support and code == picked.party)
          for code, text in reports.items()),
        *(Option(text, {"color": address.SUPPORT, "socio": code, "pais": ""},
                 picked.by_support and code == picked.partner)
          for code, text in supports.items()),
    ]  # fmt: skip
    return Filter("color", words("Colour by"), options, region)


def _activities(chosen: Chosen) -> pd.DataFrame:
    """Return the activities of the chosen axis, line and mark."""
    rows, marks, wanted = chosen.frame("activities"), chosen.frame("marks"), chosen.choices.marca
    if wanted == UNSCHEDULED:
        rows = rows.loc[~rows["activity"].isin(marks["activity"])]
    elif wanted is not None:
        rows = rows.loc[rows["activity"].isin(marks.loc[marks["kind"] == wanted, "activity"])]
    return within(chosen, rows)


def _cells(chosen: Chosen) -> pd.DataFrame:
    """Return the cells of the activities shown, of the region or of one country."""
    own = within(chosen, chosen.frame("cells"))
    return own.loc[own["activity"].isin(_activities(chosen)["activity"])]


MADE_OF = OfCells(("activity", "country"), _cells, marks=_activities)
"""What the bars and counts of the calendar are made of."""


def _supported(chosen: Chosen) -> Counted:
    """Count the activities shown that have the support of all partners, or of the chosen one."""
    words, plan, picked = chosen.words, schedule(chosen.view, chosen.words), _picked(chosen)
    shown = shown_rows(plan, picked)
    backing = [row for row in shown if row.is_backed(picked.partner)]
    number = headlines.share(
        words, words("Activities with support, given or offered"), words("activities with support"),
        len(backing), len(shown),
    )  # fmt: skip
    rows = [
        {
            words("Activity"): provenance.sheet(chosen, row.code, row.name.called),
            words("Support"): wording.joined(words, dict.fromkeys(
                f"{plan.partners[each.partner].short}: {label(words, each.state).lower()}"
                for each in row.backing(picked.partner) if each.counts)),
        }
        for row in backing
    ]  # fmt: skip
    return Counted([number], headlines.activities_behind(words, len(rows)), pd.DataFrame(rows))


OF_SUPPORT = OfHeadline(N_("Activities with support, given or offered"), _supported, MADE_OF)
"""The same where support colours it."""


@made_once
def _plan(chosen: Chosen) -> calendar.Plan:
    return whole_plan(chosen.view).only(_activities(chosen))


@made_once
def _rows(chosen: Chosen) -> pd.DataFrame:
    """Return an activity a row, with the marks of each year word by word."""
    words, board_of = chosen.words, schedule(chosen.view, chosen.words)
    reported = {
        row.code: phrases.coverage(board_of, [row], chosen.choices.pais or "", words)
        for row in board_of.rows
    }
    return calendar.table(_plan(chosen), words=words, reported=reported,
                          earlier_marks=chosen.view.earlier_marks())  # fmt: skip


@made_once
def _undefined(chosen: Chosen) -> pd.DataFrame:
    return calendar.undated(_plan(chosen), words=chosen.words)


@made_once
def _unscheduled(chosen: Chosen) -> pd.DataFrame:
    return calendar.unscheduled(_plan(chosen), words=chosen.words)


def _show_undated(chosen: Chosen) -> None:
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
        components.kept_table(chosen, "por-definir", title, _undefined)
    if not _unscheduled(chosen).empty:
        components.heading(words("Without any mark"))
        components.kept_table(
            chosen, "sin-marca", words("Activities without any mark"), _unscheduled
        )


def _show_files(chosen: Chosen) -> None:
    words = chosen.words
    with st.container(key="downloads-calendario", horizontal=True):
        st.download_button(
            words("Download the calendar (XLSX)"),
            data=lambda: _workbook(chosen),
            file_name=f"{chosen.file_name('calendario')}.xlsx",
            mime=XLSX_TYPE,
            key="csv-calendario-xlsx",
            on_click="ignore",
        )
        downloads.show_csv(chosen, KEY, _rows(chosen))


def _workbook(chosen: Chosen) -> bytes:
    from crmdata.exports.calendar import calendar_workbook  # noqa: PLC0415 - few take a workbook

    picked = replace(_picked(chosen), by_support=False, party=chosen.choices.pais or "")
    return calendar_workbook(chosen.view, chosen.words, picked)
