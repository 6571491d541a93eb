"""One country's story of one activity: how it went, and which of it was reported."""

from dataclasses import dataclass, replace
from datetime import date

from crmdata.demo import texts
from crmdata.demo.calendar import Planned, Rhythm
from crmdata.demo.draws import Dice
from crmdata.demo.habits import REPORTED, Habits
from crmdata.terms import IMPLIED_PERCENT, Period, State

Standing = tuple[State, float | None]
"""State and percent."""

Support = dict[tuple[str, str, str], list[str]]
"""The partners of the cooperation lines by country, activity and period."""

REGIONAL = ("IV.1.1", "VII.3.1", "VII.3.2", "VII.3.3")
"""The plan's regional products, a platform and a guide: the secretariat reports on them too."""

AT_WORK = (State.EN_CURSO, State.CUMPLIDA)
"""Where there is something to show, and somebody to support it."""

_ADOPTED = {Rhythm.UNDEFINED: 0.66, Rhythm.UNSCHEDULED: 0.3}
"""How many countries take up an activity that the calendar does not place."""


@dataclass(frozen=True)
class InventedReport:
    """A row of a reporting round. `unchanged` says that it repeats the report before it."""

    country: str
    activity: str
    period: Period
    standing: Standing
    narrative: str
    reason: str
    evidence: tuple[str, ...]
    partners: tuple[str, ...]
    reported_on: date
    language: str
    unchanged: bool = False


def story(
    country: str, activity: Planned, habits: Habits, support: Support
) -> list[InventedReport]:
    """Return what a country reports on an activity, by day.

    Work goes on while nothing is reported; what is reported is how it stands by then.
    """
    draws = Dice(habits.seed, "story", country, activity.code)
    writer = _Writer(country, activity, support, draws)
    reports = []
    adopted = draws.chance(_ADOPTED.get(activity.schedule, 0))
    not_applicable = draws.chance(0.035)
    standing: Standing | None = (State.NO_APLICA, None) if not_applicable else None
    for period in REPORTED:
        if not _works(activity, period, standing, draws, adopted=adopted):
            continue
        if not not_applicable:
            standing = _next(standing, activity, habits.paces[country, period.year], draws)
        share = habits.hears(country, period, activity.line)
        day = habits.reported_on(country, period, draws)
        if standing and day and draws.chance(share if period in activity.slots else share * 0.85):
            reports.append(writer.report(period, standing, day))
    return _repeated(reports, draws)


def regional_story(region: str, activity: Planned, habits: Habits) -> list[InventedReport]:
    """Return what the secretariat reports on a regional product, until it is done."""
    draws = Dice(habits.seed, "story", region, activity.code)
    writer = _Writer(region, activity, None, draws)
    reports = []
    standing: Standing = (State.EN_CURSO, 20.0)
    for period in REPORTED:
        if period < activity.slots[0] or standing[0] is State.CUMPLIDA:
            continue
        percent = (standing[1] or 0) + 10 * draws.whole(1, 4)
        standing = (State.CUMPLIDA, 100.0) if percent >= 90 else (State.EN_CURSO, percent)
        day = habits.reported_on(region, period, draws)
        if day:
            reports.append(writer.report(period, standing, day))
    return _repeated(reports, draws)


def _repeated(reports: list[InventedReport], draws: Dice) -> list[InventedReport]:
    """Return the reports by day, some of those that say what the last one said without changes.

    A period may be reported on late, after the next one.
    """
    repeated: list[InventedReport] = []
    for report in sorted(reports, key=lambda report: report.reported_on):
        last = repeated[-1] if repeated else None
        same = last and last.reported_on < report.reported_on and last.standing == report.standing
        repeated.append(
            _as_before(report, last) if last and same and draws.chance(0.75) else report
        )
    return repeated


def _as_before(report: InventedReport, last: InventedReport) -> InventedReport:
    return replace(
        report,
        narrative=texts.unchanged(last.language),
        reason=last.reason,
        evidence=(),
        language=last.language,
        unchanged=True,
    )


def _works(
    activity: Planned, period: Period, standing: Standing | None, draws: Dice, *, adopted: bool
) -> bool:
    """Tell whether the country works on the activity, and so may report, in a period."""
    if period in activity.slots:
        return True
    if not activity.slots:
        return adopted and draws.chance(0.82 if activity.undefined else 0.6)
    unfinished = standing is not None and standing[0] in (State.NO_INICIADA, State.EN_CURSO)
    if activity.schedule is Rhythm.ONCE and period > activity.slots[-1]:
        return unfinished and draws.chance(0.4)
    return draws.chance(0.06)


def _next(standing: Standing | None, activity: Planned, pace: float, draws: Dice) -> Standing:
    """Return how the work stands a period later: mostly further on, sometimes not."""
    once = activity.schedule is Rhythm.ONCE
    if standing is None:
        return _first(draws, once=once)
    stays = {State.NO_INICIADA: 0.4, State.EN_CURSO: 0.15, State.SUSPENDIDA: 0.45}
    if draws.chance(stays.get(standing[0], 1 if once else 0.88)):
        return standing
    percent = standing[1] or 0
    if standing[0] is State.EN_CURSO and draws.chance(0.04):
        return State.SUSPENDIDA, percent
    return _at(max(5, percent + _step(standing[0], pace, draws, once=once)), draws)


def _step(state: State, pace: float, draws: Dice, *, once: bool) -> float:
    """Return by how many points the work moves on."""
    if state is State.NO_INICIADA:
        return 5 * draws.whole(2, 7)
    if state is State.SUSPENDIDA:
        return 5
    if state is State.CUMPLIDA or draws.chance(0.04):
        # A finished activity is taken up again, or a figure was too high.
        return -5 * draws.whole(2, 5)
    return (5 * draws.whole(4, 12) if once else 5 * draws.whole(1, 5)) * pace


def _first(draws: Dice, *, once: bool) -> Standing:
    weights = (
        {State.NO_INICIADA: 18, State.EN_CURSO: 40, State.CUMPLIDA: 36, State.SUSPENDIDA: 6}
        if once
        else {State.NO_INICIADA: 30, State.EN_CURSO: 63, State.CUMPLIDA: 4, State.SUSPENDIDA: 3}
    )
    state = draws.weighted(weights)
    if state in IMPLIED_PERCENT:
        return state, IMPLIED_PERCENT[state]
    return state, 5.0 * (draws.whole(6, 16) if once else draws.whole(1, 8))


def _at(percent: float, draws: Dice) -> Standing:
    """Return work in progress at about this percent, or done: nearly always a multiple of 5."""
    if percent >= 95:
        return (State.CUMPLIDA, 100.0) if draws.chance(0.75) else (State.EN_CURSO, 95.0)
    form = draws.weighted({"five": 90, "one": 8, "tenth": 2})
    if form == "five":
        return State.EN_CURSO, max(5.0, 5.0 * int(percent / 5))
    if form == "one":
        return State.EN_CURSO, float(int(percent) + draws.whole(1, 4))
    return State.EN_CURSO, int(percent) + draws.whole(1, 9) / 10


class _Writer:
    """Writes the reports of one party on one activity; the region's, without `support`, alone."""

    def __init__(
        self, country: str, activity: Planned, support: Support | None, draws: Dice
    ) -> None:
        self.country = country
        self.activity = activity
        self.support = support
        self.draws = draws

    def report(self, period: Period, standing: Standing, day: date) -> InventedReport:
        """Return a report on how the work stands."""
        language = texts.language(self.country, self.draws)
        state = standing[0]
        return InventedReport(
            country=self.country,
            activity=self.activity.code,
            period=period,
            standing=standing,
            narrative=texts.narrative(language, state, self.activity.axis, self.draws),
            reason=texts.reason(language, state, self.draws),
            evidence=self._evidence(period, state),
            partners=self._partners(period) if state in AT_WORK else (),
            reported_on=day,
            language=language,
        )

    def _evidence(self, period: Period, state: State) -> tuple[str, ...]:
        """Return links; example.org is set apart for examples and leads nowhere."""
        shares = {State.CUMPLIDA: 0.88, State.EN_CURSO: 0.35}
        if not self.draws.chance(shares.get(state, 0)):
            return ()
        kinds = ("informe", "acta", "documento", "lista-de-verificacion", "nota")
        chosen = self.draws.some(kinds, 2 if self.draws.chance(0.15) else 1)
        folder = f"https://example.org/demostracion/{self.country}/{self.activity.code}"
        return tuple(f"{folder}/{period.code}-{kind}.pdf" for kind in chosen)

    def _partners(self, period: Period) -> tuple[str, ...]:
        """Return the partners named: mostly those whose cooperation covers it."""
        covering = (self.support or {}).get((self.country, self.activity.code, period.code), [])
        if covering:
            return tuple(code for code in covering if self.draws.chance(0.7))
        alone = self.draws.chance(0.06) and self.support is not None
        return (self.draws.one_of(("OIM", "ACNUR", "UNICEF")),) if alone else ()
