"""What lies under the bars: bands, rules, the empty years; and the header above them."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from crmdata.figures import style, wording
from crmdata.figures.calendar.layout import GUTTER, Board
from crmdata.figures.names import shown
from crmdata.figures.records import points, records
from crmdata.terms import Period

_YEARS_AT = -54
_PERIODS_AT = -31
_MEETINGS_AT = -10
_CUTOFF_AT = -76
_NOTE_EVERY = 560
_NOTE_ROOM = 230


def shapes(board: Board, *, top: float, bottom: float) -> list[dict[str, Any]]:
    """Return bands, rules and the cut-off line between two heights, as few shapes as can be."""
    palette = board.canvas.palette
    found = []
    if bottom > 0:
        for level, colour in (("axis", palette.band_strong), ("line", palette.band)):
            rows = [place for place in board.places if place.level == level]
            found += _filled(board, rows, colour)
        marked = [board.activities[code] for code in board.layers.highlight & set(board.activities)]
        found += _filled(board, marked, palette.highlight)
        found.append(_row_rules(board))
    found += _empty_years(board, top, bottom)
    found.append(_year_rules(board, top, bottom))
    cutoff = board.layers.cutoff
    if cutoff is not None and 0 <= board.plan.place_of_day(cutoff) <= board.plan.width:
        x = board.plan.place_of_day(cutoff)
        found.append(_line(x, max(top, _CUTOFF_AT + 12), bottom, palette.text, width=2))
    return found


def _filled(board: Board, places: list[Any], colour: str) -> list[dict[str, Any]]:
    """Fill rows over the plot area and over their labels: one path each."""
    if not places:
        return []
    ends = [(place.row.top, place.row.top + place.row.height) for place in places]
    plain = {"type": "path", "yref": "y", "xref": "paper", "layer": "below",
             "fillcolor": colour, "line": {"width": 0}}  # fmt: skip
    left = board.label_width
    over_plot = " ".join(f"M0,{a} L1,{a} L1,{b} L0,{b} Z" for a, b in ends)
    over_labels = " ".join(f"M-{left},{a} L0,{a} L0,{b} L-{left},{b} Z" for a, b in ends)
    return [
        plain | {"path": over_plot},
        plain | {"path": over_labels, "xsizemode": "pixel", "xanchor": 0},
    ]


def _row_rules(board: Board) -> dict[str, Any]:
    path = " ".join(f"M0,{place.row.top} L1,{place.row.top}" for place in board.places)
    return {
        "type": "path", "path": path or "M0,0", "xref": "paper", "yref": "y", "layer": "below",
        "line": {"color": board.canvas.palette.grid, "width": 1},
    }  # fmt: skip


def _empty_years(board: Board, top: float, bottom: float) -> list[dict[str, Any]]:
    starts = [float(board.plan.place_of_year(year)) for year in board.plan.empty_years]
    return [
        {"type": "rect", "xref": "x", "yref": "y", "x0": x, "x1": x + Period.A_YEAR,
         "y0": max(top, _YEARS_AT - 12), "y1": bottom, "layer": "below",
         "fillcolor": board.canvas.palette.empty, "line": {"width": 0}}
        for x in starts
    ]  # fmt: skip


def _year_rules(board: Board, top: float, bottom: float) -> dict[str, Any]:
    top = max(top, _YEARS_AT - 12)
    ends = range(0, board.plan.width + 1, Period.A_YEAR)
    path = " ".join(f"M{x},{top} L{x},{bottom}" for x in [*ends, *board.lane[1:]])
    return {
        "type": "path", "path": path, "xref": "x", "yref": "y", "layer": "below",
        "line": {"color": board.canvas.palette.grid, "width": 1.5},
    }  # fmt: skip


def _line(x: float, top: float, bottom: float, colour: str, *, width: float) -> dict[str, Any]:
    return {
        "type": "line", "xref": "x", "yref": "y", "x0": x, "x1": x, "y0": top, "y1": bottom,
        "line": {"color": colour, "width": width},
    }  # fmt: skip


def notes(board: Board, bottom: float) -> list[dict[str, Any]]:
    """Return what stands upright in each empty year: why it is empty."""
    words, found = board.canvas.words, []
    for year in board.plan.empty_years:
        text = words("The source has no column for {year}", year=year)
        x = board.plan.place_of_year(year) + Period.A_YEAR / 2
        count = max(1, round(bottom / _NOTE_EVERY)) if bottom >= _NOTE_ROOM else 0
        found += [
            {"text": text, "x": x, "y": (number + 0.5) * bottom / count, "xref": "x",
             "yref": "y", "textangle": -90, "showarrow": False,
             "font": {"size": style.SIZE, "color": board.canvas.palette.muted}}
            for number in range(count)
        ]  # fmt: skip
    return found


def header_traces(board: Board) -> list[go.Scatter]:
    """Return the words of the header: years over periods, the lane, cut-off, meetings."""
    words, canvas = board.canvas.words, board.canvas
    lane = sum(board.lane) / 2
    years = [
        (board.plan.place_of_year(year) + Period.A_YEAR / 2, f"<b>{year}</b>")
        for year in board.plan.years
    ]
    signs = [(place + 0.5, period.sign) for place, period in enumerate(board.plan.periods)]
    undefined = wording.wrapped(words("To be defined"), width=9, lines=2)
    found = [
        _texts([*years], _YEARS_AT, canvas.palette.text, style.LARGE if not canvas.narrow else 13),
        _texts(signs, _PERIODS_AT, canvas.palette.text, style.SIZE),
        _texts([(lane, "<br>".join(f"<b>{line}</b>" for line in undefined))],
               (_YEARS_AT + _PERIODS_AT) / 2, canvas.palette.text, 13),
    ]  # fmt: skip
    found += _cutoff(board)
    if board.layers.meetings is not None:
        found.append(_meetings(board, board.layers.meetings))
    return found


def _texts(texts: list[tuple[float, str]], y: float, colour: str, size: float) -> go.Scatter:
    return go.Scatter(
        mode="text",
        x=[x for x, _ in texts],
        y=[y] * len(texts),
        text=[text for _, text in texts],
        textfont={"size": size, "color": colour},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _cutoff(board: Board) -> list[go.Scatter]:
    """Name the cut-off over its line, on the side where there is room."""
    cutoff = board.layers.cutoff
    if cutoff is None:
        return []
    x, words = board.plan.place_of_day(cutoff), board.canvas.words
    if not 0 <= x <= board.plan.width:
        return []
    text = words("Cut-off: {date}", date=words.date(cutoff, "medium"))
    trace = _texts([(x, f"<b>{text}</b>")], _CUTOFF_AT, board.canvas.palette.text, style.SIZE)
    third = board.plan.width / 3
    side = "right" if x < third else ("left" if x > 2 * third else "center")
    trace.textposition = f"middle {side}"
    return [trace]


def _meetings(board: Board, meetings: pd.DataFrame) -> go.Scatter:
    words, palette = board.canvas.words, board.canvas.palette
    found = [
        (board.plan.place_of_day(meeting.held_on), meeting)
        for meeting in records(meetings)
        if 0 <= board.plan.place_of_day(meeting.held_on) <= board.plan.width
    ]
    return go.Scatter(
        mode="markers",
        name=words("Meeting"),
        showlegend=True,
        x=points([x for x, _ in found]),
        y=points([_MEETINGS_AT] * len(found)),
        marker={"symbol": "diamond", "size": 11, "color": palette.background,
                "line": {"color": palette.text, "width": 2}},
        customdata=[[meeting.meeting, "meeting"] for _, meeting in found],
        hovertext=[
            f"<b>{wording.escape(shown(words, meeting.name_es, meeting.name_en))}</b><br>"
            + words("Held on {held}; cut-off {cutoff}", held=words.date(meeting.held_on),
                    cutoff=words.date(meeting.corte))
            for _, meeting in found
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
    )  # fmt: skip


def axis_range(board: Board) -> list[float]:
    """Return the extent of the x axis: the gutter, the periods, the lane."""
    return [-GUTTER, board.lane[1]]
