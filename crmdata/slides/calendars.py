"""The slides of an axis's calendar: its activities under their periods, so many as a hall reads."""

from collections.abc import Iterator

from crmdata.content import walls
from crmdata.content.calendar import Extract, extract
from crmdata.slides import parts
from crmdata.slides.model import Slide
from crmdata.slides.parts import SlideMaking


def of_axis(making: SlideMaking, axis: int) -> Iterator[Slide]:
    """Yield the slides of the calendar of an axis."""
    words, schedule = making.words, making.schedule
    own = [row for row in schedule.rows if row.slots is not None and row.above[0] == str(axis)]
    title = words("Axis {code}: calendar", code=axis)
    coverage = parts.ratio(words, making.whole(("axis", axis)))
    turns = [Extract(title, schedule, rows) for rows in walls.evenly(own)]
    for number, turn in enumerate(turns, start=1):
        yield Slide(
            f"eje-{axis}-calendario-{number}", "ejes", extract.finding(turn, words), "calendario",
            {"eje": str(axis)},
            topic=parts.in_turn(words, title, number, len(turns)),
            parts=(turn,), coverage=coverage, notes=tuple(extract.notes(turn, words)),
        )  # fmt: skip
