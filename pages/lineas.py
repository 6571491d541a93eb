"""Líneas: what was reported line by line, down to the activities and their narratives."""

from crmdata.web.activities import activity_page
from crmdata.web.choices import filters
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import components
from crmdata.web.kit.components import Empty
from crmdata.web.lines import lines
from crmdata.web.shell import frame


def show(chosen: Chosen) -> None:
    """Draw what the choices of this page change."""
    words, choices = chosen.words, chosen.choices

    filters.show(chosen, [
        filters.axis(chosen), filters.line(chosen, every=words("All lines")),
        *([filters.activity(chosen)] if choices.linea else []),
        filters.country(chosen, every=words("The whole region")),
    ])  # fmt: skip

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
