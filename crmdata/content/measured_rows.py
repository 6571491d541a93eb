"""Measures set in the order of a figure: a row for every name, nothing left out."""

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from crmdata.content.names import Names
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.measures import Measured, Unscheduled
from crmdata.terms import COUNTED, State

COUNTS = ["expected", "reported", *map(str, COUNTED), State.NO_APLICA.value]
_SCHEDULED = "scheduled"
SHARES = ["coverage", "progress", "low", "high"]


def aligned(measures: pd.DataFrame, by: str, names: Names) -> pd.DataFrame:
    """Return the measures of each name in its order, indexed by `by`; counts are integers.

    A group without a row has nothing scheduled. Raise ValueError where a group has two rows: a
    figure would draw one over the other.
    """
    return _complete(measures.set_index(by), list(names))


def crossed(measures: pd.DataFrame, by: tuple[str, str], of: tuple[Names, Names]) -> pd.DataFrame:
    """Return the measures of each pair of names, indexed by both columns of `by`."""
    pairs = pd.MultiIndex.from_product([list(names) for names in of], names=list(by))
    return _complete(measures.set_index(list(by)), pairs)


def _complete(measures: pd.DataFrame, keys: Any) -> pd.DataFrame:
    rows = measures.reindex(keys)
    counts = rows[COUNTS].fillna(0).astype(int)
    withheld = rows["withheld"].eq(True).fillna(False).astype(bool)
    scheduled = pd.Series(rows.index.isin(measures.index), rows.index, name=_SCHEDULED)
    return pd.concat([counts, rows[SHARES].astype(float), withheld, scheduled], axis="columns")


def each(measures: pd.DataFrame) -> Iterator[tuple[Any, Measured]]:
    """Yield key and measures of each row of an aligned frame, in its order."""
    columns = list(Measured._fields)
    rows = measures[columns].itertuples(index=False, name=None)
    scheduled = measures.get(_SCHEDULED, [True] * len(measures))
    for key, row, is_scheduled in zip(measures.index, rows, scheduled, strict=True):
        yield key, (Measured if is_scheduled else Unscheduled)._make(row)


def total(measures: pd.DataFrame) -> Measured:
    """Return the counts of all groups together; its shares are NaN but for coverage."""
    counts: dict[str, Any] = {name: int(measures[name].sum()) for name in COUNTS}
    expected, nothing = counts["expected"], float("nan")
    shares: dict[str, Any] = dict.fromkeys(SHARES, nothing) | {"withheld": False}
    if expected:
        shares["coverage"] = counts["reported"] / expected
    return Measured(**(counts | shares))


def table(
    measures: pd.DataFrame, names: Names, *, by: str, group: str,
    columns_of: Callable[[Measured], dict[str, Any]],
) -> pd.DataFrame:  # fmt: skip
    """Return a row a group: its name under the header `group`, then its columns (`columns_of`)."""
    return pd.DataFrame([
        {group: names[key].full, **columns_of(measured)}
        for key, measured in each(aligned(measures, by, names))
    ])  # fmt: skip


def count_columns(measured: Measured, words: Words) -> dict[str, int]:
    """Return the counts of a table's row under translated headers: N, n, then the states."""
    counts = {words("Expected (N)"): measured.expected, words("Reported (n)"): measured.reported}
    for state in (*COUNTED, State.NO_APLICA):
        counts[label(words, state)] = getattr(measured, str(state))
    return counts
