"""Partner × activity: who supports each activity, in what state and in how many countries."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import cell_tables
from crmdata.content.cell_tables import Face, FaceTable, KeyEntry, Kind, Telling
from crmdata.content.cooperation import by_line
from crmdata.content.cooperation.support import (
    NOBODY,
    SUPPORTING,
    Support,
    Supports,
    places,
    requested,
    supported,
    supports,
)
from crmdata.content.names import Name, Names
from crmdata.content.records import records
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.terms import CooperationState


def cells(
    cooperation: pd.DataFrame,
    activities: Names,
    partners: Names,
    countries: Names,
    *,
    region: str,
    mentions: pd.DataFrame | None = None,
    how: Telling,
) -> FaceTable:
    """Return for each activity and partner the state of its support and in how many countries.

    The last column, `NOBODY`, is hatched where nobody supports the activity, and says where
    support is asked for. `region` is the code of the party that stands for all; `mentions` marks
    what the plan itself says (`¶`).
    """
    words = how.words
    by_pair, sought = supports(cooperation), requested(cooperation)
    mentioned = _mentioned(mentions)
    columns = {**partners, NOBODY: Name(words("Nobody"), words("Nobody"))}
    anybody = supported(by_pair)

    def at(activity: Any, partner: Any) -> tuple[Face, Sequence[str]]:
        name = f"{columns[partner].short} · {activities[activity].full}"
        if partner == NOBODY:
            face, text = _gap(activity not in anybody, activity in sought, words)
            return face, [name, text]
        face, text = _support(by_pair.get((partner, activity)), countries, words, region)
        quote = mentioned.get((partner, activity))
        if not quote:
            return face, [name, text]
        marked = face._replace(note=f"{face.note} ¶".strip())
        return marked, [name, text, words("¶ In the plan: {quote}", quote=f"«{quote}»")]

    heading = words("Support by activity: its state, and in how many countries")
    key = _key(words, plan=bool(mentioned))
    return cell_tables.table(activities, columns, at, heading=heading, key=key, how=how)


def _mentioned(mentions: pd.DataFrame | None) -> Mapping[tuple[str, str], str]:
    if mentions is None:
        return {}
    return {(row.partner, row.activity): row.quote for row in records(mentions)}


def _support(
    support: Support | None, countries: Names, words: Words, region: str
) -> tuple[Face, str]:
    if support is None:
        return Face(Kind.NOTHING, "0"), words("No support")
    main = label(words, support.state)
    members = len(support.countries - {region})
    where = words.plural("{n} country", "{n} countries", members) if members else ""
    if region in support.countries:
        where = words("Region")
    hover = words("{state} in: {places}", state=main,
                  places=places(support.countries, countries, words, region=region))  # fmt: skip
    return Face(support.state, main, where), hover


def _gap(nobody: bool, sought: bool, words: Words) -> tuple[Face, str]:
    if not nobody:
        return Face(Kind.NOTHING, ""), words("At least one partner supports it or offers to")
    if sought:
        return (
            Face(CooperationState.SOLICITADA.value, words("Requested")),
            words("Nobody supports it; support is requested"),
        )
    return Face(Kind.SILENT, words("Nobody")), words("Nobody supports it")


def _key(words: Words, *, plan: bool) -> list[KeyEntry]:
    return [
        *(KeyEntry(state, label(words, state)) for state in SUPPORTING),
        KeyEntry(CooperationState.SOLICITADA.value, words("Requested, nobody")),
        KeyEntry(Kind.SILENT, words("Nobody")),
        *([KeyEntry(Kind.NOTHING, words("¶ Named in the plan"))] if plan else []),
    ]


def summary(
    cooperation: pd.DataFrame, activities: pd.DataFrame, partners: Names, *, words: Words,
    cutoff: date,
) -> str:  # fmt: skip
    """Say the same of these activities as `by_line.summary` says of all."""
    return by_line.summary(cooperation, activities, partners, words=words, cutoff=cutoff)


def table(
    cooperation: pd.DataFrame, activities: Names, partners: Names, countries: Names, *,
    region: str, words: Words,
) -> pd.DataFrame:  # fmt: skip
    """Return a row an activity: state and places of each partner's support, and the gap."""
    by_pair, sought = supports(cooperation), requested(cooperation)
    anybody = supported(by_pair)
    return pd.DataFrame([
        {
            words("Activity"): name.full,
            **{other.short: _cell(by_pair, partner, code, countries, words, region)
               for partner, other in partners.items()},
            words("Nobody"): "" if code in anybody else
                (words("Nobody; support is requested") if code in sought else words("Nobody")),
        }
        for code, name in activities.items()
    ])  # fmt: skip


def _cell(
    by_pair: Supports,
    partner: str | int,
    activity: str | int,
    countries: Names,
    words: Words,
    region: str,
) -> str:
    support = by_pair.get((str(partner), str(activity)))
    if support is None:
        return "0"
    where = places(support.countries, countries, words, region=region)
    return f"{label(words, support.state)} ({where})"
