"""The minutes of a meeting: what it was shown, what it agreed on, what became of what it had."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from crmdata.content import agreements
from crmdata.content.names import Name
from crmdata.content.papers.paper import Chapter, Paper, meeting_of, paper
from crmdata.content.parts import Entries, Finding, ListEntry, Section
from crmdata.i18n import Words
from crmdata.view import View


def meeting_minutes(
    view: View, words: Words, first: date | None, shown: Iterable[tuple[str, str]]
) -> Paper:
    """Return the minutes at a cut-off whose slides compared it with the `first` day.

    `shown` are those slides in their order: what each is of, and what it says.
    """
    title = words("Minutes")
    sections = [
        _agreed(view, words, agreements.at_meeting(view, first)),
        _earlier(view, words, agreements.before(view, first)),
        _shown(words, shown),
    ]
    chapter = Chapter(meeting_of(view, words), sections)
    return paper(view, words, title, title, [chapter])


def _agreed(view: View, words: Words, rows: pd.DataFrame) -> Section:
    standing = rows.loc[rows["withdrawn_on"].isna()]
    count = words.plural("{n} agreement was taken.", "{n} agreements were taken.", len(standing))
    finding = Finding((count,)) if len(standing) else None
    empty = words("No agreement has been noted.")
    listed = _list(view, words, rows, empty)
    return Section("acordado", words("What was agreed on"), finding, [listed])


def _earlier(view: View, words: Words, rows: pd.DataFrame) -> Section:
    finding = Finding((agreements.looking_back(view, words, rows),)) if len(rows) else None
    empty = words("Nothing was open of what earlier meetings agreed on.")
    title = words("What became of earlier agreements")
    return Section("anteriores", title, finding, [_list(view, words, rows, empty)])


def _list(view: View, words: Words, rows: pd.DataFrame, empty: str) -> Entries:
    return Entries("", agreements.entries(view, words, rows), len(rows), empty)


def _shown(words: Words, shown: Iterable[tuple[str, str]]) -> Section:
    entries = [
        ListEntry(Name(words.number(place), title, numbered=True), topic)
        for place, (topic, title) in enumerate(shown, start=1)
    ]
    return Section("mostrado", words("What was shown"), None, [Entries("", entries, len(entries))])
