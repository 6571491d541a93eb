"""The profile of the chosen country: the same on the screen, on a phone and on paper."""

from collections.abc import Iterator
from functools import partial

from crmdata.content.parts import Section
from crmdata.content.profile import Profile
from crmdata.render.html import markup
from crmdata.web.choices import groups
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.kept import kept
from crmdata.web.kit import page_sections
from crmdata.web.kit.components import Piece
from crmdata.web.origin.origins import OfCells
from crmdata.web.shell import in_force, menu, paper

PICTURES = {"lineas": OfCells(("line", "semester")), "ejes": OfCells(("axis",), outside=True)}
"""The pictures that count cells, by their section, and what they are made of."""


@kept
def sections(chosen: Chosen) -> list[Section]:
    """Return what is said of the country, within the chosen axis or line."""
    within = partial(groups.within, chosen, country=False)
    may_report = menu.is_offered("informar", chosen.page, chosen.actor)
    country = str(chosen.choices.pais)
    return Profile(chosen.view, chosen.words, country, may_report, within).sections()


def html(chosen: Chosen, over: str) -> str:
    """Return the profile under what stands over it: title and filters, which no paper needs."""
    words, said = chosen.words, sections(chosen)
    foot = words("{country}. Cut-off {day}", country=said[0].title, day=words.date(chosen.cutoff))
    subject = " · ".join([*in_force.choices(chosen), words.pick(*chosen.plan.short_title)])
    return "".join([
        paper.style("portrait", foot),
        over,
        markup.wrapped("div", [
            markup.element("p", subject, css="crm-paper-only crm-group"),
            *(each.html for each in _pieces(chosen)),
        ], css="crm-paper crm-profile"),
        markup.element("p", in_force.sentence(chosen), css="crm-status"),
    ])  # fmt: skip


def opened(chosen: Chosen) -> list[Piece]:
    """Return what the reader opened in the profile: it stands under the paper, in one piece."""
    return [Piece("", each.opened) for each in _pieces(chosen)]


def _pieces(chosen: Chosen) -> Iterator[Piece]:
    for place, said in enumerate(sections(chosen)):
        made_of = PICTURES.get(said.key)
        panels = [page_sections.origin(chosen, said, made_of)] if made_of else []
        yield page_sections.piece(chosen, said, *panels, prints=not place)
