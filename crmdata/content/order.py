"""The order of a figure's groups: that of their names, or by value where the reader asks for it."""

from typing import NamedTuple

import pandas as pd

from crmdata.content import measured_rows
from crmdata.content.names import Names


class Ordered(NamedTuple):
    """All groups: those that show a value, the highest first, then the others in their order."""

    ranked: Names
    rest: Names

    @property
    def names(self) -> Names:
        """All of them."""
        return {**self.ranked, **self.rest}


def by_value(measures: pd.DataFrame, names: Names, *, by: str, value: str) -> Ordered:
    """Order groups by `coverage` or `progress`; groups of one value keep the order of `names`.

    A group whose coverage lies under the threshold, or of which nothing is reported, is not
    compared by value: its place would say more than is known.
    """
    groups = dict(measured_rows.each(measured_rows.aligned(measures, by, names)))
    comparable = [key for key in names if groups[key].reported and not groups[key].withheld]
    comparable.sort(key=lambda key: -getattr(groups[key], value))
    return Ordered(
        {key: names[key] for key in comparable},
        {key: name for key, name in names.items() if key not in set(comparable)},
    )
