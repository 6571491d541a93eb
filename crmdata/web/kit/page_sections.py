"""Sections of `crmdata.content` on a page: drawn as HTML in one piece, what was opened beneath."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from crmdata.content.parts import Finding, Section
from crmdata.render.html import markup, sections
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import apparatus, components, draw
from crmdata.web.kit.apparatus import Tool
from crmdata.web.kit.components import Origin, Titled
from crmdata.web.shell import in_force, menu, provisional


class Behind(NamedTuple):
    """What opens under a section: where its numbers come from, and its table to take along."""

    origin: Origin | None = None
    table: Callable[[Chosen], pd.DataFrame] | None = None
    """One of those that are `kept`."""


def over(chosen: Chosen, *beside: str, status: str | None = None) -> str:
    """Return the line over a page's first section: its title, its status, what stands beside.

    The status is the cut-off, unless something else is given; none where it is empty.
    """
    words = chosen.words
    if status is None:
        status = words("Cut-off {day}.", day=words.date(chosen.cutoff))
    parts = [
        markup.element("h1", words(menu.TITLES[chosen.page])),
        *([markup.element("p", status, css="crm-status")] if status else []),
        *beside,
    ]
    if chosen.provisional:
        parts.append(markup.element("p", provisional.word(chosen), css="crm-notice"))
    return markup.wrapped("div", parts, css="crm-over")


def show_over(chosen: Chosen, chips: str, *found: str) -> None:
    """Draw a page's title, its filters and what it finds, if anything, in one piece."""
    draw.html(found_over(chosen, chips, Finding(found) if found else None))


def found_over(chosen: Chosen, chips: str, found: Finding | None = None) -> str:
    """Return a page's title, its filters and what it finds, if anything.

    Whatever is chosen, it says of how much of the whole plan something is known.
    """
    status = in_force.sentence(chosen)
    if found is None:
        return over(chosen, chips, status=status)
    known = markup.element("p", status, css="crm-status")
    return over(chosen, chips, status="") + sections.lead(found) + known


def html(
    chosen: Chosen,
    said: Sequence[Section],
    behind: Mapping[str, Behind | Origin],
    *,
    prints: str = "",
) -> str:
    """Return sections as HTML; those of `behind` have a line of tools under their picture.

    `prints` is the section whose tools print the page.
    """
    return sections.page(
        sections.section(
            each, chosen.ways, tools=_tools(chosen, each, behind, prints=each.key == prints)
        )
        for each in said
    )


def _behind(section: Section, behind: Mapping[str, Behind | Origin]) -> Behind:
    own = behind.get(section.key, Behind())
    return own if isinstance(own, Behind) else Behind(own)


def _tools(
    chosen: Chosen, section: Section, behind: Mapping[str, Behind | Origin], *, prints: bool
) -> str:
    own = _behind(section, behind)
    offered = [
        *([components.TABLE] if own.table else []),
        *([components.ORIGIN] if own.origin else []),
    ]
    return apparatus.tools(chosen, section.key, offered, prints=prints) if offered else ""


def show(chosen: Chosen, said: Sequence[Section]) -> None:
    """Draw sections that are lists, with nothing to open."""
    draw.html(html(chosen, said, {}))


def show_opened(
    chosen: Chosen, said: Sequence[Section], behind: Mapping[str, Behind | Origin]
) -> None:
    """Draw the table of a section or where its numbers come from, if the reader asked for it."""
    for section in said:
        own = _behind(section, behind)
        if own.table and apparatus.is_open(chosen, components.TABLE.name, section.key):
            components.kept_table(chosen, section.key, section.title, own.table)
        if own.origin:
            components.show_origin(chosen, section.key, own.origin)


class Panel(NamedTuple):
    """What opens under a section: its tool, and what draws it."""

    tool: Tool
    show: Callable[[], None]


class Piece(NamedTuple):
    """A part of a page in HTML, and what is drawn under it, if the reader opened something."""

    html: str
    opened: Callable[[], None] | None = None


def piece(chosen: Chosen, said: Section, *panels: Panel) -> Piece:
    """Return a section with its line of tools, if it has any, and what is open under it."""
    offered = [each.tool for each in panels]
    tools = apparatus.tools(chosen, said.key, offered) if offered else ""
    opened = (each.show for each in panels if apparatus.is_open(chosen, each.tool.name, said.key))
    return Piece(sections.section(said, chosen.ways, tools=tools), next(opened, None))


def chart(chosen: Chosen, titled: Titled, beside: str = "") -> Piece:
    """Return a chart of HTML as a section of its own, and what is open under it.

    `beside` stands under its title, HTML already.
    """
    inner = [
        sections.lead(Finding((titled.title,))), beside, components.html_chart(chosen, titled),
    ]  # fmt: skip
    drawn = markup.wrapped("section", inner, css="crm-section", **{"aria-label": titled.title})
    under = components.under(chosen, titled)
    return Piece(drawn, under.show if under.is_open else None)


def show_pieces(begins: str, pieces: Iterable[Piece]) -> None:
    """Draw pieces one under the other, in as few parts as what is open leaves."""
    gathered: list[str] = []
    for each in pieces:
        gathered.append(each.html)
        if each.opened is not None:
            draw.html(begins + sections.page(gathered))
            each.opened()
            begins, gathered = "", []
    if begins or gathered:
        draw.html(begins + sections.page(gathered))
