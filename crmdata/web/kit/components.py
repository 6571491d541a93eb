"""The pieces of a page: charts with words and tables, numbers, what is said of nothing."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, NamedTuple, Protocol

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crmdata.content.parts import Part, ProgressChanges, ProgressIntervals, SideBySide
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.render.html import markup, sections
from crmdata.web.choices import click_targets
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.click_targets import Opens
from crmdata.web.choices.links import Links
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import downloads, draw, opened_panels, pictures, plotly_words
from crmdata.web.kit.finished_figures import Ready, linked
from crmdata.web.kit.opened_panels import Tool
from crmdata.web.shell import provisional

LONG_TABLE = 400
"""Beyond this many rows a table is drawn in parts."""

PART = 200
"""Rows of a part."""


TABLE = Tool("tabla", N_("Table"))
ORIGIN = Tool("origen", N_("Where does this number come from?"))


_ROWS = (ProgressIntervals, ProgressChanges, SideBySide)
"""A row a group: on a phone Plotly has room for codes alone, what is still for names."""


class Origin(Protocol):
    """Which rows a figure is made of; it draws them where the reader asks."""

    def show(self, chosen: Chosen, key: str) -> None:
        """Draw formulas, inputs and the reports behind."""


@dataclass(frozen=True)
class Chart:
    """The three faces of one frame; never changed once drawn.

    `rows` are the keys of the table's rows, `columns` those of its columns after the first:
    what the cells of the table open. Without `columns` only the row's first cell opens its key.
    """

    figure: go.Figure | Part
    """Drawn by Plotly, or as HTML."""
    summary: str
    table: pd.DataFrame
    origin: Origin | None = None
    rows: Sequence[Any] = ()
    columns: Sequence[Any] = ()
    still: Part | None = None
    """What paper and the first response show in the place of a figure of Plotly's."""


class Empty(Enum):
    """Why there is nothing to show, each with a sentence of its own."""

    NOT_YET_DUE = N_("Nothing is due yet at this cut-off: the first semester has not ended.")
    FILTERED = N_("Nothing of the plan matches this choice. Choose less, or show everything.")
    NOT_SCHEDULED = N_(
        "The plan schedules nothing here: its marks are “to be defined” or missing, so no report "
        "is expected."
    )
    NO_COOPERATION = N_("No cooperation was reported up to this cut-off.")
    NO_COOPERATION_HERE = N_("No cooperation was reported for what is chosen.")
    NOTHING_CHANGED = N_(
        "Nothing changed here between the two dates: no report arrived and none fell due."
    )
    NOT_COMPARABLE = N_(
        "Nothing can be compared here: reported progress stands at both dates for no row, since "
        "nothing was due yet, nothing was reported, or coverage was under the threshold."
    )


class Titled(NamedTuple):
    """A chart to be drawn: under which key and name, how it is made, and where its marks lead."""

    key: str
    title: str
    make: Callable[..., Chart]
    """It may use nothing but what it is given: the chosen, and `subject` after it."""
    subject: tuple[object, ...] = ()
    opens: Opens | None = None
    """Where a click on a mark, or a link in the table, leads."""
    origin: Origin | None = None

    @property
    def heading(self) -> str:
        """Its name over it."""
        return markup.element("h2", self.title)


class Piece(NamedTuple):
    """A part of a page in HTML, and what is drawn under it, if the reader opened something."""

    html: str
    panel: Callable[[], None] | None = None


def column(chosen: Chosen, pieces: Iterable[str | Titled | Piece]) -> None:
    """Draw HTML, charts and what is open under them, one under the other.

    What is HTML between two others is one message, however much of it there is.
    """
    texts: list[str] = []
    for each in pieces:
        if isinstance(each, Titled):
            figure = _drawing(chosen, each.make, *each.subject)[1]
            if isinstance(figure, Ready):
                texts.append(still(chosen, each))
                _end(texts)
                texts.append(_live(chosen, each, figure))
            else:
                texts.append(html_chart(chosen, each))
            panel = under(chosen, each).panel
        else:
            html, panel = (each, None) if isinstance(each, str) else each
            texts.append(html)
        if panel is not None:
            _end(texts)
            panel()
    _end(texts)


def _end(texts: list[str]) -> None:
    # A piece may be its panel alone, and Streamlit refuses an empty text.
    if html := "".join(texts):
        draw.html(html)
    texts.clear()


def _live(chosen: Chosen, titled: Titled, figure: Ready) -> str:
    """Draw a chart of Plotly; return its line of tools."""
    chart = _drawing(chosen, titled.make, *titled.subject)[0]
    if titled.opens:
        keys = dict.fromkeys(chart.rows)
        figure = linked(figure, [titled.opens.href(chosen.links, [key]) for key in keys])
    picture(chosen, titled.key, f"{titled.title}. {chart.summary}", figure, titled.opens)
    saves = pictures.buttons(chosen, titled.key, titled.title)
    return opened_panels.tools(chosen, titled.key, _tools(chart, titled.origin), beside=saves)


def still(chosen: Chosen, titled: Titled) -> str:
    """Return what stands for a live chart where none is: nothing where there is no such part."""
    part = _drawing(chosen, titled.make, *titled.subject)[0].still
    if part is None:
        return ""
    inner = [sections.draw(part, chosen.ways)]
    if chosen.provisional:
        inner.insert(0, markup.element("p", provisional.word(chosen), css="crm-notice"))
    return markup.wrapped("div", inner, css="crm-still")


def first(chosen: Chosen, pieces: Iterable[str | Titled]) -> str:
    """Return what `column` draws, before the page is alive: the live charts still."""
    return "".join(_first(chosen, each) for each in pieces)


def _first(chosen: Chosen, piece: str | Titled) -> str:
    if isinstance(piece, str):
        return piece
    live = isinstance(_drawing(chosen, piece.make, *piece.subject)[1], Ready)
    return still(chosen, piece) if live else html_chart(chosen, piece)


def under(chosen: Chosen, titled: Titled) -> Piece:
    """Return what the reader opened under a chart, if it is one of its tools."""
    is_opened = any(
        opened_panels.is_open(chosen, tool.name, titled.key) for tool in (TABLE, ORIGIN)
    )
    return Piece("", partial(show_opened, chosen, titled) if is_opened else None)


def origin_line(chosen: Chosen, key: str, of: Origin) -> Piece:
    """Return the link that opens where numbers come from, and what it opens."""
    is_opened = opened_panels.is_open(chosen, ORIGIN.name, key)
    tools = opened_panels.tools(chosen, key, [ORIGIN])
    return Piece(tools, partial(show_origin, chosen, key, of) if is_opened else None)


def chart(
    chosen: Chosen,
    key: str,
    caption: str,
    make: Callable[..., Chart],
    *subject: object,
    opens: Opens | None = None,
    origin: Origin | None = None,
) -> None:
    """Draw a chart and one line of tools: its table with words and downloads, where it comes from.

    `make` may use nothing but what it is given: the chosen, and `subject` after it. A click on
    a mark, or a link in the table, leads where `opens` says.
    """
    column(chosen, [Titled(key, caption, make, subject, opens, origin)])


def html_chart(chosen: Chosen, titled: Titled, *, main: bool = False) -> str:
    """Return a chart whose picture is a part, over its line of tools, for what draws more with it.

    Raise TypeError for one that Plotly draws. `main` says that it is the first of its page.
    """
    key = titled.key
    chart, part = _drawing(chosen, titled.make, *titled.subject)
    if isinstance(part, Ready):
        raise TypeError(key)
    saves = pictures.buttons(chosen, key, titled.title, tables=f"[data-chart={key}]")
    tools = opened_panels.tools(chosen, key, _tools(chart, titled.origin), beside=saves)
    inner = [sections.draw(part, chosen.ways), tools]
    if chosen.provisional:
        inner.insert(0, markup.element("p", provisional.word(chosen), css="crm-notice"))
    attributes = {"role": "figure", "aria-label": titled.title, "data-chart": key}
    if main:
        attributes["data-main"] = ""
    return markup.wrapped("div", inner, css="crm-chart", **attributes)


def show_opened(chosen: Chosen, titled: Titled) -> None:
    """Draw what the reader opened under a chart: its table, or where its numbers come from."""
    chart, _ = _drawing(chosen, titled.make, *titled.subject)
    if opened_panels.is_open(chosen, TABLE.name, titled.key):
        draw.html(markup.element("p", chart.summary, css="crm-summary"))
        target = _target(chosen.links, chart, titled.opens)
        _show_kept(chosen, titled.key, titled.title, chart.table, titled.subject, target)
    if (made_of := titled.origin or chart.origin) is not None:
        show_origin(chosen, titled.key, made_of)


def _tools(chart: Chart, origin: Origin | None) -> list[Tool]:
    return [TABLE, ORIGIN] if origin or chart.origin else [TABLE]


@made_once
def _drawing(
    chosen: Chosen, make: Callable[..., Chart], *subject: object
) -> tuple[Chart, Ready | Part]:
    chart = make(chosen, *subject)
    named = chosen.narrow and isinstance(chart.still, _ROWS)
    figure = chart.still if named and chart.still else chart.figure
    return chart, ready(chosen, figure) if isinstance(figure, go.Figure) else figure


def ready(chosen: Chosen, figure: go.Figure) -> Ready:
    """Return a figure ready to be sent, as often as it is asked for; marked if provisional."""
    return Ready((provisional.marked(figure, chosen) if chosen.provisional else figure).to_dict())


def origin(chosen: Chosen, key: str, of: Origin) -> None:
    """Draw the link that opens where numbers come from; nothing is computed until it is open."""
    column(chosen, [origin_line(chosen, key, of)])


def show_origin(chosen: Chosen, key: str, of: Origin) -> None:
    """Draw where numbers come from, if the reader opened it."""
    if opened_panels.is_open(chosen, ORIGIN.name, key):
        _opened_origin(chosen, key, of)


@st.fragment
def _opened_origin(chosen: Chosen, key: str, of: Origin) -> None:
    """Draw where numbers come from; what is picked in it redraws it alone."""
    heading(chosen.words("Where does this number come from?"), 3)
    of.show(chosen, key)


def _target(links: Links, chart: Chart, opens: Opens | None) -> markup.Target | None:
    """Return what the cells of a chart's table lead to."""
    if opens is None or not chart.rows:
        return None

    def target(row: int | None, column: int) -> str | None:
        key = [] if row is None else [chart.rows[row]]
        if column == 0:
            return opens.href(links, key)
        leads_as_its_row = row is not None and len(opens.fields) == 1
        if not chart.columns or leads_as_its_row:
            return None
        return opens.href(links, [*(key or [None]), chart.columns[column - 1]])

    return target


def picture(chosen: Chosen, key: str, alt: str, figure: Ready, opens: Opens | None = None) -> None:
    """Draw a figure alone; `alt` says it to those who cannot see it.

    A click leads where `opens` says.
    """
    config = plotly_words.config(chosen.words)
    if chosen.provisional:
        alt = f"{provisional.word(chosen)}. {alt}"
    # theme=None: Streamlit's own theme would repaint states and patterns.
    if opens is None:
        st.plotly_chart(figure, key=f"chart-{key}", theme=None, config=config, alt=alt)
        return
    name = click_targets.chart_key(key)
    st.plotly_chart(
        figure,
        key=name,
        theme=None,
        config=config,
        alt=alt,
        on_select=lambda: click_targets.clicked(name, opens),
        selection_mode="points",
    )


def folded_table(
    chosen: Chosen,
    key: str,
    caption: str,
    table: pd.DataFrame,
    target: markup.Target | None = None,
) -> None:
    """Draw the table of a chart, folded, with a button that downloads it."""
    with _fold(chosen, key, caption):
        open_table(chosen, key, caption, table, target)


def _fold(chosen: Chosen, key: str, caption: str) -> DeltaGenerator:
    return st.expander(chosen.words("Table: {title}", title=caption), key=f"table-{key}")


def kept_table(
    chosen: Chosen,
    key: str,
    caption: str,
    make: Callable[..., pd.DataFrame],
    *subject: object,
    folded: bool = False,
) -> None:
    """Draw the table that `make` returns and its two downloads, written once for all readers.

    `make` is one of those `made_once`, and what it returns the key and subject must name.
    """
    table = make(chosen, *subject)
    with _fold(chosen, key, caption) if folded else nullcontext():
        _show_kept(chosen, key, caption, table, subject)


def kept_rows(
    chosen: Chosen, key: str, caption: str, make: Callable[..., pd.DataFrame], *subject: object
) -> None:
    """Draw the table that `make` returns, as `kept_table`, with nothing to download."""
    _show_written(chosen, key, caption, make(chosen, *subject), subject)


def _show_kept(
    chosen: Chosen,
    key: str,
    caption: str,
    table: pd.DataFrame,
    subject: Sequence[object],
    target: markup.Target | None = None,
) -> None:
    """Draw a frame that its key and subject name; its HTML is kept."""
    _show_written(chosen, key, caption, table, subject, target)
    downloads.show(chosen, key, caption, table)


def _show_written(
    chosen: Chosen,
    key: str,
    caption: str,
    table: pd.DataFrame,
    subject: Sequence[object],
    target: markup.Target | None = None,
) -> None:
    if len(table) > LONG_TABLE:
        rows(table, words=chosen.words, caption=caption, target=target)
        return
    # The links in it carry what else stands in the address.
    name = (chosen.key, "HTML of table", key, caption, *subject, chosen.links)
    draw.html(chosen.memo.get(name, lambda: markup.table(table, caption, target)))


def open_table(
    chosen: Chosen,
    key: str,
    caption: str,
    table: pd.DataFrame,
    target: markup.Target | None = None,
) -> None:
    """Draw a frame whose headers and cells are words already, and its two downloads."""
    rows(table, words=chosen.words, caption=caption, target=target)
    downloads.show(chosen, key, caption, table)


def rows(
    table: pd.DataFrame, *, words: Words, caption: str, target: markup.Target | None = None
) -> None:
    """Draw a frame whose headers and cells are words already."""
    if len(table) <= LONG_TABLE:
        draw.html(markup.table(table, caption, target))
    else:
        _part(table, words, caption)


@st.fragment
def _part(table: pd.DataFrame, words: Words, caption: str) -> None:
    """Draw one part of a long table, and the list to choose another from."""
    firsts = range(0, len(table), PART)
    first = st.selectbox(
        words("Rows shown, of {n}", n=words.number(len(table))), firsts, key=f"rows-{caption}",
        format_func=lambda at: (
            f"{words.number(at + 1)}–{words.number(min(at + PART, len(table)))}"
        ),
        filter_mode=None, width=240,
    )  # fmt: skip
    draw.html(markup.table(table.iloc[first : first + PART], caption))


def filter_row() -> DeltaGenerator:
    """Return the row for the widgets of a form that belong beside each other."""
    return st.container(key="row", horizontal=True, vertical_alignment="top")


def heading(text: str, level: int = 2, *, anchor: str = "") -> None:
    """Draw a heading that may hold text of the data; a link on the page may lead to its anchor."""
    attributes = {"id": anchor} if anchor else {}
    draw.html(markup.element(f"h{level}", text, **attributes))


def paragraph(text: str, css: str = "") -> None:
    """Draw text as it stands, a paragraph a line."""
    draw.html(markup.paragraphs(text, css))


def paragraphs(sentences: Iterable[str]) -> None:
    """Draw each text as a paragraph of running text."""
    draw.html("".join(markup.element("p", text, css="crm-lead") for text in sentences))


def definitions(terms: Iterable[tuple[str, str]]) -> None:
    """Draw terms with what they mean."""
    pairs = (markup.element("dt", term) + markup.element("dd", text) for term, text in terms)
    draw.html(markup.wrapped("dl", pairs, css="crm-terms"))


def unfolding(terms: Iterable[tuple[str, str]]) -> None:
    """Draw texts, each of which unfolds under what it is; on paper all of them stand open."""
    draw.html("".join(
        markup.wrapped("details", [markup.element("summary", term), markup.paragraphs(text)],
                       css="crm-group")
        for term, text in terms
    ))  # fmt: skip


def notice(text: str) -> None:
    """Draw a sentence that must not be overlooked."""
    draw.html(markup.element("p", text, css="crm-notice", role="status"))


def empty(words: Words, reason: Empty) -> None:
    """Say why there is nothing to show."""
    draw.html(said_of_nothing(words, reason))


def said_of_nothing(words: Words, reason: Empty) -> str:
    """Return the sentence that says why there is nothing to show."""
    return markup.element("p", words(reason.value), css="crm-empty")
