"""Rows of a frame as plain objects, and lists as plotly wants them."""

from collections import namedtuple
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import pandas as pd


def records(rows: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a frame, each column an attribute."""
    # As `itertuples` does, a column at a time: that makes a class of each frame, and asks for
    # each column by its place, which takes longer than the rows do.
    columns = [rows[name].tolist() for name in rows.columns]
    return map(_row(tuple(rows.columns))._make, zip(*columns, strict=True))


@lru_cache(maxsize=128)
def _row(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns, rename=True)  # noqa: PYI024 - the columns come with the frame


def points(values: Iterable[Any]) -> list[Any]:
    """Return the values of a trace, or a point of nothing where there is none.

    Plotly leaves out a trace without points, and with it its legend and its axis.
    """
    return list(values) or [None]
