"""Tables of faces: what a measure says in one cell, and on which step of the scale it stands."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from crmdata.content import wording
from crmdata.content.destinations import Way
from crmdata.content.names import Names
from crmdata.content.parts import Picture
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, NOT_APPLICABLE, label
from crmdata.measures import Measured
from crmdata.terms import SIN_REPORTE

STEPS = (20.0, 40.0, 60.0, 80.0)
"""Where one step of the sequential scale ends and the next begins, on 0–100."""


def step(value: float) -> int:
    """Return the step of `Palette.scale`, 0–4, for a value on 0–100.

    It is that of the value as `wording.percent` writes it: 39.6 stands as 40 %, in 40–59 %.
    """
    return bisect_right(STEPS, round(value))


def step_labels(words: Words) -> list[str]:
    """Return what the steps of `Palette.scale` hold, as every legend says it: `20–39 %`.

    No whole number stands in two of them, since `step` puts none in two.
    """
    begins = [0, *(round(each) for each in STEPS)]
    ends = [*(begin - 1 for begin in begins[1:]), 100]
    return [
        f"{words.number(begin)}–{words.percent(end)}"
        for begin, end in zip(begins, ends, strict=True)
    ]


class Kind(StrEnum):
    """Why a cell looks as it does; a state, of a report or of cooperation, is the other kind.

    A `COUNT` stands on no scale; a `WARM` one is to be seen first.
    """

    VALUE = "value"
    WITHHELD = "withheld"
    SILENT = "silent"
    OVERDUE = "overdue"
    NOTHING = "nothing"
    BLANK = "blank"
    COUNT = "count"
    WARM = "warm"


class Face(NamedTuple):
    """What a cell shows: a main text, a note under it; a step of the scale."""

    kind: str
    main: str
    note: str = ""
    step: int = 0


class FaceCell(NamedTuple):
    """A face at its place: what it says in whole, a line each, and where it leads."""

    face: Face
    details: Sequence[str]
    way: Way | None = None


class KeyEntry(NamedTuple):
    """What a kind of face means; of a value, which step of the scale."""

    kind: str
    text: str
    step: int = 0


@dataclass(frozen=True)
class FaceTable(Picture):
    """Rows by columns of faces: heat, coverage, matrices."""

    title: str
    rows: Names
    columns: Names
    cells: Mapping[tuple[Any, Any], FaceCell]
    heading: str
    """What the cells show."""
    key: Sequence[KeyEntry]
    picked: Any = None
    """The row that the reader chose."""
    small: bool = False
    """Whether the main texts are signs: then a phone shows all columns side by side."""
    row_ways: Mapping[Any, Way | None] = field(default_factory=dict)
    """Where the names of the rows lead."""
    column_ways: Mapping[Any, Way | None] = field(default_factory=dict)
    """Where the names over the columns lead."""


class Tile(NamedTuple):
    """A face at a place on the map of tiles, counted from 1."""

    row: int
    column: int
    code: str
    cell: FaceCell


@dataclass(frozen=True)
class Tiles(Picture):
    """The members as equal tiles, roughly where they lie."""

    title: str
    tiles: Sequence[Tile]
    heading: str
    key: Sequence[KeyEntry]


At = Callable[[Any, Any], tuple[Face, Sequence[str]]]
"""Gives the face of a row's and a column's key, and what it says in whole."""

Ways = Callable[[Sequence[Any]], Way | None]
"""Says where a cell leads, by the keys of its row and column.

The name of a row is a key without a column, that of a column one whose row is None.
"""


class Telling(NamedTuple):
    """In which words a table speaks, what it is called, and where its names and cells lead."""

    words: Words
    title: str
    ways: Ways


def table(
    rows: Names, columns: Names, at: At, *, heading: str, key: Sequence[KeyEntry], how: Telling
) -> FaceTable:
    """Return the table of these faces."""
    cells = {
        (row, column): FaceCell(*at(row, column), how.ways([row, column]))
        for row in rows
        for column in columns
    }
    return FaceTable(
        how.title,
        rows,
        columns,
        cells,
        heading,
        key,
        row_ways={row: how.ways([row]) for row in rows},
        column_ways={column: how.ways([None, column]) for column in columns},
    )


Measure = Callable[[Words, Measured], Face]


def progress(words: Words, measured: Measured) -> Face:
    """Return the face of the reported progress; under the threshold its interval stands there."""
    if not measured.expected:
        return Face(Kind.NOTHING, NOT_APPLICABLE)
    ratio = wording.ratio(words, measured)
    if not measured.reported:
        return Face(Kind.SILENT, NO_REPORT, ratio)
    if measured.withheld:
        return Face(Kind.WITHHELD, wording.interval(words, measured), ratio)
    text = wording.percent(words, measured.progress)
    return Face(Kind.VALUE, text, ratio, step(measured.progress))


def coverage(words: Words, measured: Measured) -> Face:
    """Return the face of the coverage: the share of the expected reports that arrived."""
    if not measured.expected:
        return Face(Kind.NOTHING, NOT_APPLICABLE)
    share, ratio = wording.share(words, measured), wording.ratio(words, measured)
    if not measured.reported:
        return Face(Kind.SILENT, share, ratio)
    return Face(Kind.VALUE, share, ratio, step(100 * measured.reported / measured.expected))


MEASURES: dict[str, Measure] = {"progress": progress, "coverage": coverage}


def heading(words: Words, measure: str) -> str:
    """Say what a cell shows."""
    if measure == "coverage":
        return words("Share of the expected reports that arrived; beneath, how many of how many")
    return words("Reported progress; beneath, reports that arrived of those expected")


def key_of_measure(words: Words, *, withheld: bool = True) -> list[KeyEntry]:
    """Return the key of a measure: the five steps, then what is no number."""
    silent = KeyEntry(Kind.SILENT, f"{NO_REPORT} {label(words, SIN_REPORTE)}")
    interval = (
        [KeyEntry(Kind.WITHHELD, words("Interval: too few reports for a single figure"))]
        if withheld
        else []
    )
    # A word of its own: the catalogues' reader does not look into an f-string.
    nothing_due = words("Nothing due")
    nothing = KeyEntry(Kind.NOTHING, f"{NOT_APPLICABLE} {nothing_due}")
    return [*key_of_steps(words), silent, *interval, nothing]


def key_of_steps(words: Words) -> list[KeyEntry]:
    """Return the key of the sequential scale."""
    return [KeyEntry(Kind.VALUE, text, at) for at, text in enumerate(step_labels(words))]
