"""Descargas: what people take home, each file with what it holds."""

from crmdata.ui import components, filters, frame, take_home

chosen = frame.open_page("descargas")
words = chosen.words

with components.filter_row():
    filters.country(words, chosen.choices, chosen.source, every=words("The whole region"))

components.heading(words("Dates"))
take_home.show(chosen, take_home.dates(chosen))
