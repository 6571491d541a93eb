"""What has no date: the lane of `Por definir`, unscheduled rows, and the marks of readings."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

from crmdata.figures import style, wording
from crmdata.figures.calendar import spans
from crmdata.figures.calendar.layout import GUTTER, Board
from crmdata.figures.calendar.tracks import Piece, bars, planned_at
from crmdata.figures.names import shown
from crmdata.figures.records import points, records
from crmdata.labels import label
from crmdata.terms import Reading

READING_SIGNS = {Reading.INFERRED.value: "†", Reading.SHARED.value: "‡"}
"""The small mark of a row that was read rather than printed; an exact one has none."""


def undefined(board: Board) -> list[go.Scatter]:
    """Return the lane of `Por definir`: the years of each activity, the count of each band."""
    words, middle = board.canvas.words, sum(board.lane) / 2
    years = spans.undefined_years(board.plan.marks)
    rows = [(place, years[code]) for code, place in board.activities.items() if code in years]
    texts, ys, hovers, keys = [], [], [], []
    for place, own in rows:
        texts.append(words.number(len(own)) if board.canvas.narrow else spans.years_text(own))
        ys.append(place.middle)
        hovers.append(
            f"<b>{place.code}</b><br>"
            + words(
                "«Por definir» in {years}: no date yet, no report expected",
                years=spans.years_text(own),
            )
        )
        keys.append([place.code, "undefined"])
    counted = Counter(
        code
        for activity, line, axis in _above(board)
        if activity in years
        for code in (line, str(axis))
    )
    for band in board.bands:
        if count := counted[band.code]:
            texts.append(f"<b>{words.number(count)}</b>")
            ys.append(band.middle)
            hovers.append(
                words.plural(
                    "{n} activity with a year to be defined",
                    "{n} activities with a year to be defined",
                    count,
                )
            )
            keys.append([band.code, "undefined"])
    return [
        go.Scatter(
            mode="text", x=points([middle] * len(ys)), y=points(ys), text=texts,
            textfont={"size": style.SMALL + 1, "color": board.canvas.palette.text},
            customdata=keys, hovertext=hovers, hovertemplate="%{hovertext}<extra></extra>",
            showlegend=False,
        )
    ]  # fmt: skip


def _above(board: Board) -> Iterator[tuple[str, str, int]]:
    """Yield each activity with its line and axis."""
    columns = (board.plan.activities[name].tolist() for name in ("activity", "line", "axis"))
    return zip(*columns, strict=True)


def unscheduled(board: Board) -> list[go.Scatter]:
    """Return a word in the rows that have no mark at all."""
    marked = set(board.plan.marks["activity"])
    rows = [place for code, place in board.activities.items() if code not in marked]
    ys = [planned_at(board, place.middle) for place in rows]
    text = board.canvas.words("unscheduled")
    return [
        go.Scatter(
            mode="text", x=points([0.1] * len(ys)), y=points(ys),
            text=[f"<i>{text}</i>"] * len(ys), textposition="middle right",
            textfont={"color": board.canvas.palette.muted}, hoverinfo="skip", showlegend=False,
        )
    ]  # fmt: skip


def labels(board: Board) -> list[go.Scatter]:
    """Return in the gutter what a hover over a row's beginning tells: its whole text.

    The sign of a reading stands there, and its note, with the other reading, is in the hover.
    """
    words, rows = board.canvas.words, board.activities
    texts, ys, hovers, keys = [], [], [], []
    for activity in records(board.plan.activities):
        if activity.activity not in rows:
            continue
        texts.append(READING_SIGNS.get(activity.reading, " "))
        ys.append(rows[activity.activity].middle)
        hovers.append(_row_hover(board, activity))
        keys.append([activity.activity, "activity"])
    found = [
        go.Scatter(
            mode="text", x=points([-GUTTER / 2] * len(ys)), y=points(ys), text=texts,
            textfont={"size": style.LARGE, "color": board.canvas.palette.text},
            customdata=keys, hovertext=hovers, hovertemplate="%{hovertext}<extra></extra>",
            showlegend=False,
        )
    ]  # fmt: skip
    present = set(board.plan.activities["reading"])
    return found + [
        go.Scatter(
            mode="markers", x=[None], y=[None], showlegend=True, hoverinfo="skip",
            marker={"color": style.CLEAR},
            name=f"{sign} {text}",
        )
        for reading, sign, text in (
            (Reading.INFERRED, "†", words("Inferred reading")),
            (Reading.SHARED, "‡", words("Shared mark")),
        )
        if reading in present
    ]  # fmt: skip


def _row_hover(board: Board, activity: Any) -> str:
    words = board.canvas.words
    text = board.canvas.hover(shown(words, activity.text, activity.text_en))
    found = [f"<b>{wording.escape(activity.activity)}</b>", text]
    sign = READING_SIGNS.get(activity.reading)
    if sign:
        found.append(f"{sign} {label(words, activity.reading)}")
        note = shown(words, activity.note, activity.note_en)
        if note:
            found.append(board.canvas.hover(note))
    return "<br>".join(found)


def band_targets(board: Board) -> list[go.Bar]:
    """Return a clear bar over each band, so that a click can fold or open it."""
    return [
        bars(
            (Piece(0, board.plan.width, place.middle) for place in board.bands),
            width=[place.row.height - 2 for place in board.bands] or None,
            marker={"color": style.CLEAR},
            customdata=[[place.code, place.level] for place in board.bands],
            hoverinfo="none", unselected={"marker": {"opacity": 1}}, showlegend=False,
        )
    ]  # fmt: skip
