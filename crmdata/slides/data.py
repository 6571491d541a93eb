"""All that the slides of a deck are made from, read at once: one picture of the store."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import pandas as pd

from crmdata import measures, queries
from crmdata.db import Known
from crmdata.files import SEPARATOR
from crmdata.queries import PlanFacts
from crmdata.terms import REGION, DataKind

Within = tuple[Literal["axis", "line"], str | int]
"""A part of the plan: the column that names it, and its code."""


@dataclass(frozen=True)
class Data:
    """The frames of `crmdata.queries` and `crmdata.measures` at a cut-off and at an earlier date.

    `countries`, `cells`, `cells_then`, `outside` and `cooperation` hold the chosen countries
    only; `members` names all. `snapshot` is the id of the snapshot that they are of, or empty;
    `chain_head` the last row of the audit chain that they are made of.
    Where `first` is None there is nothing to compare with, and no `cells_then`.
    Frames are never changed.
    """

    cutoff: date
    first: date | None
    threshold: float
    demo: bool
    snapshot: str
    chain_head: str
    plan: PlanFacts
    axes: pd.DataFrame
    lines: pd.DataFrame
    activities: pd.DataFrame
    marks: pd.DataFrame
    members: pd.DataFrame
    countries: pd.DataFrame
    partners: pd.DataFrame
    meetings: pd.DataFrame
    cells: pd.DataFrame
    cells_then: pd.DataFrame | None
    outside: pd.DataFrame
    cooperation: pd.DataFrame
    agreements: pd.DataFrame

    @cached_property
    def changes(self) -> pd.DataFrame | None:
        """What changed since the earlier date, as `measures.change_between`; None without one."""
        if self.cells_then is None:
            return None
        return measures.change_between(self.cells_then, self.cells)

    @property
    def limited(self) -> bool:
        """Whether some countries only were chosen."""
        return len(self.countries) < len(self.members)

    @cached_property
    def _measured(self) -> dict[tuple[str, ...], pd.DataFrame]:
        return {}

    def measured(self, *by: str, within: Within | None = None) -> pd.DataFrame:
        """Return the measures of groups of cells, as `measures.summary`, each reckoned once.

        `within` takes the groups of one axis or line only: `("line", "IV")`.
        """
        keys = by if within is None else (within[0], *by)
        if keys not in self._measured:
            self._measured[keys] = measures.summary(self.cells, keys, threshold=self.threshold)
        found = self._measured[keys]
        if within is None:
            return found
        return found.loc[found[within[0]] == within[1]].drop(columns=within[0])


def read(
    session: Known,
    *,
    cutoff: date | None = None,
    first: date | None = None,
    countries: Collection[str] = (),
    threshold: float,
) -> Data:
    """Read a deck's data; without dates the latest cut-off and the meeting before it.

    `first` is let go where it does not lie before the cut-off, as `measures.first_day` says.
    `countries` are codes of members, all of them if none is given; `threshold` is the coverage
    under which a figure of progress is withheld; a snapshot has its own.
    Raise StoreError without a plan.
    """
    known = session.pin
    cutoff = cutoff or queries.default_cutoff(session)
    plan, meetings = queries.plan_at(session, cutoff), queries.meetings(session)
    first = measures.first_day(first, cutoff, meetings, date(plan.first_year, 1, 1))
    members = queries.countries(session)
    chosen = members if not countries else members.loc[members["country"].isin(countries)]
    reports = queries.reports_in_force(session, cutoff)
    slots = queries.slots(session, plan.version_id)
    outside = measures.outside_calendar(slots, reports)
    activities = queries.activities(session, plan.version_id)
    return Data(
        cutoff=cutoff,
        first=first,
        threshold=threshold if known is None else known.threshold,
        demo=queries.data_kind(session) == DataKind.DEMO,
        snapshot="" if known is None else known.snapshot,
        chain_head=queries.chain_head(session, cutoff),
        plan=plan,
        axes=queries.axes(session, plan.version_id),
        lines=queries.lines(session, plan.version_id),
        activities=activities,
        marks=queries.marks(session, plan.version_id),
        members=members,
        countries=chosen,
        partners=queries.partners(session),
        meetings=meetings,
        cells=measures.cells(slots, chosen, reports, cutoff),
        cells_then=None if first is None else _cells_then(session, chosen, first),
        outside=outside.loc[outside["country"].isin({REGION, *chosen["country"]})],
        cooperation=_cooperation(session, activities, chosen, cutoff),
        agreements=queries.agreements(session),
    )


def _cells_then(session: Known, countries: pd.DataFrame, first: date) -> pd.DataFrame:
    """Return the cells of the earlier date, by the plan in force then."""
    slots = queries.slots(session, queries.version_at(session, first).id)
    return measures.cells(slots, countries, queries.reports_in_force(session, first), first)


def _cooperation(
    session: Known, activities: pd.DataFrame, countries: pd.DataFrame, cutoff: date
) -> pd.DataFrame:
    """Return the cooperation on the plan's activities; what is for the region is for each."""
    rows = queries.cooperation_in_force(session, cutoff)
    wanted = {REGION, *countries["country"]}
    named = pd.Series([bool(wanted & set(codes.split(SEPARATOR))) for codes in rows["countries"]],
                      index=rows.index, dtype=bool)  # fmt: skip
    return rows.loc[named & rows["activity"].isin(activities["activity"])]
