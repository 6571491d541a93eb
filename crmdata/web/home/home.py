"""What Inicio shows: how the plan stands, or what is one country's or one partner's own."""

from collections.abc import Iterator

from crmdata import settings
from crmdata.access import Action, may
from crmdata.content import home
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.parts import Section
from crmdata.errors import N_
from crmdata.render.html import markup
from crmdata.web.choices.chosen import Chosen
from crmdata.web.cooperation import cooperation_origin
from crmdata.web.cooperation.cooperation_origin import OfCooperation
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import draw, page_sections
from crmdata.web.kit.components import Origin, Piece
from crmdata.web.origin import headlines
from crmdata.web.origin.headlines import OfHeadline
from crmdata.web.origin.origins import OfCells
from crmdata.web.shell import menu
from crmdata.web.take_home import take_home

PICTURES: dict[str, Origin] = {
    "ejes": OfHeadline(N_("Activities fulfilled"), headlines.fulfilled, OfCells(("axis",))),
    "lineas": headlines.OF_COUNTRY,
    "apoyo": OfCooperation(),
    "nadie": cooperation_origin.WITHOUT_PARTNER,
}
"""What the headlines and pictures count, by their section."""


def show(chosen: Chosen) -> None:
    """Draw the page of the region, of the chosen country or of the chosen partner."""
    page_sections.show(chosen, _pieces)
    take_home.show_sheet(chosen)
    if chosen.frame("reports").empty:
        draw.html(_nothing_yet(chosen))


def _nothing_yet(chosen: Chosen) -> str:
    """Say that no report counts yet, why to whoever may know, and where one is handed in."""
    words, someone = chosen.words, chosen.actor
    said = [words("No report counts yet at this cut-off.")]
    if may(someone, Action.ACCEPT):
        way = (menu.TITLES["revision"], "revision")
        said.append(words("Reports come in under “Hand in” and count once they are accepted here:"))
    elif menu.is_offered("informar", chosen.page, someone):
        way = (menu.TITLES["informar"], "informar")
        said.append(words("Reports are handed in, and what was sent is seen again, here:"))
    else:
        said.append(
            words(
                "A report counts once its country has sent it and the secretariat has accepted it."
            )
        )
        if settings.serve_mode() is settings.ServeMode.READING:
            # Whoever reads here may well be who runs it.
            said.append(words("Who runs this app can load reports: `crmdata import`."))
        return markup.element("p", " ".join(said), css="crm-empty")
    text = markup.text(" ".join(said) + " ")
    link = chosen.links.change(words(way[0]), {}, way[1])
    return markup.wrapped("p", [text, link], css="crm-empty")


def html(chosen: Chosen) -> str:
    """Return all of the page but for what is opened under its pictures."""
    return page_sections.html(chosen, _pieces)


def _pieces(chosen: Chosen) -> Iterator[str | Piece]:
    picked, way = chosen.choices, ""
    # A country's own support stands in its profile.
    if not picked.pais:
        whole = ChosenCooperation(chosen.frame("cooperation"), chosen.frame("activities"))
        way = page_sections.way_to_gaps(chosen, whole, here=bool(picked.socio))
    yield page_sections.over(chosen, way)
    for section in _sections(chosen):
        made_of = PICTURES.get(section.key)
        panels = [page_sections.origin(chosen, section, made_of)] if made_of else []
        takes = take_home.sheet_button(chosen) if section.main else ""
        yield page_sections.piece(chosen, section, *panels, takes=takes)


@made_once
def _sections(chosen: Chosen) -> list[Section]:
    view, words, picked = chosen.view, chosen.words, chosen.choices
    if picked.pais:
        may_report = menu.is_offered("informar", chosen.page, chosen.actor)
        return home.of_country(view, words, picked.pais, may_report=may_report)
    if picked.socio:
        return home.of_partner(view, words, picked.socio, may_offer=bool(chosen.actor.partner))
    return home.of_region(view, words)
