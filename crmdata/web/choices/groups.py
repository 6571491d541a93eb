"""The groups that the reader's choice leaves: their cells, names, headers and measures."""

from typing import Literal

import pandas as pd

from crmdata.figures import names
from crmdata.figures.names import Names
from crmdata.i18n import Words
from crmdata.web.choices.chosen import Chosen

Group = Literal["axis", "line", "result", "activity", "country"]
"""The columns of cells by which figures group them, but for the period."""


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
