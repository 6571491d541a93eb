"""What a plenary is shown: the store at a cut-off, beside an earlier day, for some countries."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import pandas as pd

from crmdata import measures
from crmdata.measures.briefing import naming
from crmdata.store.db import Known
from crmdata.view import View, read

Within = tuple[Literal["axis", "line"], str | int]
"""A part of the plan: the column that names it, and its code."""


@dataclass(frozen=True)
class Plenary:
    """What every slide is made from. `only` holds codes of members, all of them where it is empty.

    Where `first` is None there is nothing to compare with.
    """

    view: View
    first: date | None
    only: tuple[str, ...] = ()

    @classmethod
    def of(cls, view: View, first: date | None, only: tuple[str, ...] = ()) -> "Plenary":
        """Return it with the earlier day that a wish comes to, as `measures.first_day` says."""
        return cls(view, view.first_day(first), only)

    @cached_property
    def countries(self) -> pd.DataFrame:
        """The chosen countries."""
        members = self.view.frame("countries")
        return members.loc[members["country"].isin(self.only)] if self.only else members

    @property
    def limited(self) -> bool:
        """Whether some countries only were chosen."""
        return len(self.countries) < len(self.view.frame("countries"))

    def _of_chosen(self, rows: pd.DataFrame, *more: str) -> pd.DataFrame:
        return rows.loc[rows["country"].isin([*self.countries["country"], *more])]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The cells of the chosen countries."""
        return self._of_chosen(self.view.frame("cells"))

    @cached_property
    def changes(self) -> pd.DataFrame | None:
        """What changed since the earlier day, as `measures.change_between`; None without one."""
        if self.first is None:
            return None
        then = self._of_chosen(self.view.at(self.first).frame("cells"))
        return measures.change_between(then, self.cells)

    @cached_property
    def outside(self) -> pd.DataFrame:
        """Their reports in force that fill no cell, and the region's."""
        return self._of_chosen(self.view.frame("outside"), self.view.region.code)

    @cached_property
    def cooperation(self) -> pd.DataFrame:
        """The cooperation on the plan's activities for them; what is for the region is for each."""
        rows, region = self.view.frame("cooperation"), self.view.region.code
        named = naming(rows, {region, *self.countries["country"]})
        planned = rows["activity"].isin(self.view.frame("activities")["activity"])
        return rows.loc[named & planned]

    def measured(self, *by: str, within: Within | None = None) -> pd.DataFrame:
        """Return the measures of groups of cells, as `measures.summary`, each reckoned once.

        `within` takes the groups of one axis or line only: `("line", "IV")`.
        """
        keys = by if within is None else (within[0], *by)
        # Not under the plenary itself: a key must hold no frames.
        found = self.view.memo.get(
            (self.view, self.only, "measured", keys),
            lambda: self.view.measured(self.cells, *keys),
        )
        if within is None:
            return found
        return found.loc[found[within[0]] == within[1]].drop(columns=within[0])


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
