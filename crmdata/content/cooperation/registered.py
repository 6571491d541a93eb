"""What the lines of cooperation and the reports say of partners, in sentences."""

from collections.abc import Iterator

import pandas as pd

from crmdata.content import wording
from crmdata.content.names import Names
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.terms import CooperationState


def states(words: Words, rows: pd.DataFrame) -> str:
    """Say how many lines of cooperation there are, and how many in each state."""
    counts = rows["state"].value_counts()
    each = [f"{label(words, state).lower()} {words.number(int(counts[state]))}"
            for state in CooperationState if state in counts]  # fmt: skip
    by_state = wording.joined(words, each)
    return words.plural(
        "{n} line of cooperation: {states}.",
        "{n} lines of cooperation: {states}.",
        len(rows),
        states=by_state,
    )


def telling(words: Words, reports: pd.DataFrame, partners: Names) -> str:
    """Say how many reports in force name each partner, and on how many activities."""
    counts = by_partner(reports)
    return wording.sentences(*_telling(words, counts, partners))


def _telling(words: Words, counts: pd.DataFrame, partners: Names) -> Iterator[str]:
    for code, name in partners.items():
        size, own = (int(counts[column].get(code, 0)) for column in ("reports", "activities"))
        yield words("{who}: {reports} on {activities}.", who=name.short,
                    reports=wording.groups_counted(words, "report", size),
                    activities=wording.groups_counted(words, "activity", own))  # fmt: skip


def by_partner(reports: pd.DataFrame) -> pd.DataFrame:
    """Return by partner how many reports name it, and on how many activities."""
    each = reports.assign(partner=reports["partners"].str.split(SEPARATOR)).explode("partner")
    counts = each.groupby("partner")["activity"].agg(["size", "nunique"])
    return counts.rename(columns={"size": "reports", "nunique": "activities"})
