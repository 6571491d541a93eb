"""Actividades: search in the plan and in what was reported; and each activity's own sheet."""

from crmdata.web.activities import activities, activity_page, activity_results
from crmdata.web.choices.chosen import Chosen
from crmdata.web.shell import frame


def show(chosen: Chosen) -> None:
    """Draw what the choices of this page change."""
    choices = chosen.choices

    if choices.actividad:
        activity_page.show(chosen, choices.actividad)
    else:
        found = activities.found(chosen)
        activities.show_filters(chosen, found)
        if found.codes:
            activity_results.show(chosen, found)
        else:
            activities.show_nothing(chosen, found)


frame.show_body(frame.open_page("actividades"), show)
