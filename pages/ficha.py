"""Ficha de país: a delegate's briefing of one country, on one or two printed pages."""

from crmdata.ui import components, country_sheet, filters, frame
from crmdata.ui.chosen import Chosen


def show(chosen: Chosen) -> None:
    """Draw what the choices of this page change."""
    words, choices = chosen.words, chosen.choices

    with components.filter_row():
        filters.country(words, choices, chosen.view, every=words("No country chosen"))

    if choices.pais:
        country_sheet.show(chosen)
    else:
        country_sheet.show_invitation(chosen)


frame.show_body(frame.open_page("ficha"), show)
