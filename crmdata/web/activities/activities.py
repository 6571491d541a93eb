"""What Actividades shows: the list that search and filters leave, or the sheet of one activity."""

from crmdata.web.activities import activity_list, activity_page
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import page_sections


def html(chosen: Chosen) -> str:
    """Return all of the page but for what is opened under its pictures."""
    if chosen.choices.actividad:
        return activity_page.html(chosen, chosen.links)
    return activity_list.html(chosen, chosen.links)


def show(chosen: Chosen) -> None:
    """Draw the list, or the sheet of the chosen activity."""
    shown = activity_page if chosen.choices.actividad else activity_list
    page_sections.show(chosen, html, shown.pieces)
