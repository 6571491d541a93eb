"""What Actividades shows: the list that search and filters leave, or the sheet of one activity."""

from crmdata.web.activities import activity_list, activity_page
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import draw


def html(chosen: Chosen) -> str:
    """Return all of the page but for what is opened under its pictures."""
    if chosen.choices.actividad:
        return activity_page.html(chosen, chosen.links)
    return activity_list.html(chosen, chosen.links)


def show(chosen: Chosen) -> None:
    """Draw the list, or the sheet of the chosen activity."""
    draw.html(html(chosen))
    if chosen.choices.actividad:
        activity_page.show_opened(chosen)
    else:
        activity_list.show_opened(chosen)
