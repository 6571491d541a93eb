"""What Países shows: cells of every line and country, who reported when, countries compared."""

from datetime import date

import pandas as pd
import streamlit as st

from crmdata import measures
from crmdata.content import coverage, findings, heat, names, order, tiles, wording
from crmdata.content.faces import Telling
from crmdata.figures import countries as compared
from crmdata.figures import dumbbell
from crmdata.web.choices import filters, opening
from crmdata.web.choices.address import MEASURES, ORDERS
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.groups import named, within
from crmdata.web.data.kept import kept
from crmdata.web.kit import components, numbers
from crmdata.web.kit.components import Chart, Empty
from crmdata.web.lines import progress
from crmdata.web.news import changes
from crmdata.web.origin.origins import OfCells, cells_of_all_countries
from crmdata.web.shell import section


@kept
def _everywhere(chosen: Chosen) -> names.Names:
    return names.of_countries(chosen.frame("countries"), chosen.words)


@kept
def ordered(chosen: Chosen) -> order.Ordered:
    """Return the countries in the order that the reader chose, alphabetical without a choice.

    Ordered by value over all that is due in the chosen axis and line.
    """
    everywhere, value = _everywhere(chosen), ORDERS[chosen.choices.order] or "coverage"
    rows = chosen.measured(cells_of_all_countries(chosen), "country")
    return order.by_value(rows, everywhere, by="country", value=value)


def _in_order(chosen: Chosen) -> names.Names:
    chosen_order = ORDERS[chosen.choices.order]
    return ordered(chosen).names if chosen_order else _everywhere(chosen)


@kept
def found(chosen: Chosen) -> str:
    """Return what all countries together show; of one, how much of what was due it reported."""
    words, country = chosen.words, chosen.choices.pais
    cells = cells_of_all_countries(chosen)
    if country is None:
        return findings.every_period(words, cells)
    own = cells.loc[cells["country"] == country]
    return findings.arrived(words, chosen.measured_whole(own), _everywhere(chosen)[country].text)


@section.of("medida", "orden", "desde")
def show_all(chosen: Chosen) -> None:
    """Draw all countries beside each other, in what order and by which measure one likes."""
    words = chosen.words
    _show_controls(chosen)
    titles = {
        "lineas": words("Every line and country"),
        "semestres": words("Who reported on which semester"),
        "mapa": words("The members as tiles"),
        "paneles": words("Every country on one scale"),
    }
    charts = {"lineas": by_line, "semestres": by_period, "mapa": on_tiles, "paneles": panels}
    for key, title in titles.items():
        components.heading(title)
        opens = opening.LINE_AND_COUNTRY if key == "lineas" else opening.COUNTRY
        components.chart(chosen, key, title, charts[key], opens=opens)
    show_since(chosen)


def _show_controls(chosen: Chosen) -> None:
    """Draw what cells show and the order, and say who stands after the others and why.

    An order is not offered where fewer than two countries can be compared by value.
    """
    words, found = chosen.words, ordered(chosen)
    with st.container(key="countries-controls", horizontal=True, vertical_alignment="bottom"):
        filters.measure(words, chosen.choices)
        if len(found.ranked) < 2:
            return
        filters.order(words, chosen.choices)
    if ORDERS[chosen.choices.order] and found.rest:
        listed = wording.listed(words, (name.full for name in found.rest.values()))
        components.paragraph(
            words(
                "Under a coverage of {threshold}, or without anything due, a country is not "
                "compared by value; in alphabetical order after the others: {names}.",
                threshold=words.entered(100 * chosen.threshold),
                names=listed,
            ),
            "crm-lead",
        )


def panels(chosen: Chosen) -> Chart:
    """Return a small picture for each country, period by period, all on one scale."""
    cells = cells_of_all_countries(chosen)
    origin = OfCells(("country", "semester"), cells_of_all_countries)
    return progress.panels(chosen, "country", cells, _in_order(chosen), origin)


def since(chosen: Chosen, first: date) -> Chart:
    """Return each country's reported progress at two cut-offs, where both ends can be said."""
    words, groups, dates = chosen.words, _in_order(chosen), (first, chosen.cutoff)
    then, now = _then_and_now(chosen, first)
    return Chart(
        dumbbell.figure(then, now, groups, by="country", dates=dates, **chosen.drawing),
        dumbbell.summary(then, now, groups, by="country", dates=dates, words=words),
        dumbbell.table(
            then, now, groups, by="country", dates=dates, group=words("Country"), words=words
        ),
        OfCells(("country",), cells_of_all_countries, days=(first,)),
        rows=list(groups),
    )


def _then_and_now(chosen: Chosen, first: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    then = chosen.view.at(first).frame("cells")
    pictures = (within(chosen, then, country=False), cells_of_all_countries(chosen))
    before, after = (chosen.measured(cells, "country") for cells in pictures)
    return before, after


@kept
def comparable(chosen: Chosen, first: date) -> bool:
    """Tell whether reported progress stands at both cut-offs for any country."""
    then, now = _then_and_now(chosen, first)
    found = dumbbell.pairs(then, now, _everywhere(chosen), "country")
    return any(pair.comparable for pair in found)


def by_line(chosen: Chosen) -> Chart:
    """Return a cell for each line and country."""
    words, measure = chosen.words, MEASURES[chosen.choices.measure]
    lines, countries = named(chosen, "line"), _in_order(chosen)
    rows = chosen.measured(chosen.frame("cells"), "line", "country")
    rows = rows.loc[rows["line"].isin(list(lines))]
    summary = heat.summary(rows, lines, countries, words=words, cutoff=chosen.cutoff)
    return Chart(
        heat.cells(
            rows,
            lines,
            countries,
            measure=measure,
            how=Telling(words, summary, opening.LINE_AND_COUNTRY.way),
        ),
        summary,
        heat.table(rows, lines, countries, measure=measure, group=words("Line"), words=words),
        OfCells(("line", "country"), cells_of_all_countries),
        rows=list(lines),
        columns=list(countries),
    )


def by_period(chosen: Chosen) -> Chart:
    """Return who reported on how much of each period that is due, and how much of it on time."""
    words, countries = chosen.words, _in_order(chosen)
    cells, by = cells_of_all_countries(chosen), ["country", "semester"]
    rows = measures.trend(cells, ["country"], threshold=chosen.threshold)
    days = chosen.grace_days
    in_time = measures.punctuality(cells, chosen.frame("first_days"), by, grace_days=days)
    periods = names.of_periods(rows["semester"], words)
    deadlines = {str(code): measures.deadline(str(code), days) for code in periods}
    summary = coverage.summary(rows, in_time, countries, periods, grace_days=days, words=words,
                               cutoff=chosen.cutoff)  # fmt: skip
    return Chart(
        coverage.cells(rows, in_time, countries, periods,
                       how=Telling(words, summary, opening.COUNTRY.way)),
        summary,
        coverage.table(rows, in_time, countries, periods, deadlines=deadlines, words=words),
        OfCells(("country", "semester"), cells_of_all_countries),
        rows=[country for country in countries for _ in periods],
    )  # fmt: skip


def on_tiles(chosen: Chosen) -> Chart:
    """Return the members as equal tiles."""
    words, countries = chosen.words, _everywhere(chosen)
    rows = chosen.measured(within(chosen, chosen.frame("cells"), country=False), "country")
    measure = MEASURES[chosen.choices.measure]
    summary = tiles.summary(rows, countries, words=words, cutoff=chosen.cutoff)
    return Chart(
        tiles.tiles(
            rows,
            chosen.frame("countries"),
            countries,
            measure=measure,
            how=Telling(words, summary, opening.COUNTRY.way),
        ),
        summary,
        tiles.table(rows, countries, words=words),
        OfCells(("country",), cells_of_all_countries),
        rows=list(countries),
    )


def side_by_side(chosen: Chosen) -> Chart:
    """Return the chosen countries line by line, before the region's range."""
    words, lines, everywhere = chosen.words, named(chosen, "line"), _everywhere(chosen)
    rows = chosen.measured(chosen.frame("cells"), "line", "country")
    wanted: names.Names = {code: everywhere[code] for code in chosen.choices.paises}
    region = measures.region_range(rows, ["line"])
    return Chart(
        compared.figure(rows, lines, wanted, region, **chosen.drawing),
        compared.summary(rows, lines, wanted, words=words, cutoff=chosen.cutoff),
        compared.table(rows, lines, wanted, region, words=words),
        OfCells(("line", "country"), cells_of_all_countries),
        rows=list(lines),
        columns=[country for country in wanted for _ in range(3)] + [""],
    )


def show_since(chosen: Chosen) -> None:
    """Draw the change of each country's progress from a cut-off that the reader may choose."""
    words, first = chosen.words, changes.first_day(chosen)
    title = words("Reported progress then and now")
    components.heading(title)
    if sentence := changes.first_day_sentence(chosen, first):
        components.notice(sentence)
    if first is None:
        return
    filters.show(chosen, [filters.first_day(chosen, first)])
    if comparable(chosen, first):
        components.chart(chosen, "avance", title, since, first, opens=opening.COUNTRY)
    else:
        components.empty(words, Empty.NOT_COMPARABLE)


@kept
def cards(chosen: Chosen) -> list[str]:
    """Return the numbers of the chosen country."""
    country = chosen.measured_whole(within(chosen, chosen.frame("cells")))
    return numbers.three(chosen.words, country)


@kept
def something_due(chosen: Chosen) -> bool:
    """Tell whether any report is due in the chosen axis and line."""
    return bool(within(chosen, chosen.frame("cells"), country=False)["due"].any())


def why_nothing(chosen: Chosen) -> Empty:
    """Return why no report is due."""
    scheduled = len(within(chosen, chosen.frame("cells"), country=False)) > 0
    return Empty.NOT_YET_DUE if scheduled else Empty.NOT_SCHEDULED


def name(chosen: Chosen) -> str:
    """Return the name of the chosen country."""
    return _everywhere(chosen)[str(chosen.choices.pais)].full


def show_owed(chosen: Chosen) -> None:
    """Draw what the chosen country was to report and has not, latest period first."""
    words, table = chosen.words, owed(chosen)
    if table.empty:
        components.empty(words, Empty.NOTHING_MISSING)
        return
    title = words.plural("{n} report is missing", "{n} reports are missing", len(table))
    components.kept_table(chosen, "debe", title, owed, folded=True)


@kept
def owed(chosen: Chosen) -> pd.DataFrame:
    """Return a missing report of the chosen country a row, latest period first."""
    words = chosen.words
    activities = names.of_activities(chosen.frame("activities"), words)
    silent = measures.silent(within(chosen, chosen.frame("cells")))
    silent = silent.sort_values("semester", ascending=False, kind="stable")
    return pd.DataFrame([
        {
            words("Semester"): words.period(cell["semester"]),
            words("Activity"): activities[cell["activity"]].full,
        }
        for cell in silent.to_dict("records")
    ])  # fmt: skip
