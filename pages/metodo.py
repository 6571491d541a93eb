"""Método y fuentes: how every number is made, and how the source was read."""

from crmdata import method as rules
from crmdata.content.parts import Finding
from crmdata.render.html import sections
from crmdata.web.kit import components, draw
from crmdata.web.method import method
from crmdata.web.shell import frame

chosen = frame.open_page("metodo")
words = chosen.words

draw.html(sections.lead(Finding(rules.promises(words))))
components.heading(words("How the numbers are made"))
components.definitions(method.rules(chosen))

components.heading(words("States and symbols"))
components.kept_rows(chosen, "simbolos", words("States and symbols"), method.symbols_table)
components.paragraphs(rules.cell_sentences(words))

components.heading(words("Real and invented"))
components.paragraphs(method.data_sentences(chosen))

components.heading(words("How the years were read"))
components.paragraphs(method.years_sentences(chosen))

components.heading(words("How the marks were read"))
components.paragraphs([method.marks_sentence(chosen), method.readings_sentence(chosen)])
components.kept_rows(chosen, "marcas", words("Marks of the plan"), method.marks_table)
components.kept_table(
    chosen, "lecturas", words("Rows that could be read otherwise"), method.readings_table,
    folded=True,
)  # fmt: skip

components.heading(words("Versions of the plan"))
components.kept_rows(chosen, "versiones", words("Versions of the plan"), method.versions_table)
if not method.changes_table(chosen).empty:
    components.kept_table(
        chosen, "cambios", words("What the version in force changed"), method.changes_table,
        folded=True,
    )  # fmt: skip

components.heading(words("The source"))
components.unfolding(method.plan_texts(chosen))
if words.language != "es":
    components.paragraphs([words("The English text of the plan is an unofficial translation.")])
