"""What the groups of a figure are called, and the order in which they stand.

A dict of `Name` by code is passed to every figure: its order is the order of the picture, and
a code without a row in the frame still has its place there.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

import pandas as pd

from crmdata.content.records import records
from crmdata.content.wording import text_of
from crmdata.i18n import Words
from crmdata.labels import LEVELS, Level
from crmdata.search import plain
from crmdata.store.queries import Party


class Name(NamedTuple):
    """A group's code as shown and its full text; `numbered` ones show both."""

    short: str
    text: str
    numbered: bool = False
    shortened: str = ""
    """The few words that stand for the text where there is no room, if it has any."""

    @property
    def full(self) -> str:
        """The name in a table or a sentence."""
        return f"{self.short}. {self.text}" if self.numbered else self.text

    @property
    def called(self) -> str:
        """The name in a picture or a chip, its code with it: `IV. Coordinación`."""
        return f"{self.short}. {self.brief}" if self.numbered else self.brief

    @property
    def brief(self) -> str:
        """The name in a picture: its few words, the code apart; the whole text without any."""
        return self.shortened or self.text


Names = Mapping[str | int, Name]


def in_language(words: Words, es: object, en: object) -> str:
    """Return a text of the data in the reader's language, the Spanish where English lacks."""
    return words.pick(text_of(es), text_of(en))


def activity_text(words: Words, es: object, en: object) -> str:
    """Return an activity's text as `shown`, marked where the source itself has it in English."""
    text = in_language(words, es, en)
    if words.language == "es" and written_in_english(es, en):
        return words("{text} (in English in the source)", text=text)
    return text


def written_in_english(es: object, en: object) -> bool:
    """Tell whether a text of the source needed no translation: it is not in Spanish there."""
    return text_of(es) != "" and text_of(es) == text_of(en)


def of_level(level: Level, rows: pd.DataFrame, words: Words) -> dict[str | int, Name]:
    """Name the items of a level: `IV. Fomentar…`, in the order of the level's frame."""
    if level.code == "activity":
        return _numbered(
            words, rows, level.code, lambda row: activity_text(words, row.text, row.text_en)
        )
    return _numbered(
        words, rows, level.code, lambda row: in_language(words, row.title, row.title_en)
    )


of_axes, of_lines, of_results, of_activities = (
    partial(of_level, level) for level in LEVELS.values()
)
"""The same for each level of this plan."""


def _numbered(
    words: Words, rows: pd.DataFrame, code: str, text: Callable[..., str]
) -> dict[str | int, Name]:
    names: dict[str | int, Name] = {}
    for row in records(rows):
        key = getattr(row, code)
        brief = in_language(words, getattr(row, "brief", ""), getattr(row, "brief_en", ""))
        names[key] = Name(str(key), text(row), numbered=True, shortened=brief)
    return names


def of_countries(countries: pd.DataFrame, words: Words) -> dict[str | int, Name]:
    """Name the countries, alphabetically in the reader's language, accents apart."""
    pairs = [
        (row.country, Name(row.country, in_language(words, row.name_es, row.name_en)))
        for row in records(countries)
    ]
    return dict(sorted(pairs, key=lambda pair: plain(pair[1].text)))


def of_party(party: Party, words: Words) -> dict[str | int, Name]:
    """Name a party that is no member: the region."""
    return {party.code: Name(party.code, words.pick(*party.name))}


def of_partners(partners: pd.DataFrame, words: Words) -> dict[str | int, Name]:
    """Name the partners by the acronym of the reader's language, in its order."""
    pairs = [
        (row.partner, Name(in_language(words, row.partner, row.acronym_en),
                           in_language(words, row.name_es, row.name_en)))
        for row in records(partners)
    ]  # fmt: skip
    return dict(sorted(pairs, key=lambda pair: plain(pair[1].short)))


def of_meetings(meetings: pd.DataFrame, words: Words) -> dict[str | int, Name]:
    """Name the meetings, the newest first."""
    return {
        row.meeting: Name(row.meeting, in_language(words, row.name_es, row.name_en))
        for row in reversed([*records(meetings)])
    }


def of_periods(periods: Iterable[str], words: Words) -> dict[str | int, Name]:
    """Name periods `2018-II`, in order of time."""
    written = {code: words.period(code) for code in sorted(set(periods))}
    return {code: Name(name, name) for code, name in written.items()}


def beyond(words: Words, others: Iterable[Name]) -> str:
    """Say how many more there are than a list shows, and which: paper unfolds nothing.

    By their codes, with how often one is there; empty without any.
    """
    counted = Counter(name.short if name.numbered else name.brief for name in others)
    if not counted:
        return ""
    times = "{n}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{name}"
    which = ", ".join(times.format(n=n, name=each) if n > 1 else each
                      for each, n in counted.items())  # fmt: skip
    return words("and {n} more: {which}", n=words.number(counted.total()), which=which)
