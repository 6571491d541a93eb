"""Line × country: where one partner, or any, supports how many activities of each line."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import cell_tables, wording
from crmdata.content.cell_tables import Face, FaceTable, KeyEntry, Kind, Telling
from crmdata.content.cooperation.support import EVERYWHERE, Region, supports
from crmdata.content.names import Name, Names
from crmdata.i18n import Words


def cells(
    cooperation: pd.DataFrame,
    activities: pd.DataFrame,
    lines: Names,
    countries: Names,
    *,
    region: Region,
    partner: str | None = None,
    how: Telling,
) -> FaceTable:
    """Return how many activities of each line are supported in each country, and in the region.

    `partner` counts one partner alone. Support of the whole `region` stands in the last column,
    `EVERYWHERE`, and nowhere else, under the name of its process.
    """
    words = how.words
    counts = _counts(cooperation, activities, lines, countries, partner, region)
    columns = with_region(countries, region, words)

    def at(line: Any, country: Any) -> tuple[Face, Sequence[str]]:
        count, among = counts[line, country]
        lines_told = [
            f"{columns[country].full} · {lines[line].full}",
            words.out_of(
                "{n} of {N} activity with support, given or offered",
                "{n} of {N} activities with support, given or offered",
                count,
                among,
            ),
        ]
        if not count:
            return Face(Kind.NOTHING, "0"), lines_told
        step = cell_tables.step(100 * count / among)
        return Face(Kind.VALUE, f"{count}/{among}", step=step), lines_told

    key = [*cell_tables.key_of_steps(words), KeyEntry(Kind.NOTHING, words("0 None"))]
    heading = words(
        "Activities with support in each country, given or offered, of those of the line"
    )
    return cell_tables.table(lines, columns, at, heading=heading, key=key, how=how)


def with_region(countries: Names, region: Region, words: Words) -> dict[str | int, Name]:
    """Return the countries and, last, the region itself, called as its process is."""
    return {**countries, EVERYWHERE: Name(region.process, words("The whole region"))}


def _counts(
    cooperation: pd.DataFrame,
    activities: pd.DataFrame,
    lines: Names,
    countries: Names,
    partner: str | None,
    region: Region,
) -> dict[tuple[Any, Any], tuple[int, int]]:
    countries_of: dict[str, set[str]] = {}
    for (supporter, activity), support in supports(cooperation).items():
        if partner in {None, supporter}:
            countries_of.setdefault(activity, set()).update(support.countries)
    counts: dict[tuple[Any, Any], tuple[int, int]] = {}
    for line in lines:
        own = list(activities.loc[activities["line"] == line, "activity"])
        for column, party in (*((code, code) for code in countries), (EVERYWHERE, region.code)):
            counts[line, column] = (
                sum(party in countries_of.get(activity, ()) for activity in own),
                len(own),
            )
    return counts


def summary(  # noqa: PLR0913 - what is said, of whom, in which words
    cooperation: pd.DataFrame, activities: pd.DataFrame, countries: Names, *,
    region: Region, partner: Name | None = None, code: str | None = None, words: Words,
    cutoff: date,
) -> str:  # fmt: skip
    """Say in how many countries there is support and name those without any of their own.

    `partner` is the name of the partner with this `code`; without it all partners count.
    """
    codes = set(activities["activity"])
    reached: set[str] = set()
    for (supporter, activity), support in supports(cooperation).items():
        if activity in codes and code in {None, supporter}:
            reached |= support.countries
    without = [name.full for key, name in countries.items() if key not in reached]
    who = partner.short if partner else words("any partner")
    return wording.sentences(
        words.out_of(
            "Up to {date}, support by {who}, given or offered, was stated for {n} of {N} country.",
            "Up to {date}, support by {who}, given or offered, was stated for {n} of {N} "
            "countries.",
            len(countries) - len(without), len(countries), date=words.date(cutoff), who=who),
        words("There is support for the whole region besides.") if region.code in reached else "",
        words("No support of their own is stated for: {names}.",
              names=wording.joined(words, without)) if without else "",
    )  # fmt: skip


def table(
    cooperation: pd.DataFrame, activities: pd.DataFrame, lines: Names, countries: Names, *,
    region: Region, partner: str | None = None, words: Words,
) -> pd.DataFrame:  # fmt: skip
    """Return a row a line: its activities, and how many are supported in each country."""
    counts = _counts(cooperation, activities, lines, countries, partner, region)
    return pd.DataFrame([
        {
            words("Line"): name.full,
            words("Activities"): counts[line, EVERYWHERE][1],
            **{other.full: counts[line, country][0]
               for country, other in with_region(countries, region, words).items()},
        }
        for line, name in lines.items()
    ])  # fmt: skip
