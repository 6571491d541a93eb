"""Some activities of the calendar, as they fit a wall: the same cells, as many rows as are read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crmdata.content.calendar import phrases
from crmdata.content.calendar.schedule import BoardRow, Schedule
from crmdata.content.parts import Picture
from crmdata.i18n import Words


@dataclass(frozen=True)
class Extract(Picture):
    """Some of the activities of a calendar, under its periods."""

    title: str
    schedule: Schedule
    rows: Sequence[BoardRow]

    @property
    def codes(self) -> list[str]:
        """The codes of its activities, in the plan's order."""
        return [row.code for row in self.rows]


def finding(extract: Extract, words: Words) -> str:
    """Say how much is pending of these activities alone."""
    first, last = extract.codes[0], extract.codes[-1]
    who = first if first == last else f"{first}–{last}"
    return phrases.pending(extract.schedule, extract.rows, words, who=who)


def notes(extract: Extract, words: Words) -> Iterator[str]:
    """Yield of each activity its whole text, its marks word for word, and what arrived."""
    schedule = extract.schedule
    for row in extract.rows:
        texts = [
            f"{period.label} «{slot.mark}»: "
            f"{phrases.of_slot(schedule, slot, period.code, '', words)}"
            for period in schedule.periods
            if (slot := (row.slots or {}).get(period.code))
        ]
        if row.undefined:
            texts.append(words("To be defined: {years}", years=row.undefined))
        yield f"{row.name.full} — {'; '.join(texts) if texts else words('unscheduled')}"
