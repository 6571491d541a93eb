"""Sections of `crmdata.content` on a page: drawn as HTML in one piece, what was opened beneath."""

from collections.abc import Mapping, Sequence

from crmdata.content.parts import Finding, Section
from crmdata.render.html import markup, sections
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import apparatus, components, draw
from crmdata.web.kit.components import Origin
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
    chosen: Chosen, said: Sequence[Section], origins: Mapping[str, Origin], *, prints: str = ""
) -> str:
    """Return sections as HTML; those of `origins` have a line of tools under their picture.

    `prints` is the section whose tools print the page.
    """
    return sections.page(
        sections.section(
            each, chosen.ways, tools=_tools(chosen, each, origins, prints=each.key == prints)
        )
        for each in said
    )


def _tools(chosen: Chosen, section: Section, origins: Mapping[str, Origin], *, prints: bool) -> str:
    if section.key not in origins:
        return ""
    return apparatus.tools(chosen, section.key, [components.ORIGIN], prints=prints)


def show_opened(chosen: Chosen, said: Sequence[Section], origins: Mapping[str, Origin]) -> None:
    """Draw where the numbers of a picture come from, if the reader asked for it."""
    for section in said:
        if section.key in origins:
            components.show_origin(chosen, section.key, origins[section.key])
