"""What fits a wall: a hall reads seven rows, so what has more is shown in turn."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

ROWS = 7
"""As many rows a hall reads at once."""

Row = TypeVar("Row")


def evenly(rows: Sequence[Row], most: int = ROWS) -> Iterator[Sequence[Row]]:
    """Yield the rows in turn, as few times as needed and about as many each time."""
    times = -(-len(rows) // most)
    for turn in range(times):
        yield rows[turn * len(rows) // times : (turn + 1) * len(rows) // times]
