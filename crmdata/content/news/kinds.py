"""What changed between two cut-offs, group by group: a column for each kind of change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import cell_tables, wording
from crmdata.content.cell_tables import Face, FaceTable, Kind, Telling
from crmdata.content.names import Name, Names
from crmdata.content.sentences import MANY
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT

FLAGS = (
    "newly_reported",
    "gone_back",
    "advanced",
    "corrected",
    "newly_due",
    "newly_silent",
)
"""The kinds of change, as `measures.change_between` flags them, in the order of the columns."""

SAID = ("newly_reported", "corrected", "gone_back", "advanced")
"""Those that a report brings: the others are of cells that may have none."""

TITLES: Mapping[str, str] = {
    "newly_reported": N_("Newly reported"),
    "gone_back": N_("Fell back"),
    "advanced": N_("Advanced"),
    "corrected": N_("Corrected"),
    "newly_due": N_("Fell due"),
    "newly_silent": N_("Newly pending"),
}

MEANINGS: Mapping[str, str] = {
    "newly_reported": N_("there was no report of this country, activity and semester"),
    "gone_back": N_("the percent lies below the country's report before on the activity"),
    "advanced": N_("the percent lies above the country's report before on the activity"),
    "corrected": N_("a later report took the place of an earlier one of the same semester"),
    "newly_due": N_(
        "the semester ended between the two dates, so a report is expected; what is "
        "not applicable is left out"
    ),
    "newly_silent": N_("due now, and no report has arrived"),
}

SYMBOLS: Mapping[str, str] = {
    "newly_reported": "+",
    "gone_back": "▼",
    "advanced": "▲",
    "corrected": "≠",
    "newly_due": "◇",
    "newly_silent": NO_REPORT,
}
"""One symbol a kind, beside its name wherever it stands."""


def cells(
    counts: pd.DataFrame,
    names: Names,
    *,
    by: str,
    flags: Sequence[str] = FLAGS,
    how: Telling,
) -> FaceTable:
    """Return a row a group and a column a kind of change, with how many there are of it.

    `counts` has the column `by` with the keys of `names`, and a count for each of `flags`.
    """
    words, groups = how.words, aligned(counts, by, names, flags)
    columns: dict[str | int, Name] = {
        flag: Name(f"{SYMBOLS[flag]} {words(TITLES[flag])}", words(MEANINGS[flag]))
        for flag in flags
    }

    def at(key: Any, flag: Any) -> tuple[Face, Sequence[str]]:
        count = int(groups.loc[key, flag])
        count_text = words.plural(
            "{kind}: {n} report", "{kind}: {n} reports", count, kind=words(TITLES[flag])
        )
        return _face(flag, count, words), [names[key].full, count_text, words(MEANINGS[flag])]

    heading = words("Reports and due slots that changed between the two dates")
    return cell_tables.table(names, columns, at, heading=heading, key=(), how=how)


def _face(flag: str, count: int, words: Words) -> Face:
    """Return a count as a face: silence is hatched, what fell back stands out."""
    if not count:
        return Face(Kind.NOTHING, "0")
    kind = {"newly_silent": Kind.SILENT, "gone_back": Kind.WARM}.get(flag, Kind.COUNT)
    return Face(kind, words.number(count))


def aligned(counts: pd.DataFrame, by: str, names: Names, flags: Sequence[str]) -> pd.DataFrame:
    """Return the counts of each name in its order, zero where it has no row."""
    return counts.set_index(by)[list(flags)].reindex(list(names)).fillna(0).astype(int)


def summary(
    counts: pd.DataFrame,
    names: Names,
    totals: Mapping[str, int],
    *,
    by: str,
    flags: Sequence[str] = FLAGS,
    dates: tuple[date, date],
    words: Words,
) -> str:
    """Say the counts of all, and where nothing changed; nobody is named as the first.

    `totals` are the counts of all groups together: a report may stand in two of them.
    """
    groups = aligned(counts, by, names, flags)
    written = {flag: words.number(totals[flag]) for flag in FLAGS}
    return wording.sentences(
        words("Reports from {first} to {last}: new: {newly_reported}; advanced: {advanced}; "
              "fell back: {gone_back}; corrected: {corrected}; fell due: {newly_due}; newly "
              "pending: {newly_silent}.",
              first=words.date(dates[0]), last=words.date(dates[1]), **written),
        _unchanged(groups, names, words, by),
    )  # fmt: skip


def _unchanged(groups: pd.DataFrame, names: Names, words: Words, by: str) -> str:
    unchanged = [
        names[key].short if names[key].numbered else names[key].full
        for key in groups.index[groups.sum(axis="columns") == 0]
    ]
    if not unchanged:
        return ""
    if len(unchanged) > MANY:
        return words(
            "Nothing changed in {groups}.", groups=wording.groups_counted(words, by, len(unchanged))
        )
    return words("Nothing changed here: {names}.", names=wording.joined(words, unchanged))


def table(
    counts: pd.DataFrame,
    names: Names,
    *,
    by: str,
    flags: Sequence[str] = FLAGS,
    group: str,
    words: Words,
) -> pd.DataFrame:
    """Return a row a group: its name under the header `group`, then a count a kind."""
    groups = aligned(counts, by, names, flags)
    titles = {flag: words(TITLES[flag]) for flag in flags}
    frame = groups.rename(columns=titles).reset_index(drop=True)
    frame.insert(0, group, [name.full for name in names.values()])
    return frame
