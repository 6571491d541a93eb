"""Líneas: what was reported line by line, down to the activities and their narratives."""

from crmdata.web.activities import activity_page
from crmdata.web.kit import components, draw
from crmdata.web.kit.components import Empty
from crmdata.web.lines import lines
from crmdata.web.shell import frame

chosen = frame.open_page("lineas", titled=False)
words, choices = chosen.words, chosen.choices
draw.html(lines.html(chosen))

if choices.actividad:
    activity_page.show(chosen)
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
