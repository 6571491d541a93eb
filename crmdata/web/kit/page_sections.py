"""Sections of `crmdata.content` on a page: drawn as HTML in one piece, what was opened beneath."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import pandas as pd

from crmdata.content.cooperation import gaps
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.parts import PICTURES, Finding, Section
from crmdata.render.html import markup, sections
from crmdata.render.html.links import anchor
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.links import Links
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import components, draw, opened_panels, pictures
from crmdata.web.kit.components import ORIGIN, TABLE, Origin, Piece, Titled
from crmdata.web.kit.opened_panels import Tool
from crmdata.web.shell import cutoff_words, menu, provisional


def over(chosen: Chosen, *beside: str) -> str:
    """Return the line over a page's first section: its title, its cut-off, what stands beside."""
    title = markup.element("h1", chosen.words(menu.TITLES[chosen.page]))
    parts = [title, cutoff_words.status(chosen), *beside, cutoff_words.elsewhere(chosen)]
    if chosen.provisional:
        parts.append(markup.element("p", provisional.word(chosen), css="crm-notice"))
    return markup.wrapped("div", parts, css="crm-over")


def way_to_gaps(chosen: Chosen, cooperation: ChosenCooperation, *, here: bool = False) -> str:
    """Return the link to where nobody is, with its number, for whoever asks where to help."""
    found = gaps.way(chosen.words, cooperation, here=here)
    if found is None:
        return ""
    return markup.wrapped("p", [anchor(*found, chosen.ways)], css="crm-to-gaps")


class Panel(NamedTuple):
    """What opens under a section: its tool, and what draws it."""

    tool: Tool
    show: Callable[[], None]


def table(
    chosen: Chosen,
    section: Section,
    make: Callable[..., pd.DataFrame],
    *subject: object,
    tool: Tool = TABLE,
    key: str = "",
    about: str = "",
) -> Panel:
    """Return a table with its downloads, opened by a tool of a section.

    `make` is one of those `made_once`. The key, else the section's and the tool's, names files.
    What it is `about` stands before the section's title.
    """
    with_tool_name = tool is not TABLE
    key = key or (f"{section.key}-{tool.name}" if with_tool_name else section.key)
    title = ". ".join(filter(None, [about, section.title]))
    # The section itself bears its title already, as a landmark.
    caption = (
        chosen.words(tool.label) if with_tool_name else chosen.words("Table: {title}", title=title)
    )
    return Panel(tool, lambda: components.kept_table(chosen, key, caption, make, *subject))


def origin(chosen: Chosen, section: Section, of: Origin) -> Panel:
    """Return where the numbers of a section come from."""
    return Panel(ORIGIN, lambda: components.show_origin(chosen, section.key, of))


def piece(
    chosen: Chosen, section: Section, *panels: Panel, prints: bool = False, takes: str = ""
) -> Piece:
    """Return a section with its line of tools, if it has any, and what is open under it.

    Whose first part is a picture can be saved as one. `prints` offers to print the page, `takes` to
    take it home, as `opened_panels.tools`.
    """
    key, offered = section.key, [each.tool for each in panels]
    drawn = any(isinstance(part, PICTURES) for part in section.parts[:1])
    saves = (
        pictures.buttons(chosen, key, section.title, tables=f"[data-section={key}]")
        if drawn
        else ""
    )
    tools = (
        opened_panels.tools(chosen, key, offered, beside=saves, prints=prints, takes=takes)
        if offered or drawn or prints or takes
        else ""
    )
    shows = (each.show for each in panels if opened_panels.is_open(chosen, each.tool.name, key))
    html = sections.section(section, chosen.ways, tools=tools)
    return Piece(sections.page([html]), next(shows, None))


def chart(chosen: Chosen, titled: Titled, beside: str = "", *, finds: str = "") -> Piece:
    """Return a chart of HTML as a section of its own, and what is open under it.

    What it `finds` stands under its title, `beside` under that, HTML already.
    """
    finding = Finding((titled.title, *filter(None, [finds])))
    inner = [sections.lead(finding), beside, components.html_chart(chosen, titled)]
    html = markup.wrapped("section", inner, css="crm-section", **{"aria-label": titled.title})
    return Piece(sections.page([html]), components.under(chosen, titled).panel)


Pieces = Callable[[Chosen], Iterable[str | Piece]]
"""What yields the pieces of a page, from its title on."""


def html(chosen: Chosen, pieces: Pieces) -> str:
    """Return a page of HTML but for what is opened in it; made once for all who see the same."""
    return _html(chosen, chosen.links, pieces)


@made_once
def _html(chosen: Chosen, _links: Links, pieces: Pieces) -> str:
    return "".join(each if isinstance(each, str) else each.html for each in pieces(chosen))


def show(chosen: Chosen, pieces: Pieces) -> None:
    """Draw a page of HTML: in one message, unless something in it is open."""
    if chosen.open_panel:
        components.column(chosen, pieces(chosen))
    else:
        draw.html(html(chosen, pieces))
