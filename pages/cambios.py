"""Cambios: what changed between two cut-offs, counted first and then report by report."""

from crmdata.ui import (
    agreements,
    change_list,
    change_origin,
    changes,
    components,
    filters,
    frame,
    numbers,
    opening,
)
from crmdata.ui.opening import Opens

chosen = frame.open_page("cambios")
words, choices = chosen.words, chosen.choices
first = changes.first_day(chosen)

with components.filter_row():
    changes.show_first_day(chosen, first)
    changes.show_group(chosen)
    filters.axis(words, choices, chosen.source)
    filters.line(words, choices, chosen.source, every=words("All lines"))
    filters.country(words, choices, chosen.source, every=words("All countries"))

if sentence := changes.first_day_sentence(chosen, first):
    components.notice(sentence)

found = changes.between(chosen, first)
nothing = changes.why_nothing(chosen, found)
components.heading(
    words("From {first} to {last}", first=words.date(first), last=words.date(chosen.cutoff))
)

if nothing is not None:
    components.empty(words, nothing)
else:
    numbers.show(changes.cards(chosen, found))
    components.origin(chosen, "numeros", change_origin.OfChanges(first))
    by_partner = changes.grouped_by(chosen) == "partner"
    components.heading(words("How many changes, group by group"), 3)
    components.chart(
        chosen, "cuenta", words("How many changes, group by group"), changes.counted, first,
        opens=None if by_partner else Opens("cambios", (choices.group,)),
    )  # fmt: skip
    components.origin(chosen, "cuenta", change_origin.OfChanges(first))
    if by_partner:
        components.paragraph(
            words("A report counts for every partner that it names. What fell due or silent has "
                  "no report that could name one.")
        )  # fmt: skip
    components.heading(words("Report by report"), 3)
    change_list.show(chosen, found)
    components.heading(words("What fell due"), 3)
    change_list.show_due(chosen, found)
    components.heading(words("Reported progress then and now"), 3)
    if changes.comparable(chosen, found):
        components.chart(
            chosen, "avance", words("Reported progress then and now"), changes.compared, first,
            opens=opening.COUNTRY if changes.compared_by(chosen) == "country" else opening.LINE,
        )  # fmt: skip
    else:
        components.empty(words, components.Empty.NOT_COMPARABLE)

if first < chosen.cutoff:
    components.heading(words("Agreements"), 3)
    agreements.show(chosen, agreements.between(chosen, first),
                    words("No agreement was noted between the dates."))  # fmt: skip
    components.heading(words("Outside the calendar"), 3)
    change_list.show_outside(chosen, found)
    components.heading(words("Versions of the plan"), 3)
    change_list.show_plan(chosen, found)
