"""The rows of Novedades: which cells changed, and what their reports say.

Pure functions, frames in and frames out.
"""

from collections.abc import Collection, Sequence
from datetime import date

import pandas as pd

from crmdata import measures
from crmdata.fields import TEXTS
from crmdata.files import SEPARATOR

_SLOT = ["axis", "line", "activity", "semester"]
_ADDED = [*TEXTS, "partners"]


def with_reports(changes: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Add to changed cells what their report says, and the day of the report before.

    `reports` holds those of the changes, now and before. Columns added: its texts and `partners`,
    missing where no report is, and `reported_on_before`.
    """
    reports = reports.set_index("report_id")
    rows = changes.assign(**{
        name: changes["report_id"].map(reports[name]).astype(object)
        for name in _ADDED
    })  # fmt: skip
    days = changes["report_id_before"].map(reports["reported_on"])
    return rows.assign(reported_on_before=days.astype(object))


def per_partner(changes: pd.DataFrame) -> pd.DataFrame:
    """Return the changes by a report once for each partner that it names, in `partner`.

    One that names nobody has `""` there.
    """
    brought = measures.by_report(changes)
    return brought.assign(partner=brought["partners"].str.split(SEPARATOR)).explode("partner")


def counts(changes: pd.DataFrame, by: str, flags: Sequence[str]) -> pd.DataFrame:
    """Return a row a group: `by` and how many of its cells have each of the flags."""
    return changes.groupby(by, sort=False)[list(flags)].sum().reset_index()


def fallen_due(changes: pd.DataFrame) -> pd.DataFrame:
    """Return what fell due or silent, an activity and period a row, in the plan's order.

    Columns `axis line activity semester silent reported`, the last two lists of countries.
    """
    due = changes.loc[changes["newly_due"] | changes["newly_silent"]]
    rows = [
        {**dict(zip(_SLOT, slot, strict=True)),
         "silent": list(own.loc[own["newly_silent"], "country"]),
         "reported": list(own.loc[~own["newly_silent"], "country"])}
        for slot, own in due.groupby(_SLOT, sort=False)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[*_SLOT, "silent", "reported"])


def outside(
    slots: pd.DataFrame,
    reports: pd.DataFrame,
    activities: pd.DataFrame,
    first: date,
    members: Collection[str],
) -> pd.DataFrame:
    """Return the reports in force outside the calendar that arrived after the first date.

    With `axis` and `line` of their activity, newest first.
    """
    beyond = measures.outside_calendar(slots, reports, members)
    new = beyond.loc[[day > first for day in beyond["reported_on"]]]
    placed = new.merge(activities[["activity", "axis", "line"]], on="activity", how="left")
    return placed.sort_values(["reported_on", "report_id"], ascending=False, ignore_index=True)


def versions_between(versions: pd.DataFrame, first: int, last: int) -> list[tuple[int, date]]:
    """Return the plan versions that came in force after `first`, up to `last`, oldest first."""
    later = versions.loc[versions["version_id"].between(first + 1, last)]
    later = later.sort_values("version_id")
    return list(zip(later["version_id"], later["in_force_from"], strict=True))
