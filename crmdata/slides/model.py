"""A slide: what it finds, and the parts that show it, as on pages. All texts are plain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from crmdata.content.parts import Part
from crmdata.i18n import Words


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
    """What it finds, else what it is of."""
    page: str
    query: Mapping[str, str]
    topic: str = ""
    """What it is of, above a title that says what it finds."""
    lead: str = ""
    parts: tuple[Part, ...] = ()
    """Its picture, and what stands beneath it."""
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
