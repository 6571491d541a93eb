"""What countries say beside their figures before a meeting, invented."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crmdata.demo import texts
from crmdata.demo.draws import Dice
from crmdata.demo.habits import weekday

_A_MEETING = 4
"""How many countries say something: most say nothing beside their figures."""


@dataclass(frozen=True)
class InventedMeeting:
    """Code, day and cut-off of a meeting."""

    code: str
    held_on: date
    cutoff: date


@dataclass(frozen=True)
class InventedObservation:
    """What a country says for a meeting, between its cut-off and its day."""

    country: str
    meeting: str
    text: str
    reported_on: date


def observations(
    countries: Sequence[str], meetings: Sequence[InventedMeeting], seed: int
) -> Iterator[InventedObservation]:
    """Yield what some countries say for each meeting, by its day."""
    for meeting in meetings:
        draws = Dice(seed, "observations", meeting.code)
        said = list[InventedObservation]()
        own, subjects = draws.some(countries, _A_MEETING), draws.shuffled(range(texts.OBSERVED))
        for country, subject in zip(own, subjects, strict=False):
            text = texts.observation(texts.language(country, draws), subject)
            room = (meeting.held_on - meeting.cutoff).days
            day = weekday(meeting.cutoff + timedelta(draws.whole(1, room - 1)))
            said.append(InventedObservation(country, meeting.code, text, day))
        yield from sorted(said, key=lambda one: one.reported_on)
