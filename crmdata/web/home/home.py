"""What Inicio shows: how the plan stands, or what is one country's or one partner's own."""

from crmdata.content import home
from crmdata.content.parts import Section
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.links import Links
from crmdata.web.data.kept import kept
from crmdata.web.kit import components, page_sections
from crmdata.web.kit.components import Empty
from crmdata.web.kit.page_sections import Behind, SectionPage
from crmdata.web.origin.origins import OfCells
from crmdata.web.shell import menu

PICTURES = {
    "ejes": Behind(OfCells(("axis",))),
    "lineas": Behind(OfCells(("line", "semester"))),
}
"""The pictures that count cells, by their section, and what they are made of."""


def show(chosen: Chosen) -> None:
    """Draw the page of the region, of the chosen country or of the chosen partner."""
    page_sections.show_page(chosen, _page(chosen), html(chosen))
    if chosen.frame("reports").empty:
        components.empty(chosen.words, Empty.NO_DATA)


def html(chosen: Chosen) -> str:
    """Return all of the page but for what is opened under its pictures."""
    return _html(chosen, chosen.links)


def _page(chosen: Chosen) -> SectionPage:
    return SectionPage(page_sections.over(chosen), _sections(chosen), PICTURES)


@kept
def _sections(chosen: Chosen) -> list[Section]:
    view, words, made = chosen.view, chosen.words, chosen.choices
    if made.pais:
        may_report = "informar" in menu.offered(chosen.page, chosen.actor)
        return home.of_country(view, words, made.pais, may_report=may_report)
    if made.socio:
        return home.of_partner(view, words, made.socio)
    return home.of_region(view, words)


@kept
def _html(chosen: Chosen, _links: Links) -> str:
    return page_sections.html(chosen, _page(chosen))
