"""The plan on its periods as one table: what screen, first response and print draw."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from crmdata.content import names
from crmdata.content.calendar import earlier_version, results, spans, support
from crmdata.content.calendar.inputs import Plan
from crmdata.content.calendar.slots import DRAWN
from crmdata.content.calendar.spans import PlannedBar
from crmdata.content.cooperation.support import SUPPORTING
from crmdata.content.names import Name, Names
from crmdata.content.records import records
from crmdata.content.wording import text_of
from crmdata.i18n import Words
from crmdata.terms import PERCENT_REQUIRED, CooperationState, MarkKind, Period
from crmdata.view import View

NO_MARK = "sin_marca"
"""What stands beside the kinds of marks, for an activity that has none."""

SUPPORT_STATES = (*SUPPORTING, CooperationState.SOLICITADA.value)
"""The states of cooperation that are drawn, the strongest first: what stands for several."""

BAR_ORDER = tuple(dict.fromkeys((*DRAWN, *SUPPORT_STATES, "")))
"""In which the parts of a bar stand; the empty one is what nobody supports."""


class SlotCell(NamedTuple):
    """An activity in a period in which the plan foresees work, and what each party said of it."""

    mark: str
    """Of the plan, word for word."""
    share: float
    """How much of the period it fills, 0–1."""
    states: tuple[str, ...]
    """By party, in the order of `Schedule.parties`: a state, or how its silence stands."""
    percents: tuple[float | None, ...]
    """What stands beside a state that implies none, 0–100, by party."""


class SupportSpan(NamedTuple):
    """A line of cooperation: who supports an activity, how, and from when to when."""

    partner: str
    """Empty for a request that nobody has answered."""
    state: str
    first: str
    last: str
    """The codes of its periods; empty where it has no beginning or no end."""

    @property
    def counts(self) -> bool:
        """Whether it is support, as Cooperación counts it: a request is none."""
        return bool(self.partner) and self.state in SUPPORTING

    def within(self, period: str) -> bool:
        """Tell whether it holds in a period."""
        return (self.first or period) <= period <= (self.last or period)


@dataclass(frozen=True)
class BoardRow:
    """An axis, a line or an activity of the calendar."""

    level: str
    """`axis`, `line` or `activity`."""
    code: str
    name: Name
    above: tuple[str, ...] = ()
    """The codes of what it is part of: its axis, then its line."""
    slots: Mapping[str, SlotCell] | None = None
    """By period; of an activity only."""
    kinds: frozenset[str] = frozenset()
    """The kinds of its marks, `NO_MARK` alone where it has none."""
    undefined: str = ""
    """The years marked `Por definir`."""
    reading: str = ""
    note: str = ""
    earlier: tuple[str, ...] = ()
    """What an earlier version of the plan said otherwise, a year each."""
    bars: tuple[PlannedBar, ...] = ()
    """What the plan foresees on end, as spans of the axis of all years."""
    dropped: frozenset[str] = frozenset()
    """The periods that only the earlier version has."""
    outside: Mapping[str, int] | None = None
    """How many reports came without a slot, by period."""
    support: tuple[SupportSpan, ...] = ()
    deliveries: Mapping[str, Sequence[str]] | None = None
    """The results to be delivered by the period, of a line only."""

    def backing(self, partner: str) -> list[SupportSpan]:
        """Return who supports an activity; of one partner, or of all without one."""
        return [each for each in self.support if partner in {"", each.partner}]

    def is_backed(self, partner: str) -> bool:
        """Tell whether an activity has support; of one partner, or of any without one."""
        return any(each.counts for each in self.backing(partner))


class Stop(NamedTuple):
    """A meeting: where its cut-off lies among the periods."""

    day: date
    name: str


@dataclass(frozen=True)
class Schedule:
    """The whole calendar at a cut-off, for one language; what is chosen in it is a `Picked`."""

    cutoff: date
    grace: timedelta
    years: Sequence[int]
    empty_years: Collection[int]
    """Those without a column in the source: nothing can be said of them."""
    periods: Sequence[Period]
    """Of the years with a column."""
    parties: Names
    """The members, in the order of the slots' states."""
    partners: Names
    rows: Sequence[BoardRow]
    """Each axis before its lines, each line before its activities."""
    meetings: Sequence[Stop]

    def overdue(self, period: Period) -> bool:
        """Tell whether a silence in a period is late: its days to report have passed."""
        return self.cutoff > period.ends + self.grace

    def cut_in(self, period: Period) -> float | None:
        """Return where in a period the cut-off lies, 0–1; None outside it."""
        if not period.starts <= self.cutoff <= period.ends:
            return None
        return (self.cutoff - period.starts) / (period.ends - period.starts)

    @property
    def upcoming(self) -> list[Period]:
        """The periods that have not ended, the next one first."""
        return [each for each in self.periods if each.ends >= self.cutoff]


@dataclass(frozen=True)
class Picked:
    """What of a calendar is shown, and who colours it."""

    axis: str = ""
    line: str = ""
    kind: str = ""
    party: str = ""
    """A member whose reports alone are shown; all of them without one."""
    by_support: bool = False
    """Whether cells show who supports the work, not what was reported of it."""
    partner: str = ""
    """With `by_support`: whose support alone."""
    folded: frozenset[str] = frozenset()
    activities: frozenset[str] | None = None
    """Those that may be shown; all of them where it is None."""

    def shows(self, row: BoardRow) -> bool:
        """Tell whether an activity is among those chosen, folded or not."""
        of = dict(zip(("axis", "line"), row.above, strict=False))
        return (
            self.axis in {"", of.get("axis", "")}
            and self.line in {"", of.get("line", "")}
            and (not self.kind or self.kind in row.kinds)
            and (self.activities is None or row.code in self.activities)
        )


def shown_rows(schedule: Schedule, picked: Picked) -> list[BoardRow]:
    """Return the activities chosen, folded or not, in the plan's order."""
    return [row for row in schedule.rows if row.slots is not None and picked.shows(row)]


def counts(schedule: Schedule, slots: Iterable[SlotCell], party: str = "") -> Counter[str]:
    """Return how many parties, or how many slots of one party, stand in each state."""
    if not party:
        return Counter(state for slot in slots for state in slot.states)
    at = [*schedule.parties].index(party)
    return Counter(slot.states[at] for slot in slots)


def due_counts(schedule: Schedule, rows: Iterable[BoardRow], party: str = "") -> Counter[str]:
    """Return the counts of the slots whose reports are expected."""
    total: Counter[str] = Counter()
    ended = {period.code for period in schedule.periods if schedule.cutoff > period.ends}
    for row in rows:
        slots = [slot for code, slot in (row.slots or {}).items() if code in ended]
        total += counts(schedule, slots, party)
    return total


def supported(row: BoardRow, period: str, partner: str = "") -> str:
    """Return the strongest state of support of an activity in a period, empty without any."""
    states = {each.state for each in row.backing(partner) if each.within(period)}
    return next((state for state in SUPPORT_STATES if state in states), "")


def schedule(view: View, words: Words) -> Schedule:
    """Return the calendar of a view."""
    plan = whole_plan(view)
    parties = names.of_countries(view.frame("countries"), words)
    columns = [period for period in plan.periods if period.year not in plan.empty_years]
    return Schedule(
        cutoff=view.cutoff,
        grace=timedelta(days=view.thresholds.grace_days),
        years=plan.years,
        empty_years=frozenset(plan.empty_years),
        periods=columns,
        parties=parties,
        partners=names.of_partners(view.frame("partners"), words),
        rows=[*_rows(view, plan, [str(code) for code in parties], words)],
        meetings=[
            Stop(row.corte, words.pick(row.name_es, row.name_en))
            for row in records(view.frame("meetings"))
        ],
    )


def whole_plan(view: View) -> Plan:
    """Return the plan of a view with the deliveries of its results."""
    plan = Plan.of(
        view.plan, axes=view.frame("axes"), lines=view.frame("lines"),
        activities=view.frame("activities"), marks=view.frame("marks"),
    )  # fmt: skip
    return plan.with_results(results.deliveries(plan, view.frame("results")))


def _rows(view: View, plan: Plan, parties: Sequence[str], words: Words) -> Iterator[BoardRow]:
    axes, lines = names.of_axes(plan.axes, words), names.of_lines(plan.lines, words)
    activities: dict[str, dict[str, list[BoardRow]]] = defaultdict(lambda: defaultdict(list))
    for row in _activities(view, plan, parties, words):
        axis, line = row.above
        activities[axis][line].append(row)
    for axis, own in activities.items():
        yield BoardRow("axis", axis, axes[int(axis)])
        for line, rows in own.items():
            due = results.by_period(plan, line)
            yield BoardRow("line", line, lines[line], (axis,), deliveries=due)
            yield from rows


def _activities(view: View, plan: Plan, parties: Sequence[str], words: Words) -> Iterator[BoardRow]:
    called = names.of_activities(plan.activities, words)
    slots = _slots(view, plan, parties)
    before = view.earlier_marks()
    earlier, dropped = earlier_version.earlier(plan, before), earlier_version.dropped(plan, before)
    undefined, kinds = spans.undefined_years(plan.marks), _kinds(plan)
    bars: dict[str, list[PlannedBar]] = defaultdict(list)
    for bar in spans.spans(plan.marks, plan):
        bars[bar.activity].append(bar)
    outside = _outside(view)
    supports = _supports(view.frame("cooperation"), plan.activities["activity"])
    for row in records(plan.activities):
        code = row.activity
        yield BoardRow(
            "activity", code, called[code], (str(row.axis), row.line),
            slots=slots.get(code, {}),
            kinds=frozenset(kinds.get(code, {NO_MARK})),
            undefined=spans.years_text(undefined.get(code, ())),
            reading=row.reading,
            note=names.in_language(words, row.note, row.note_en),
            earlier=tuple(earlier.get(code, ())),
            bars=tuple(bars[code]),
            dropped=frozenset(dropped.get(code, ())),
            outside=outside.get(code, {}),
            support=tuple(supports.get(code, ())),
        )  # fmt: skip


def _kinds(plan: Plan) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for mark in records(plan.marks):
        kinds[mark.activity].add(str(MarkKind(mark.kind)))
    return kinds


def _slots(view: View, plan: Plan, parties: Sequence[str]) -> dict[str, dict[str, SlotCell]]:
    """Return by activity and period what the parties said."""
    at = {code: place for place, code in enumerate(parties)}
    columns = ("activity", "semester", "country", "state", "reporting", "percent")
    reported: dict[tuple[str, str], tuple[list[str], list[float | None]]] = {}
    cells = view.frame("cells")
    for activity, period, country, state, reporting, percent in zip(
        *(cells[name].tolist() for name in columns), strict=True
    ):
        states, percents = reported.setdefault(
            (activity, period), ([""] * len(parties), [None] * len(parties))
        )
        states[at[country]] = text_of(state) or reporting
        percents[at[country]] = percent if state in PERCENT_REQUIRED else None
    slots: dict[str, dict[str, SlotCell]] = defaultdict(dict)
    for (activity, period), place in spans.slot_places(plan.marks, plan).items():
        states, percents = reported.get((activity, period), ([], []))
        share = place.end - place.start
        slots[activity][period] = SlotCell(place.mark, share, tuple(states), tuple(percents))
    return slots


def _outside(view: View) -> dict[str, Counter[str]]:
    by_activity: dict[str, Counter[str]] = defaultdict(Counter)
    reports = view.frame("outside")
    for activity, period in zip(reports["activity"], reports["semester"], strict=True):
        by_activity[activity][period] += 1
    return by_activity


def _supports(cooperation: pd.DataFrame, activities: Iterable[str]) -> dict[str, list[SupportSpan]]:
    supports: dict[str, list[SupportSpan]] = defaultdict(list)
    rows: Iterable[Any] = records(support.not_cancelled(cooperation, activities))
    for row in rows:
        supports[row.activity].append(
            SupportSpan(
                text_of(row.partner),
                row.state,
                text_of(row.semester_from),
                text_of(row.semester_to),
            )
        )
    return supports
