"""Sections of `crmdata.content` on a page: drawn as HTML in one piece, what was opened beneath."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from crmdata.content.parts import Finding, Section
from crmdata.render.html import markup, sections
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.opening import Opens
from crmdata.web.kit import apparatus, components, draw
from crmdata.web.kit.apparatus import Tool
from crmdata.web.kit.components import ORIGIN, TABLE, Chart, Origin
from crmdata.web.shell import in_force, menu, provisional


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
    """Draw a page's title, its filters and what it finds, if anything, in one piece.

    Whatever is chosen, it says of how much of the whole plan something is known.
    """
    status = in_force.sentence(chosen)
    if found:
        known = markup.element("p", status, css="crm-status")
        draw.html(over(chosen, chips, status="") + sections.lead(Finding(found)) + known)
    else:
        draw.html(over(chosen, chips, status=status))


def html(chosen: Chosen, said: Sequence[Section], origins: Mapping[str, Origin]) -> str:
    """Return sections as HTML; those of `origins` have a line of tools under their picture."""
    return sections.page(
        sections.section(each, chosen.ways, tools=_tools(chosen, each, origins)) for each in said
    )


def _tools(chosen: Chosen, section: Section, origins: Mapping[str, Origin]) -> str:
    if section.key not in origins:
        return ""
    return apparatus.tools(chosen, section.key, [ORIGIN])


def show(chosen: Chosen, said: Sequence[Section]) -> None:
    """Draw sections that are lists, with nothing to open."""
    draw.html(html(chosen, said, {}))


def show_opened(chosen: Chosen, said: Sequence[Section], origins: Mapping[str, Origin]) -> None:
    """Draw where the numbers of a picture come from, if the reader asked for it."""
    for section in said:
        if section.key in origins:
            components.show_origin(chosen, section.key, origins[section.key])


class Behind(NamedTuple):
    """What opens under a section: its tool, and what draws it."""

    tool: Tool
    show: Callable[[], None]


class Piece(NamedTuple):
    """A part of a page in HTML, and what is drawn under it, if the reader opened something."""

    html: str
    opened: Callable[[], None] | None = None


def piece(chosen: Chosen, said: Section, *behind: Behind) -> Piece:
    """Return a section with its line of tools, if it has any, and what is open under it."""
    offered = [each.tool for each in behind]
    tools = apparatus.tools(chosen, said.key, offered) if offered else ""
    opened = (each.show for each in behind if apparatus.is_open(chosen, each.tool.name, said.key))
    return Piece(sections.section(said, chosen.ways, tools=tools), next(opened, None))


def chart(
    chosen: Chosen,
    key: str,
    title: str,
    make: Callable[..., Chart],
    *subject: object,
    opens: Opens | None = None,
    origin: Origin | None = None,
    beside: str = "",
) -> Piece:
    """Return a chart of HTML as a section of its own, and what is open under it.

    `beside` stands under its title, HTML already.
    """
    inner = [
        sections.lead(Finding((title,))), beside,
        components.html_chart(chosen, key, title, make, *subject, origin=origin),
    ]  # fmt: skip
    drawn = markup.wrapped("section", inner, css="crm-section", **{"aria-label": title})
    if not any(apparatus.is_open(chosen, tool.name, key) for tool in (TABLE, ORIGIN)):
        return Piece(drawn)
    return Piece(drawn, lambda: components.show_opened(
        chosen, key, title, make, *subject, opens=opens, origin=origin
    ))  # fmt: skip


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
