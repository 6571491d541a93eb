"""Where the counts of Novedades come from: what each kind of change means, and its cells."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from crmdata.content.news import kinds
from crmdata.figures import formulas
from crmdata.figures.formulas import Equation
from crmdata.i18n import Words
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import components, report_rows
from crmdata.web.news import changes, lists
from crmdata.web.origin import headlines, provenance

_MOVED = ("gone_back", "advanced")
"""The kinds of what was reported before and again."""


@dataclass(frozen=True)
class OfChanges:
    """Counts of the changes since a date, by kind and by group.

    It opens on the `flag` that stands over it, and on the first kind over all of them.
    """

    first: date
    flag: str = kinds.FLAGS[0]

    def show(self, chosen: Chosen, key: str) -> None:
        """Draw what the kind that the reader picks means, and every cell that counts for it."""
        words = chosen.words
        with st.container(key=f"parts-{key}", horizontal=True):
            flag = st.selectbox(
                words("Kind of change"), kinds.FLAGS, index=kinds.FLAGS.index(self.flag),
                key=f"flag-{key}", filter_mode=None,
                format_func=lambda code: words(kinds.TITLES[code]),
            )  # fmt: skip
            changed, picked = self._of_group(chosen, key, flag)
        cells = changed.loc[changed[flag].astype(bool)]
        between = words(
            "{first} to {last}", first=words.date(self.first), last=words.date(chosen.cutoff)
        )
        provenance.show_facts(chosen, [words(kinds.TITLES[flag]), between, *picked])
        title = words("How it is made")
        components.heading(title, 3)
        components.rows(_formulas(chosen.words, flag, changed), words=words, caption=title)
        title = words.plural("{n} slot behind it", "{n} slots behind it", len(cells))
        components.heading(title, 3)
        if len(cells):
            components.open_table(chosen, f"detras-{key}", title, table(chosen, cells))

    def _of_group(self, chosen: Chosen, key: str, flag: str) -> tuple[pd.DataFrame, list[str]]:
        """Return the changed cells of the group that the reader picks, and its name."""
        words, by = chosen.words, changes.grouped_by(chosen)
        cells = changes.between(chosen, self.first).changes
        group_names = changes.group_names(chosen)
        if by == "partner" and flag not in kinds.SAID:
            return cells, []
        everything = words("All together")
        # The empty code is a group of its own among partners: those that no report names.
        code = st.selectbox(
            changes.group_header(words, by), [None, *group_names], key=f"group-{key}-{by}",
            format_func=lambda code: everything if code is None else group_names[code].full,
            filter_mode="contains",
        )  # fmt: skip
        if code is None:
            return cells, []
        cells = changes.by_group(chosen, cells)
        return cells.loc[cells[by] == code], [group_names[code].full]


def _formulas(words: Words, flag: str, changed: pd.DataFrame) -> pd.DataFrame:
    """Return how many changes of a kind there are, of how many that could have been of it."""
    counts = changed[list(kinds.FLAGS)].astype(bool).sum()
    titles = {
        each: (words(kinds.TITLES[each]), words(kinds.MEANINGS[each])) for each in kinds.FLAGS
    }
    if flag in _MOVED:
        both = changed["percent"].notna() & changed["percent_before"].notna()
        among = int((both & (changed["newly_reported"] | changed["corrected"])).sum())
        same = among - int(counts[list(_MOVED)].sum())
        equations = [headlines.share(words, *titles[each], int(counts[each]), among)
                     for each in _MOVED]  # fmt: skip
        equations.append(
            headlines.share(
                words, words("Stayed"), words("both reports say the same percent"), same, among
            )
        )
    elif flag == "newly_silent":
        among = int((changed["newly_due"] | changed["newly_silent"]).sum())
        equations = [headlines.share(words, *titles[flag], int(counts[flag]), among)]
    else:
        equations = [Equation(*titles[flag], "", words.number(int(counts[flag])))]
    return formulas.table(equations, words)


def table(chosen: Chosen, cells: pd.DataFrame) -> pd.DataFrame:
    """Return a changed cell a row, with both reports, their days, who handed the later in."""
    words, reporter_names = chosen.words, report_rows.reporters(chosen)
    reports = chosen.view.reports_numbered(map(int, cells["report_id"].dropna()))
    batches = reports.set_index("report_id")["batch_id"].to_dict()
    cells = cells.assign(batch_id=cells["report_id"].map(batches))
    return pd.DataFrame([
        {
            words("Country"): reporter_names[row["country"]].full,
            words("Activity"): provenance.sheet(chosen, row["activity"]),
            words("Semester"): words.period(row["semester"]),
            words("Before"): lists.value(row, words, "_before"),
            words("Reported on, before"): lists.day(row["reported_on_before"], words),
            words("Now"): lists.value(row, words, ""),
            words("Reported on"): lists.day(row["reported_on"], words),
            words("Handed in by"): came,
        }
        for row, came in zip(
            cells.to_dict("records"), provenance.handed_in(chosen, cells), strict=True
        )
    ])  # fmt: skip
