"""What every figure starts from and ends with: reader, theme, type, axes."""

from dataclasses import dataclass
from typing import Any, Required, TypedDict

import plotly.graph_objects as go

from crmdata.content.wording import BOLD, folded, hover_text
from crmdata.figures import style
from crmdata.i18n import Words
from crmdata.labels import SYMBOLS, label
from crmdata.palette import CLEAR, PALETTES, Palette

_LEGEND_ROW = 22
_EDGE = 6

PHONE = 288
"""Px that a figure has in the narrowest windows: what it writes there is folded to fit."""


class Drawing(TypedDict, total=False):
    """What every figure takes by keyword.

    `theme` is `light` or `dark`; `narrow` draws for a phone, with
    codes in place of names; `label_width` sets the room for row labels in px, `label_lines`
    into how many lines the long ones of the calendar are folded at most.
    """

    words: Required[Words]
    theme: str
    narrow: bool
    label_width: int
    label_lines: int


@dataclass(frozen=True)
class Margins:
    """Room around the plot area, in px."""

    left: int = 8
    right: int = 8
    top: int = 8
    bottom: int = 8


@dataclass(frozen=True)
class Canvas:
    """The reader's language, theme and screen, and the parts drawn for them."""

    words: Words
    theme: str = "light"
    narrow: bool = False
    label_width: int = 0
    label_lines: int = 3

    @property
    def palette(self) -> Palette:
        """The colours of the theme."""
        return PALETTES[self.theme]

    def state(self, code: str) -> str:
        """Return a state's symbol and name, as the legend says it."""
        return f"{SYMBOLS[code]} {label(self.words, code)}"

    def hover(self, text: str) -> str:
        """Return a whole text folded to the width of a hover label, escaped."""
        return hover_text(text, width=34 if self.narrow else 70)

    def figure(self, height: float, margins: Margins, **layout: Any) -> go.Figure:
        """Return an empty figure of this height in px, plot area and margins together."""
        palette = self.palette
        base: dict[str, Any] = {
            # Without it plotly writes its whole default template into every figure.
            "template": {},
            "height": round(height),
            "margin": {"l": margins.left, "r": margins.right, "t": margins.top,
                       "b": margins.bottom, "pad": 0, "autoexpand": False},
            # The page's own ground: a picture saved from the chart keeps it behind its type.
            "paper_bgcolor": palette.background,
            "plot_bgcolor": CLEAR,
            "font": {"family": style.FONT, "size": style.SIZE, "color": palette.text},
            "hoverlabel": {"bgcolor": palette.background, "bordercolor": palette.rule,
                           "align": "left",
                           "font": {"family": style.FONT, "size": style.SIZE,
                                    "color": palette.text}},
            "hovermode": "closest",
            # A finger that scrolls the page must not draw a zoom box.
            "dragmode": False,
            # Also for a single trace; a trace enters the legend by its own `showlegend`.
            "showlegend": True,
            "barmode": "overlay",
            "bargap": 0,
        }  # fmt: skip
        return go.Figure(layout=base | layout)

    def axis(self, **own: Any) -> dict[str, Any]:
        """Return a bare axis: every tick, text and rule is said, nothing comes by itself."""
        bare = {
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "showline": False,
            "ticks": "",
            "tickmode": "array",
            "tickangle": 0,
            "gridcolor": self.palette.grid,
            "tickfont": {"size": style.SIZE, "color": self.palette.text},
        }
        return bare | own

    def legend_room(self, entries: int, *, wide: int = 5, heading: str = "") -> int:
        """Return the px that heading and legend take above the plot, `wide` entries in a row."""
        rows = -(-entries // self._legend_columns(wide)) + len(self._heading_lines(heading))
        return 16 + _LEGEND_ROW * rows

    def _legend_columns(self, wide: int) -> int:
        return -(-wide // 3) if self.narrow else wide

    def _legend(self, figure: go.Figure, wide: int, first_row: int) -> None:
        """Set the entries in columns above the plot, over the whole width of the figure.

        Plotly folds one legend at the plot area's width, which the server does not know, so
        each entry is a legend of its own. A click hides nothing: the sums would not add up.
        """
        entries = [trace for trace in figure.data if trace.showlegend]
        columns = self._legend_columns(wide)
        for place, trace in enumerate(entries):
            row, column = divmod(place, columns)
            key = "legend" if place == 0 else f"legend{place + 1}"
            trace.legend = key
            figure.layout[key] = {
                "x": column / columns,
                "xanchor": "left",
                "xref": "container",
                "y": 1 - ((row + first_row) * _LEGEND_ROW + 2) / figure.layout.height,
                "yanchor": "top",
                "yref": "container",
                "itemclick": False,
                "itemdoubleclick": False,
                "bgcolor": CLEAR,
                "font": {
                    "size": style.SMALL if self.narrow else style.SIZE, "color": self.palette.text,
                },
            }  # fmt: skip

    def _heading_lines(self, text: str) -> list[str]:
        if not (text and self.narrow):
            return [text] if text else []
        return folded(text, (PHONE - 2 * _EDGE) / BOLD, style.SIZE)

    def _heading(self, figure: go.Figure, text: str) -> dict[str, Any]:
        margin = figure.layout.margin
        lines = "<br>".join(self._heading_lines(text))
        return {
            "text": f"<b>{lines}</b>", "xref": "paper", "yref": "paper", "x": 0, "y": 1,
            "xanchor": "left", "yanchor": "top", "xshift": -margin.l + _EDGE,
            "yshift": margin.t - 2, "showarrow": False, "align": "left",
        }  # fmt: skip

    def finish(self, figure: go.Figure, *, wide: int = 5, heading: str = "") -> go.Figure:
        """Return the figure with its legend.

        `wide` entries of the legend stand in a row, fewer on a phone; `heading` above them.
        """
        self._legend(figure, wide, first_row=len(self._heading_lines(heading)))
        if heading:
            figure.layout.annotations = [*figure.layout.annotations, self._heading(figure, heading)]
        return figure
