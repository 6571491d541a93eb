"""What of the plan the generator goes by: activities, their axis and line, and their slots."""

from dataclasses import dataclass
from enum import StrEnum

from crmdata.plan import PlanFiles
from crmdata.terms import MarkKind, Period


class Rhythm(StrEnum):
    """How an activity stands in the calendar."""

    CONTINUOUS = "continuous"
    ONCE = "once"
    UNDEFINED = "undefined"
    UNSCHEDULED = "unscheduled"


@dataclass(frozen=True)
class Planned:
    """An activity and its slots. One with up to two slots is done once, not kept up."""

    code: str
    line: str
    axis: int
    slots: tuple[Period, ...]
    undefined: bool

    @property
    def schedule(self) -> Rhythm:
        """Return how it stands in the calendar."""
        if self.slots:
            return Rhythm.CONTINUOUS if len(self.slots) > 2 else Rhythm.ONCE
        return Rhythm.UNDEFINED if self.undefined else Rhythm.UNSCHEDULED


def planned_activities(files: PlanFiles) -> list[Planned]:
    """Return the activities in the plan's order."""
    tables = files.tables
    lines = {row["result"]: row["line"] for row in tables["result"]}
    axes = {row["line"]: row["axis"] for row in tables["line"]}
    slots: dict[str, list[Period]] = {}
    for row in tables["slot"]:
        slots.setdefault(row["activity"], []).append(Period.parse(row["semester"]))
    undefined = {row["activity"] for row in tables["mark"] if row["kind"] == MarkKind.UNDEFINED}
    return [
        Planned(
            code=row["activity"],
            line=lines[row["result"]],
            axis=axes[lines[row["result"]]],
            slots=tuple(sorted(slots.get(row["activity"], ()))),
            undefined=row["activity"] in undefined,
        )
        for row in tables["planned_activity"]
    ]
