"""How the countries report: how much of each year, on which days, and who keeps silent.

Every year deals the same hand of shares out anew, so that no country is at the head or at
the tail all along: these are countries that exist, and the data say nothing about them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crmdata.demo.draws import Dice
from crmdata.terms import Period, periods

REPORTED = tuple(period for period in periods(2017, 2020) if period >= Period.parse("2017-2"))
"""The periods that are reported on, the last one still open at the last meeting."""

LAST_DAY = date(2020, 11, 13)
"""The last day on which anything is reported, a week before the last cut-off."""

_YEARS = tuple(sorted({period.year for period in REPORTED}))
_SHARES = (0.98, 0.96, 0.94, 0.92, 0.90, 0.87, 0.84, 0.79, 0.73, 0.64, 0.52)
_PACES = (1.3, 1.2, 1.15, 1.1, 1.05, 1.0, 0.95, 0.9, 0.85, 0.8, 0.7)
_EDGE = 3


@dataclass(frozen=True)
class Habits:
    """What was drawn for each country. `silent` names the country and year without a report."""

    seed: int
    silent: tuple[str, int]
    shares: dict[tuple[str, int], float]
    paces: dict[tuple[str, int], float]

    def hears(self, country: str, period: Period, line: str) -> float:
        """Return the share of a line's activities that the country reports in a period.

        Silence comes by whole lines as well, as where one institution does not answer.
        """
        if (country, period.year) == self.silent:
            return 0.0
        share = self.shares[country, period.year]
        line_silent = (1 - share) / 2
        if Dice(self.seed, "line", country, period.code, line).chance(line_silent):
            return 0.0
        return share / (1 - line_silent)

    def reported_on(self, country: str, period: Period, draws: Dice) -> date | None:
        """Return the day of a report, or None where it would come after the last day.

        A country sends its reports on a few days: before the period's end, some weeks
        after it, once more for what was missing, and rarely a year later.
        """
        days = Dice(self.seed, "days", country, period.code)
        early = period.starts + timedelta(days.whole(70, 130))
        main = period.ends + timedelta(days.whole(8, 70))
        second = main + timedelta(days.whole(20, 45))
        late = period.ends + timedelta(days.whole(190, 300))
        weights = {early: 10, main: 58, second: 27, late: 5}
        if period == REPORTED[-1]:
            weights = {early: 55, main: 45} if days.chance(0.75) else {main: 1}
        day = weekday(draws.weighted(weights))
        return day if day <= LAST_DAY else None


def weekday(day: date) -> date:
    """Return a day of work: the day itself, or the Monday after it."""
    return day + timedelta(max(0, 7 - day.weekday())) if day.weekday() >= 5 else day


def drawn_habits(seed: int, countries: Sequence[str]) -> Habits:
    """Draw the habits of the countries."""
    draws = Dice(seed, "habits")
    silent = (draws.one_of(countries), draws.one_of(_YEARS[1:-1]))
    return Habits(
        seed,
        silent,
        _dealt(draws, countries, _SHARES, silent[0]),
        _dealt(draws, countries, _PACES, silent[0]),
    )


def _dealt(
    draws: Dice, countries: Sequence[str], hand: Sequence[float], silent: str
) -> dict[tuple[str, int], float]:
    """Deal the hand out each year until nobody is near the same end of it too often.

    The country that is silent for a year is never near the lower end in the others.
    """
    top, bottom = set(hand[:_EDGE]), set(hand[-_EDGE:])
    while True:
        dealt = {year: dict(zip(draws.shuffled(countries), hand, strict=True)) for year in _YEARS}
        had = {country: [dealt[year][country] for year in _YEARS] for country in countries}
        even = all(
            len([share for share in shares if share in edge]) <= 2
            and shares.count(hand[0]) <= 1
            and shares.count(hand[-1]) <= 1
            for shares in had.values()
            for edge in (top, bottom)
        )
        if even and not bottom.intersection(had[silent]):
            return {
                (country, year): share for year in _YEARS for country, share in dealt[year].items()
            }
