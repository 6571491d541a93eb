"""The minutes of a meeting: what it agreed on, what became of what it had, what it was shown."""

from datetime import date

import pandas as pd

from crmdata.content import agreements
from crmdata.content.papers.paper import Chapter, Paper, how_to_read, meeting_of, paper
from crmdata.content.parts import Finding, Records, Section
from crmdata.i18n import Words
from crmdata.view import View


def meeting_minutes(view: View, words: Words, first: date | None, shown: Chapter) -> Paper:
    """Return the minutes at a cut-off that was compared with the `first` day.

    `shown` are the slides, as `crmdata.slides.shown` makes a chapter of them.
    """
    meeting = meeting_of(view, words)
    title = words("Minutes: {meeting}", meeting=meeting) if meeting else words("Minutes")
    agreed = [
        _agreed(view, words, agreements.at_meeting(view, first)),
        _earlier(view, words, agreements.before(view, first)),
    ]
    chapters = [
        Chapter(words("What was agreed on"), agreed),
        shown,
        Chapter("", [how_to_read(view, words)]),
    ]
    return paper(view, words, title, words("Minutes"), chapters)


def _agreed(view: View, words: Words, rows: pd.DataFrame) -> Section:
    standing = int(rows["withdrawn_on"].isna().sum())
    said = (
        words.plural("{n} agreement was taken.", "{n} agreements were taken.", standing)
        if len(rows)
        else words("No agreement was noted.")
    )
    return _section(view, words, "acuerdos", words("Agreements"), said, rows)


def _earlier(view: View, words: Words, rows: pd.DataFrame) -> Section:
    said = (
        agreements.looking_back(view, words, rows)
        if len(rows)
        else words("Nothing was open of what earlier meetings agreed on.")
    )
    title = words("What became of earlier agreements")
    return _section(view, words, "anteriores", title, said, rows)


def _section(
    view: View, words: Words, key: str, title: str, said: str, rows: pd.DataFrame
) -> Section:
    table = [Records(title, agreements.table(view, words, rows))] if len(rows) else []
    return Section(key, title, Finding((said,)), table)
