"""Cells: every member country × slot, whether it is due, and the report in force for it."""

from collections.abc import Collection, Sequence
from datetime import date

import numpy as np
import pandas as pd

from crmdata.terms import Period, Reporting, code_order

KEY = ["country", "activity", "semester"]
"""What a report is about; a report on the same three corrects an earlier one."""

SLOT = ["axis", "line", "result", "activity", "semester"]

_CODES = frozenset({"line", "result", "activity"})


def cells(
    slots: pd.DataFrame, members: pd.DataFrame, reports: pd.DataFrame, cutoff: date
) -> pd.DataFrame:
    """Join every member country × slot with its report in force at the cut-off.

    `reports` holds at most one row a country × activity × period (pandas raises MergeError
    otherwise); those of a party that is no member, the region, never enter. A slot is due when
    its period's last day lies before the cut-off.

    Return `axis line result activity semester country due reporting state percent report_id
    reported_on`, in the plan's order, countries by code. Without a report `state` and
    `reported_on` are None, `percent` is NaN and `report_id` (Int64) is NA.
    """
    planned = in_plan_order(slots[SLOT], ["activity", "semester"])
    periods = [Period.parse(code) for code in planned["semester"]]
    due = pd.Series([cutoff > period.ends for period in periods], dtype=bool)
    begun = pd.Series([cutoff >= period.starts for period in periods], dtype=bool)
    grid = planned.assign(due=due, begun=begun).merge(
        members[["country"]].sort_values("country"), how="cross"
    )
    in_force = reports[[*KEY, "state", "percent", "report_id", "reported_on"]]
    joined = grid.merge(in_force, how="left", on=KEY, validate="many_to_one")
    reporting = np.select(
        [joined["report_id"].notna(), grid["due"], grid["begun"]],
        [Reporting.REPORTADO.value, Reporting.SIN_REPORTE.value, Reporting.EN_PLAZO.value],
        Reporting.AUN_NO_VENCE.value,
    )
    return grid[[*SLOT, "country", "due"]].assign(
        reporting=reporting.astype(object),
        state=or_none(joined["state"]),
        percent=joined["percent"].astype(float),
        report_id=joined["report_id"].astype("Int64"),
        reported_on=or_none(joined["reported_on"]),
    )


def in_force(history: pd.DataFrame, cutoff: date) -> pd.DataFrame:
    """Return the latest report of each country × activity × period up to the cut-off.

    `history` is append-only and in any order; of two reports of one day the larger
    `report_id` is the later. Where it has `counts_from` and `withdrawn_on`, a report counts
    from the one day until the day before the other. Its columns are kept and `earlier` added
    (or replaced): how many reports up to the cut-off the row corrects. By country, activity,
    period.
    """
    known = history.loc[_counting(history, cutoff)]
    known = known.sort_values([*KEY, "reported_on", "report_id"])
    known = known.assign(earlier=known.groupby(KEY).cumcount())
    return known.drop_duplicates(KEY, keep="last").reset_index(drop=True)


def _counting(history: pd.DataFrame, cutoff: date) -> list[bool]:
    """Tell which reports count at the cut-off."""
    since = history["counts_from" if "counts_from" in history else "reported_on"]
    if "withdrawn_on" not in history:
        return [day <= cutoff for day in since]
    until = or_none(history["withdrawn_on"])
    return [
        day <= cutoff and (end is None or end > cutoff)
        for day, end in zip(since, until, strict=True)
    ]


def outside_calendar(
    slots: pd.DataFrame, reports: pd.DataFrame, members: Collection[str]
) -> pd.DataFrame:
    """Return the reports that fill no cell: without a slot, or by a party that is no member."""
    planned = pd.MultiIndex.from_frame(slots[["activity", "semester"]])
    slots_reported = pd.MultiIndex.from_frame(reports[["activity", "semester"]])
    in_calendar = pd.Series(slots_reported.isin(planned), index=reports.index, dtype=bool)
    outside: pd.DataFrame = reports.loc[~in_calendar | ~reports["country"].isin(list(members))]
    return outside.reset_index(drop=True)


def silent(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the due cells without a report: `axis line result activity semester country`."""
    unreported = cells["reporting"].eq(Reporting.SIN_REPORTE)
    return cells.loc[unreported, [*SLOT, "country"]].reset_index(drop=True)


def next_due(cells: pd.DataFrame, cutoff: date) -> pd.DataFrame:
    """Return the cells of the open period, or of the next one that has slots.

    All columns of `cells` and `ends`, the period's last day; what is already reported is
    among them. No row where nothing falls due any more.
    """
    ahead = cells.loc[cells["semester"] >= Period.of(cutoff).code]
    nearest: pd.DataFrame = ahead.loc[ahead["semester"] == ahead["semester"].min()]
    ends = [Period.parse(code).ends for code in nearest["semester"]]
    return nearest.reset_index(drop=True).assign(ends=pd.Series(ends, dtype=object))


def in_plan_order(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Sort by these columns, codes as the plan counts them (`IX` before `X`)."""
    return rows.sort_values(list(by), key=_rank, ignore_index=True) if by else rows


def _rank(column: pd.Series) -> pd.Series:
    if column.name not in _CODES:
        return column
    in_order = sorted(column.unique(), key=code_order)
    return column.map({code: place for place, code in enumerate(in_order)})


def or_none(column: pd.Series) -> pd.Series:
    """Make missing values None, which the store and a comparison understand."""
    return column.astype(object).where(column.notna(), None)
