"""Measures: the sums over cells of a country, a line, a period or any other grouping."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from crmdata.measures.cells import cells as cells_at
from crmdata.measures.cells import in_force, in_plan_order
from crmdata.terms import COUNTED, SIN_REPORTE, State

_STATES = [str(state) for state in COUNTED if state != SIN_REPORTE]
_COUNTS = [*_STATES, SIN_REPORTE, State.NO_APLICA.value]
_MEASURES = ["expected", "reported", "coverage", *_COUNTS, "progress", "low", "high", "withheld"]


class Measured(NamedTuple):
    """The measures of one group; those of a group without a row are zero and NaN."""

    expected: int
    reported: int
    cumplida: int
    en_curso: int
    no_iniciada: int
    suspendida: int
    sin_reporte: int
    no_aplica: int
    coverage: float
    progress: float
    low: float
    high: float
    withheld: bool


class Unscheduled(Measured):
    """The measures of a group in which the plan schedules nothing, so that nothing falls due."""

    __slots__ = ()


def summary(cells: pd.DataFrame, by: Sequence[str], *, threshold: float) -> pd.DataFrame:
    """Return the measures of each group of cells; `by=[]` gives one row for all of them.

    Only due cells count. `expected` (N) are those whose report is not `no_aplica`, `reported`
    (n) those among them with a report, `coverage` n/N (NaN where N is 0). `cumplida en_curso
    no_iniciada suspendida sin_reporte` add up to N; `no_aplica` stands beside. `progress` is
    the mean percent over n (NaN where n is 0); `low` and `high` are what it would be if every
    silent cell were 0 or 100. `withheld` tells that coverage lies under `threshold` (0–1).

    The group's columns come first, groups in the plan's order; one without a due cell keeps
    its row with `expected` 0.
    """
    keys = list(by)
    flags = _flags(cells)
    if keys:
        grouped = pd.concat([cells[keys], flags], axis="columns")
        sums = grouped.groupby(keys, sort=False, dropna=False).sum().reset_index()
        sums = in_plan_order(sums, keys)
    else:
        sums = pd.DataFrame({name: [column.sum()] for name, column in flags.items()})
    return _with_shares(sums, threshold)[[*keys, *_MEASURES]]


def whole(cells: pd.DataFrame, *, threshold: float) -> Measured:
    """Return the measures of all cells together, as `summary`, in plain Python numbers."""
    (record,) = summary(cells, [], threshold=threshold).to_dict("records")
    kind = Unscheduled if cells.empty else Measured
    return kind._make(record[name] for name in Measured._fields)


def _flags(cells: pd.DataFrame) -> pd.DataFrame:
    """Return 0 or 1 for each cell and count, and the percent that enters the sums."""
    due, state = cells["due"], cells["state"]
    counts = {name: due & state.eq(name) for name in _STATES}
    counts[SIN_REPORTE] = due & state.isna()
    not_applicable = due & state.eq(State.NO_APLICA.value)
    reported = due & state.notna() & ~not_applicable
    flags = pd.DataFrame(
        {
            "expected": due & ~not_applicable,
            "reported": reported,
            **counts,
            "no_aplica": not_applicable,
        }
    )
    return flags.astype("int64").assign(percents=cells["percent"].where(reported, 0.0))


def _with_shares(sums: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """Add the shares to the sums; without anything to divide by they are NaN."""
    expected = sums["expected"].where(sums["expected"] > 0)
    reported = sums["reported"].where(sums["reported"] > 0)
    percents, unheard = sums["percents"], sums["expected"] - sums["reported"]
    coverage = sums["reported"] / expected
    return sums.assign(
        coverage=coverage,
        progress=percents / reported,
        low=percents / expected,
        high=(percents + 100.0 * unheard) / expected,
        withheld=coverage < threshold,
    )


def trend(cells: pd.DataFrame, by: Sequence[str] = (), *, threshold: float) -> pd.DataFrame:
    """Return the measures of each period that is due, earliest first.

    `semester`, the columns of `by`, then the measures as in `summary`.
    """
    return summary(cells.loc[cells["due"]], ["semester", *by], threshold=threshold)


def as_of(
    slots: pd.DataFrame,
    countries: pd.DataFrame,
    history: pd.DataFrame,
    cutoffs: Iterable[date],
    by: Sequence[str] = (),
    *,
    threshold: float,
) -> pd.DataFrame:
    """Return the measures at successive cut-offs: `cutoff`, then as in `summary`.

    `history` holds every report, corrected ones too. One calendar is used throughout, so that
    what differs between two cut-offs is time and reports, not the plan.
    """
    pictures = []
    for cutoff in sorted(set(cutoffs)):
        then = cells_at(slots, countries, in_force(history, cutoff), cutoff)
        measures = summary(then, by, threshold=threshold)
        day = pd.Series([cutoff] * len(measures), dtype=object)
        measures.insert(0, "cutoff", day)
        pictures.append(measures)
    if not pictures:
        nothing = as_of(slots, countries, history, [date.max], by, threshold=threshold)
        return nothing.iloc[:0]
    return pd.concat(pictures, ignore_index=True)


def region_range(measures: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return the range of progress over the countries of each group.

    `measures` has one row a group of `by` and country. Return the columns of `by`, `lowest`
    and `highest` progress, and `countries`: how many stand in the range. Those without a
    report or under the coverage threshold stay out; without any the range is NaN.
    """
    progress = measures["progress"].where(~measures["withheld"])
    if not by:
        ends = {
            "lowest": [progress.min()],
            "highest": [progress.max()],
            "countries": [progress.count()],
        }
        return pd.DataFrame(ends)
    keys = list(by)
    grouped = measures[keys].assign(progress=progress).groupby(keys, sort=False, dropna=False)
    ranges = grouped["progress"].agg(lowest="min", highest="max", countries="count")
    return in_plan_order(ranges.reset_index(), keys)
