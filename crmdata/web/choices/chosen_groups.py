"""The groups that the reader's choice leaves: their cells, names, headers and measures."""

from typing import Literal

import pandas as pd

from crmdata.content import names
from crmdata.content.names import Names
from crmdata.i18n import Words
from crmdata.labels import LEVELS
from crmdata.web.choices.chosen import Chosen

Group = Literal["axis", "line", "result", "activity", "country"]
"""The columns of cells by which figures group them, but for the period."""


def within(chosen: Chosen, rows: pd.DataFrame, *, country: bool = True) -> pd.DataFrame:
    """Return the rows of the chosen axis, line, activity and, unless told not to, country.

    A column that the rows do not have limits nothing.
    """
    choices = chosen.choices
    wanted = {
        level.code: getattr(choices, level.choice) for level in LEVELS.values() if level.choice
    }
    wanted["country"] = choices.pais if country else None
    for column, code in wanted.items():
        if code is not None and column in rows.columns:
            rows = rows.loc[rows[column] == code]
    return rows


def names_of(chosen: Chosen, by: Group) -> Names:
    """Name the groups that the reader's choice leaves, those without any slot too."""
    if by == "country":
        return names.of_countries(within(chosen, chosen.frame("countries")), chosen.words)
    level = LEVELS[by]
    return names.of_level(level, within(chosen, chosen.frame(level.frame)), chosen.words)


def header(words: Words, by: Group) -> str:
    """Return the header of a table's first column."""
    return words("Country") if by == "country" else words(LEVELS[by].word)


def measured(chosen: Chosen, by: Group) -> pd.DataFrame:
    """Return the measures of the chosen cells, group by group."""
    return chosen.measured(within(chosen, chosen.frame("cells")), by)
