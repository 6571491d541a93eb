"""Calendario: what the plan schedules when, and what was reported of it."""

from crmdata.web.calendar import calendar_controls, calendar_layers, calendar_print, schedule
from crmdata.web.choices import filters
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import components
from crmdata.web.kit.components import Empty
from crmdata.web.shell import frame


def show(chosen: Chosen) -> None:
    """Draw what the choices of this page change."""
    words = chosen.words

    filters.show(words, [
        filters.axis(chosen), filters.line(chosen, every=words("All lines")), filters.mark(chosen),
        calendar_controls.colour(chosen),
    ])  # fmt: skip

    if calendar_layers.plan(chosen).activities.empty:
        components.empty(words, Empty.FILTERED)
    else:
        schedule.show(chosen)
        components.origin(chosen, "calendario", calendar_layers.MADE_OF)
        schedule.show_undated(chosen)
        calendar_print.show(chosen)


frame.show_body(frame.open_page("calendario"), show)
