"""Partner × activity: who supports each activity, in what state and in how many countries."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Unpack

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import wording
from crmdata.content.cooperation import (
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
from crmdata.figures import grid
from crmdata.figures.canvas import Canvas, Drawing
from crmdata.figures.cooperation import by_line
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.terms import CooperationState

_ROW = 40
_LINE = 16
"""Px of a row, and of a line of its small type."""

_NARROW_COLUMNS = 4
"""The words for a state need more room on a phone than figures do."""


def figure(
    cooperation: pd.DataFrame,
    activities: Names,
    partners: Names,
    countries: Names,
    *,
    region: str,
    mentions: pd.DataFrame | None = None,
    **how: Unpack[Drawing],
) -> go.Figure:
    """Draw for each activity and partner the state of its support and in how many countries.

    The last column is hatched where nobody supports the activity, and says where support is
    asked for. `region` is the code of the party that stands for all; `mentions` marks what the
    plan itself says (`¶`), its words in the hover. A click
    gives `customdata = [activity, partner]`, `nobody` in the last column.
    """
    canvas = Canvas(**how)
    words = canvas.words
    found, asked = supports(cooperation), requested(cooperation)
    named = _mentioned(mentions)
    columns = {**partners, NOBODY: Name(words("Nobody"), words("Nobody"))}
    anybody = supported(found)

    def faces(activity: Any, partner: Any) -> tuple[grid.Face, str]:
        title = f"<b>{canvas.hover(f'{columns[partner].short} · {activities[activity].full}')}</b>"
        if partner == NOBODY:
            face, text = _gap(activity not in anybody, activity in asked, words)
        else:
            face, text = _support(found.get((partner, activity)), countries, words, region)
            if quote := named.get((partner, activity)):
                face = face._replace(note=f"{face.note} ¶".strip())
                text += "<br>" + words("¶ In the plan: {quote}", quote=f"«{canvas.hover(quote)}»")
        return face, f"{title}<br>{text}"

    legend = _legend(canvas, plan=bool(named))
    heading = words("Support by activity: its state, and in how many countries")
    layout = grid.Layout(activities, columns, canvas, height=_ROW, most=_NARROW_COLUMNS)
    if not canvas.narrow:
        return grid.figure(layout, faces, legend, heading)
    fitted = {
        (activity, partner): _fitted(*faces(activity, partner), layout.room)
        for activity in activities
        for partner in columns
    }
    lines = max((face.lines for face, _ in fitted.values()), default=0)
    layout = replace(layout, height=max(_ROW, _LINE * lines + 8))
    return grid.figure(layout, lambda *pair: fitted[pair], legend, heading)


def _fitted(face: grid.Face, hover: str, room: float) -> tuple[grid.Face, str]:
    return face.folded(room), hover


def _mentioned(mentions: pd.DataFrame | None) -> Mapping[tuple[str, str], str]:
    if mentions is None:
        return {}
    return {(row.partner, row.activity): row.quote for row in records(mentions)}


def _support(
    support: Support | None, countries: Names, words: Words, region: str
) -> tuple[grid.Face, str]:
    if support is None:
        return grid.Face(grid.Kind.NOTHING, "0"), words("No support")
    main = label(words, support.state)
    members = len(support.countries - {region})
    where = words.plural("{n} country", "{n} countries", members) if members else ""
    if region in support.countries:
        where = words("Region")
    hover = words("{state} in: {places}", state=main,
                  places=wording.escape(
                      places(support.countries, countries, words, region=region)))  # fmt: skip
    return grid.Face(support.state, main, where), hover


def _gap(nobody: bool, asked: bool, words: Words) -> tuple[grid.Face, str]:
    if not nobody:
        return grid.Face(grid.Kind.NOTHING, ""), words("At least one partner supports it")
    if asked:
        return (
            grid.Face(CooperationState.SOLICITADA.value, words("Requested")),
            words("Nobody supports it; support is requested"),
        )
    return grid.Face(grid.Kind.SILENT, words("Nobody")), words("Nobody supports it")


def _legend(canvas: Canvas, *, plan: bool) -> list[go.Bar]:
    words = canvas.words
    entries = [
        *((label(words, state), state) for state in SUPPORTING),
        (words("Requested, nobody"), CooperationState.SOLICITADA.value),
        (words("Nobody"), grid.Kind.SILENT),
        *([(words("¶ Named in the plan"), grid.Kind.NOTHING)] if plan else []),
    ]
    return [grid.entry(text, grid.marker(kind, canvas)) for text, kind in entries]


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
    found, asked = supports(cooperation), requested(cooperation)
    anybody = supported(found)
    return pd.DataFrame([
        {
            words("Activity"): name.full,
            **{other.short: _cell(found, partner, code, countries, words, region)
               for partner, other in partners.items()},
            words("Nobody"): "" if code in anybody else
                (words("Nobody; support is requested") if code in asked else words("Nobody")),
        }
        for code, name in activities.items()
    ])  # fmt: skip


def _cell(
    found: Supports,
    partner: str | int,
    activity: str | int,
    countries: Names,
    words: Words,
    region: str,
) -> str:
    support = found.get((str(partner), str(activity)))
    if support is None:
        return "0"
    where = places(support.countries, countries, words, region=region)
    return f"{label(words, support.state)} ({where})"
