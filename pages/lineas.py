"""Líneas: what was reported line by line, down to the activities and their narratives."""

from crmdata.web.activities import activity_page
from crmdata.web.kit import draw
from crmdata.web.lines import lines
from crmdata.web.shell import frame

chosen = frame.open_page("lineas", titled=False)

if chosen.choices.actividad:
    draw.html(lines.html(chosen))
    activity_page.show(chosen)
elif not lines.has_picture(chosen):
    lines.show_nothing(chosen)
elif chosen.choices.linea:
    lines.show_one(chosen)
else:
    lines.show_all(chosen)
