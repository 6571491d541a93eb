"""Sections of `crmdata.content` on a page: drawn as HTML in one piece, what was opened beneath."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from crmdata.content.parts import Finding, Section
from crmdata.render.html import markup, sections
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import apparatus, components, draw
from crmdata.web.kit.components import Origin
from crmdata.web.shell import in_force, menu, provisional


class Behind(NamedTuple):
    """What opens under a section: where its numbers come from, and its table to take along."""

    origin: Origin | None = None
    table: Callable[[Chosen], pd.DataFrame] | None = None
    """One of those that are `kept`."""
    subject: str = ""
    """What the page is about, where files of several would have one name."""


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


class SectionPage(NamedTuple):
    """A page of sections: what stands over and after them, and what opens under which."""

    over: str
    said: Sequence[Section]
    behind: Mapping[str, Behind] = {}
    after: str = ""


def html(chosen: Chosen, page: SectionPage) -> str:
    """Return the page as HTML; sections with something behind have tools under their picture."""
    drawn = (
        sections.section(each, chosen.ways, tools=_tools(chosen, each, page.behind))
        for each in page.said
    )
    return page.over + sections.page(drawn) + page.after


def _tools(chosen: Chosen, section: Section, behind: Mapping[str, Behind]) -> str:
    own = behind.get(section.key, Behind())
    offered = [
        *([components.TABLE] if own.table else []),
        *([components.ORIGIN] if own.origin else []),
    ]
    return apparatus.tools(chosen, section.key, offered) if offered else ""


def show(chosen: Chosen, said: Sequence[Section]) -> None:
    """Draw sections that are lists, with nothing to open."""
    draw.html(html(chosen, SectionPage("", said)))


def show_page(chosen: Chosen, page: SectionPage, whole: str) -> None:
    """Draw a page, `whole` in one piece; what is opened under a section parts it there."""
    opened = [place for place, each in enumerate(page.said) if _is_open(chosen, page, each)]
    if not opened:
        draw.html(whole)
        return
    at = opened[0] + 1
    draw.html(html(chosen, page._replace(said=page.said[:at], after="")))
    _show_behind(chosen, page, page.said[at - 1])
    draw.html(html(chosen, page._replace(over="", said=page.said[at:])))


def _is_open(chosen: Chosen, page: SectionPage, section: Section) -> bool:
    tools = (components.TABLE, components.ORIGIN)
    return section.key in page.behind and any(
        apparatus.is_open(chosen, tool.name, section.key) for tool in tools
    )


def _show_behind(chosen: Chosen, page: SectionPage, section: Section) -> None:
    """Draw the table of a section, or where its numbers come from."""
    own = page.behind[section.key]
    if own.table and apparatus.is_open(chosen, components.TABLE.name, section.key):
        key = "-".join(filter(None, [section.key, own.subject]))
        title = ". ".join(filter(None, [own.subject, section.title]))
        caption = chosen.words("Table: {title}", title=title)
        with st.container(key=f"behind-{section.key}"):
            components.kept_table(chosen, key, caption, own.table)
    if own.origin:
        components.show_origin(chosen, section.key, own.origin)
