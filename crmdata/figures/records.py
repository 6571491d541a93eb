"""Rows of a frame as plain objects, and lists as plotly wants them."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd


def records(rows: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a frame, each column an attribute."""
    return iter(rows.itertuples(index=False))


def points(values: Iterable[Any]) -> list[Any]:
    """Return the values of a trace, or a point of nothing where there is none.

    Plotly leaves out a trace without points, and with it its legend and its axis.
    """
    return list(values) or [None]
