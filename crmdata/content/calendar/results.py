"""When results are to be delivered: the last period in which work on them is scheduled."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pandas as pd

from crmdata.content.calendar import spans
from crmdata.content.calendar.inputs import Plan
from crmdata.content.records import records
from crmdata.content.wording import text_of
from crmdata.i18n import Words

_CIRCLED = 0x2460
_MOST_CIRCLED = 20


def deliveries(plan: Plan, results: pd.DataFrame) -> pd.DataFrame:
    """Return the results with `semester`, the last one with a slot of theirs; None without any.

    `plan` must be whole: narrowed to some activities, a result would seem to end earlier.
    """
    of_activity = dict(zip(plan.activities["activity"], plan.activities["result"], strict=True))
    last: dict[str, str] = {}
    for activity, period in spans.slot_places(plan.marks, plan):
        result = of_activity.get(activity)
        if result is not None:
            last[result] = max(period, last.get(result, ""))
    periods = [last.get(result) for result in results["result"]]
    return results.assign(semester=pd.Series(periods, index=results.index, dtype=object))


def shown_results(plan: Plan) -> list[Any]:
    """Return the results that have activities here, in the plan's order."""
    if plan.results is None:
        return []
    here = set(plan.activities["result"])
    return [row for row in records(plan.results) if row.result in here]


def number(result: str) -> str:
    """Return a result's number within its line: `3` of `IV.3`."""
    return result.rsplit(".", 1)[-1]


def circled(results: Iterable[str]) -> str:
    """Return the numbers of results as letters in a circle, for a cell or a sheet: `①②`."""
    letters = []
    for result in results:
        own = number(result)
        small = own.isdecimal() and 1 <= int(own) <= _MOST_CIRCLED
        letters.append(chr(_CIRCLED + int(own) - 1) if small else f"({own})")
    return "".join(letters)


def by_period(plan: Plan, line: str) -> dict[str, list[str]]:
    """Return the results of a line by the period in which they are to be delivered."""
    deliveries: dict[str, list[str]] = defaultdict(list)
    for row in shown_results(plan):
        if row.line == line and text_of(row.semester):
            deliveries[row.semester].append(row.result)
    return deliveries


def delivery(words: Words, row: Any) -> str:
    """Say when a result is to be delivered."""
    if not text_of(row.semester):
        return words("{result}: no semester", result=row.result)
    return f"{row.result}: {words.period(row.semester)}"
