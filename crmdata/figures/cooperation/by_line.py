"""Partner × line: of how many activities of each line a partner supports any."""

from datetime import date
from typing import Any, Unpack

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import wording
from crmdata.content.cooperation import NOBODY, requested, supported, supports
from crmdata.content.names import Name, Names
from crmdata.figures import grid, style
from crmdata.figures.canvas import Canvas, Drawing
from crmdata.i18n import Words


def figure(
    cooperation: pd.DataFrame,
    activities: pd.DataFrame,
    lines: Names,
    partners: Names,
    **how: Unpack[Drawing],
) -> go.Figure:
    """Draw for each line and partner how many of the line's activities it supports.

    The last column counts those that nobody supports, hatched. A click gives
    `customdata = [line, partner]`, with `nobody` as the partner of the last column.
    """
    canvas = Canvas(**how)
    words = canvas.words
    counts = counted(cooperation, activities, lines, partners)
    columns = {**partners, NOBODY: Name(words("Nobody"), words("Nobody"))}

    def faces(line: Any, partner: Any) -> tuple[grid.Face, str]:
        count, among = counts[line, partner]
        return face(count, among, partner), _hover(
            count, among, f"{columns[partner].short} · {lines[line].full}", canvas, partner
        )

    legend = [
        *grid.steps(canvas),
        grid.entry(words("Nobody"), grid.marker(grid.Kind.SILENT, canvas)),
        grid.entry(words("0 None"), grid.marker(grid.Kind.NOTHING, canvas)),
    ]
    heading = words("Activities that a partner supports, of those of the line")
    return grid.figure(grid.Layout(lines, columns, canvas, height=36), faces, legend, heading)


def counted(
    cooperation: pd.DataFrame, activities: pd.DataFrame, lines: Names, partners: Names
) -> dict[tuple[Any, Any], tuple[int, int]]:
    """Return for each line and column how many activities, among how many.

    The columns are the partners and `NOBODY`.
    """
    found = supports(cooperation)
    anybody = supported(found)
    counts: dict[tuple[Any, Any], tuple[int, int]] = {}
    for line in lines:
        own = set(activities.loc[activities["line"] == line, "activity"])
        for partner in partners:
            counts[line, partner] = sum((partner, one) in found for one in own), len(own)
        counts[line, NOBODY] = len(own - anybody), len(own)
    return counts


def face(count: int, among: int, partner: str) -> grid.Face:
    """Return the face of a count of activities; that of `NOBODY` is hatched."""
    if not count:
        return grid.Face(grid.Kind.NOTHING, "0")
    text = f"{count}/{among}"
    if partner == NOBODY:
        return grid.Face(grid.Kind.SILENT, text)
    return grid.Face(grid.Kind.VALUE, text, step=style.step(100 * count / among))


def _hover(count: int, among: int, name: str, canvas: Canvas, partner: str) -> str:
    words = canvas.words
    said = (
        words("{count} of {among} activities without any support", count=count, among=among)
        if partner == NOBODY
        else words("{count} of {among} activities supported", count=count, among=among)
    )
    return f"<b>{canvas.hover(name)}</b><br>{said}"


def summary(
    cooperation: pd.DataFrame, activities: pd.DataFrame, partners: Names, *, words: Words,
    cutoff: date,
) -> str:  # fmt: skip
    """Say how many activities each partner supports, how many nobody does, what is asked for."""
    codes = set(activities["activity"])
    found = supports(cooperation)
    alone = codes - supported(found)
    each = [
        f"{name.short}: {sum(one == partner and code in codes for one, code in found)}"
        for partner, name in partners.items()
    ]
    asked = requested(cooperation) & codes
    return wording.sentences(
        words("Up to {date}, {supported} of {all} activities had the support of at least one "
              "partner.",
              date=words.date(cutoff), supported=words.number(len(codes) - len(alone)),
              all=words.number(len(codes))),
        words("Activities by partner: {counts}.", counts=wording.listed(words, each)),
        words("Activities that nobody supports: {alone}.", alone=words.number(len(alone))),
        words("Requested without a partner: {asked}.",
              asked=words.number(len(asked))) if asked else "",
    )  # fmt: skip


def table(
    cooperation: pd.DataFrame, activities: pd.DataFrame, lines: Names, partners: Names, *,
    words: Words,
) -> pd.DataFrame:  # fmt: skip
    """Return a row a line: its activities, those each partner supports, those nobody does."""
    counts = counted(cooperation, activities, lines, partners)
    return pd.DataFrame([
        {
            words("Line"): name.full,
            words("Activities"): counts[line, NOBODY][1],
            **{other.short: counts[line, partner][0] for partner, other in partners.items()},
            words("Nobody"): counts[line, NOBODY][0],
        }
        for line, name in lines.items()
    ])  # fmt: skip
