"""The profile of the chosen country: the same on the screen, on a phone and on paper."""

from collections.abc import Iterator
from functools import partial

from crmdata.content.parts import Section
from crmdata.content.profile import Profile
from crmdata.render.html import markup
from crmdata.web.choices import chosen_groups
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import page_sections
from crmdata.web.kit.components import Origin, Piece
from crmdata.web.origin import headlines
from crmdata.web.origin.origins import OfCells
from crmdata.web.shell import cutoff_words, menu, printing
from crmdata.web.take_home import take_home

PICTURES: dict[str, Origin] = {
    "lineas": headlines.OF_COUNTRY,
    "ejes": OfCells(("axis",), outside=True),
}
"""What the headline and the pictures count, by their section."""


@made_once
def sections(chosen: Chosen) -> list[Section]:
    """Return what is said of the country, within the chosen axis or line."""
    within = partial(chosen_groups.within, chosen, country=False)
    may_report = menu.is_offered("informar", chosen.page, chosen.actor)
    country = str(chosen.choices.pais)
    return Profile(chosen.view, chosen.words, country, may_report, within).sections()


def html(chosen: Chosen, over: str) -> str:
    """Return the profile under what stands over it: title and filters, which no paper needs."""
    words, profile = chosen.words, sections(chosen)
    foot = words(
        "{country}. Cut-off {day}", country=profile[0].title, day=words.date(chosen.cutoff)
    )
    subject = " · ".join([*cutoff_words.choices(chosen), words.pick(*chosen.plan.short_title)])
    return "".join(
        [
            printing.style("portrait", foot),
            over,
            markup.wrapped(
                "div",
                [
                    markup.element("p", subject, css="crm-paper-only crm-group"),
                    *(each.html for each in _pieces(chosen)),
                ],
                css="crm-paper crm-profile",
            ),
        ]
    )


def open_panels(chosen: Chosen) -> list[Piece]:
    """Return what the reader opened in the profile: it stands under the paper, in one piece."""
    return [Piece("", each.panel) for each in _pieces(chosen)]


def _pieces(chosen: Chosen) -> Iterator[Piece]:
    for place, section in enumerate(sections(chosen)):
        made_of = PICTURES.get(section.key)
        panels = [page_sections.origin(chosen, section, made_of)] if made_of else []
        takes = "" if place else take_home.sheet_button(chosen)
        yield page_sections.piece(chosen, section, *panels, prints=not place, takes=takes)
