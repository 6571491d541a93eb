"""Measures set in the order of a figure: a row for every name, nothing left out."""

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from crmdata.content.names import Names
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.measures import Measured
from crmdata.terms import COUNTED, State

COUNTS = ["expected", "reported", *map(str, COUNTED), State.NO_APLICA.value]
SHARES = ["coverage", "progress", "low", "high"]


def aligned(measures: pd.DataFrame, by: str, names: Names) -> pd.DataFrame:
    """Return the measures of each name in its order, indexed by `by`; counts are integers.

    Raise ValueError where a group has two rows: a figure would draw one over the other.
    """
    return _complete(measures.set_index(by).reindex(list(names)))


def crossed(measures: pd.DataFrame, by: tuple[str, str], of: tuple[Names, Names]) -> pd.DataFrame:
    """Return the measures of each pair of names, indexed by both columns of `by`."""
    pairs = pd.MultiIndex.from_product([list(names) for names in of], names=list(by))
    return _complete(measures.set_index(list(by)).reindex(pairs))


def _complete(measures: pd.DataFrame) -> pd.DataFrame:
    counts = measures[COUNTS].fillna(0).astype(int)
    withheld = measures["withheld"].eq(True).fillna(False).astype(bool)
    return pd.concat([counts, measures[SHARES].astype(float), withheld], axis="columns")


def each(measures: pd.DataFrame) -> Iterator[tuple[Any, Measured]]:
    """Yield key and measures of each row of an aligned frame, in its order."""
    columns = list(Measured._fields)
    rows = measures[columns].itertuples(index=False, name=None)
    for key, row in zip(measures.index, rows, strict=True):
        yield key, Measured._make(row)


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
