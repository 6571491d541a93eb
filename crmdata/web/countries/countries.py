"""What Países shows: cells of every line and country, who reported when, countries compared."""

from datetime import date

import pandas as pd

from crmdata import measures
from crmdata.content import (
    coverage,
    findings,
    heat,
    names,
    order,
    then_and_now,
    tiles,
    wording,
)
from crmdata.content.cell_tables import Telling
from crmdata.content.parts import Finding
from crmdata.errors import N_
from crmdata.figures import then_and_now as figure
from crmdata.render.html import markup, sections
from crmdata.web.choices import click_targets, filters
from crmdata.web.choices.address import MEASURES, ORDERS
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import names_of, within
from crmdata.web.choices.links import Links
from crmdata.web.countries import country, side_by_side
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import components, draw, page_sections
from crmdata.web.kit.components import Chart, Empty, Origin, Titled
from crmdata.web.lines import progress
from crmdata.web.news import changes
from crmdata.web.origin import headlines
from crmdata.web.origin.headlines import Counted, OfHeadline
from crmdata.web.origin.origins import OfCells, cells_of_all_countries
from crmdata.web.take_home import take_home


@made_once
def ordered(chosen: Chosen) -> order.Ordered:
    """Return the countries in the order that the reader chose, alphabetical without a choice.

    Ordered by value over all that is due in the chosen axis and line.
    """
    everywhere, value = side_by_side.everywhere(chosen), ORDERS[chosen.choices.order] or "coverage"
    rows = chosen.measured(cells_of_all_countries(chosen), "country")
    return order.by_value(rows, everywhere, by="country", value=value)


def _in_order(chosen: Chosen) -> names.Names:
    chosen_order = ORDERS[chosen.choices.order]
    return ordered(chosen).names if chosen_order else side_by_side.everywhere(chosen)


def show(chosen: Chosen) -> None:
    """Draw the profile of the chosen country, or all countries beside each other."""
    if _is_profile(chosen):
        components.column(chosen, [html(chosen), *country.open_panels(chosen)])
        take_home.show_sheet(chosen)
    elif side_by_side.something_due(chosen):
        under = components.under(chosen, _main(chosen))
        components.column(chosen, [html(chosen), under, *_pictures(chosen)])
    else:
        reason = Empty.NOT_YET_DUE if _scheduled(chosen) else Empty.NOT_SCHEDULED
        empty = markup.element("p", chosen.words(reason.value), css="crm-empty")
        draw.html(html(chosen) + empty)


def first(chosen: Chosen) -> str:
    """Return what stands there before the page is alive: its pictures, the live ones still."""
    if _is_profile(chosen) or not side_by_side.something_due(chosen):
        return html(chosen)
    return html(chosen) + components.first(chosen, _pictures(chosen))


def _pictures(chosen: Chosen) -> list[str | Titled]:
    """Return what follows line × country.

    Countries compared are a page of their own, short enough for a phone.
    """
    if side_by_side.compares(chosen):
        return [*side_by_side.comparisons(chosen), _way_back(chosen)]
    return [*_others(chosen), *_change_column(chosen)]


def _way_back(chosen: Chosen) -> str:
    """Return the link from countries beside each other to what else there is of all of them."""
    text = chosen.words("All countries: who reported when, as tiles, over time")
    return markup.wrapped("p", [chosen.links.change(text, {"paises": ""})], css="crm-note")


def html(chosen: Chosen) -> str:
    """Return the first screen: of a country its whole profile, else line × country."""
    return _html(chosen, chosen.links)


@made_once
def _html(chosen: Chosen, _links: Links) -> str:
    chips = _chips(chosen)
    if _is_profile(chosen):
        return country.html(chosen, page_sections.over(chosen, chips))
    if not side_by_side.something_due(chosen):
        return page_sections.over(chosen, chips)
    picture = components.html_chart(chosen, _main(chosen), main=True)
    lead = sections.lead(_finding(chosen))
    others = side_by_side.others_to_choose(chosen)
    return "".join([page_sections.over(chosen, chips), lead, others, picture, *_notes(chosen)])


def _chips(chosen: Chosen) -> str:
    """Return the filters; what a profile does not show, it has no choice of.

    What cells show and their order are offered where the picture is line × country, an order if two
    countries can be compared by value. Where countries are compared the line stands first: a phone
    shows no more than the first two.
    """
    words = chosen.words
    country = filters.country(chosen, every=words("All countries"))
    several, axis = filters.countries(chosen), filters.axis(chosen)
    line = filters.line(chosen, every=words("All lines"))
    chips = [country, several, axis, line]
    if side_by_side.compares(chosen):
        chips = [line, several, axis, country]
    if not _is_profile(chosen) and not side_by_side.by_activities(chosen):
        chips.append(filters.measure(chosen))
        if len(ordered(chosen).ranked) > 1:
            chips.append(filters.order(chosen))
    return filters.html(chosen, chips)


def _finding(chosen: Chosen) -> Finding:
    """Return what all countries together show, or those that are compared."""
    if side_by_side.compares(chosen):
        return side_by_side.finding(chosen)
    words, cells = chosen.words, cells_of_all_countries(chosen)
    arrived = findings.arrival(words, chosen.measured_whole(cells))
    return Finding((findings.who_reported(words, cells), arrived))


def _notes(chosen: Chosen) -> list[str]:
    """Return who stands after the others in an order by value, and why."""
    words, order, notes = chosen.words, ordered(chosen), []
    if ORDERS[chosen.choices.order] and order.rest:
        listing = wording.joined(words, (name.full for name in order.rest.values()))
        notes.append(markup.element("p", words(
            "Under a coverage of {threshold}, or without anything due, a country is not "
            "compared by value; in alphabetical order after the others: {names}.",
            threshold=words.entered(100 * chosen.thresholds.coverage), names=listing,
        ), css="crm-lead"))  # fmt: skip
    return notes


def _others(chosen: Chosen) -> list[str | Titled]:
    """Return what else there is of all countries: by period, as tiles, over time."""
    words = chosen.words
    charts = [
        Titled("semestres", words("Who reported on which semester"), by_period,
               opens=click_targets.COUNTRY),
        Titled("mapa", words("The members as tiles"), on_tiles, opens=click_targets.COUNTRY),
        Titled("paneles", words("Every country on one scale"), panels, opens=click_targets.COUNTRY),
    ]  # fmt: skip
    return [part for each in charts for part in (each.heading, each)]


def _main(chosen: Chosen) -> Titled:
    """Return the first picture: countries by line, or those compared by activity."""
    if side_by_side.by_activities(chosen):
        return side_by_side.by_activity(chosen)
    words, compared = chosen.words, side_by_side.compares(chosen)
    title = words("Line by line") if compared else words("Every line and country")
    return Titled("lineas", title, by_line, opens=click_targets.LINE_AND_COUNTRY)


def panels(chosen: Chosen) -> Chart:
    """Return a small picture for each country, period by period, all on one scale."""
    cells = cells_of_all_countries(chosen)
    origin = OfCells(("country", "semester"), cells_of_all_countries)
    return progress.panels(chosen, "country", cells, _in_order(chosen), origin)


def change_since(chosen: Chosen, first: date) -> Chart:
    """Return each country's reported progress at two cut-offs, where both ends can be said."""
    words, groups, dates = chosen.words, _in_order(chosen), (first, chosen.cutoff)
    then, now = _then_and_now(chosen, first)
    summary = then_and_now.summary(then, now, groups, by="country", dates=dates, words=words)
    how = Telling(words, summary, click_targets.COUNTRY.way)
    return Chart(
        figure.figure(then, now, groups, by="country", dates=dates, **chosen.drawing),
        summary,
        then_and_now.table(
            then, now, groups, by="country", dates=dates, group=words("Country"), words=words
        ),
        OfCells(("country",), cells_of_all_countries, days=(first,)),
        rows=list(groups),
        still=then_and_now.changes(then, now, groups, by="country", dates=dates, how=how),
    )


def _then_and_now(chosen: Chosen, first: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    then = chosen.view.at(first).frame("cells")
    pictures = (within(chosen, then, country=False), cells_of_all_countries(chosen))
    before, after = (chosen.measured(cells, "country") for cells in pictures)
    return before, after


@made_once
def comparable(chosen: Chosen, first: date) -> bool:
    """Tell whether reported progress stands at both cut-offs for any country."""
    then, now = _then_and_now(chosen, first)
    pairs = then_and_now.pairs(then, now, side_by_side.everywhere(chosen), "country")
    return any(pair.comparable for pair in pairs)


def by_line(chosen: Chosen) -> Chart:
    """Return a cell for each line and country: of all countries, or of those compared."""
    words, measure = chosen.words, MEASURES[chosen.choices.measure]
    lines, countries = names_of(chosen, "line"), _in_order(chosen)
    if side_by_side.compares(chosen):
        wanted = chosen.choices.paises
        countries = {code: name for code, name in countries.items() if code in wanted}
    rows = chosen.measured(chosen.frame("cells"), "line", "country")
    rows = rows.loc[rows["line"].isin(list(lines))]
    summary = heat.summary(rows, lines, countries, words=words, cutoff=chosen.cutoff)
    return Chart(
        heat.cells(
            rows,
            lines,
            countries,
            measure=measure,
            how=Telling(words, summary, click_targets.LINE_AND_COUNTRY.way),
        ),
        summary,
        heat.table(rows, lines, countries, measure=measure, group=words("Line"), words=words),
        _of_finding(chosen, OfCells(("line", "country"), cells_of_all_countries)),
        rows=list(lines),
        columns=list(countries),
    )


def _of_finding(chosen: Chosen, pictured: OfCells) -> Origin:
    """Return where the number of the finding over the first picture comes from, then its own."""
    if side_by_side.compares(chosen):
        return side_by_side.of_differences(chosen, pictured)
    return OfHeadline(N_("Countries that have reported"), _reporters, pictured)


def _reporters(chosen: Chosen) -> Counted:
    return headlines.reporters(chosen, cells_of_all_countries(chosen))


def by_period(chosen: Chosen) -> Chart:
    """Return who reported on how much of each period that is due, and how much of it on time."""
    words, countries = chosen.words, _in_order(chosen)
    cells, by = cells_of_all_countries(chosen), ["country", "semester"]
    rows = measures.trend(cells, ["country"], threshold=chosen.thresholds.coverage)
    days = chosen.thresholds.grace_days
    in_time = measures.punctuality(cells, chosen.frame("first_days"), by, grace_days=days)
    periods = names.of_periods(rows["semester"], words)
    deadlines = {str(code): measures.deadline(str(code), days) for code in periods}
    summary = coverage.summary(rows, in_time, countries, periods, grace_days=days, words=words,
                               cutoff=chosen.cutoff)  # fmt: skip
    return Chart(
        coverage.cells(rows, in_time, countries, periods,
                       how=Telling(words, summary, click_targets.COUNTRY.way)),
        summary,
        coverage.table(rows, in_time, countries, periods, deadlines=deadlines, words=words),
        OfCells(("country", "semester"), cells_of_all_countries),
        rows=[country for country in countries for _ in periods],
    )  # fmt: skip


def on_tiles(chosen: Chosen) -> Chart:
    """Return the members as equal tiles."""
    words, countries = chosen.words, side_by_side.everywhere(chosen)
    rows = chosen.measured(within(chosen, chosen.frame("cells"), country=False), "country")
    measure = MEASURES[chosen.choices.measure]
    summary = tiles.summary(rows, countries, words=words, cutoff=chosen.cutoff)
    return Chart(
        tiles.tiles(
            rows,
            chosen.frame("countries"),
            countries,
            measure=measure,
            how=Telling(words, summary, click_targets.COUNTRY.way),
        ),
        summary,
        tiles.table(rows, countries, words=words),
        OfCells(("country",), cells_of_all_countries),
        rows=list(countries),
    )


def _change_column(chosen: Chosen) -> list[str | Titled]:
    """Return the change of each country's progress from a cut-off that the reader may choose."""
    words, first = chosen.words, changes.first_day(chosen)
    then_and_now = Titled("avance", words("Reported progress then and now"), change_since, (first,),
                          click_targets.COUNTRY)  # fmt: skip
    column: list[str | Titled] = [then_and_now.heading]
    if sentence := changes.first_day_sentence(chosen, first):
        column.append(markup.element("p", sentence, css="crm-notice"))
    if first is None:
        return column
    column.append(filters.html(chosen, [filters.first_day(chosen, first)]))
    if comparable(chosen, first):
        return [*column, then_and_now]
    return [*column, markup.element("p", words(Empty.NOT_COMPARABLE.value), css="crm-empty")]


def _is_profile(chosen: Chosen) -> bool:
    """Tell whether it is one country's page: not where it is compared with others."""
    return bool(chosen.choices.pais) and _scheduled(chosen) and not side_by_side.compares(chosen)


def _scheduled(chosen: Chosen) -> bool:
    """Tell whether the plan has any slot in the chosen axis and line."""
    return len(within(chosen, chosen.frame("cells"), country=False)) > 0
