"""What meetings agreed on: which of it is shown, and as a table."""

from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import agreements
from crmdata.content.wording import text_of
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import components
from crmdata.web.news import changes


def between(chosen: Chosen, first: date) -> pd.DataFrame:
    """Return what was agreed on, done or withdrawn after a date, and what is open, of a part.

    Up to the cut-off; the part is the chosen one.
    """
    view, rows = chosen.view, chosen.frame("agreements")
    rows = rows.loc[[day <= chosen.cutoff for day in rows["agreed_on"]]]
    last = agreements.day(view)
    moved = [
        any(first < day <= last for day in days if text_of(day))
        for days in zip(rows["agreed_on"], rows["done_on"], rows["withdrawn_on"], strict=True)
    ]
    shown = agreements.is_open(view, rows) | pd.Series(moved, index=rows.index, dtype=bool)
    return _of_part(chosen, agreements.first_due(rows.loc[shown]))


def _of_part(chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the agreements of the chosen axis and line, and those that concern whom was chosen.

    They concern a partner that answers for them, or that supports their activity.
    """
    choices = chosen.choices
    line_of = chosen.frame("activities").set_index("activity")["line"]
    lines = rows["line"].where(rows["line"].notna(), rows["activity"].map(line_of))
    if choices.eje is not None:
        axis_of = chosen.frame("lines").set_index("line")["axis"]
        rows, lines = _only(rows, lines, lines.map(axis_of) == choices.eje)
    if choices.linea is not None:
        rows, lines = _only(rows, lines, lines == choices.linea)
    if choices.pais is not None:
        members = chosen.view.members
        anybodys = rows["country"].isna() & ~rows["party"].isin(members)
        own = agreements.of_country(rows, choices.pais).index
        rows = rows.loc[anybodys | rows.index.isin(own)]
    if choices.socio is not None:
        own = agreements.of_partner(rows, choices.socio).index
        supported = rows["activity"].isin(changes.supported(chosen))
        rows = rows.loc[supported | rows.index.isin(own)]
    return rows


def _only(
    rows: pd.DataFrame, lines: "pd.Series[Any]", mine: "pd.Series[Any]"
) -> tuple[pd.DataFrame, "pd.Series[Any]"]:
    return rows.loc[mine], lines.loc[mine]


def show(chosen: Chosen, key: str, rows: pd.DataFrame, nothing: str) -> None:
    """Draw agreements as a table with its downloads, or say that there are none."""
    if rows.empty:
        components.paragraph(nothing)
        return
    title = chosen.words("Agreements")
    table = agreements.table(chosen.view, chosen.words, rows)
    components.open_table(chosen, key, title, table)
