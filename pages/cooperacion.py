"""Cooperación: who supports what where, and where nobody does."""

from crmdata.web.choices import filters, opening
from crmdata.web.choices.chosen import Chosen
from crmdata.web.cooperation import cooperation, cooperation_origin
from crmdata.web.kit import components, numbers, page_sections
from crmdata.web.kit.components import Empty
from crmdata.web.shell import frame


def show(chosen: Chosen) -> None:
    """Draw what the choices of this page change."""
    words = chosen.words

    chips = filters.html(chosen, [
        filters.partner(chosen), filters.axis(chosen),
        filters.line(chosen, every=words("All lines")),
        filters.country(chosen, every=words("All countries")),
    ])  # fmt: skip
    nothing = chosen.frame("cooperation").empty
    page_sections.show_over(chosen, chips, *([] if nothing else [cooperation.found(chosen)]))

    rows = cooperation.chosen_ones(chosen)
    if nothing:
        components.empty(words, Empty.NO_COOPERATION)
        cooperation.show_gaps(chosen)
    elif rows.empty:
        components.empty(words, Empty.FILTERED)
        cooperation.show_gaps(chosen)
    else:
        made_of = cooperation_origin.OfCooperation()
        numbers.show(cooperation.cards(chosen))
        components.origin(chosen, "numeros", made_of)
        cooperation.show_gaps(chosen)
        title = words("How much of each line is supported")
        components.heading(title)
        components.chart(chosen, "lineas", title, cooperation.lines,
                         opens=opening.SUPPORT_OF_LINE, origin=made_of)  # fmt: skip
        title = words("Activity by activity")
        components.heading(title)
        components.chart(
            chosen, "actividades", title, cooperation.one_by_one, opens=opening.ACTIVITY,
            origin=made_of,
        )  # fmt: skip
        title = words("Where the support goes")
        components.heading(title)
        components.chart(
            chosen, "paises", title, cooperation.places, opens=opening.SUPPORT_IN_COUNTRY,
            origin=made_of,
        )  # fmt: skip

    if not rows.empty:
        title = words("Every line of cooperation")
        components.heading(title)
        components.kept_table(chosen, "todo", title, cooperation.every_line, folded=True)

    components.heading(words("Partners named by reports and by the plan"))
    title = words("Partners named in the reports of the countries")
    components.kept_table(chosen, "reportes", title, cooperation.named_in_reports)
    title = words("Partners named in the plan's own text")
    components.kept_table(chosen, "plan", title, cooperation.mentions)


frame.show_body(frame.open_page("cooperacion", titled=False), show)
