"""Ficha de país: a delegate's briefing of one country, on one or two printed pages."""

from crmdata.web.choices import filters
from crmdata.web.choices.chosen import Chosen
from crmdata.web.countries import country_sheet
from crmdata.web.shell import frame


def show(chosen: Chosen) -> None:
    """Draw what the choices of this page change."""
    words = chosen.words

    filters.show(chosen, [filters.country(chosen, every=words("No country chosen"))])

    if chosen.choices.pais:
        country_sheet.show(chosen)
    else:
        country_sheet.show_invitation(chosen)


frame.show_body(frame.open_page("ficha"), show)
