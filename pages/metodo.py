"""Método y fuentes: how every number is made, and how the source was read."""

from crmdata import method as rules
from crmdata.ui import components, frame, method

chosen = frame.open_page("metodo")
words = chosen.words

components.heading(words("How the numbers are made"))
components.definitions(rules.rules(words, chosen.threshold, chosen.grace_days))

components.heading(words("States and symbols"))
components.rows(rules.symbols_table(words), words=words, caption=words("States and symbols"))
components.paragraphs(rules.cell_sentences(words))

components.heading(words("Real and invented"))
components.paragraphs(method.data_sentences(chosen))

components.heading(words("How the years were read"))
components.paragraphs(method.years_sentences(chosen))

components.heading(words("How the marks were read"))
components.paragraphs([method.marks_sentence(chosen), method.readings_sentence(chosen)])
components.rows(method.marks_table(chosen), words=words, caption=words("Marks of the plan"))
components.folded_table(
    chosen, "lecturas", words("Rows that could be read otherwise"), method.readings_table(chosen)
)

components.heading(words("Versions of the plan"))
components.rows(method.versions_table(chosen), words=words, caption=words("Versions of the plan"))
changes = method.changes_table(chosen)
if not changes.empty:
    components.folded_table(chosen, "cambios", words("What the version in force changed"), changes)

components.heading(words("The source"))
components.definitions(method.plan_texts(chosen))
if words.language != "es":
    components.paragraphs([words("The English text of the plan is an unofficial translation.")])
