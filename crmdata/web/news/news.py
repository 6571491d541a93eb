"""What Novedades shows: what moved between two cut-offs, by name first, then the rest in parts."""

from collections.abc import Iterator
from datetime import date

from crmdata.content import then_and_now
from crmdata.content.news import movements, other_news
from crmdata.content.parts import Finding, Section
from crmdata.errors import N_
from crmdata.measures import briefing
from crmdata.render.html import markup
from crmdata.web.choices import click_targets, filters
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import components, page_sections
from crmdata.web.kit.components import TABLE, Empty, Piece, Titled
from crmdata.web.kit.opened_panels import Tool
from crmdata.web.kit.page_sections import Panel
from crmdata.web.news import agreements, change_origin, changes, lists

BROUGHT = {
    "newly_reported": Tool("nuevos", N_("New reports")),
    "corrected": Tool("correcciones", N_("Corrections")),
    "advanced": Tool("avances", N_("What advanced")),
}
"""The lists of reports by the kind of change that they are."""


def show(chosen: Chosen) -> None:
    """Draw the page, and what is opened in it."""
    page_sections.show(chosen, _pieces)


def html(chosen: Chosen) -> str:
    """Return all of the page but for what is opened in it."""
    return page_sections.html(chosen, _pieces)


def _over(chosen: Chosen) -> str:
    words, first = chosen.words, changes.first_day(chosen)
    chips = filters.html(chosen, [
        *([filters.first_day(chosen, first)] if first else []), filters.axis(chosen),
        filters.line(chosen, every=words("All lines")),
        filters.country(chosen, every=words("All countries")), filters.partner(chosen),
    ])  # fmt: skip
    sentence = changes.first_day_sentence(chosen, first)
    notice = markup.element("p", sentence, css="crm-notice", role="status") if sentence else ""
    of_partner = changes.of_partner(chosen)
    note = markup.element("p", of_partner, css="crm-note") if of_partner else ""
    return page_sections.over(chosen, chips) + note + notice


def _pieces(chosen: Chosen) -> Iterator[str | Piece]:
    yield _over(chosen)
    first = changes.first_day(chosen)
    if first is None:
        yield components.said_of_nothing(chosen.words, Empty.NOT_YET_DUE)
        return
    nothing = changes.why_nothing(changes.between(chosen, first))
    if changes.part_is_empty(chosen):
        nothing = Empty.NO_COOPERATION_HERE
    if nothing is None:
        yield from _moved(chosen, first)
        yield _counts(chosen, first)
        yield _progress(chosen, first)
    else:
        yield components.said_of_nothing(chosen.words, nothing)
    yield from _beside(chosen, first)


def _moved(chosen: Chosen, first: date) -> Iterator[Piece]:
    """Yield what fell back, what is newly pending, what came in."""
    down, pending, came = _change_sections(chosen, first)
    counts = briefing.change_counts(changes.between(chosen, first).changes)

    def origin(section: Section, flag: str) -> Panel:
        return page_sections.origin(chosen, section, change_origin.OfChanges(first, flag))

    fell_back = page_sections.table(chosen, down, lists.of_kind, first, "gone_back")
    yield page_sections.piece(
        chosen, down, *([fell_back] if counts["gone_back"] else []), origin(down, "gone_back")
    )
    due = page_sections.table(chosen, pending, lists.fallen_due, first)
    fell_due = counts["newly_due"] or counts["newly_silent"]
    yield page_sections.piece(
        chosen, pending, *([due] if fell_due else []), origin(pending, "newly_silent")
    )
    brought = [
        page_sections.table(chosen, came, lists.of_kind, first, flag, tool=tool)
        for flag, tool in BROUGHT.items()
        if counts[flag]
    ]
    yield page_sections.piece(chosen, came, *brought, origin(came, "newly_reported"))


@made_once
def _change_sections(chosen: Chosen, first: date) -> list[Section]:
    view, words, comparison = chosen.view, chosen.words, changes.between(chosen, first)
    return [
        say(view, words, comparison)
        for say in (movements.fell_back, movements.pending, movements.came_in)
    ]


def _counts(chosen: Chosen, first: date) -> Piece:
    """Return the counts by country, line or partner, as the reader groups them."""
    words, made_of = chosen.words, change_origin.OfChanges(first)
    title, by_partner = words("How many changes, group by group"), changes.group(chosen) == "socio"
    note = words("A report counts for every partner that it names. What fell due or silent has "
                 "no report that could name one.")  # fmt: skip
    beside = [filters.html(chosen, [changes.groups(chosen)])]
    if by_partner:
        beside.append(markup.element("p", note, css="crm-note"))
    titled = Titled("cuenta", title, changes.counts_chart, (first,), origin=made_of)
    return page_sections.chart(chosen, titled, "".join(beside))


def _progress(chosen: Chosen, first: date) -> Piece:
    """Return the reported progress at both dates."""
    title = chosen.words("Reported progress then and now")
    if not changes.comparable(chosen, first):
        nothing = chosen.words(Empty.NOT_COMPARABLE.value)
        return page_sections.piece(chosen, Section("avance", title, Finding((title, nothing)), []))
    by_country = changes.compared_by(chosen) == "country"
    opens = click_targets.COUNTRY if by_country else click_targets.LINE
    titled = Titled("avance", title, changes.compared, (first,), opens)
    return page_sections.chart(chosen, titled, finds=_compared(chosen, first))


@made_once
def _compared(chosen: Chosen, first: date) -> str:
    return then_and_now.summary(**changes.both(chosen, first), words=chosen.words)


def _beside(chosen: Chosen, first: date) -> Iterator[Piece]:
    """Yield what was agreed on, what no slot foresees, what the plan itself changed."""
    view, words = chosen.view, chosen.words
    agreed = agreements.between(chosen, first)
    section = other_news.agreed(view, words, agreed)
    table = Panel(TABLE, lambda: agreements.show(chosen, "acuerdos", agreed, ""))
    yield page_sections.piece(chosen, section, *([table] if len(agreed) else []))
    beyond = changes.between(chosen, first).outside
    section = other_news.outside(words, beyond)
    table = page_sections.table(chosen, section, lists.outside, first)
    yield page_sections.piece(chosen, section, *([table] if len(beyond) else []))
    changed = other_news.plan_changes(view, first)
    section = other_news.plan(words, changed)
    table = page_sections.table(chosen, section, lists.of_plan, first)
    yield page_sections.piece(chosen, section, *([table] if changed else []))
