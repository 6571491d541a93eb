"""Later reports on the same country, activity and period: about one in twenty."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from crmdata.demo import texts
from crmdata.demo.calendar import Planned
from crmdata.demo.draws import Dice
from crmdata.demo.habits import LAST_DAY
from crmdata.demo.stories import AT_WORK, InventedReport, Standing
from crmdata.terms import State


def corrections(
    reports: Sequence[InventedReport], activity: Planned, seed: int
) -> Iterator[InventedReport]:
    """Yield corrections of one country's reports on one activity.

    Where a later report says that nothing changed, what it relies on is left alone.
    """
    for report in reports:
        draws = Dice(seed, "correction", report.country, report.activity, report.period.code)
        relied_on = any(
            other.unchanged and other.reported_on >= report.reported_on for other in reports
        )
        before = report
        while not relied_on and draws.chance(0.1):
            before = _correction(before, activity.axis, draws)
            if before.reported_on > LAST_DAY:
                break
            yield before


def _correction(report: InventedReport, axis: int, draws: Dice) -> InventedReport:
    day = report.reported_on + timedelta(draws.whole(14, 300))
    while day.weekday() >= 5:
        day += timedelta(1)
    standing = _corrected(report.standing, draws)
    state, language = standing[0], report.language
    narrative = texts.narrative(language, state, axis, draws)
    same = state is report.standing[0]
    return replace(
        report,
        standing=standing,
        narrative=texts.correction(language, narrative, draws),
        reason=report.reason if same else texts.reason(language, state, draws),
        evidence=report.evidence if state in AT_WORK else (),
        partners=report.partners if state in AT_WORK else (),
        reported_on=day,
    )


def _corrected(standing: Standing, draws: Dice) -> Standing:
    """Return what it should have been: mostly a little more, now and then less."""
    state, percent = standing
    if state is State.NO_APLICA:
        return State.EN_CURSO, 5.0 * draws.whole(2, 8)
    if state is State.CUMPLIDA:
        return State.EN_CURSO, 5.0 * draws.whole(15, 19)
    if percent is None or state is State.NO_INICIADA:
        return State.EN_CURSO, 5.0 * draws.whole(1, 4)
    if draws.chance(0.05):
        return State.NO_APLICA, None
    if draws.chance(0.2):
        return State.CUMPLIDA, 100.0
    moved = percent + 5 * draws.one_of((-2, -1, 1, 1, 2, 3))
    return state, min(95.0, max(5.0, moved))
