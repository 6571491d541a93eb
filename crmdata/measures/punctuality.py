"""Whether reports came in time: the first report of each due cell against its deadline."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from crmdata.measures.cells import KEY, in_plan_order
from crmdata.terms import Period, State

_COUNTS = ["expected", "reported", "on_time"]


def deadline(period: str, grace_days: int) -> date:
    """Return the last day on which a report on a period is on time."""
    return Period.parse(period).ends + timedelta(days=grace_days)


def punctuality(
    cells: pd.DataFrame, history: pd.DataFrame, by: Sequence[str], *, grace_days: int
) -> pd.DataFrame:
    """Return of each group how many reports were expected, arrived, and arrived on time.

    `expected` (N) and `reported` (n) are those of `summary`. `on_time` counts those of n whose
    first report is dated no later than `grace_days` after the end of its period: a later
    correction makes no report late. `history` holds every report, corrected ones too; such as
    came after the cut-off of `cells` change nothing.

    The columns of `by` come first, groups in the plan's order; `by=[]` gives one row.
    """
    first = history.sort_values("reported_on").drop_duplicates(KEY)[[*KEY, "reported_on"]]
    first = first.rename(columns={"reported_on": "first_on"})
    joined = cells.merge(first, how="left", on=KEY, validate="many_to_one")
    last = {code: deadline(code, grace_days) for code in joined["semester"].unique()}
    expected = joined["due"] & joined["state"].ne(State.NO_APLICA.value)
    reported = expected & joined["state"].notna()
    days = zip(reported, joined["first_on"], joined["semester"], strict=True)
    in_time = [bool(arrived and day <= last[period]) for arrived, day, period in days]
    counts = pd.DataFrame({"expected": expected, "reported": reported, "on_time": in_time}).astype(
        "int64"
    )
    keys = list(by)
    if not keys:
        return pd.DataFrame({name: [counts[name].sum()] for name in _COUNTS})
    # Of the cells: where nothing was ever reported, the join makes other columns of their keys.
    groups = cells[keys].reset_index(drop=True)
    grouped = pd.concat([groups, counts], axis="columns").groupby(keys, sort=False)
    return in_plan_order(grouped.sum().reset_index(), keys)
