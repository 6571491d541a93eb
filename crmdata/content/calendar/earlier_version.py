"""What an earlier version of the plan said otherwise."""

from collections import defaultdict

import pandas as pd

from crmdata.content.calendar import spans
from crmdata.content.calendar.inputs import Plan
from crmdata.content.records import records
from crmdata.labels import NOT_APPLICABLE


def earlier(plan: Plan, marks: pd.DataFrame | None) -> dict[str, list[str]]:
    """Return what `marks` of before said otherwise, if any: `2018: «Continuo»`, by activity."""
    if marks is None:
        return {}
    now = _verbatim(plan.marks)
    before = _verbatim(marks)
    differences: dict[str, list[str]] = defaultdict(list)
    for activity, year in sorted({*now, *before}):
        was = before.get((activity, year), "")
        if was != now.get((activity, year), ""):
            differences[activity].append(f"{year}: «{was}»" if was else f"{year}: {NOT_APPLICABLE}")
    return differences


def dropped(plan: Plan, marks: pd.DataFrame | None) -> dict[str, list[str]]:
    """Return by activity the periods that `marks` of before scheduled and this plan does not."""
    if marks is None:
        return {}
    activities, now = set(plan.activities["activity"]), spans.slot_places(plan.marks, plan)
    periods: dict[str, list[str]] = defaultdict(list)
    for activity, period in spans.slot_places(marks, plan):
        if activity in activities and (activity, period) not in now:
            periods[activity].append(period)
    return periods


def _verbatim(marks: pd.DataFrame) -> dict[tuple[str, int], str]:
    return {(mark.activity, int(mark.year)): mark.mark for mark in records(marks)}
