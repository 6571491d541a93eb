"""Líneas: what was reported line by line, down to the activities and their narratives."""

from crmdata.ui import activity_page, components, filters, frame, lines, links
from crmdata.ui.chosen import Chosen
from crmdata.ui.components import Empty


def show(chosen: Chosen) -> None:
    """Draw what the choices of this page change."""
    words, choices = chosen.words, chosen.choices

    with components.filter_row():
        filters.axis(words, choices, chosen.view)
        filters.line(words, choices, chosen.view, every=words("All lines"))
        if choices.linea:
            filters.activity(words, choices, chosen.view)
        filters.country(words, choices, chosen.view, every=words("The whole region"))

    if choices.actividad:
        activity_page.show(chosen, choices.actividad)
    elif lines.nothing_scheduled(chosen):
        components.empty(words, Empty.NOT_SCHEDULED)
        lines.show_results(chosen)
    elif lines.nothing_due(chosen):
        components.empty(words, Empty.NOT_YET_DUE)
        lines.show_ahead(chosen)
        lines.show_results(chosen)
    elif choices.linea:
        lines.show_one(chosen)
    else:
        lines.show_all(chosen)


frame.show_body(frame.open_page("lineas"), show)
links.stay()
