"""What was reported, group by group: stacked bars of counts, silence hatched among them."""

from datetime import date
from typing import Any, Unpack

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import frames, wording
from crmdata.content import sentences as said
from crmdata.content.names import Names
from crmdata.figures import rows, stacks, style
from crmdata.figures.canvas import Canvas, Drawing, Margins
from crmdata.figures.ticks import counts_up_to, percents
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.measures import Measured
from crmdata.terms import COUNTED

_BAR = 24
_BOTTOM = 44


def figure(
    measures: pd.DataFrame,
    names: Names,
    *,
    by: str,
    share: bool = False,
    **how: Unpack[Drawing],
) -> go.Figure:
    """Draw a bar a group, its due slots stacked by state, with n/N (coverage) at the right.

    `by` is the measures' column with the keys of `names`. With `share` all bars are as long as
    100 %. A group of which nothing is expected says so in words. A click gives
    `customdata = [key, state]`.
    """
    canvas = Canvas(**how)
    groups = frames.aligned(measures, by, names)
    placed = rows.named(names, canvas, height=44 if canvas.narrow else 40)
    right = _right_labels(groups, canvas)
    margins = Margins(placed.label_width, rows.right_width(right), canvas.legend_room(5), _BOTTOM)
    fig = canvas.figure(
        placed.total + margins.top + margins.bottom,
        margins,
        barmode="stack",
        uniformtext={"mode": "hide", "minsize": style.SMALL},
        xaxis=_scale(groups, canvas, share=share),
        yaxis=placed.axis(canvas),
        yaxis2=placed.right_axis(canvas, right),
    )
    for state in COUNTED:
        fig.add_trace(_bars(groups, placed, names, canvas, state=str(state), share=share))
    fig.add_trace(rows.why_empty(groups, placed, canvas, margins))
    return canvas.finish(fig)


def _scale(groups: pd.DataFrame, canvas: Canvas, *, share: bool) -> dict[str, Any]:
    top = 100 if share else max(1, int(groups["expected"].max()))
    tickvals, ticktext = percents(canvas.words) if share else counts_up_to(top, canvas.words)
    title = (
        canvas.words("Share of the expected reports (N)")
        if share
        else canvas.words("Expected reports (N): due slots × countries")
    )
    return canvas.axis(
        range=[0, top * 1.001], showgrid=True, tickvals=tickvals, ticktext=ticktext,
        title={"text": title, "standoff": 6, "font": {"size": style.SMALL}},
        tickfont={"size": style.SMALL, "color": canvas.palette.muted},
    )  # fmt: skip


def _right_labels(groups: pd.DataFrame, canvas: Canvas) -> list[str]:
    texts = []
    for _, measured in frames.each(groups):
        text = wording.escape(wording.coverage(canvas.words, measured))
        texts.append(text.replace(" (", "<br>(") if canvas.narrow else text)
    return texts


def _bars(
    groups: pd.DataFrame,
    placed: rows.LabelledRows,
    names: Names,
    canvas: Canvas,
    *,
    state: str,
    share: bool,
) -> go.Bar:
    return stacks.stacked(
        groups,
        canvas,
        state,
        lambda key, measured: _hover(measured, names[key].full, canvas, state),
        orientation="h",
        x=stacks.lengths(groups, state, share=share),
        y=placed.middles,
        width=_BAR,
    )


def _hover(measured: Measured, name: str, canvas: Canvas, state: str) -> str:
    words = canvas.words
    count = getattr(measured, state)
    share = wording.percent(words, 100 * count / measured.expected) if measured.expected else ""
    return "<br>".join((
        f"<b>{canvas.hover(name)}</b>",
        words("{state}: {count} of {expected} expected ({share})", state=label(words, state),
              count=words.number(count), expected=words.number(measured.expected),
              share=wording.escape(share)),
        words("Reported: {coverage}", coverage=wording.escape(wording.coverage(words, measured))),
    ))  # fmt: skip


def summary(measures: pd.DataFrame, names: Names, *, by: str, words: Words, cutoff: date) -> str:
    """Say the sums, and which groups are silent or have nothing due."""
    groups = frames.aligned(measures, by, names)
    return wording.sentences(
        said.arrived(frames.total(groups), words, cutoff),
        said.states(frames.total(groups), words),
        said.silent_groups(groups, names, words),
        said.groups_without_slots(groups, names, words),
    )


def table(
    measures: pd.DataFrame, names: Names, *, by: str, group: str, words: Words
) -> pd.DataFrame:
    """Return a row a group: its name under the header `group`, N, n, coverage, the counts."""
    found = []
    for key, measured in frames.each(frames.aligned(measures, by, names)):
        found.append({
            group: names[key].full,
            **frames.count_columns(measured, words),
            words("Coverage"): wording.share(words, measured),
        })  # fmt: skip
    return pd.DataFrame(found)
