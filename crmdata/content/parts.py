"""What is said, as plain values that every renderer draws: no medium is known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crmdata.content.names import Name


class Way(NamedTuple):
    """Where something leads: a page, empty for the one it stands on, and the choices it changes."""

    page: str
    changes: Mapping[str, str]


class Finding(NamedTuple):
    """What the data show, in whole sentences: the first is the headline."""

    sentences: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The sentence that somebody repeats."""
        return self.sentences[0]


class Reach(NamedTuple):
    """How far a group is, 0–100: its progress, and the interval in which it would lie."""

    low: float
    high: float
    progress: float | None
    """None where no single figure stands."""
    said: str
    interval: str
    """The same in words."""


class StateBar(NamedTuple):
    """How the reports of one group are spread over the states."""

    name: Name
    counts: Mapping[str, int]
    """By state, in the order in which they stand; empty where nothing was expected."""
    said: str
    """n of N in words."""
    opens: Way | None = None
    why: str = ""
    """Why there is no bar."""
    reach: Reach | None = None
    """Where progress stands beside it."""
    together: bool = False
    """Whether it is of all groups together."""


@dataclass(frozen=True)
class StateBars:
    """Groups one under the other, each a bar of the same length: shares, with n of N beside."""

    title: str
    bars: Sequence[StateBar]


class Square(NamedTuple):
    """A cell of a grid: a bar in little, what it says, and where it leads."""

    counts: Mapping[str, int]
    said: str
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
    more: str = ""
    """What unfolds the rest."""
    empty: str = ""
    """What stands there without any entry."""


class Figure(NamedTuple):
    """A number with what it counts."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Numbers:
    """Numbers side by side."""

    figures: Sequence[Figure]


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


Part = StateBars | Strips | Entries | Numbers | Choice | Note | Picture
"""Everything that is said of a plan, whoever shows it."""


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
