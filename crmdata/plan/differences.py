"""What a plan version changed against the one before: added, withdrawn, reworded, rescheduled."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from crmdata.plan.files import PlanFiles, Rows
from crmdata.terms import ChangeKind


@dataclass(frozen=True)
class Difference:
    """One difference; `level` is a table's name, `before` and `after` are texts."""

    kind: ChangeKind
    level: str
    code: str
    field: str = ""
    before: str = ""
    after: str = ""

    def row(self) -> dict[str, Any]:
        """Return the row of `plan_change`."""
        return asdict(self) | {"kind": self.kind.value}


_KEYS = {"axis": ("axis",), "line": ("line",), "result": ("result",),
         "planned_activity": ("activity",), "plan_mention": ("partner", "activity"),
         "country": ("country",), "partner": ("partner",)}  # fmt: skip
_TITLES = ("title", "text", "name_es", "quote", "objective")
_DATES = ("first_year", "year_columns", "period_from", "period_to", "in_force_from")


def differences(before: PlanFiles, after: PlanFiles) -> list[Difference]:
    """Return the changes from one state of the plan to another, from the plan down to partners."""
    changes = list(_of_plan(before.plan, after.plan))
    for level in ("axis", "line", "result", "planned_activity", "plan_mention"):
        changes += _of_rows(level, before.tables[level], after.tables[level])
    changes += _of_schedule(before, after)
    changes += _of_rows("country", before.countries, after.countries)
    changes += _of_rows("partner", before.partners, after.partners)
    return changes


def _of_plan(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for name, value in after.items():
        if before[name] != value:
            kind = ChangeKind.RESCHEDULED if name in _DATES else ChangeKind.REWORDED
            yield Difference(kind, "plan", "", name, str(before[name]), str(value))


def _keyed(level: str, rows: Rows) -> dict[str, dict[str, Any]]:
    return {" ".join(str(row[name]) for name in _KEYS[level]): row for row in rows}


def _name(row: dict[str, Any]) -> str:
    return next((str(row[field]) for field in _TITLES if row.get(field)), "")


def _of_rows(level: str, before: Rows, after: Rows) -> Iterator[Difference]:
    old, new = _keyed(level, before), _keyed(level, after)
    for code, row in new.items():
        if code not in old:
            yield Difference(ChangeKind.ADDED, level, code, after=_name(row))
            continue
        for name, value in row.items():
            # A position moves whenever a row is put in before it: no change of its own.
            if name != "position" and old[code][name] != value:
                yield Difference(
                    ChangeKind.REWORDED, level, code, name, _text(old[code][name]), _text(value)
                )
    for code, row in old.items():
        if code not in new:
            yield Difference(ChangeKind.WITHDRAWN, level, code, before=_name(row))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _of_schedule(before: PlanFiles, after: PlanFiles) -> Iterator[Difference]:
    """Compare the marks of the activities that stand in both, one change an activity."""
    old, new = _marks(before, "mark"), _marks(after, "mark")
    meant_before, kinds = _marks(before, "kind"), _marks(after, "kind")
    for activity in _keyed("planned_activity", after.tables["planned_activity"]):
        if activity in _keyed("planned_activity", before.tables["planned_activity"]):
            was, now = old.get(activity, ""), new.get(activity, "")
            if was != now:
                # Another spelling of the same periods moves nothing.
                same = meant_before.get(activity) == kinds.get(activity)
                kind = ChangeKind.REWORDED if same else ChangeKind.RESCHEDULED
                yield Difference(kind, "planned_activity", activity, "marks", was, now)


def _marks(files: PlanFiles, column: str) -> dict[str, str]:
    """Return each activity's marks as one text, `2017: Continuo; 2018: …`, or their kinds."""
    texts: dict[str, list[str]] = {}
    for row in files.tables["mark"]:
        texts.setdefault(row["activity"], []).append(f"{row['year']}: {row[column]}")
    return {activity: "; ".join(marks) for activity, marks in texts.items()}
