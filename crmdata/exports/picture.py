"""Everything that the store says at one cut-off: what each file to take home is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import pandas as pd

from crmdata import measures, queries
from crmdata.db import Known
from crmdata.figures.frames import Measured
from crmdata.queries import PlanFacts
from crmdata.settings import coverage_threshold, grace_days
from crmdata.terms import REGION, DataKind

_OF_PLAN = {
    "axes": queries.axes,
    "lines": queries.lines,
    "results": queries.results,
    "activities": queries.activities,
    "marks": queries.marks,
    "slots": queries.slots,
    "mentions": queries.mentions,
}
_OF_PLACES = {
    "countries": queries.countries,
    "partners": queries.partners,
    "meetings": queries.meetings,
    "plan_versions": queries.plan_versions,
}
_OF_CUTOFF = {
    "reports": queries.reports_in_force,
    "cooperation": queries.cooperation_in_force,
}


@dataclass(frozen=True)
class Picture:
    """The data at a cut-off, read once; frames are those of `crmdata.queries`.

    `data_version` is the audit trail's number when it was read, `chain_head` its last row of which
    the picture is made, as people keep it, `threshold` the coverage (0–1)
    under which a single figure is withheld, `grace_days` the days after its semester's end in
    which a report is on time, `snapshot` the id of the snapshot that it is of.
    """

    cutoff: date
    kind: DataKind
    plan: PlanFacts
    region: tuple[str, str]
    data_version: int
    chain_head: str
    frames: Mapping[str, pd.DataFrame]
    threshold: float = field(default_factory=coverage_threshold)
    grace_days: int = field(default_factory=grace_days)
    snapshot: str = ""

    @property
    def demo(self) -> bool:
        """Whether every file must say that it is of a demonstration."""
        return self.kind == DataKind.DEMO

    def frame(self, name: str) -> pd.DataFrame:
        """Return a frame; it must not be changed. Raise KeyError for an unknown name."""
        return self.frames[name]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Every member country × slot with its report in force."""
        frames = self.frames
        return measures.cells(frames["slots"], frames["countries"], frames["reports"], self.cutoff)

    @cached_property
    def cells_before(self) -> pd.DataFrame:
        """The cells at the cut-off of the meeting before, by the plan then; none without one."""
        frames, before = self.frames, self.before
        if before is None:
            return self.cells.iloc[:0]
        return measures.cells(
            frames["slots_before"], frames["countries"], frames["reports_before"], before
        )

    @property
    def before(self) -> date | None:
        """The cut-off of the meeting before, or None."""
        meeting = measures.meeting_before(self.frames["meetings"], self.cutoff)
        day: date | None = None if meeting is None else meeting["corte"]
        return day

    @cached_property
    def outside(self) -> pd.DataFrame:
        """The reports in force that fill no cell."""
        return measures.outside_calendar(self.frames["slots"], self.frames["reports"])

    def measured(self, cells: pd.DataFrame, *by: str) -> pd.DataFrame:
        """Return the measures of groups of cells."""
        return measures.summary(cells, by, threshold=self.threshold)

    def whole(self, cells: pd.DataFrame) -> Measured:
        """Return the measures of all cells together, in plain Python numbers."""
        (record,) = self.measured(cells).to_dict("records")
        return Measured._make(record[name] for name in Measured._fields)


def taken(session: Known, cutoff: date | None = None) -> Picture:
    """Read the picture at a cut-off, the default one if None. Raise StoreError without a plan.

    Read within `queries.opened` a snapshot, it is the snapshot's picture, by its rules.
    """
    found, known = _read(session, cutoff), session.pin
    if known is None:
        return found
    return replace(found, threshold=known.threshold, grace_days=known.grace_days,
                   snapshot=known.snapshot)  # fmt: skip


def _read(session: Known, cutoff: date | None) -> Picture:
    day = cutoff or queries.default_cutoff(session)
    plan = queries.plan_at(session, day)
    meetings = queries.meetings(session)
    meeting = measures.meeting_before(meetings, day)
    before = day if meeting is None else meeting["corte"]
    region = queries.region(session)
    return Picture(
        cutoff=day,
        kind=queries.data_kind(session),
        plan=plan,
        region=(region.name_es, region.name_en) if region else (REGION, REGION),
        data_version=queries.data_version(session),
        chain_head=queries.chain_head(session, day),
        frames={
            **{name: ask(session, plan.version_id) for name, ask in _OF_PLAN.items()},
            **{name: ask(session) for name, ask in _OF_PLACES.items()},
            **{name: ask(session, day) for name, ask in _OF_CUTOFF.items()},
            "slots_before": queries.slots(session, queries.plan_at(session, before).version_id),
            "reports_before": queries.reports_in_force(session, before),
        },
    )
