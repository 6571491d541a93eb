"""The parts of a document, in words and measured frames; how they look is each format's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from crmdata.content.names import Names
from crmdata.terms import Period


@dataclass(frozen=True)
class Heading:
    """A heading of level 1–3; those of the first two levels stand in contents and bookmarks."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class TextBlock:
    """A paragraph; a `quiet` one is a note in small type."""

    text: str
    quiet: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Items:
    """A list."""

    texts: Sequence[str]
    quiet: bool = False


@dataclass(frozen=True)
class TableBlock:
    """A table whose headers and cells are words or numbers; `widths` are shares of the line."""

    title: str
    table: pd.DataFrame
    widths: Sequence[float]


@dataclass(frozen=True)
class BarsBlock:
    """Measured groups as a chart: their states as stacked bars, or their intervals.

    `measures` is `frames.aligned` to `names`. `summary` says the chart in words.
    """

    title: str
    header: str
    names: Names
    measures: pd.DataFrame
    summary: str


class Composition(BarsBlock):
    """What was reported, stacked by state."""


class Intervals(BarsBlock):
    """Reported progress, and the interval it would lie in."""


@dataclass(frozen=True)
class CalendarSlot:
    """A period of an activity in the calendar: `n/N` once it is due, empty before."""

    text: str
    due: bool
    reported: bool


@dataclass(frozen=True)
class ScheduleRow:
    """A line (without slots) or an activity of the calendar; `undated` are its open years."""

    code: str
    text: str
    slots: dict[str, CalendarSlot]
    band: bool = False
    undated: str = ""


@dataclass(frozen=True)
class CalendarBlock:
    """The calendar of an axis."""

    title: str
    periods: Sequence[Period]
    rows: Sequence[ScheduleRow]


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a page of its own."""


@dataclass(frozen=True)
class ContentsList:
    """Here stands the list of contents."""

    title: str


Block = (
    Heading
    | TextBlock
    | Items
    | TableBlock
    | Composition
    | Intervals
    | CalendarBlock
    | NewPage
    | ContentsList
)


@dataclass(frozen=True)
class Paper:
    """A document: what it is called, what it is of, and its parts.

    `foot` stands at the foot of every page: plan, cut-off and filters. `mark` says that data
    are of a demonstration; it is empty for real ones.
    """

    title: str
    subtitle: str
    foot: str
    mark: str
    language: str
    cutoff: date
    blocks: Sequence[Block]
