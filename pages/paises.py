"""Países: how the countries stand, line by line and semester by semester, and side by side."""

from crmdata.ui import components, countries, filters, frame, numbers, opening, origins, progress

chosen = frame.open_page("paises")
words, choices = chosen.words, chosen.choices

with components.filter_row():
    filters.country(words, choices, chosen.source, every=words("All countries"))
    filters.countries(words, choices, chosen.source)
    filters.axis(words, choices, chosen.source)
    filters.line(words, choices, chosen.source, every=words("All lines"))
    filters.measure(words, choices)

due = countries.something_due(chosen)
if due:
    countries.show_order(chosen)
else:
    components.empty(words, countries.why_nothing(chosen))

if due and choices.pais:
    components.heading(countries.name(chosen))
    numbers.show(countries.cards(chosen))
    components.origin(chosen, "numeros", origins.OfCells())
    components.chart(
        chosen, "pais", words("What was reported, line by line"), progress.composed, "line",
        opens=opening.LINE,
    )  # fmt: skip
    countries.show_owed(chosen)

if due and len(choices.paises) > 1:
    components.heading(words("Side by side"))
    components.chart(
        chosen, "comparar", words("Side by side"), countries.side_by_side,
        opens=opening.LINE_AND_COUNTRY,
    )  # fmt: skip
elif choices.paises:
    components.notice(words("Choose at least two countries to see them side by side."))

if due:
    components.heading(words("Every line and country"))
    components.chart(
        chosen, "lineas", words("Every line and country"), countries.by_line,
        opens=opening.LINE_AND_COUNTRY,
    )  # fmt: skip
    components.heading(words("Who reported on which semester"))
    components.chart(
        chosen, "semestres", words("Who reported on which semester"), countries.by_semester,
        opens=opening.COUNTRY,
    )  # fmt: skip
    components.heading(words("The members as tiles"))
    components.chart(
        chosen, "mapa", words("The members as tiles"), countries.on_tiles, opens=opening.COUNTRY
    )
    components.heading(words("Every country on one scale"))
    components.chart(
        chosen, "paneles", words("Every country on one scale"), countries.panels,
        opens=opening.COUNTRY,
    )  # fmt: skip
    countries.show_since(chosen)
