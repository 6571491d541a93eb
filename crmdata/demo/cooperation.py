"""Invented cooperation: who supports what where, what is asked for, and where nobody does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from crmdata.demo import texts
from crmdata.demo.calendar import Planned
from crmdata.demo.draws import Dice
from crmdata.demo.habits import LAST_DAY
from crmdata.demo.stories import Support
from crmdata.terms import CooperationState, Modality, Period

COOPERATION_AXIS = 5
_SUPPORTED = {True: 0.68, False: 0.2}
"""The share of activities that somebody supports, on the cooperation axis and elsewhere."""

_FIRST = Period.parse("2017-2")
_LAST = Period.parse("2021-2")

_COURSES: dict[tuple[CooperationState, ...], int] = {
    (CooperationState.OFRECIDA,): 14,
    (CooperationState.OFRECIDA, CooperationState.EN_CURSO): 16,
    (CooperationState.EN_CURSO,): 22,
    (CooperationState.EN_CURSO, CooperationState.CONCLUIDA): 18,
    (CooperationState.CONCLUIDA,): 14,
    (CooperationState.OFRECIDA, CooperationState.CANCELADA): 6,
    (CooperationState.SOLICITADA, CooperationState.EN_CURSO): 6,
    (CooperationState.SOLICITADA,): 4,
}
"""How lines of cooperation go, state after state, and how often."""


@dataclass(frozen=True)
class InventedLine:
    """A row of cooperation; a later one with a new state takes the place of an earlier."""

    partner: str
    activity: str
    countries: tuple[str, ...]
    period_from: Period
    period_to: Period
    modality: Modality
    state: CooperationState
    text: str
    evidence: tuple[str, ...]
    reported_on: date


class Parties(NamedTuple):
    """For whom there may be cooperation: the member countries, and the region as a whole."""

    countries: Sequence[str]
    region: str

    def behind(self, countries: tuple[str, ...]) -> Sequence[str]:
        """Return the countries that a line of cooperation is for; the region is all of them."""
        return self.countries if countries == (self.region,) else countries


def cooperation(
    activities: Sequence[Planned],
    parties: Parties,
    partners: Sequence[str],
    mentions: dict[str, str],
    seed: int,
) -> list[InventedLine]:
    """Return all rows by date: lines with a partner, then requests that nobody took up.

    `mentions` are the partners that the plan itself names, by activity.
    """
    by_identity: dict[tuple[object, ...], list[InventedLine]] = {}
    for activity in activities:
        draws = Dice(seed, "cooperation", activity.code)
        on_axis = activity.axis == COOPERATION_AXIS
        partner = mentions.get(activity.code)
        if partner:
            chosen = [partner]
        elif draws.chance(_SUPPORTED[on_axis]):
            chosen = draws.some(partners, draws.weighted({1: 5, 2: 4, 3: 1} if on_axis else {1: 1}))
        else:
            chosen = []
        lines = [_line(activity, partner, parties, draws) for partner in chosen]
        if draws.chance(0.25 if on_axis and not chosen else 0.1):
            lines.append(_request(activity, parties, draws))
        for rows in lines:
            by_identity.setdefault(_identity(rows[0]), rows)
    every = [row for rows in by_identity.values() for row in rows]
    return sorted(every, key=lambda row: row.reported_on)


def support(rows: Sequence[InventedLine], parties: Parties) -> Support:
    """Return which partners work where, for the reports to name."""
    supporters: Support = {}
    working = (CooperationState.EN_CURSO, CooperationState.CONCLUIDA)
    for row in rows:
        if row.state not in working:
            continue
        for country in parties.behind(row.countries):
            period = row.period_from
            while period <= row.period_to:
                there = supporters.setdefault((country, row.activity, period.code), [])
                if row.partner not in there:
                    there.append(row.partner)
                period = period.next
    return supporters


def _identity(row: InventedLine) -> tuple[object, ...]:
    return (row.partner, row.activity, row.countries, row.modality, row.period_from)


def _line(activity: Planned, partner: str, parties: Parties, draws: Dice) -> list[InventedLine]:
    """Return the rows of one line of cooperation, one for each state it went through."""
    course = draws.weighted(_COURSES)
    over = CooperationState.CONCLUIDA in course
    first = _period(draws, last=Period.parse("2019-1") if over else Period.parse("2020-2"))
    length = draws.whole(1, 2) if over else draws.whole(1, 5)
    row = _row(activity, partner, parties, first, length, draws)
    return list(_states(row, course, draws))


def _request(activity: Planned, parties: Parties, draws: Dice) -> list[InventedLine]:
    """Return a request that no partner has taken up."""
    first = _period(draws, last=Period.parse("2020-2"))
    row = _row(activity, "", parties, first, draws.whole(1, 4), draws)
    return list(_states(row, (CooperationState.SOLICITADA,), draws))


def _row(
    activity: Planned,
    partner: str,
    parties: Parties,
    first: Period,
    length: int,
    draws: Dice,
) -> InventedLine:
    last = first
    for _ in range(length - 1):
        last = min(last.next, _LAST)
    weights = {
        Modality.TECNICA: 4, Modality.CAPACITACION: 4, Modality.FINANCIERA: 3,
        Modality.COMUNICACION: 2,
    }  # fmt: skip
    modality = draws.weighted(weights)
    return InventedLine(
        partner=partner,
        activity=activity.code,
        countries=_countries(parties, draws),
        period_from=first,
        period_to=last,
        modality=modality,
        state=CooperationState.SOLICITADA,
        text="",
        evidence=(),
        reported_on=first.starts,
    )


def _states(
    row: InventedLine, course: tuple[CooperationState, ...], draws: Dice
) -> Iterator[InventedLine]:
    """Yield the row in each state, at a day when that can be said."""
    day = row.period_from.starts
    for state in course:
        if state is CooperationState.CONCLUIDA:
            day = max(day, row.period_to.ends)
        day += timedelta(draws.whole(10, 120))
        while day.weekday() >= 5:
            day += timedelta(1)
        if day > LAST_DAY:
            return
        requested = state is CooperationState.SOLICITADA
        proven = state is CooperationState.CONCLUIDA or draws.chance(0.3)
        link = f"https://example.org/demostracion/cooperacion/{row.activity}/{state}.pdf"
        yield replace(
            row,
            state=state,
            text=texts.cooperation(row.modality, draws, requested=requested),
            evidence=(link,) if proven and not requested else (),
            reported_on=day,
        )


def _period(draws: Dice, last: Period) -> Period:
    choice = [_FIRST]
    while choice[-1] < last:
        choice.append(choice[-1].next)
    return draws.one_of(choice)


def _countries(parties: Parties, draws: Dice) -> tuple[str, ...]:
    how = draws.weighted({"region": 3, "one": 4, "several": 4})
    if how == "region":
        return (parties.region,)
    count = 1 if how == "one" else draws.whole(2, 5)
    return tuple(draws.some(parties.countries, count))
