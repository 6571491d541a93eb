"""The slides of what a meeting agreed on, and of what became of what earlier ones did."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from crmdata.content import agreements
from crmdata.content.names import Name
from crmdata.content.parts import Entries, ListEntry
from crmdata.content.records import records
from crmdata.slides.model import Slide
from crmdata.slides.parts import SlideMaking

_LINE, _LINES = 80, 11
"""Characters of a line on a slide, and lines of all agreements on one."""


def at_meeting(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slides of the agreements noted at the meeting of the cut-off; none without any.

    Where the cut-off is no meeting's: of those agreed on since the earlier date, until the next.
    """
    rows = agreements.at_meeting(making.data.view, making.data.first)
    title = making.words("Agreements taken")
    yield from _slides(making, rows, "acuerdos", "acuerdos", title)


def earlier(making: SlideMaking) -> pd.DataFrame:
    """Return the agreements of earlier meetings that this one looks back at."""
    return agreements.before(making.data.view, making.data.first)


def looking_back(making: SlideMaking, rows: pd.DataFrame) -> Iterator[Slide]:
    """Yield the slides of these agreements, each as done or open, that follow upon the title."""
    if len(rows):
        title = agreements.looking_back(making.data.view, making.words, rows)
        yield from _slides(making, rows, "portada-acuerdos", "portada", title)


def _slides(
    making: SlideMaking, rows: pd.DataFrame, key: str, section: str, title: str
) -> Iterator[Slide]:
    texts = [_entry(making, row) for row in records(rows)]
    for page, entries in enumerate(_paged(texts), start=1):
        yield Slide(
            key if page == 1 else f"{key}-{page}", section, title, "novedades", making.link,
            parts=(Entries("", entries, len(entries)),),
            notes=tuple(f"{entry.name.text} — {entry.note}" for entry in entries),
        )  # fmt: skip


def _paged(entries: list[ListEntry]) -> Iterator[list[ListEntry]]:
    """Yield as many of the agreements as fit a slide, one slide after the other."""
    page: list[ListEntry] = []
    used = 0
    for entry in entries:
        lines = math.ceil(len(entry.name.text) / _LINE) + math.ceil(len(entry.note) / _LINE)
        if page and used + lines > _LINES:
            yield page
            page, used = [], 0
        page.append(entry)
        used += lines
    if page:
        yield page


def _entry(making: SlideMaking, row: Any) -> ListEntry:
    """Return an agreement with what it is about, who answers for it and how it stands."""
    words, view = making.words, making.data.view
    about = agreements.about(view, words, row)
    who = agreements.responsible(view, words, row)
    how = agreements.standing(view, words, row)
    name = Name("", words("{about}: {text}", about=about, text=row.text))
    return ListEntry(name, " · ".join(filter(None, (who, how))))
