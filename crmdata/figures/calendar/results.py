"""When results are to be delivered: the last period in which work on them is scheduled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from crmdata.figures import style, wording
from crmdata.figures.calendar import spans
from crmdata.figures.calendar.inputs import Plan
from crmdata.figures.calendar.layout import Board, RowPlace
from crmdata.figures.names import shown
from crmdata.figures.records import points, records
from crmdata.figures.wording import given
from crmdata.i18n import Words

_SPOT = 16
_APART = 0.5
_ROOM = 0.9
"""Px across a spot, periods from one spot to the next, and over all spots of a period.

On a page of 1024 px a period has 40 px: the two results that end with the plan in most lines
stand clear of each other.
"""

_CIRCLED = 0x2460
_MOST_CIRCLED = 20


def deliveries(plan: Plan, results: pd.DataFrame) -> pd.DataFrame:
    """Return the results with `semester`, the last one with a slot of theirs; None without any.

    `plan` must be whole: narrowed to some activities, a result would seem to end earlier.
    """
    of_activity = dict(zip(plan.activities["activity"], plan.activities["result"], strict=True))
    last: dict[str, str] = {}
    for activity, period in spans.slot_places(plan.marks, plan):
        result = of_activity.get(activity)
        if result is not None:
            last[result] = max(period, last.get(result, ""))
    periods = [last.get(result) for result in results["result"]]
    return results.assign(semester=pd.Series(periods, index=results.index, dtype=object))


def shown_results(plan: Plan) -> list[Any]:
    """Return the results that have activities here, in the plan's order."""
    if plan.results is None:
        return []
    here = set(plan.activities["result"])
    return [row for row in records(plan.results) if row.result in here]


def number(result: str) -> str:
    """Return a result's number within its line: `3` of `IV.3`."""
    return result.rsplit(".", 1)[-1]


def circled(results: Iterable[str]) -> str:
    """Return the numbers of results as letters in a circle, for a cell or a sheet: `①②`."""
    found = []
    for result in results:
        own = number(result)
        small = own.isdecimal() and 1 <= int(own) <= _MOST_CIRCLED
        found.append(chr(_CIRCLED + int(own) - 1) if small else f"({own})")
    return "".join(found)


def by_period(plan: Plan, line: str) -> dict[str, list[str]]:
    """Return the results of a line by the period in which they are to be delivered."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in shown_results(plan):
        if row.line == line and given(row.semester):
            found[row.semester].append(row.result)
    return found


def said(words: Words, row: Any) -> str:
    """Say when a result is to be delivered."""
    if not given(row.semester):
        return words("{result}: no semester", result=row.result)
    return f"{row.result}: {words.period(row.semester)}"


def spots(board: Board) -> list[go.Scatter]:
    """Return a round spot for each result on its line's band; on a folded axis, their number."""
    placed = [*_spots(board)]
    if not placed:
        return []
    palette = board.canvas.palette
    where = {"x": points([x for x, *_ in placed]), "y": points([y for _, y, *_ in placed])}
    return [
        go.Scatter(
            mode="markers",
            name=board.canvas.words("Delivery of a result, by its number"),
            showlegend=True,
            marker={"symbol": "circle", "size": _SPOT, "color": palette.background,
                    "line": {"color": palette.text, "width": 1.5}},
            customdata=[[code, "result"] for *_, code, _ in placed],
            hovertext=[hover for *_, hover in placed],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
            **where,
        ),
        go.Scatter(
            mode="text",
            text=[f"<b>{text}</b>" for _, _, text, _, _ in placed],
            textfont={"size": style.SMALL, "color": palette.text},
            hoverinfo="skip",
            showlegend=False,
            **where,
        ),
    ]  # fmt: skip


def _spots(board: Board) -> Iterator[tuple[float, float, str, str, str]]:
    """Yield x, y, text, code and hover of each spot."""
    bands = {(place.level, place.code): place for place in board.bands}
    groups: dict[tuple[RowPlace, str], list[Any]] = defaultdict(list)
    for row in shown_results(board.plan):
        band = bands.get(("line", row.line)) or bands.get(("axis", str(row.axis)))
        if band is not None and given(row.semester):
            groups[band, row.semester].append(row)
    for (band, period), own in groups.items():
        middle, y = board.plan.place(period) + 0.5, board.above(band)
        hovers = [_hover(row, board) for row in own]
        if band.level == "axis":
            text = board.canvas.words.number(len(own))
            yield middle, y, text, band.code, "<br>".join(hovers)
            continue
        apart = min(_APART, _ROOM / max(1, len(own) - 1))
        first = middle - apart * (len(own) - 1) / 2
        for place, (row, hover) in enumerate(zip(own, hovers, strict=True)):
            yield first + place * apart, y, number(row.result), row.result, hover


def _hover(row: Any, board: Board) -> str:
    words = board.canvas.words
    title = board.canvas.hover(shown(words, row.title, row.title_en))
    due = words("To be delivered in {semester}", semester=words.period(row.semester))
    return f"<b>{wording.escape(row.result)} · {due}</b><br>{title}"
