"""Rows with labels at the left, in px: one unit of the y axis is one px, downwards.

The labels are ticks of the axis itself, set left-aligned at the figure's edge: plotly draws
them at once and wraps them nowhere, so they are folded here to the room there is.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import measured_rows
from crmdata.content import sentences as said
from crmdata.content.names import Name, Names
from crmdata.content.wording import escape, folded, text_width, wrapped
from crmdata.figures import style
from crmdata.figures.canvas import PHONE, Canvas, Margins

LINE_HEIGHT = 18
"""Px from one line of a label to the next, at `style.SIZE`."""

_EDGE = 6
_NOTE_EDGE = 12
_WIDEST = 290


@dataclass(frozen=True)
class LabelledRow:
    """One row: its key, its label as plotly text, its place."""

    key: str | int
    label: str
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Where the row's label and bar stand."""
        return self.top + self.height / 2


@dataclass(frozen=True)
class LabelledRows:
    """All rows of a figure and the room their labels take."""

    rows: Sequence[LabelledRow]
    label_width: int

    @property
    def total(self) -> float:
        """The height of the plot area in px."""
        return self.rows[-1].top + self.rows[-1].height if self.rows else LINE_HEIGHT * 2

    @property
    def middles(self) -> list[float]:
        """The middle of each row."""
        return [row.middle for row in self.rows]

    def axis(self, canvas: Canvas, **own: Any) -> dict[str, Any]:
        """Return the y axis with the labels at the figure's left edge."""
        return canvas.axis(
            range=[self.total, 0],
            tickvals=self.middles,
            ticktext=[row.label for row in self.rows],
            side="right",
            anchor="free",
            position=0,
            # Not `shift`: plotly would move the ground that feels mouse and finger along with it.
            ticklabelstandoff=-self.label_width + _EDGE,
            **own,
        )

    def right_axis(self, canvas: Canvas, texts: Sequence[str], **own: Any) -> dict[str, Any]:
        """Return a second y axis with a text at the right of each row, left-aligned.

        Plotly draws it only where a trace uses it, even one without a point: `anchor`.
        """
        return canvas.axis(
            range=[self.total, 0],
            overlaying="y",
            side="right",
            ticklabelstandoff=6,
            tickvals=self.middles,
            ticktext=list(texts),
            **own,
        )


def right_width(texts: Iterable[str], size: float = style.SIZE) -> int:
    """Return the room in px that the texts at the right need."""
    lines = [line for text in texts for line in text.split("<br>")]
    return math.ceil(max((text_width(_bare(line), size) for line in lines), default=0)) + 16


def _bare(text: str) -> str:
    return unescape(re.sub("<[^>]*>", "", text))


def stacked(labels: Iterable[tuple[str | int, str, float]], label_width: int) -> LabelledRows:
    """Set rows of `(key, label, height)` one under the other."""
    rows: list[LabelledRow] = []
    top = 0.0
    for key, text, height in labels:
        rows.append(LabelledRow(key, text, top, height))
        top += height
    return LabelledRows(rows, label_width)


def labelled(names: Names, canvas: Canvas, *, height: float, lines: int = 2) -> LabelledRows:
    """Set a row for each name, at least `height` px high, with its label folded."""
    width = canvas.label_width or fitting_width(names, canvas)
    labels = {key: label(name, width, canvas, lines=lines) for key, name in names.items()}
    return stacked(
        ((key, text, max(height, LINE_HEIGHT * (text.count("<br>") + 1) + 8))
         for key, text in labels.items()),
        width,
    )  # fmt: skip


def fitting_width(names: Names, canvas: Canvas) -> int:
    """Return the room that the labels need, within what a screen leaves them."""
    texts = [name.short if canvas.narrow else name.called for name in names.values()]
    widest = max((text_width(text, style.SIZE) for text in texts), default=0)
    return math.ceil(min(widest, _WIDEST) + 2 * _EDGE + 4)


def label(name: Name, width: int, canvas: Canvas, *, lines: int = 2) -> str:
    """Return a row's label: code in bold and folded text, or the code alone where narrow."""
    if canvas.narrow:
        return f"<b>{escape(name.short)}</b>" if name.numbered else escape(name.short)
    characters = max(8, int((width - 2 * _EDGE) / (0.46 * style.SIZE)))
    folded = [escape(line) for line in wrapped(plain(name), width=characters, lines=lines)]
    text = "<br>".join(folded)
    if not name.numbered:
        return text
    return f"<b>{escape(name.short)}</b>{text[len(escape(name.short)) :]}"


def plain(name: Name) -> str:
    """Return code and few words as one line: `IV Coordinación…`."""
    return f"{name.short}\N{NO-BREAK SPACE} {name.brief}" if name.numbered else name.brief


def why_empty(
    groups: pd.DataFrame, placed: LabelledRows, canvas: Canvas, margins: Margins
) -> go.Scatter:
    """Say in the rows of which nothing is expected why they are empty."""
    empty = [
        (row.middle, said.why_nothing(measured, canvas.words))
        for row, (_, measured) in zip(placed.rows, measured_rows.each(groups), strict=True)
        if not measured.expected
    ]
    return notes([middle for middle, _ in empty], [text for _, text in empty], canvas, margins)


def notes(
    at: Sequence[float], texts: Sequence[str], canvas: Canvas, margins: Margins
) -> go.Scatter:
    """Write texts at the left end of rows, on the axis of the right-hand labels.

    On a phone they are folded to the plot's width. Plotly draws that axis only if a trace has
    a point on it, and be it a point of nothing.
    """
    size = style.SMALL if canvas.narrow else style.SIZE
    room = PHONE - margins.left - margins.right if canvas.narrow else math.inf
    return go.Scatter(
        mode="text",
        yaxis="y2",
        x=[None, *(0 for _ in at)],
        y=[None, *at],
        text=["", *("<br>".join(f" {line}" for line in folded(text, room - _NOTE_EDGE, size))
                    for text in texts)],
        textposition="middle right",
        textfont={"color": canvas.palette.muted, "size": size},
        hoverinfo="skip",
        showlegend=False,
    )  # fmt: skip
