"""What has no date: the lane of `Por definir`, unscheduled rows, and the marks of readings."""

from collections import Counter
from collections.abc import Iterator

import plotly.graph_objects as go

from crmdata.figures import style
from crmdata.figures.calendar import spans
from crmdata.figures.calendar.layout import GUTTER, Board
from crmdata.figures.calendar.tracks import READING_SIGNS, planned_at, row_hover
from crmdata.figures.records import points, records
from crmdata.terms import Reading


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
    text, plan = board.canvas.words("unscheduled"), board.plan
    # In the first year with a column: what stands upright in an empty one would run into it.
    left = plan.place_of_year(plan.first_year) + 0.1
    return [
        go.Scatter(
            mode="text", x=points([left] * len(ys)), y=points(ys),
            text=[f"<i>{text}</i>"] * len(ys), textposition="middle right",
            textfont={"color": board.canvas.palette.muted}, hoverinfo="skip", showlegend=False,
        )
    ]  # fmt: skip


def readings(board: Board) -> list[go.Scatter]:
    """Return in the gutter the sign of each reading; its note, the other reading, in the hover."""
    words, rows = board.canvas.words, board.activities
    signed = [
        (READING_SIGNS[activity.reading], rows[activity.activity].middle, activity)
        for activity in records(board.plan.activities)
        if activity.activity in rows and activity.reading in READING_SIGNS
    ]
    found = [
        go.Scatter(
            mode="text", x=points([-GUTTER / 2] * len(signed)),
            y=points([middle for _, middle, _ in signed]), text=[sign for sign, _, _ in signed],
            textfont={"size": style.LARGE, "color": board.canvas.palette.text},
            customdata=[[activity.activity, "reading"] for _, _, activity in signed],
            hovertext=[row_hover(board, activity) for _, _, activity in signed],
            hovertemplate="%{hovertext}<extra></extra>",
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
