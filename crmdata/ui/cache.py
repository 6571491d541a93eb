"""The one door to the data: what is read or drawn once serves every reader.

Everything is keyed by the version of the data, so an import by another process shows at the
next click. Frames come as copies. Figures are shared between readers and never changed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal, TypeVar, cast

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from crmdata import clock, db, measures, queries, settings, start
from crmdata.db import Known
from crmdata.figures.frames import Measured
from crmdata.queries import Pinned, PlanFacts, Provisional
from crmdata.terms import REGION, DataKind
from crmdata.ui.address import AddressCodes

Made = TypeVar("Made")

PlanFrame = Literal["axes", "lines", "results", "activities", "marks", "slots", "mentions"]
PlaceFrame = Literal["agreements", "countries", "partners", "meetings", "plan_versions"]
DatedFrame = Literal["reports", "states", "first_days", "cooperation", "cells", "outside"]
FrameName = PlanFrame | PlaceFrame | DatedFrame

_OF_PLAN: dict[str, Callable[[Known, int], pd.DataFrame]] = {
    "axes": queries.axes,
    "lines": queries.lines,
    "results": queries.results,
    "activities": queries.activities,
    "marks": queries.marks,
    "slots": queries.slots,
    "mentions": queries.mentions,
}
_OF_PLACES: dict[str, Callable[[Known], pd.DataFrame]] = {
    "agreements": queries.agreements,
    "countries": queries.countries,
    "partners": queries.partners,
    "meetings": queries.meetings,
    "plan_versions": queries.plan_versions,
}
_OF_CUTOFF: dict[str, Callable[..., pd.DataFrame]] = {
    "reports": queries.reports_in_force,
    "states": queries.states_in_force,
    "first_days": queries.first_days,
    "cooperation": queries.cooperation_in_force,
}


@dataclass(frozen=True)
class Source:
    """The data as they stand at a cut-off. Its fields are the key of everything cached.

    A run has one of its own, which keeps what is asked for over and over.
    """

    data_version: int
    cutoff: date
    provisional: Provisional | None = None
    """Whose submitted reports count beside the accepted ones; never anybody's unless allowed."""
    snapshot: str = ""
    """The id of the snapshot that they are of; empty for the store as it is."""
    gone: int = 0
    """The last act that took texts away: the one thing that changes in a snapshot."""

    def at(self, day: date) -> "Source":
        """Return the data of the same reader at another cut-off, to compare with."""
        return replace(self, cutoff=day)

    def _asked(self, key: tuple[object, ...], question: Callable[[Known], Made]) -> Made:
        return _asked((self.snapshot, self.gone, *key), question, self.snapshot)

    @cached_property
    def pinned(self) -> Pinned | None:
        """The snapshot that they are of, or None."""
        if not self.snapshot:
            return None
        return self._asked(("pinned",), lambda session: queries.snapshot(session, self.snapshot))

    @property
    def threshold(self) -> float:
        """The coverage, 0–1, under which a single figure of progress is withheld."""
        known = self.pinned
        return settings.coverage_threshold() if known is None else known.threshold

    @property
    def grace_days(self) -> int:
        """How many days after its semester's end a report is on time."""
        known = self.pinned
        return settings.grace_days() if known is None else known.grace_days

    @property
    def address(self) -> dict[str, str]:
        """What an address must say to show the same data: the snapshot, or the cut-off."""
        if self.snapshot:
            return {"instantanea": self.snapshot}
        return {"corte": self.cutoff.isoformat()}

    @cached_property
    def kind(self) -> DataKind:
        """Real or demonstration data."""
        return self._asked((self.data_version, "kind"), queries.data_kind)

    @cached_property
    def plan(self) -> PlanFacts:
        """The plan version in force at the cut-off."""
        return self._asked((self, "plan"), lambda session: queries.plan_at(session, self.cutoff))

    @cached_property
    def region(self) -> tuple[str, str]:
        """The region's own name, Spanish and English."""
        return self._asked((self.data_version, "region"), _region)

    @cached_property
    def meeting_days(self) -> dict[str, date]:
        """The cut-offs of the meetings by code."""
        meetings = self.frame("meetings")
        return dict(zip(meetings["meeting"], meetings["corte"], strict=True))

    @cached_property
    def known(self) -> AddressCodes:
        """The codes that exist in it."""
        return _computed((self, "known"), lambda: _known(self))

    def region_measured(self, threshold: float) -> Measured:
        """Return the measures of all countries and activities together."""
        return _computed(
            (self, "region measured", threshold),
            lambda: whole(measures.summary(self.frame("cells"), [], threshold=threshold)),
        )

    def frame(self, name: FrameName) -> pd.DataFrame:
        """Return a copy of one of the frames of `crmdata.queries` and `crmdata.measures`."""
        if name in _OF_PLACES:
            return self._asked((self.data_version, name), _OF_PLACES[name])
        if name in _OF_PLAN:
            version = self.plan.version_id
            return self._asked(
                (self.data_version, version, name),
                lambda session: _OF_PLAN[name](session, version),
            )
        if name in _OF_CUTOFF:
            return self._asked(
                (self, name),
                lambda session: _OF_CUTOFF[name](
                    session, self.cutoff, provisional=self.provisional
                ),
            )
        return _computed((self, name), lambda: _measured_frame(self, name))

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
        return self._asked(
            (self.data_version, version, "marks"),
            lambda session: queries.marks(session, version),
        )

    def history_of(self, activity: str) -> pd.DataFrame:
        """Return every report on an activity that counts, newest first; corrected ones too."""
        return self._asked(
            (self, "history", activity),
            lambda session: queries.report_history(
                session, self.cutoff, activity=activity, provisional=self.provisional
            ),
        )

    def newest_reports(self, most: int) -> pd.DataFrame:
        """Return the newest reports that count, corrections among them."""
        return self._asked(
            (self, "newest", most),
            lambda session: queries.report_history(
                session, self.cutoff, limit=most, provisional=self.provisional
            ),
        )

    def reports_numbered(self, numbers: Iterable[int]) -> pd.DataFrame:
        """Return what certain reports say; the answer is not kept."""
        with db.reading(engine()) as session:
            return queries.reports_numbered(session, numbers)

    def plan_changes(self, version_id: int) -> pd.DataFrame:
        """Return what a plan version changed against the one before it."""
        return self._asked(
            (self.data_version, version_id, "changes"),
            lambda session: queries.plan_changes(session, version_id),
        )


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """Return the prepared database. A failure is raised to every reader and tried again."""
    return start.for_the_app()


def source(
    wanted: Callable[[dict[str, date]], date | None],
    provisional: Provisional | None = None,
    snapshot: str = "",
) -> Source:
    """Return the data at a cut-off, else at the one shown by default. Raise StoreError.

    `wanted` gets the cut-offs of the meetings by code and returns the one asked for. With
    `provisional` reports the default is today: what waits came in after the latest meeting. A
    `snapshot` has a cut-off of its own and accepted reports only; one that is unknown is none.
    """
    # A meeting may come to its day while the data stay as they are.
    today = clock.today()
    with db.reading(engine()) as session:
        version = _newest_version(session)
        known = queries.find_snapshot(session, snapshot) if snapshot else None
        gone = queries.last_text_gone(session) if known else 0
    if known is not None:
        return Source(known.until, known.corte, snapshot=known.snapshot, gone=gone)
    latest = Source(version, _asked((version, "cut-off", today), queries.default_cutoff))
    asked = wanted(latest.meeting_days)
    if asked is None and provisional is not None:
        asked = max(latest.cutoff, today)
    return Source(version, latest.cutoff if asked is None else asked, provisional)


def is_newest(source: Source) -> bool:
    """Tell whether nothing has changed in the store since; of a snapshot nothing ever does."""
    if source.snapshot:
        return True
    with db.reading(engine()) as session:
        return _newest_version(session) == source.data_version


@st.cache_resource(show_spinner=False)
def _newest_seen() -> dict[int, str]:
    """Return the newest version of the data that this process has seen, and its hash."""
    return {}


def _newest_version(session: Known) -> int:
    """Return the version of the data, 0 where there are none.

    Forget everything kept, where a restored backup gave a version seen before other data, and
    where texts were redacted or withdrawn: no process keeps them to show in an older picture.
    """
    seen = _newest_seen()
    found = queries.chain_hashes(session, [*seen])
    version = max(found, default=0)
    gone = queries.last_text_gone(session) if version not in seen else 0
    replaced = any(found.get(number) != said for number, said in seen.items())
    if replaced or gone > max(seen, default=0):
        forget()
    seen.clear()
    seen.update({version: found[version]} if version in found else {})
    return version


def drawn(key: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """Return what `make` draws, the same object to every reader: it must not be changed.

    `key` names everything that `make` depends on.
    """
    return cast("Made", _kept_object(repr(key), make))


def snapshots() -> pd.DataFrame:
    """Return every snapshot, newest first, as `queries.snapshots`; those of now."""
    with db.reading(engine()) as session:
        version = queries.data_version(session)
    return _asked((version, "snapshots"), queries.snapshots)


def _asked(key: tuple[object, ...], question: Callable[[Known], Made], snapshot: str = "") -> Made:
    """Return a copy of the answer to a question to the store, or to a snapshot of it."""

    def ask() -> Made:
        with queries.opened(engine(), snapshot) as session:
            return question(session)

    return _computed(key, ask)


def _computed(key: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """Return a copy of what `make` returns."""
    return cast("Made", _kept_copy(repr(key), make))


# The key is all that Streamlit compares: arguments with an underscore are left out.
@st.cache_resource(max_entries=1000, show_spinner=False)
def _kept_object(key: str, _make: Callable[[], object]) -> object:  # noqa: ARG001  # the key
    return _make()


@st.cache_data(max_entries=600, max_size="200MB", show_spinner=False)
def _kept_copy(key: str, _make: Callable[[], object]) -> object:  # noqa: ARG001  # the key
    return _make()


def forget() -> None:
    """Forget everything that was read, computed or drawn; the open database stays."""
    _kept_object.clear()
    _kept_copy.clear()


def whole(measured: pd.DataFrame) -> Measured:
    """Return measures of one group, as of `summary(…, [])`, in plain Python numbers."""
    (record,) = measured.to_dict("records")
    return Measured._make(record[name] for name in Measured._fields)


def _region(session: Known) -> tuple[str, str]:
    region = queries.region(session)
    return (region.name_es, region.name_en) if region else (REGION, REGION)


def _known(source: Source) -> AddressCodes:
    lines, meetings = source.frame("lines"), source.frame("meetings")
    begins = date(source.plan.first_year, 1, 1)
    return AddressCodes(
        lines={line: int(axis) for line, axis in zip(lines["line"], lines["axis"], strict=True)},
        activities=frozenset(source.frame("activities")["activity"]),
        countries=_named(source.frame("countries"), "country", "name_es", "name_en"),
        partners=_named(source.frame("partners"), "partner", "acronym_en", "name_es"),
        meetings=source.meeting_days,
        snapshot=source.snapshot,
        cutoff=source.cutoff,
        before=measures.first_day(None, source.cutoff, meetings, begins),
    )


def _named(rows: pd.DataFrame, *columns: str) -> dict[str, tuple[str, str]]:
    code, first, second = (rows[column].tolist() for column in columns)
    return dict(zip(code, zip(first, second, strict=True), strict=True))


def _measured_frame(source: Source, name: str) -> pd.DataFrame:
    # Not the reports themselves: their texts, and how often they were corrected, are few pages'.
    slots, states = source.frame("slots"), source.frame("states")
    if name == "outside":
        return measures.outside_calendar(slots, states)
    return measures.cells(slots, source.frame("countries"), states, source.cutoff)
