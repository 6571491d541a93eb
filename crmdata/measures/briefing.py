"""One country's rows for its sheet: what it owes, what falls due, what changed, who supports it.

Pure functions, frames in and frames out; every frame comes as of the cut-off.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

import pandas as pd

from crmdata import measures
from crmdata.files import SEPARATOR
from crmdata.measures.changes import CHANGES
from crmdata.terms import Period, Reporting

Run = tuple[Period, Period]
"""First and last of periods on end."""


def runs(periods: Iterable[str]) -> list[Run]:
    """Return the runs of consecutive periods, earliest first."""
    joined: list[Run] = []
    for period in sorted(map(Period.parse, periods)):
        if joined and joined[-1][1].next == period:
            joined[-1] = (joined[-1][0], period)
        else:
            joined.append((period, period))
    return joined


def owed(cells: pd.DataFrame) -> pd.DataFrame:
    """Return what is due and unreported, an activity a row, in the plan's order.

    Columns `line activity semesters`, the last a list of runs.
    """
    silent = measures.silent(cells)
    rows = [
        {"line": line, "activity": activity, "semesters": runs(own["semester"])}
        for (line, activity), own in silent.groupby(["line", "activity"], sort=False)
    ]
    return pd.DataFrame(rows, columns=["line", "activity", "semesters"])


def falling_due(cells: pd.DataFrame, cutoff: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the cells that fall due next, and those among them without a report."""
    ahead = measures.next_due(cells, cutoff)
    return ahead, ahead.loc[ahead["reporting"] != Reporting.REPORTADO]


def change_counts(changes: pd.DataFrame) -> dict[str, int]:
    """Return how many cells have each of the flags of `change_between`."""
    return {name: int(changes[name].sum()) for name in CHANGES}


def cooperation(
    rows: pd.DataFrame, country: str, activities: Sequence[str], *, region: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the lines of cooperation that name the country, and those for the whole region.

    Both in the order of `activities`; a line that names both is the country's.
    """
    order = {code: place for place, code in enumerate(activities)}
    known = rows.loc[rows["activity"].isin(activities)]
    placed = known.sort_values("activity", key=lambda codes: codes.map(order), kind="stable")
    own, regional = naming(placed, {country}), naming(placed, {region})
    return placed.loc[own], placed.loc[regional & ~own]


def naming(cooperation: pd.DataFrame, parties: Collection[str]) -> pd.Series:
    """Tell which lines of cooperation name any of these parties."""
    names_any = [not set(parties).isdisjoint(codes.split(SEPARATOR))
                 for codes in cooperation["countries"]]  # fmt: skip
    return pd.Series(names_any, index=cooperation.index, dtype=bool)


def newest_narratives(reports: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the reports in force with something told, newest first.

    An activity stands there once, so that one line of work does not fill the sheet.
    """
    with_text = reports.loc[reports["narrative"].fillna("").ne("")]
    with_text = with_text.sort_values(["reported_on", "report_id"], ascending=False)
    return with_text.drop_duplicates("activity").head(most)
