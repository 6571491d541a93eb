"""Calendario: what the plan schedules when, and what was reported of it."""

from crmdata.ui import (
    calendar_controls,
    calendar_layers,
    calendar_print,
    components,
    filters,
    frame,
    links,
    schedule,
)
from crmdata.ui.chosen import Chosen
from crmdata.ui.components import Empty


def show(chosen: Chosen) -> None:
    """Draw what the choices of this page change."""
    words, choices = chosen.words, chosen.choices

    with components.filter_row():
        filters.axis(words, choices, chosen.view)
        filters.line(words, choices, chosen.view, every=words("All lines"))
        filters.mark(words, choices)
        calendar_controls.colour(chosen)

    if calendar_layers.plan(chosen).activities.empty:
        components.empty(words, Empty.FILTERED)
    else:
        schedule.show(chosen)
        components.origin(chosen, "calendario", calendar_layers.MADE_OF)
        schedule.show_undated(chosen)
        calendar_print.show(chosen)


frame.show_body(frame.open_page("calendario"), show)
links.stay()
