"""Resumen: where the plan stands at the cut-off."""

from crmdata.web.kit import components, numbers
from crmdata.web.kit.components import Empty
from crmdata.web.overview import overview
from crmdata.web.shell import frame

chosen = frame.open_page("resumen")
words = chosen.words
region = chosen.view.everything

if region.expected == 0:
    components.empty(words, Empty.NOT_YET_DUE)
else:
    numbers.show(overview.cards(chosen))
    components.origin(chosen, "numeros", overview.NUMBERS)
    components.heading(words("What was reported, by axis"))
    components.chart(chosen, "ejes", words("What was reported, by axis"), overview.by_axis)

components.heading(words("What falls due next"))
ahead = overview.falling_due(chosen)
if ahead.empty:
    components.empty(words, Empty.NOTHING_AHEAD)
else:
    components.paragraph(overview.falling_due_sentence(words, ahead))
    components.kept_table(
        chosen, "vence", words("What falls due next"), overview.falling_due_table, folded=True
    )

components.heading(words("What is missing"))
if region.expected == 0:
    components.empty(words, Empty.NOT_YET_DUE)
elif region.sin_reporte == 0:
    components.empty(words, Empty.NOTHING_MISSING)
else:
    components.kept_table(
        chosen, "faltan", words("What is missing, by country"), overview.silence_table
    )

components.heading(words("Newest reports"))
if overview.newest_table(chosen).empty:
    components.empty(words, Empty.NO_DATA)
else:
    components.kept_table(chosen, "nuevos", words("Newest reports"), overview.newest_table)
