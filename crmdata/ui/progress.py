"""Measures of what the reader chose, as charts: composition, interval and trend of any group."""

from typing import Literal

import pandas as pd

from crmdata import measures
from crmdata.figures import composition, interval, names, trend
from crmdata.figures.names import Names
from crmdata.i18n import Words
from crmdata.ui.chosen import Chosen
from crmdata.ui.components import Chart

Group = Literal["axis", "line", "result", "activity", "country"]


def within(chosen: Chosen, rows: pd.DataFrame, *, country: bool = True) -> pd.DataFrame:
    """Return the rows of the chosen axis, line, activity and, unless told not to, country.

    A column that the rows do not have limits nothing.
    """
    choices = chosen.choices
    wanted = {
        "axis": choices.eje,
        "line": choices.linea,
        "activity": choices.actividad,
        "country": choices.pais if country else None,
    }
    for column, code in wanted.items():
        if code is not None and column in rows.columns:
            rows = rows.loc[rows[column] == code]
    return rows


def named(chosen: Chosen, by: Group) -> Names:
    """Name the groups that the reader's choice leaves, those without any slot too."""
    words = chosen.words
    if by == "axis":
        return names.of_axes(within(chosen, chosen.frame("axes")), words)
    if by == "line":
        return names.of_lines(within(chosen, chosen.frame("lines")), words)
    if by == "result":
        return names.of_results(within(chosen, chosen.frame("results")), words)
    if by == "activity":
        return names.of_activities(within(chosen, chosen.frame("activities")), words)
    return names.of_countries(within(chosen, chosen.frame("countries")), words)


def header(words: Words, by: Group) -> str:
    """Return the header of a table's first column."""
    return {
        "axis": words("Axis"),
        "line": words("Line"),
        "result": words("Result"),
        "activity": words("Activity"),
        "country": words("Country"),
    }[by]


def measured(chosen: Chosen, by: Group) -> pd.DataFrame:
    """Return the measures of the chosen cells, group by group."""
    return chosen.measured(within(chosen, chosen.frame("cells")), by)


def composed(chosen: Chosen, by: Group) -> Chart:
    """Return what was reported, stacked by state."""
    rows, groups, words = measured(chosen, by), named(chosen, by), chosen.words
    return Chart(
        composition.figure(rows, groups, by=by, **chosen.drawing),
        composition.summary(rows, groups, by=by, words=words, cutoff=chosen.cutoff),
        composition.table(rows, groups, by=by, group=header(words, by), words=words),
    )


def spanned(chosen: Chosen, by: Group) -> Chart:
    """Return the reported progress and the interval it would lie in."""
    rows, groups, words = measured(chosen, by), named(chosen, by), chosen.words
    return Chart(
        interval.figure(rows, groups, by=by, **chosen.drawing),
        interval.summary(rows, groups, by=by, words=words, cutoff=chosen.cutoff),
        interval.table(rows, groups, by=by, group=header(words, by), words=words),
    )


def over_time(chosen: Chosen) -> Chart:
    """Return what was reported semester by semester."""
    cells, words = within(chosen, chosen.frame("cells")), chosen.words
    rows = measures.trend(cells, threshold=chosen.threshold)
    semesters = names.of_semesters(rows["semester"], words)
    return Chart(
        trend.figure(rows, semesters, **chosen.drawing),
        trend.summary(rows, semesters, words=words, cutoff=chosen.cutoff),
        trend.table(rows, semesters, words=words),
    )
