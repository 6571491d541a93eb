"""One state's part of stacked bars: its look, its counts, and what they say."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import measured_rows
from crmdata.figures import style
from crmdata.figures.canvas import Canvas
from crmdata.measures import Measured
from crmdata.palette import CLEAR, text_on


def lengths(groups: pd.DataFrame, state: str, *, share: bool) -> list[float | None]:
    """Return how long each group's part is: its count, or its share of N on 0–100.

    None where there is nothing: a bar of no length would still draw its outline.
    """
    pairs = zip(groups[state], groups["expected"], strict=True)
    return [(100 * count / due if share else count) if count else None for count, due in pairs]


def stacked(
    groups: pd.DataFrame,
    canvas: Canvas,
    state: str,
    hover: Callable[[Any, Measured], str],
    **geometry: Any,
) -> go.Bar:
    """Return a state's bars over all groups; `geometry` places them (x, y, width …).

    A click gives `customdata = [key, state]`.
    """
    look = canvas.palette.states[state]
    filled = look.ground != CLEAR
    return go.Bar(
        name=canvas.state(state),
        showlegend=True,
        marker=style.bar_marker(look),
        text=[canvas.words.number(int(count)) if count else "" for count in groups[state]],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={
            "size": style.SMALL,
            "color": text_on(look.ground) if filled else canvas.palette.text,
        },
        customdata=[[key, state] for key in groups.index],
        hovertext=[hover(key, measured) for key, measured in measured_rows.each(groups)],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        **geometry,
    )
