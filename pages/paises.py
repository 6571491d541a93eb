"""Países: how the countries stand, line by line and period by period, and side by side."""

from crmdata.web.choices import filters, opening
from crmdata.web.choices.chosen import Chosen
from crmdata.web.countries import countries
from crmdata.web.kit import components, numbers, page_sections
from crmdata.web.lines import progress
from crmdata.web.origin import origins
from crmdata.web.shell import frame


def show(chosen: Chosen) -> None:
    """Draw what the choices of this page change."""
    words, choices = chosen.words, chosen.choices

    chips = filters.html(chosen, [
        filters.country(chosen, every=words("All countries")), filters.countries(chosen),
        filters.axis(chosen), filters.line(chosen, every=words("All lines")),
    ])  # fmt: skip
    due = countries.something_due(chosen)
    page_sections.show_over(chosen, chips, *([countries.found(chosen)] if due else []))

    if not due:
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
        countries.show_all(chosen)


frame.show_body(frame.open_page("paises", titled=False), show)
