"""The progress of groups at two cut-offs, where both ends can be said: in rows and sentences."""

from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from crmdata.content import measured_rows, sentences, wording
from crmdata.content.cell_tables import Telling
from crmdata.content.names import Name, Names
from crmdata.content.parts import ProgressChange, ProgressChanges
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE
from crmdata.measures import Measured


class Pair(NamedTuple):
    """The measures of a group at both cut-offs."""

    key: Any
    then: Measured
    now: Measured

    @property
    def comparable(self) -> bool:
        """Whether both ends show a progress."""
        return all(end.reported and not end.withheld for end in (self.then, self.now))


def pairs(then: pd.DataFrame, now: pd.DataFrame, names: Names, by: str) -> list[Pair]:
    """Return both measures of each name, in its order."""
    before = dict(measured_rows.each(measured_rows.aligned(then, by, names)))
    return [
        Pair(key, before[key], after)
        for key, after in measured_rows.each(measured_rows.aligned(now, by, names))
    ]


def difference(pair: Pair, words: Words) -> str:
    """Write the change in percentage points with its sign."""
    change = round(pair.now.progress) - round(pair.then.progress)
    sign = "+" if change > 0 else ("\N{MINUS SIGN}" if change < 0 else "±")
    return words.plural("{sign}{n} point", "{sign}{n} points", abs(change), sign=sign)


def why(pair: Pair, words: Words) -> str:
    """Say why a group cannot be compared."""
    if not pair.now.expected:
        return sentences.why_nothing(pair.now, words)
    if not pair.then.expected:
        return words("Nothing was due at the first cut-off")
    if not pair.then.reported or not pair.now.reported:
        return words("Not reported at both cut-offs")
    return words("Coverage is too low to compare")


def changes(
    then: pd.DataFrame,
    now: pd.DataFrame,
    names: Names,
    *,
    by: str,
    dates: tuple[date, date],
    how: Telling,
) -> ProgressChanges:
    """Return where each group was and is; `dates` are the cut-offs of `then` and `now`."""
    first, last = (how.words.date(day, "medium") for day in dates)
    rows = [_change(pair, names[pair.key], how) for pair in pairs(then, now, names, by)]
    return ProgressChanges(how.title, (first, last), rows)


def _change(pair: Pair, name: Name, how: Telling) -> ProgressChange:
    words, way = how.words, how.ways([pair.key])
    if not pair.comparable:
        return ProgressChange(
            name, None, None, NOT_APPLICABLE, ratios(pair, words), way, why(pair, words)
        )
    return ProgressChange(
        name, pair.then.progress, pair.now.progress, difference(pair, words), ratios(pair, words),
        way,
    )  # fmt: skip


def ratios(pair: Pair, words: Words) -> str:
    """Return n/N then and now; a dash where nothing was expected at either."""
    if not pair.then.expected and not pair.now.expected:
        return NOT_APPLICABLE
    return f"{wording.ratio(words, pair.then)} → {wording.ratio(words, pair.now)}"


def summary(
    then: pd.DataFrame, now: pd.DataFrame, names: Names, *, by: str, dates: tuple[date, date],
    words: Words,
) -> str:  # fmt: skip
    """Say how many groups can be compared, and how many rose, fell or stayed."""
    both = [pair for pair in pairs(then, now, names, by) if pair.comparable]
    changes = [round(pair.now.progress) - round(pair.then.progress) for pair in both]
    return wording.sentences(
        words("Between {first} and {last}, {groups} can be compared.",
              first=words.date(dates[0]), last=words.date(dates[1]),
              groups=wording.of_groups(words, by, len(both), len(names))),
        words("Reported progress rose in {rose}, fell in {fell} and stayed in {stayed}.",
              rose=words.number(sum(change > 0 for change in changes)),
              fell=words.number(sum(change < 0 for change in changes)),
              stayed=words.number(sum(change == 0 for change in changes))) if both else "",
    )  # fmt: skip


def table(
    then: pd.DataFrame, now: pd.DataFrame, names: Names, *, by: str, dates: tuple[date, date],
    group: str, words: Words,
) -> pd.DataFrame:  # fmt: skip
    """Return a row a group: progress and n/N at both cut-offs, and the change if comparable."""
    first, last = (words.date(day, "medium") for day in dates)
    return pd.DataFrame([
        {
            group: names[pair.key].full,
            words("Progress, {date}", date=first): wording.single(words, pair.then),
            words("Reports of those expected, {date}", date=first): wording.ratio(words, pair.then),
            words("Progress, {date}", date=last): wording.single(words, pair.now),
            words("Reports of those expected, {date}", date=last): wording.ratio(words, pair.now),
            words("Change"): difference(pair, words) if pair.comparable else why(pair, words),
        }
        for pair in pairs(then, now, names, by)
    ])  # fmt: skip
