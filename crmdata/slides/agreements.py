"""The slides of what a meeting agreed on, and of what was agreed on since the one before."""

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.content.names import Name
from crmdata.content.parts import Entries, ListEntry
from crmdata.slides.model import Slide
from crmdata.slides.parts import SlideMaking

_LINE, _LINES = 80, 11
"""Characters of a line on a slide, and lines of all agreements on one."""


def taken(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slides of the agreements noted at the meeting of the cut-off; none without any.

    Where the cut-off is no meeting's: of those agreed on since the earlier date.
    """
    words, data = making.words, making.data
    meeting = measures.meeting_at(data.view.frame("meetings"), data.view.cutoff)
    rows = (
        since(making)
        if meeting is None
        else data.view.frame("agreements").loc[
            data.view.frame("agreements")["meeting"] == meeting["meeting"]
        ]
    )
    yield from _slides(making, rows, "acuerdos", "acuerdos", words("Agreements taken"))


def since(making: SlideMaking) -> pd.DataFrame:
    """Return the agreements from the earlier date on, up to the cut-off; all without one."""
    days, data = making.data.view.frame("agreements")["agreed_on"], making.data
    first = data.first or date.min
    return data.view.frame("agreements").loc[[first < day <= data.view.cutoff for day in days]]


def before(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slides of the agreements since the earlier date; none where there are none."""
    rows = since(making)
    if len(rows):
        title = making.words("Agreements since {day}", day=making.day())
        yield from _slides(making, rows, "cambios-acuerdos", "cambios", title)


def _slides(
    making: SlideMaking, rows: pd.DataFrame, key: str, section: str, title: str
) -> Iterator[Slide]:
    said = [sentence(making, row) for row in rows.to_dict("records")]
    link = making.link
    for page, items in enumerate(_paged(said), start=1):
        yield Slide(
            key if page == 1 else f"{key}-{page}", section, title, "novedades", link,
            parts=(Entries("", [ListEntry(Name("", item)) for item in items], len(items)),),
            notes=tuple(items),
        )  # fmt: skip


def _paged(items: list[str]) -> Iterator[list[str]]:
    """Yield as many of the sentences as fit a slide, one slide after the other."""
    page: list[str] = []
    used = 0
    for item in items:
        lines = math.ceil(len(item) / _LINE)
        if page and used + lines > _LINES:
            yield page
            page, used = [], 0
        page.append(item)
        used += lines
    if page:
        yield page


def sentence(making: SlideMaking, row: dict[Any, Any]) -> str:
    """Return an agreement with what it is about, and why where it was withdrawn."""
    words, text = making.words, str(row["text"])
    about = " · ".join(_pins(making, row))
    said = words("{about}: {text}", about=about, text=text)
    if row["withdrawn_on"] is None:
        return said
    return words(
        "{agreement} — withdrawn on {day}: {reason}",
        agreement=said,
        day=words.date(row["withdrawn_on"], "medium"),
        reason=row["withdrawn_reason"],
    )


def _pins(making: SlideMaking, row: dict[Any, Any]) -> Iterator[str]:
    words = making.words
    if row["line"] is not None:
        yield words("Line {line}", line=row["line"])
    if row["activity"] is not None:
        yield str(row["activity"])
    if row["country"] is not None:
        yield making.members[row["country"]].full
