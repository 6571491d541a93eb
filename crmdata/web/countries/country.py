"""The profile of the chosen country: the same on the screen, on a phone and on paper."""

from functools import partial

from crmdata.content.parts import Section
from crmdata.content.profile import Profile
from crmdata.render.html import markup
from crmdata.web.choices import groups
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.kept import kept
from crmdata.web.kit import page_sections
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
            page_sections.html(chosen, said, PICTURES, prints=said[0].key),
        ], css="crm-paper crm-profile"),
        markup.element("p", in_force.sentence(chosen), css="crm-status"),
    ])  # fmt: skip
