"""The sheet of one country: its profile, as the screen has it, on one sheet of paper."""

from collections.abc import Iterator
from dataclasses import replace
from textwrap import shorten
from typing import NamedTuple

from crmdata.content.papers.paper import Chapter, Paper, opened, paper
from crmdata.content.parts import Entries, ListEntry, Part, Section
from crmdata.content.profile import Profile
from crmdata.i18n import Words
from crmdata.view import View

PAGES = 2
"""A delegate's briefing is a sheet of paper."""

LONGEST = 400
"""Characters of a narrative on it; the screen has all."""


class Amount(NamedTuple):
    """How many entries stand in each list that may be cut, and how many narratives."""

    entries: int
    narratives: int


AMOUNTS = (
    Amount(40, 5), Amount(18, 4), Amount(12, 4), Amount(10, 3), Amount(8, 3), Amount(5, 2),
    Amount(3, 1), Amount(2, 0),
)  # fmt: skip
"""From the most to the least; what is pending, or agreed on and open, is never cut.

What is left out of a list stands under it by its code.
"""


def country_sheets(view: View, words: Words, country: str) -> Iterator[Paper]:
    """Yield the document of a country, each time with less of what may be cut.

    The first that has no more than `PAGES` is the one. Raise KeyError for an unknown country.
    """
    profile = Profile(view, words, country)
    sections, name = profile.sections(), profile.name.text
    for amount in AMOUNTS:
        own = [_within(section, amount) for section in sections]
        chapter = Chapter("", [each for each in own if each])
        yield paper(view, words, name, name, [chapter], dense=True)


def _within(section: Section, amount: Amount) -> Section | None:
    """Return a section with as much of it as there is room for."""
    if section.key == "relatos":
        if not amount.narratives:
            return None
        told = [_told(part, amount) for part in section.parts]
        return replace(section, parts=told)
    if section.key == "pendiente":
        *owed, ahead = section.parts
        return replace(section, parts=[*map(opened, owed), _cut(ahead, amount)])
    return replace(section, parts=[_cut(part, amount) for part in section.parts])


def _cut(part: Part, amount: Amount) -> Part:
    return replace(part, first=amount.entries) if isinstance(part, Entries) else part


def _told(part: Part, amount: Amount) -> Part:
    if not isinstance(part, Entries):
        return part
    entries = [_shortened(entry) for entry in part.entries[: amount.narratives]]
    return replace(part, entries=entries, first=len(entries))


def _shortened(entry: ListEntry) -> ListEntry:
    return entry._replace(note=shorten(entry.note, LONGEST, placeholder=" …"))
