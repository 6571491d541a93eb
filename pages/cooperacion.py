"""Cooperación: who supports what where, and where nobody does."""

from crmdata.ui import components, cooperation, filters, frame, numbers, report_rows
from crmdata.ui.components import Empty

chosen = frame.open_page("cooperacion")
words, choices = chosen.words, chosen.choices

with components.filter_row():
    filters.partner(words, choices, chosen.source)
    filters.axis(words, choices, chosen.source)
    filters.line(words, choices, chosen.source, every=words("All lines"))
    filters.country(words, choices, chosen.source, every=words("All countries"))

rows = cooperation.rows(chosen)
if chosen.frame("cooperation").empty:
    components.empty(words, Empty.NO_COOPERATION)
elif rows.empty:
    components.empty(words, Empty.FILTERED)
else:
    numbers.show(cooperation.cards(chosen, rows))
    components.heading(words("Who supports which activity"))
    cooperation.show_by_activity(chosen, rows)
    components.heading(words("Who supports which country"))
    components.open_table(
        chosen, "paises", words("Activities supported, by country and partner"),
        cooperation.by_partner_and(chosen, rows, cooperation.places(chosen)),
    )  # fmt: skip

if not choices.socio:
    components.heading(words("Where nobody is"))
    alone = cooperation.unaccompanied(chosen, rows)
    if alone.empty:
        components.empty(words, Empty.ALL_ACCOMPANIED)
    else:
        components.open_table(
            chosen, "por-linea", words("Where nobody is, by line"),
            cooperation.by_line(chosen, rows),
        )  # fmt: skip
        components.folded_table(chosen, "nadie", words("Activities without a partner"), alone)

if not rows.empty:
    components.heading(words("Every line of cooperation"))
    components.folded_table(
        chosen, "lineas", words("Every line of cooperation"),
        report_rows.cooperation_table(chosen, rows),
    )  # fmt: skip

components.heading(words("Partners named by reports and by the plan"))
components.open_table(
    chosen, "reportes", words("Partners named in the reports of the countries"),
    cooperation.named_in_reports(chosen),
)  # fmt: skip
components.open_table(
    chosen, "plan", words("Partners named in the plan's own text"), cooperation.mentions(chosen)
)
