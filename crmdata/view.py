"""The store at a cut-off, for one reader: what pages, slides and files are made from."""

from collections.abc import Callable, Hashable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal, TypeVar

import pandas as pd

from crmdata import measures
from crmdata.measures import Measured
from crmdata.measures.briefing import naming
from crmdata.memo import Memo
from crmdata.store import queries
from crmdata.store.db import Known, Pinned
from crmdata.store.queries import Party, PlanFacts, Provisional
from crmdata.terms import DataKind, Thresholds

Made = TypeVar("Made")

PlanFrame = Literal["axes", "lines", "results", "activities", "marks", "slots", "mentions"]
PlaceFrame = Literal[
    "agreements", "countries", "partners", "meetings", "observations", "plan_versions"
]
DatedFrame = Literal["reports", "states", "first_days", "cooperation"]
MeasuredFrame = Literal["cells", "outside"]
FrameName = PlanFrame | PlaceFrame | DatedFrame | MeasuredFrame

_OF_PLAN: dict[PlanFrame, Callable[[Known, int], pd.DataFrame]] = {
    "axes": queries.axes,
    "lines": queries.lines,
    "results": queries.results,
    "activities": queries.activities,
    "marks": queries.marks,
    "slots": queries.slots,
    "mentions": queries.mentions,
}
_OF_PLACES: dict[PlaceFrame, Callable[[Known], pd.DataFrame]] = {
    "agreements": queries.agreements,
    "countries": queries.countries,
    "partners": queries.partners,
    "meetings": queries.meetings,
    "observations": queries.observations,
    "plan_versions": queries.plan_versions,
}
_OF_CUTOFF: dict[DatedFrame, Callable[..., pd.DataFrame]] = {
    "reports": queries.reports_in_force,
    "states": queries.states_in_force,
    "first_days": queries.first_days,
    "cooperation": queries.cooperation_in_force,
}

_OF_MEMBERS = frozenset({"countries", *_OF_CUTOFF})
"""The frames whose rows are of members or name them; what is measured follows from them."""

Opened = Callable[[str], AbstractContextManager[Known]]
"""What opens a session that knows what a snapshot of an id knew; all of the store for `""`."""


@dataclass(frozen=True)
class View:
    """The store as it stands at a cut-off. Its fields are the key of everything made from it.

    The language is none of them: the same frames serve both.
    """

    data_version: int
    """The last row of the audit chain that is known."""
    cutoff: date
    provisional: Provisional | None = None
    """Whose submitted reports count beside the accepted ones; never anybody's unless allowed."""
    snapshot: str = ""
    """The id of the snapshot that it is of; empty for the store as it is."""
    gone: int = 0
    """The last act that took texts away: the one thing that changes in a snapshot."""
    plan_id: str = field(default="", kw_only=True)
    """Which plan the store is of: what is kept of one is never shown of another."""
    only: tuple[str, ...] = field(default=(), kw_only=True)
    """The members that were chosen, all of them where it is empty: what others said is left out."""
    memo: Memo = field(kw_only=True, compare=False, repr=False)
    """Where what was asked and worked out is kept."""
    open_session: Opened = field(kw_only=True, compare=False, repr=False)
    """What opens the store for a question."""

    @classmethod
    def of_snapshot(
        cls, known: Pinned, *, gone: int = 0, plan_id: str, memo: Memo, open_session: Opened
    ) -> "View":
        """Return the view of a snapshot, by its rules."""
        return cls(
            known.until,
            known.corte,
            None,
            known.snapshot,
            gone,
            plan_id=plan_id,
            memo=memo,
            open_session=open_session,
        )

    def at(self, day: date) -> "View":
        """Return the view of the same reader at another cut-off, to compare with."""
        return replace(self, cutoff=day)

    def of_members(self, codes: Iterable[str]) -> "View":
        """Return the view of some members, as if the others had said nothing; of all without any.

        What is for the region, or by it, stays.
        """
        return replace(self, only=tuple(sorted(codes)))

    @property
    def of_all(self) -> "View":
        """The view of all members: under it stands what was asked of the store."""
        return replace(self, only=()) if self.only else self

    def _answer(self, key: Hashable, question: Callable[[Known], Made]) -> Made:
        """Return the answer to a question to the store, or to the snapshot."""

        def ask() -> Made:
            with self.open_session(self.snapshot) as session:
                return question(session)

        return self.memo.get((self.plan_id, self.snapshot, self.gone, key), ask)

    @cached_property
    def pinned(self) -> Pinned | None:
        """The snapshot that it is of, or None."""
        return self._answer("pinned", lambda session: session.pin)

    @property
    def address(self) -> dict[str, str]:
        """What an address must say to show the same data: the snapshot, or the cut-off."""
        if self.snapshot:
            return {"instantanea": self.snapshot}
        return {"corte": self.cutoff.isoformat()}

    @cached_property
    def kind(self) -> DataKind:
        """Real or demonstration data."""
        return self._answer((self.data_version, "kind"), queries.data_kind)

    @cached_property
    def recorded_at(self) -> str:
        """When the last row of the audit chain that is known was written."""
        return self._answer((self.data_version, "recorded"), queries.recorded_at)

    @property
    def deliveries(self) -> pd.DataFrame:
        """How each batch came in, as `queries.deliveries`."""
        return self._answer((self.data_version, "deliveries"), queries.deliveries)

    @property
    def demo(self) -> bool:
        """Whether everything must say that it is of a demonstration."""
        return self.kind == DataKind.DEMO

    @cached_property
    def plan(self) -> PlanFacts:
        """The plan version in force at the cut-off."""
        return self._answer(
            (self.of_all, "plan"), lambda session: queries.plan_at(session, self.cutoff)
        )

    @cached_property
    def region(self) -> Party:
        """The region, which reports beside the members and stands for all of them."""
        return self._answer((self.data_version, "region"), queries.region)

    @cached_property
    def members(self) -> frozenset[str]:
        """The codes of the member countries: the parties that owe reports."""
        return frozenset(self.frame("countries")["country"])

    @cached_property
    def other_names(self) -> dict[str, str]:
        """The parties by what else people write for them."""
        return self._answer((self.data_version, "other names"), queries.other_names)

    @cached_property
    def search_words(self) -> tuple[dict[str, tuple[str, str]], list[tuple[str, str]]]:
        """What opens something in the search by its words, and the words that mean the same."""
        return self._answer((self.data_version, "search words"), queries.search_words)

    @cached_property
    def thresholds(self) -> Thresholds:
        """From which numbers on something is said or held back."""
        return self._answer((self.data_version, self.snapshot, "thresholds"), queries.thresholds)

    @cached_property
    def process(self) -> tuple[str, str]:
        """What the process is called whose plan this is, in short: Spanish and English."""
        return self._answer((self.data_version, "process"), queries.process)

    @cached_property
    def chain_head(self) -> str:
        """The last row of the audit chain that it is made of, as people keep it."""
        return self._answer(
            (self.of_all, "head"), lambda session: queries.chain_head(session, self.cutoff)
        )

    @cached_property
    def meeting_days(self) -> dict[str, date]:
        """The cut-offs of the meetings by code."""
        meetings = self.frame("meetings")
        return dict(zip(meetings["meeting"], meetings["corte"], strict=True))

    @property
    def before(self) -> date | None:
        """The cut-off of the meeting before, or None."""
        meeting = measures.meeting_before(self.frame("meetings"), self.cutoff)
        day: date | None = None if meeting is None else meeting["corte"]
        return day

    @property
    def cells_before(self) -> pd.DataFrame:
        """The cells at the cut-off of the meeting before, by the plan then; none without one."""
        cells = self.frame("cells")
        return cells.iloc[:0] if self.before is None else self.at(self.before).frame("cells")

    def first_day(self, wanted: date | None = None) -> date | None:
        """Return the earlier date to compare with, as `measures.first_day`."""
        return measures.first_day(wanted, self.cutoff, self.frame("meetings"), self.plan.begins)

    def frame(self, name: FrameName) -> pd.DataFrame:
        """Return one of the frames of `crmdata.store.queries` and `crmdata.measures`."""
        if self.only and name in _OF_MEMBERS:
            return self._of_chosen(name)
        if name in _OF_PLACES:
            return self._answer((self.data_version, name), _OF_PLACES[name])
        if name in _OF_PLAN:
            return self._of_plan(name, self.plan.version_id)
        if name in _OF_CUTOFF:
            return self._answer(
                (self, name),
                lambda session: _OF_CUTOFF[name](
                    session, self.cutoff, provisional=self.provisional
                ),
            )
        return self.memo.get((self, name), lambda: _measured(self, name))

    def _of_chosen(self, name: FrameName) -> pd.DataFrame:
        """Return the rows of the chosen members and of the region."""
        rows, codes = self.of_all.frame(name), {*self.only, self.region.code}
        if name == "cooperation":
            return rows.loc[naming(rows, codes)]
        return rows.loc[rows["country"].isin(codes)]

    def _of_plan(self, name: PlanFrame, version: int) -> pd.DataFrame:
        return self._answer(
            (self.data_version, version, name), lambda session: _OF_PLAN[name](session, version)
        )

    def measured(self, cells: pd.DataFrame, *by: str) -> pd.DataFrame:
        """Return the measures of groups of cells, as `measures.summary`."""
        return measures.summary(cells, by, threshold=self.thresholds.coverage)

    def whole(self, cells: pd.DataFrame) -> Measured:
        """Return the measures of all cells together."""
        return measures.whole(cells, threshold=self.thresholds.coverage)

    @cached_property
    def everything(self) -> Measured:
        """The measures of all countries and activities together."""
        return self.memo.get((self, "everything"), lambda: self.whole(self.frame("cells")))

    def earlier_marks(self) -> pd.DataFrame | None:
        """Return the marks of the plan that was in force before this one; None if there is none.

        A corrected transcription keeps the day of what it corrects: it is no other plan.
        """
        versions = self.frame("plan_versions")
        days = versions.set_index("version_id")["in_force_from"]
        before = versions.loc[versions["in_force_from"] < days[self.plan.version_id]]
        if before.empty:
            return None
        # Newest first by number: of the day before this plan's, the last transcription.
        day = before["in_force_from"].max()
        version = int(before.loc[before["in_force_from"] == day, "version_id"].max())
        return self._of_plan("marks", version)

    def history_of(self, activity: str) -> pd.DataFrame:
        """Return every report on an activity that counts, newest first; corrected ones too."""
        return self._answer(
            (self.of_all, "history", activity),
            lambda session: queries.report_history(
                session, self.cutoff, activity=activity, provisional=self.provisional
            ),
        )

    def newest_reports(self, most: int) -> pd.DataFrame:
        """Return the newest reports that count, corrections among them."""
        return self._answer(
            (self.of_all, "newest", most),
            lambda session: queries.report_history(
                session, self.cutoff, limit=most, provisional=self.provisional
            ),
        )

    def reports_numbered(self, numbers: Iterable[int]) -> pd.DataFrame:
        """Return what certain reports say; the answer is not kept."""
        with self.open_session("") as session:
            return queries.reports_numbered(session, numbers)

    def plan_changes(self, version_id: int) -> pd.DataFrame:
        """Return what a plan version changed against the one before it."""
        return self._answer(
            (self.data_version, version_id, "changes"),
            lambda session: queries.plan_changes(session, version_id),
        )


def read(session: Known, cutoff: date | None = None, *, beside: date | None = None) -> View:
    """Read everything that a file may say at a cut-off, the default one if None, at once.

    What is read is one state of the store, whoever writes meanwhile, and stays when the session
    has ended. So is what it is compared with: the meeting before, and the day that a wish for
    `beside` comes to, as `first_day`. Within `queries.as_of` a snapshot it is the snapshot's, by
    its rules. Raise StoreError without a plan.
    """
    known, memo, plan = session.pin, Memo(_MOST_BYTES), queries.plan_id(session)

    def opened(_snapshot: str) -> AbstractContextManager[Known]:
        return nullcontext(session)

    if known is None:
        day, version = cutoff or queries.default_cutoff(session), queries.data_version(session)
        view = View(version, day, plan_id=plan, memo=memo, open_session=opened)
    else:
        view = View.of_snapshot(known, plan_id=plan, memo=memo, open_session=opened).at(
            cutoff or known.corte
        )
    _ = view.kind, view.region, view.process, view.thresholds, view.chain_head, view.earlier_marks()
    for names in (_OF_PLAN, _OF_PLACES, _OF_CUTOFF):
        for name in names:
            view.frame(name)
    for earlier in filter(None, (view.before, view.first_day(beside))):
        view.at(earlier).frame("cells")
    return view


_MOST_BYTES = 2**30
"""More than the store of a region holds: of what was read for a file nothing may be read anew."""


def _measured(view: View, name: str) -> pd.DataFrame:
    # Not the reports themselves: their texts, and how often they were corrected, are few pages'.
    slots, states = view.frame("slots"), view.frame("states")
    if name == "outside":
        return measures.outside_calendar(slots, states, view.members)
    return measures.cells(slots, view.frame("countries"), states, view.cutoff)
