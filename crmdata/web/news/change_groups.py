"""What changed group by group: the section of Novedades that its own choice of groups redraws."""

from datetime import date

from crmdata.web.choices import opening
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.opening import Opens
from crmdata.web.kit import components
from crmdata.web.news import change_list, change_origin, changes
from crmdata.web.shell import section


@section.of("grupo")
def show(chosen: Chosen, first: date) -> None:
    """Draw the counts, the list and the progress of countries, lines or partners."""
    words = chosen.words
    by_partner = changes.grouped_by(chosen) == "partner"
    title = words("How many changes, group by group")
    components.heading(title, 3)
    changes.show_group(chosen)
    opens = None if by_partner else Opens("novedades", (chosen.choices.group,))
    components.chart(chosen, "cuenta", title, changes.counted, first, opens=opens,
                     origin=change_origin.OfChanges(first))  # fmt: skip
    if by_partner:
        components.paragraph(
            words("A report counts for every partner that it names. What fell due or silent has "
                  "no report that could name one.")
        )  # fmt: skip
    components.heading(words("Report by report"), 3)
    change_list.show(chosen, first)
    components.heading(words("What fell due"), 3)
    change_list.show_due(chosen, first)
    _show_progress(chosen, first)


def _show_progress(chosen: Chosen, first: date) -> None:
    title = chosen.words("Reported progress then and now")
    components.heading(title, 3)
    if not changes.comparable(chosen, first):
        components.empty(chosen.words, components.Empty.NOT_COMPARABLE)
        return
    by_country = changes.compared_by(chosen) == "country"
    opens = opening.COUNTRY if by_country else opening.LINE
    components.chart(chosen, "avance", title, changes.compared, first, opens=opens)
