"""What a plenary is shown: the store at a cut-off, beside an earlier day, for some countries."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import pandas as pd

from crmdata import measures
from crmdata.store.db import Known
from crmdata.view import View, read

Within = tuple[Literal["axis", "line", "country"], str | int]
"""A part of the plan: the column that names it, and its code."""


@dataclass(frozen=True)
class Plenary:
    """What every slide is made from: the view of the members that were chosen.

    Where `first` is None there is nothing to compare with.
    """

    view: View
    first: date | None

    @classmethod
    def of(cls, view: View, first: date | None, only: tuple[str, ...] = ()) -> "Plenary":
        """Return it with the earlier day that a wish comes to, as `measures.first_day` says."""
        return cls(view.of_members(only), view.first_day(first))

    @property
    def countries(self) -> pd.DataFrame:
        """The chosen countries."""
        return self.view.frame("countries")

    @property
    def limited(self) -> bool:
        """Whether some countries only were chosen."""
        return len(self.countries) < len(self.view.of_all.frame("countries"))

    @property
    def cells(self) -> pd.DataFrame:
        """The cells of the chosen countries."""
        return self.view.frame("cells")

    @cached_property
    def changes(self) -> pd.DataFrame | None:
        """What changed since the earlier day, as `measures.change_between`; None without one."""
        if self.first is None:
            return None
        return measures.change_between(self.view.at(self.first).frame("cells"), self.cells)

    @cached_property
    def cooperation(self) -> pd.DataFrame:
        """The cooperation on the plan's activities for them; what is for the region is for each."""
        rows = self.view.frame("cooperation")
        return rows.loc[rows["activity"].isin(self.view.frame("activities")["activity"])]

    def measured(self, *by: str, within: Within | None = None) -> pd.DataFrame:
        """Return the measures of groups of cells, as `measures.summary`, each reckoned once.

        `within` takes the groups of one axis or line only: `("line", "IV")`.
        """
        keys = by if within is None else (within[0], *by)
        groups = self.view.memo.get(
            (self.view, "measured", keys),
            lambda: self.view.measured(self.cells, *keys),
        )
        if within is None:
            return groups
        return groups.loc[groups[within[0]] == within[1]].drop(columns=within[0])


def plenary(
    session: Known,
    cutoff: date | None = None,
    *,
    first: date | None = None,
    only: tuple[str, ...] = (),
) -> Plenary:
    """Read all that a deck is made from at once, as `view.read`. Raise StoreError without a plan.

    Without dates it is the latest cut-off and the meeting before it.
    """
    return Plenary.of(read(session, cutoff, beside=first), first, only)
