"""Where a number comes from: for each kind of figure, which rows it is made of, part by part."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import pandas as pd
import streamlit as st

from crmdata.content import names
from crmdata.content.names import Names
from crmdata.web.choices import chosen_groups
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import Group, within
from crmdata.web.origin import provenance

ALL = ""
"""Stands for every part of a figure together among the codes of its parts."""

Part = Group | Literal["semester"]


def cells_within(chosen: Chosen) -> pd.DataFrame:
    """Return the cells of the chosen axis, line, activity and country."""
    return within(chosen, chosen.frame("cells"))


def cells_of_all_countries(chosen: Chosen) -> pd.DataFrame:
    """Return the cells of the chosen axis, line and activity, of every country."""
    return within(chosen, chosen.frame("cells"), country=False)


@dataclass(frozen=True)
class OfCells:
    """Measures of cells, part by part: by line, or by line and country, as the figure draws them.

    `days` are the earlier cut-offs that a figure shows beside the page's own; `outside` adds
    the reports that fill no cell, for a figure that counts them; `marks` names the
    activities whose marks of the plan a figure draws. It opens on the part whose code
    `begins` is, and on all together without one.
    """

    by: tuple[Part, ...] = ()
    cells: Callable[[Chosen], pd.DataFrame] = cells_within
    days: tuple[date, ...] = ()
    outside: bool = False
    marks: Callable[[Chosen], pd.DataFrame] | None = None
    begins: str = ""

    def show(self, chosen: Chosen, key: str) -> None:
        """Draw formulas, reports behind and silent slots of the part that the reader picks."""
        with st.container(key=f"parts-{key}", horizontal=True):
            at = self._at(chosen, key)
            rows = self.cells(at)
            picked = []
            for part in self.by:
                part_names = _names_of(at, part, rows)
                code = _pick(at, part, part_names, key, self.begins)
                if code != ALL:
                    rows = rows.loc[rows[part] == code]
                    picked.append(part_names[code].full)
        provenance.show_cells(at, key, rows, picked)
        if self.marks is not None:
            provenance.show_marks(at, key, self._picked_activities(at, key))
        if self.outside:
            provenance.show_outside(at, key, within(at, at.frame("outside")))

    def _picked_activities(self, chosen: Chosen, key: str) -> set[str]:
        """Return the activities of the part that the reader picked; all of them without a pick."""
        activities = set(self.marks(chosen)["activity"]) if self.marks else set()
        code = st.session_state.get(f"part-{key}-activity", ALL)
        return activities if code == ALL else {code}

    def _at(self, chosen: Chosen, key: str) -> Chosen:
        """Return the page at the cut-off that the reader picks among those of the figure."""
        if not self.days:
            return chosen
        words = chosen.words
        day = st.selectbox(
            words("Cut-off"), [chosen.cutoff, *self.days], format_func=words.date,
            key=f"day-{key}", filter_mode=None,
        )  # fmt: skip
        return replace(chosen, view=chosen.view.at(day))


def _names_of(chosen: Chosen, part: Part, rows: pd.DataFrame) -> Names:
    """Name the parts of a figure that have a cell."""
    if part == "semester":
        return names.of_periods(rows.loc[rows["due"], "semester"], chosen.words)
    everywhere = replace(chosen, choices=replace(chosen.choices, pais=None))
    known = chosen_groups.names_of(everywhere, part)
    present = set(rows[part])
    return {code: name for code, name in known.items() if code in present}


def _pick(chosen: Chosen, part: Part, part_names: Names, key: str, begins: str) -> str | int:
    """Draw the list of the parts of a figure, all together first."""
    words = chosen.words
    title = words("Semester") if part == "semester" else chosen_groups.header(words, part)
    everything = words("All together")
    options = [ALL, *part_names]
    picked: str | int = st.selectbox(
        title, options, index=options.index(begins) if begins in options else 0,
        key=f"part-{key}-{part}", filter_mode="contains",
        format_func=lambda code: everything if code == ALL else part_names[code].full,
    )  # fmt: skip
    return picked
