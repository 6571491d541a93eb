"""Partner × line: of how many activities of each line a partner supports any."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import cell_tables, wording
from crmdata.content.cell_tables import Face, FaceTable, KeyEntry, Kind, Telling
from crmdata.content.cooperation.support import NOBODY, requested, supported, supports
from crmdata.content.names import Name, Names
from crmdata.i18n import Words


def cells(
    cooperation: pd.DataFrame,
    activities: pd.DataFrame,
    lines: Names,
    partners: Names,
    *,
    how: Telling,
) -> FaceTable:
    """Return for each line and partner how many of the line's activities it supports.

    The last column, `NOBODY`, counts those that nobody supports.
    """
    words = how.words
    counts = supported_counts(cooperation, activities, lines, partners)
    columns = {**partners, NOBODY: Name(words("Nobody"), words("Nobody"))}

    def at(line: Any, partner: Any) -> tuple[Face, Sequence[str]]:
        count, among = counts[line, partner]
        name = f"{columns[partner].short} · {lines[line].full}"
        return face(count, among, partner), [name, _count_text(count, among, partner, words)]

    key = [
        *cell_tables.key_of_steps(words),
        KeyEntry(Kind.SILENT, words("Nobody")),
        KeyEntry(Kind.NOTHING, words("0 None")),
    ]
    heading = words("Activities with support, given or offered, of those of the line")
    return cell_tables.table(lines, columns, at, heading=heading, key=key, how=how)


def supported_counts(
    cooperation: pd.DataFrame, activities: pd.DataFrame, lines: Names, partners: Names
) -> dict[tuple[Any, Any], tuple[int, int]]:
    """Return for each line and column how many activities, among how many.

    The columns are the partners and `NOBODY`.
    """
    by_pair = supports(cooperation)
    anybody = supported(by_pair)
    counts: dict[tuple[Any, Any], tuple[int, int]] = {}
    for line in lines:
        own = set(activities.loc[activities["line"] == line, "activity"])
        for partner in partners:
            counts[line, partner] = (
                sum((partner, activity) in by_pair for activity in own),
                len(own),
            )
        counts[line, NOBODY] = len(own - anybody), len(own)
    return counts


def face(count: int, among: int, partner: str) -> Face:
    """Return the face of a count of activities; that of `NOBODY` is hatched."""
    if not count:
        return Face(Kind.NOTHING, "0")
    text = f"{count}/{among}"
    if partner == NOBODY:
        return Face(Kind.SILENT, text)
    return Face(Kind.VALUE, text, step=cell_tables.step(100 * count / among))


def _count_text(count: int, among: int, partner: str, words: Words) -> str:
    if partner == NOBODY:
        return words.out_of("{n} of {N} activity without any support",
                            "{n} of {N} activities without any support", count, among)  # fmt: skip
    return words.out_of(
        "{n} of {N} activity with support, given or offered",
        "{n} of {N} activities with support, given or offered", count, among,
    )  # fmt: skip


def summary(
    cooperation: pd.DataFrame, activities: pd.DataFrame, partners: Names, *, words: Words,
    cutoff: date,
) -> str:  # fmt: skip
    """Say how many activities each partner supports, how many nobody does, what is asked for."""
    codes = set(activities["activity"])
    by_pair = supports(cooperation)
    alone = codes - supported(by_pair)
    each = [
        f"{name.short}: {sum(who == partner and code in codes for who, code in by_pair)}"
        for partner, name in partners.items()
    ]
    sought = requested(cooperation) & codes
    return wording.sentences(
        words.out_of(
            "Up to {date}, {n} of {N} activity had the support of at least one partner, given or "
            "offered.",
            "Up to {date}, {n} of {N} activities had the support of at least one partner, given "
            "or offered.",
            len(codes) - len(alone), len(codes), date=words.date(cutoff)),
        words("Activities with support by partner, given or offered: {counts}.",
              counts=wording.joined(words, each)),
        words("Activities that nobody supports: {alone}.", alone=words.number(len(alone))),
        words.plural("Requested without a partner: {n} activity.",
                     "Requested without a partner: {n} activities.",
                     len(sought)) if sought else "",
    )  # fmt: skip


def table(
    cooperation: pd.DataFrame, activities: pd.DataFrame, lines: Names, partners: Names, *,
    words: Words,
) -> pd.DataFrame:  # fmt: skip
    """Return a row a line: its activities, those each partner supports, those nobody does."""
    counts = supported_counts(cooperation, activities, lines, partners)
    return pd.DataFrame([
        {
            words("Line"): name.full,
            words("Activities"): counts[line, NOBODY][1],
            **{other.short: counts[line, partner][0] for partner, other in partners.items()},
            words("Nobody"): counts[line, NOBODY][0],
        }
        for line, name in lines.items()
    ])  # fmt: skip
