"""The parts of a slide. All texts are in the reader's language and plain: escape them to draw."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from crmdata.content import frames, wording
from crmdata.content.calendar import Extract
from crmdata.content.faces import Face
from crmdata.content.names import Name, Names
from crmdata.i18n import Words

WHOLE = "whole"
"""Key of the first row of `Bars`: all groups together."""


@dataclass(frozen=True)
class Number:
    """A number set large, with what it is of: a percentage never stands without its n/N."""

    title: str
    value: str
    of: str
    note: str = ""


@dataclass(frozen=True)
class Bars:
    """Groups one under the other: composition by state, interval with progress, n/N.

    `measures` is `frames.aligned` to `names`: indexed by their keys, with `WHOLE` first; read
    it with `frames.each`. `header` is what a group is. `summary` says the chart in words.
    """

    title: str
    header: str
    names: Names
    measures: pd.DataFrame
    summary: str

    def lines(self, words: Words) -> list[str]:
        """Return the numbers of each row as a sentence, for the notes."""
        return [
            words(
                "{name}: reported {coverage}; progress {progress}; interval {interval}; "
                "fulfilled {cumplida}, in progress {en_curso}, not started {no_iniciada}, "
                "suspended {suspendida}, no report {sin_reporte}.",
                name=self.names[key].full,
                coverage=wording.coverage(words, one),
                progress=wording.single(words, one),
                interval=wording.interval(words, one),
                **{state: words.number(getattr(one, state)) for state in frames.COUNTS[2:]},
            )
            for key, one in frames.each(self.measures)
        ]


@dataclass(frozen=True)
class Grid:
    """A table of faces: what each cell says, and by its kind and step how it looks.

    `faces` has every pair of a row's and a column's key. `scaled` tells that the cells stand
    on the sequential scale and need its legend; `heading` says what a cell shows.
    """

    title: str
    header: str
    rows: Names
    columns: Names
    faces: Mapping[tuple[str | int, str | int], Face]
    heading: str
    summary: str
    scaled: bool = False
    hatched: str = ""
    empty: str = ""
    """What a hatched cell and an empty one mean, for the legend."""
    wide: frozenset[str | int] = frozenset()
    """Columns that hold text rather than a number."""

    def lines(self, words: Words) -> list[str]:
        """Return the cells of each row as a sentence, for the notes."""
        return [
            words(
                "{name}: {cells}",
                name=row.full,
                cells="; ".join(
                    f"{column.short} {self.faces[key, other].main}"
                    for other, column in self.columns.items()
                ),
            )
            for key, row in self.rows.items()
        ]


Chart = Bars | Grid


@dataclass(frozen=True)
class Text:
    """A heading and what stands beneath it, each item a line or a sentence of its own."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Slide:
    """One slide. `page` and `query` are the live view of what it shows.

    `key` is stable: `situacion`, `linea-IV`, `acuerdos-2`. `coverage` is the n/N of all that the
    slide shows; `footer` the facts that no slide goes without: cut-off, filters, coverage, and
    the mark of demonstration data. `notes` hold the numbers behind it, for who speaks.
    """

    key: str
    section: str
    title: str
    page: str
    query: Mapping[str, str]
    topic: str = ""
    """What the slide is of, above a title that says what it finds."""
    lead: str = ""
    numbers: tuple[Number, ...] = ()
    charts: tuple[Chart, ...] = ()
    parts: tuple[Extract, ...] = ()
    texts: tuple[Text, ...] = ()
    coverage: str = ""
    footer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deck:
    """The slides in their order, and what holds for all of them."""

    words: Words
    title: str
    cutoff: date
    first: date | None
    demo: bool
    filters: str
    slides: tuple[Slide, ...]
    query: Mapping[str, str] = field(default_factory=dict)
    """Language, cut-off and countries, as in the address of any page."""


def with_whole(names: Names, whole: str) -> dict[str | int, Name]:
    """Return the names after one for all of them together."""
    return {WHOLE: Name("", whole), **names}
