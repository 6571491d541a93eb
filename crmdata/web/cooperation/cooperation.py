"""What Cooperación shows: where nobody is, one partner's own, then who supports what where."""

from collections.abc import Callable, Iterator

import pandas as pd

from crmdata.content import findings, names
from crmdata.content.cooperation import dossier, gaps, registered
from crmdata.content.parts import Finding, Section
from crmdata.errors import N_
from crmdata.web.choices import click_targets, filters
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import within
from crmdata.web.choices.click_targets import Opens
from crmdata.web.cooperation import cooperation_origin, matrices, selected, tables
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import components, page_sections
from crmdata.web.kit.components import Chart, Empty, Piece, Titled
from crmdata.web.kit.opened_panels import Tool
from crmdata.web.kit.page_sections import Panel

REQUESTS = Tool("pedidos", N_("Requests"))
REPORTS, PLAN = Tool("reportes", N_("In reports")), Tool("plan", N_("In the plan"))


def show(chosen: Chosen) -> None:
    """Draw the page, and what is opened in it."""
    page_sections.show(chosen, _pieces)


def html(chosen: Chosen) -> str:
    """Return all of the page but for what is opened in it."""
    return page_sections.html(chosen, _pieces)


def _over(chosen: Chosen) -> str:
    words = chosen.words
    chips = filters.html(chosen, [
        filters.partner(chosen), filters.axis(chosen),
        filters.line(chosen, every=words("All lines")),
        filters.country(chosen, every=words("All countries")),
    ])  # fmt: skip
    if not chosen.choices.socio:  # then they stand first
        return page_sections.over(chosen, chips)
    way = page_sections.way_to_gaps(chosen, selected.cooperation(chosen), here=True)
    return page_sections.over(chosen, chips, way)


def _pieces(chosen: Chosen) -> Iterator[str | Piece]:
    yield _over(chosen)
    if chosen.choices.socio is not None:
        own = _of_partner(chosen)
        made_of = cooperation_origin.OfCooperation()
        behind = [
            page_sections.table(chosen, own, tables.of_partner),
            page_sections.origin(chosen, own, made_of),
        ]
        yield page_sections.piece(chosen, own, *behind)
    yield _gaps(chosen)
    rows = selected.chosen_ones(chosen)
    if rows.empty:
        none = chosen.frame("cooperation").empty
        reason = Empty.NO_COOPERATION if none else Empty.NO_COOPERATION_HERE
        yield components.said_of_nothing(chosen.words, reason)
    else:
        yield from _matrices(chosen)
        yield _every_line(chosen)
    yield _named_partners(chosen)


@made_once
def _of_partner(chosen: Chosen) -> Section:
    """Return what is the chosen partner's own."""
    partner, whole = str(chosen.choices.socio), selected.cooperation(chosen)
    view, words = chosen.view, chosen.words
    name = names.of_partners(chosen.frame("partners"), words)[partner]
    # What is asked of anybody stands with the gaps.
    reports = within(chosen, chosen.frame("reports"))
    finding = Finding(tuple(dossier.of_its_own(view, words, partner, whole, reports)))
    return Section("socio", name.text, finding, list(tables.named_and_supported(chosen)), main=True)


def _gaps(chosen: Chosen) -> Piece:
    """Return where nobody is; whatever partner is chosen, since gaps are everybody's."""
    section = _alone(chosen)
    whole = selected.cooperation(chosen)
    behind = [page_sections.origin(chosen, section, cooperation_origin.WITHOUT_PARTNER)]
    if whole.rows["partner"].isna().any():
        behind.insert(0, _table(chosen, section, REQUESTS, tables.requests))
    if len(whole.alone):
        behind.insert(0, page_sections.table(chosen, section, tables.unaccompanied))
    return page_sections.piece(chosen, section, *behind)


@made_once
def _alone(chosen: Chosen) -> Section:
    words, whole = chosen.words, selected.cooperation(chosen)
    codes, partners = list(whole.activities["activity"]), chosen.choices.socio
    called = names.of_partners(chosen.frame("partners"), words)
    sentences = [findings.alone(words, codes, whole.rows)]
    if partners is None and len(whole.rows):
        sentences.append(findings.by_partner(words, codes, whole.rows, called))
    picture = gaps.groups(chosen.view, words, whole, whole=chosen.choices.linea is not None,
                          may_offer=bool(chosen.actor.partner))  # fmt: skip
    return Section(gaps.SECTION, words("Where nobody is"), Finding(tuple(sentences)), [picture],
                   main=partners is None)  # fmt: skip


def _table(
    chosen: Chosen, section: Section, tool: Tool, make: Callable[..., pd.DataFrame]
) -> Panel:
    return page_sections.table(chosen, section, make, tool=tool, key=tool.name)


def _matrices(chosen: Chosen) -> Iterator[Piece]:
    words = chosen.words
    yield _matrix(chosen, "lineas", words("How much of each line is supported"), matrices.lines,
                  click_targets.SUPPORT_OF_LINE)  # fmt: skip
    # One partner's activities stand in its lists.
    if chosen.choices.socio is None:
        yield _matrix(chosen, "actividades", words("Activity by activity"), matrices.one_by_one,
                      click_targets.ACTIVITY_OF_PARTNERS)  # fmt: skip
    yield _matrix(chosen, "paises", words("Where the support goes"), matrices.places,
                  click_targets.SUPPORT_IN_COUNTRY)  # fmt: skip


def _matrix(
    chosen: Chosen, key: str, title: str, make: Callable[..., Chart], opens: Opens
) -> Piece:
    made_of = cooperation_origin.OfCooperation()
    return page_sections.chart(chosen, Titled(key, title, make, (), opens, made_of))


def _every_line(chosen: Chosen) -> Piece:
    words, rows = chosen.words, selected.chosen_ones(chosen)
    title = words("Every line of cooperation")
    section = Section("todo", title, Finding((title, registered.states(words, rows))), [])
    return page_sections.piece(
        chosen, section, page_sections.table(chosen, section, tables.every_line)
    )


def _named_partners(chosen: Chosen) -> Piece:
    words = chosen.words
    title = words("Partners named by reports and by the plan")
    reports = within(chosen, chosen.frame("reports"))
    sentence = registered.telling(words, reports, selected.partners(chosen))
    section = Section("nombrados", title, Finding((title, sentence)), [])
    behind = [_table(chosen, section, REPORTS, tables.named_in_reports)]
    if len(tables.mentions(chosen)):
        behind.append(_table(chosen, section, PLAN, tables.mentions))
    return page_sections.piece(chosen, section, *behind)
