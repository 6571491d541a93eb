"""What an earlier version of the plan said otherwise."""

from collections import defaultdict

import pandas as pd

from crmdata.content.calendar import spans
from crmdata.content.calendar.inputs import Layers, Plan
from crmdata.content.records import records
from crmdata.labels import NOT_APPLICABLE


def earlier(plan: Plan, layers: Layers) -> dict[str, list[str]]:
    """Return what the earlier plan version said otherwise: `2018: «Continuo»`, by activity."""
    if layers.earlier_marks is None:
        return {}
    now = _verbatim(plan.marks)
    before = _verbatim(layers.earlier_marks)
    differences: dict[str, list[str]] = defaultdict(list)
    for activity, year in sorted({*now, *before}):
        was = before.get((activity, year), "")
        if was != now.get((activity, year), ""):
            differences[activity].append(f"{year}: «{was}»" if was else f"{year}: {NOT_APPLICABLE}")
    return differences


def dropped(plan: Plan, layers: Layers) -> dict[str, list[str]]:
    """Return by activity the periods that the earlier version scheduled and this one does not."""
    if layers.earlier_marks is None:
        return {}
    activities, now = set(plan.activities["activity"]), spans.slot_places(plan.marks, plan)
    periods: dict[str, list[str]] = defaultdict(list)
    for activity, period in spans.slot_places(layers.earlier_marks, plan):
        if activity in activities and (activity, period) not in now:
            periods[activity].append(period)
    return periods


def _verbatim(marks: pd.DataFrame) -> dict[tuple[str, int], str]:
    return {(mark.activity, int(mark.year)): mark.mark for mark in records(marks)}
