"""Novedades: what changed between two cut-offs, counted first and then report by report."""

from crmdata.web.choices import filters
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import components, numbers, page_sections
from crmdata.web.kit.components import Empty
from crmdata.web.news import agreements, change_groups, change_list, change_origin, changes
from crmdata.web.shell import frame


def show(chosen: Chosen) -> None:
    """Draw what the choices of this page change."""
    words, first = chosen.words, changes.first_day(chosen)

    chips = filters.html(chosen, [
        *([filters.first_day(chosen, first)] if first else []), filters.axis(chosen),
        filters.line(chosen, every=words("All lines")),
        filters.country(chosen, every=words("All countries")),
    ])  # fmt: skip
    found = None if first is None else changes.between(chosen, first)
    page_sections.show_over(chosen, chips, *([changes.found(chosen, found)] if found else []))

    if sentence := changes.first_day_sentence(chosen, first):
        components.notice(sentence)
    if first is None or found is None:
        components.empty(words, Empty.NOT_YET_DUE)
        return

    nothing = changes.why_nothing(found)
    if nothing is not None:
        components.empty(words, nothing)
    else:
        numbers.show(changes.cards(chosen, first))
        components.origin(chosen, "numeros", change_origin.OfChanges(first))
        change_groups.show(chosen, first)

    components.heading(words("Agreements"), 3)
    agreements.show(chosen, agreements.between(chosen, first),
                    words("No agreement was noted between the dates."))  # fmt: skip
    components.heading(words("Outside the calendar"), 3)
    change_list.show_outside(chosen, first)
    components.heading(words("Versions of the plan"), 3)
    change_list.show_plan(chosen, first)


frame.show_body(frame.open_page("novedades", titled=False), show)
