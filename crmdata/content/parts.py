"""What is said, as plain values that every renderer draws: no medium is known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from crmdata.content.destinations import Way
from crmdata.content.names import Name
from crmdata.search import Span


class Finding(NamedTuple):
    """What the data show, in whole sentences: the first is the headline."""

    sentences: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The sentence that somebody repeats."""
        return self.sentences[0]


class Passage(NamedTuple):
    """Where the words of a search stand: of whom or of what, and the text with its hits."""

    place: str
    text: str
    spans: Sequence[Span] = ()
    language: str = ""
    """Of the text, where somebody has said it."""


class Reach(NamedTuple):
    """How far a group is, 0–100: its progress, and the interval in which it would lie."""

    low: float
    high: float
    progress: float | None
    """None where no single figure stands."""
    progress_text: str
    interval: str
    """The same in words."""


class StateBar(NamedTuple):
    """How the reports of one group are spread over the states."""

    name: Name
    counts: Mapping[str, int]
    """By state, in the order in which they stand; empty where nothing was expected."""
    total: str
    """n of N in words."""
    opens: Way | None = None
    why: str = ""
    """Why there is no bar."""
    note: str = ""
    """What is said beside it, such as since when something is pending."""
    passages: Sequence[Passage] = ()
    reach: Reach | None = None
    """Where progress stands beside it."""
    together: bool = False
    """Whether it is of all groups together."""
    named: bool = False
    """Whether what is found names it."""


@dataclass(frozen=True)
class StateBars:
    """Groups one under the other, each a bar of the same length: shares, with n of N beside."""

    title: str
    bars: Sequence[StateBar]


@dataclass(frozen=True)
class ProgressIntervals:
    """How far groups are, one under the other on one scale of 0–100; each bar has its `reach`."""

    title: str
    bars: Sequence[StateBar]


@dataclass(frozen=True)
class Trend:
    """Periods beside each other: what was reported of each, and which share of it."""

    title: str
    periods: Sequence[StateBar]


class ProgressChange(NamedTuple):
    """How far one group was and is, 0–100; both are None where they cannot be compared."""

    name: Name
    then: float | None
    now: float | None
    change: str
    """In points, with its sign."""
    total: str
    """n of N then and now, in words."""
    opens: Way | None = None
    why: str = ""
    """Why they cannot be compared."""


@dataclass(frozen=True)
class ProgressChanges:
    """Groups one under the other on one scale of 0–100, each where it was and where it is."""

    title: str
    days: tuple[str, str]
    """The cut-offs of then and now, in words."""
    changes: Sequence[ProgressChange]


class ComparedGroup(NamedTuple):
    """What several of the same kind did of one group; each bar has its `reach`."""

    name: Name
    bars: Sequence[StateBar]
    ends: tuple[float, float] | None
    """Between which values all lie that show one, those that are not compared too."""
    span: str
    """The same in words."""
    opens: Way | None = None


@dataclass(frozen=True)
class SideBySide:
    """A few beside each other, group by group on one scale, before the range of all."""

    title: str
    groups: Sequence[ComparedGroup]
    span_name: str
    """What the range is called."""


class BarGroup(NamedTuple):
    """Bars under the name of what they are part of, with what is said of all of them."""

    name: Name
    total: str
    bars: Sequence[StateBar]
    opens: Way | None = None


@dataclass(frozen=True)
class GroupedBars:
    """A long list of bars in parts, with a note beside each; folded, each part unfolds alone."""

    title: str
    groups: Sequence[BarGroup]
    noted: str
    """What the column of notes is called."""
    folded: bool = False
    at_once: bool = False
    """Whether all that is folded unfolds at once."""


@dataclass(frozen=True)
class SmallTrends:
    """A small trend for each group, all on one scale, which `scale` says."""

    title: str
    panels: Sequence[BarGroup]
    scale: str


class Square(NamedTuple):
    """A cell of a grid: a bar in little, what it says, and where it leads."""

    counts: Mapping[str, int]
    text: str
    opens: Way | None = None
    late: bool = False
    """Whether the silence in it is overdue."""


class Strip(NamedTuple):
    """A row of a grid."""

    name: Name
    squares: Sequence[Square | None]
    """None where the plan foresees nothing."""
    total: str
    opens: Way | None = None


@dataclass(frozen=True)
class Strips:
    """Rows by columns of little bars."""

    title: str
    columns: Sequence[Name]
    rows: Sequence[Strip]
    total: str
    """What the last column is called."""


class ListEntry(NamedTuple):
    """A line of a list: what it is about, what is said of it, and what can be done."""

    name: Name
    note: str = ""
    opens: Way | None = None
    actions: Sequence[tuple[str, Way]] = ()


@dataclass(frozen=True)
class Entries:
    """A list under its title, if it has one of its own; what is beyond `first` unfolds."""

    title: str
    entries: Sequence[ListEntry]
    first: int = 12
    empty: str = ""
    """What stands there without any entry."""


class EntryGroup(NamedTuple):
    """Entries under what they are part of, with n of N of it in words."""

    name: Name
    total: str
    entries: Sequence[ListEntry]
    opens: Way | None = None


@dataclass(frozen=True)
class GroupedEntries:
    """Lists of entries, each beside its group."""

    title: str
    groups: Sequence[EntryGroup]
    of: str
    """What the entries are."""
    total: str
    """What the last column is called."""
    empty: str = ""
    """What stands there without any group."""


class Figure(NamedTuple):
    """A number with what it counts."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Numbers:
    """Numbers side by side."""

    figures: Sequence[Figure]


class Statement(NamedTuple):
    """What a party said at one time: of which period and what state, the text, what proves it."""

    head: str
    text: str = ""
    evidence: Sequence[str] = ()


class Speaker(NamedTuple):
    """A party with what it said, the latest first; `note` says what is still to come from it."""

    name: Name
    statements: Sequence[Statement]
    note: str = ""
    actions: Sequence[tuple[str, Way]] = ()
    chosen: bool = False
    """Whether it is the one that the reader looks at: what it said before stands open."""


@dataclass(frozen=True)
class Statements:
    """What each party last said; what it said before unfolds."""

    speakers: Sequence[Speaker]


@dataclass(frozen=True)
class Terms:
    """Words with what they stand for, such as the fields of a record."""

    terms: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Records:
    """A table whose heads and cells are words already."""

    title: str
    rows: pd.DataFrame


@dataclass(frozen=True)
class Choice:
    """Names to choose from."""

    title: str
    options: Sequence[tuple[str, Way]]


@dataclass(frozen=True)
class Note:
    """A sentence beside."""

    text: str


class Picture:
    """A part whose module stands beside: a table of faces, tiles, some of the calendar."""


Part = (
    StateBars
    | GroupedBars
    | ProgressIntervals
    | ProgressChanges
    | SideBySide
    | Trend
    | SmallTrends
    | Strips
    | Entries
    | GroupedEntries
    | Numbers
    | Statements
    | Terms
    | Records
    | Choice
    | Note
    | Picture
)
"""Everything that is said of a plan, whoever shows it."""

PICTURES = (
    StateBars, GroupedBars, ProgressIntervals, ProgressChanges, SideBySide, Trend, SmallTrends,
    Strips, Picture,
)  # fmt: skip
"""The parts that are seen rather than read."""


@dataclass(frozen=True)
class Section:
    """A part of a page, of a slide, of a document: what it finds, and what shows it.

    `key` names it in addresses and files; the first of its parts is its picture.
    """

    key: str
    title: str
    finding: Finding | None
    parts: Sequence[Part]
    main: bool = False
    """Whether its picture is the first of a page."""
    quotation: str = ""
    """The plan's own words of what it is about, under the finding; a phone has no room there."""
