"""What Novedades shows: what moved between two cut-offs, by name first, then the rest in parts."""

from collections.abc import Callable, Iterator
from datetime import date

import pandas as pd

from crmdata.content.news import beside, moved, rows
from crmdata.content.parts import Finding, Section
from crmdata.errors import N_
from crmdata.figures import dumbbell
from crmdata.render.html import markup, sections
from crmdata.web.choices import filters, opening
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.links import Links
from crmdata.web.data.kept import kept
from crmdata.web.kit import components, page_sections
from crmdata.web.kit.apparatus import Tool
from crmdata.web.kit.components import ORIGIN, TABLE, Empty
from crmdata.web.kit.page_sections import Behind, Piece
from crmdata.web.news import agreements, change_origin, changes, lists
from crmdata.web.origin.origins import OfCells

PICTURE = Tool("imagen", N_("Picture"))

BROUGHT = {
    "newly_reported": Tool("nuevos", N_("New reports")),
    "corrected": Tool("correcciones", N_("Corrections")),
    "advanced": Tool("avances", N_("What advanced")),
}
"""The lists of reports by the kind of change that they are."""


def show(chosen: Chosen) -> None:
    """Draw the page, and what is opened in it."""
    page_sections.show_pieces(_over(chosen, chosen.links), _pieces(chosen))


def html(chosen: Chosen) -> str:
    """Return all of the page but for what is opened in it."""
    pieces = (each.html for each in _pieces(chosen))
    return _over(chosen, chosen.links) + sections.page(pieces)


@kept
def _over(chosen: Chosen, _links: Links) -> str:
    words, first = chosen.words, changes.first_day(chosen)
    chips = filters.html(chosen, [
        *([filters.first_day(chosen, first)] if first else []), filters.axis(chosen),
        filters.line(chosen, every=words("All lines")),
        filters.country(chosen, every=words("All countries")),
    ])  # fmt: skip
    said = changes.first_day_sentence(chosen, first)
    told = markup.element("p", said, css="crm-notice", role="status") if said else ""
    return page_sections.over(chosen, chips) + told


def _pieces(chosen: Chosen) -> Iterator[Piece]:
    first = changes.first_day(chosen)
    if first is None:
        yield Piece(components.said_of_nothing(chosen.words, Empty.NOT_YET_DUE))
        return
    nothing = changes.why_nothing(changes.between(chosen, first))
    if nothing is None:
        yield from _moved(chosen, first)
        yield _counted(chosen, first)
        yield _progress(chosen, first)
    else:
        yield Piece(components.said_of_nothing(chosen.words, nothing))
    yield from _beside(chosen, first)


def _moved(chosen: Chosen, first: date) -> Iterator[Piece]:
    """Yield what fell back, what is newly pending, what came in."""
    down, pending, came = _told(chosen, first)
    counts = rows.totals(changes.between(chosen, first).changes)
    fell_back = _table(chosen, down, TABLE, lists.of_kind, first, "gone_back")
    origin = Behind(ORIGIN, lambda: components.show_origin(
        chosen, down.key, change_origin.OfChanges(first)
    ))  # fmt: skip
    yield page_sections.piece(chosen, down, *([fell_back] if counts["gone_back"] else []), origin)
    due = _table(chosen, pending, TABLE, lists.fallen_due, first)
    fell_due = counts["newly_due"] or counts["newly_silent"]
    yield page_sections.piece(chosen, pending, *([due] if fell_due else []))
    yield page_sections.piece(chosen, came, *(
        _table(chosen, came, tool, lists.of_kind, first, flag)
        for flag, tool in BROUGHT.items() if counts[flag]
    ))  # fmt: skip


@kept
def _told(chosen: Chosen, first: date) -> list[Section]:
    view, words, found = chosen.view, chosen.words, changes.between(chosen, first)
    return [say(view, words, found) for say in (moved.fell_back, moved.pending, moved.came_in)]


def _table(
    chosen: Chosen, said: Section, tool: Tool, make: Callable[..., pd.DataFrame], *subject: object
) -> Behind:
    """Return a table with its downloads, opened by a tool of a section."""
    key = f"{said.key}-{tool.name}" if tool is not TABLE else said.key
    caption = chosen.words(tool.label) if tool is not TABLE else said.title
    return Behind(tool, lambda: components.kept_table(chosen, key, caption, make, *subject))


def _counted(chosen: Chosen, first: date) -> Piece:
    """Return the counts by country, line or partner, as the reader groups them."""
    words, made_of = chosen.words, change_origin.OfChanges(first)
    title, by_partner = words("How many changes, group by group"), changes.group(chosen) == "socio"
    note = words("A report counts for every partner that it names. What fell due or silent has "
                 "no report that could name one.")  # fmt: skip
    beside = [filters.html(chosen, [changes.groups(chosen)])]
    if by_partner:
        beside.append(markup.element("p", note, css="crm-note"))
    return page_sections.chart(chosen, "cuenta", title, changes.counted, first, origin=made_of,
                               beside="".join(beside))  # fmt: skip


def _progress(chosen: Chosen, first: date) -> Piece:
    """Return the reported progress at both dates, its picture a touch away."""
    title = chosen.words("Reported progress then and now")
    if not changes.comparable(chosen, first):
        nothing = chosen.words(Empty.NOT_COMPARABLE.value)
        return page_sections.piece(chosen, Section("avance", title, Finding((title, nothing)), []))
    by_country = changes.compared_by(chosen) == "country"
    opens = opening.COUNTRY if by_country else opening.LINE
    what = (chosen, "avance", title, changes.compared, first)
    said = Section("avance", title, Finding((title, _compared(chosen, first))), [])
    return page_sections.piece(
        chosen, said,
        Behind(PICTURE, lambda: components.show_figure(*what, opens=opens)),
        Behind(TABLE, lambda: components.show_opened(*what, opens=opens)),
        Behind(ORIGIN, lambda: components.show_origin(
            chosen, "avance", OfCells((changes.compared_by(chosen),), days=(first,))
        )),
    )  # fmt: skip


@kept
def _compared(chosen: Chosen, first: date) -> str:
    return dumbbell.summary(**changes.both(chosen, first), words=chosen.words)


def _beside(chosen: Chosen, first: date) -> Iterator[Piece]:
    """Yield what was agreed on, what no slot foresees, what the plan itself changed."""
    view, words = chosen.view, chosen.words
    agreed = agreements.between(chosen, first)
    said = beside.agreed(view, words, agreed)
    table = Behind(TABLE, lambda: agreements.show(chosen, agreed, ""))
    yield page_sections.piece(chosen, said, *([table] if len(agreed) else []))
    beyond = changes.between(chosen, first).outside
    said = beside.outside(words, beyond)
    table = _table(chosen, said, TABLE, lists.outside, first)
    yield page_sections.piece(chosen, said, *([table] if len(beyond) else []))
    changed = beside.plan_changes(view, first)
    said = beside.plan(words, changed)
    table = _table(chosen, said, TABLE, lists.of_plan, first)
    yield page_sections.piece(chosen, said, *([table] if changed else []))
