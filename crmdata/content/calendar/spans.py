"""Marks as spans on the axis of periods, and slots as places in them."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from crmdata.content.calendar.inputs import Plan
from crmdata.terms import SHARES, MarkKind, Period


class PlannedBar(NamedTuple):
    """A planned bar: from where to where, and whether the source gives it no end."""

    activity: str
    start: float
    end: float
    open_end: bool = False


class SlotPlace(NamedTuple):
    """Where a slot lies, and the mark that makes it."""

    activity: str
    period: str
    start: float
    end: float
    mark: str
    kind: MarkKind


class _Mark(NamedTuple):
    activity: str
    year: int
    mark: str
    kind: str


def slot_places(marks: pd.DataFrame, plan: Plan) -> dict[tuple[str, str], SlotPlace]:
    """Return the place of every slot the marks make, by activity and period."""
    places = [place for mark in _marks(marks) for place in _of_mark(mark, plan)]
    return {(place.activity, place.period): place for place in places}


def _marks(marks: pd.DataFrame) -> list[_Mark]:
    columns = (marks[name].tolist() for name in _Mark._fields)
    return [_Mark._make(row) for row in zip(*columns, strict=True)]


def _of_mark(mark: _Mark, plan: Plan) -> Iterator[SlotPlace]:
    kind = MarkKind(mark.kind)
    for period in Period.of_mark(kind, mark.year):
        start = float(plan.place(period))
        yield SlotPlace(mark.activity, period.code, start, start + SHARES[kind], mark.mark, kind)


def spans(marks: pd.DataFrame, plan: Plan) -> list[PlannedBar]:
    """Return the planned bars: one for years of `Continuo` on end, one for any other slot.

    A run of `Continuo` that reaches the last column has an open end: the source stops there,
    the work does not.
    """
    running: dict[str, list[int]] = {}
    bars: list[PlannedBar] = []
    for mark in _marks(marks):
        if mark.kind == MarkKind.CONTINUOUS:
            running.setdefault(mark.activity, []).append(mark.year)
        else:
            places = _of_mark(mark, plan)
            bars += [PlannedBar(place.activity, place.start, place.end) for place in places]
    for activity, years in running.items():
        for first, last in _runs(sorted(years)):
            start, end = plan.place_of_year(first), plan.place_of_year(last + 1)
            bars.append(PlannedBar(activity, start, end, last == plan.last_year))
    return bars


def _runs(years: list[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of consecutive years."""
    if not years:
        return
    first = years[0]
    for year, following in pairwise(years):
        if following != year + 1:
            yield first, year
            first = following
    yield first, years[-1]


def undefined_years(marks: pd.DataFrame) -> dict[str, list[int]]:
    """Return the years marked `Por definir` of each activity that has any."""
    years: dict[str, list[int]] = {}
    for mark in _marks(marks):
        if mark.kind == MarkKind.UNDEFINED:
            years.setdefault(mark.activity, []).append(mark.year)
    return years


def years_text(years: Iterable[int]) -> str:
    """Write years in short: `2017–21`, `2018, 2020`."""
    parts = []
    for first, last in _runs(sorted(years)):
        parts.append(str(first) if first == last else f"{first}–{last % 100:02d}")
    return ", ".join(parts)
