"""What Actividades shows: the list that search and filters leave, or the sheet of one activity."""

from crmdata.web.activities import activity_list, activity_page
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import page_sections
from crmdata.web.kit.page_sections import Pieces


def html(chosen: Chosen) -> str:
    """Return all of the page but for what is opened under its pictures."""
    return page_sections.html(chosen, _pieces(chosen))


def show(chosen: Chosen) -> None:
    """Draw the list, or the sheet of the chosen activity."""
    page_sections.show(chosen, _pieces(chosen))


def _pieces(chosen: Chosen) -> Pieces:
    return activity_page.pieces if chosen.choices.actividad else activity_list.pieces
