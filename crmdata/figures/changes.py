"""What changed between two cut-offs, group by group: a column of bars for each kind of change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Unpack

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import wording
from crmdata.content.names import Names
from crmdata.content.sentences import MANY
from crmdata.errors import N_
from crmdata.figures import rows, style
from crmdata.figures.canvas import Canvas, Drawing, Margins
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT
from crmdata.terms import SIN_REPORTE, State

FLAGS = (
    "newly_reported",
    "gone_back",
    "advanced",
    "corrected",
    "newly_due",
    "newly_silent",
)
"""The kinds of change, as `measures.change_between` flags them, in the order of the columns."""

SAID = ("newly_reported", "corrected", "gone_back", "advanced")
"""Those that a report brings: the others are of cells that may have none."""

TITLES: Mapping[str, str] = {
    "newly_reported": N_("Reports added"),
    "gone_back": N_("Gone back"),
    "advanced": N_("Advanced"),
    "corrected": N_("Corrected"),
    "newly_due": N_("Newly due"),
    "newly_silent": N_("Newly silent"),
}

MEANINGS: Mapping[str, str] = {
    "newly_reported": N_("there was no report of this country, activity and semester"),
    "gone_back": N_("the percent lies below the country's report before on the activity"),
    "advanced": N_("the percent lies above the country's report before on the activity"),
    "corrected": N_("a later report took the place of an earlier one of the same semester"),
    "newly_due": N_("the semester ended between the two dates, so a report is expected"),
    "newly_silent": N_("due now, and no report has arrived"),
}

SYMBOLS: Mapping[str, str] = {
    "newly_reported": "+",
    "gone_back": "▼",
    "advanced": "▲",
    "corrected": "≠",
    "newly_due": "◇",
    "newly_silent": NO_REPORT,
}
"""One symbol a kind, beside its name wherever it stands."""

_ROW = 34
_BAR = 18
_HEAD = 60
_TURNED = 0.9
"""Where bars that grow to the left begin: the next column's head must not touch theirs."""

_LONGEST = 0.68
"""The longest bar as a share of its column; its number stands beside it."""


def figure(
    counts: pd.DataFrame,
    names: Names,
    *,
    by: str,
    flags: Sequence[str] = FLAGS,
    **how: Unpack[Drawing],
) -> go.Figure:
    """Draw a row a group and a column a kind of change, all bars on one scale.

    `counts` has the column `by` with the keys of `names`, and a count for each of `flags`.
    What has gone back grows to the left, beside what has advanced. A click gives
    `customdata = [key, flag]`.
    """
    layout = _Layout(aligned(counts, by, names, flags), names, tuple(flags), Canvas(**how))
    canvas, placed = layout.canvas, layout.placed
    margins = Margins(placed.label_width)
    fig = canvas.figure(
        placed.total + margins.top + margins.bottom,
        margins,
        xaxis=canvas.axis(range=[-0.02, layout.per_block], showticklabels=False),
        yaxis=placed.axis(canvas),
        shapes=[*layout.rules(), *layout.origins()],
    )
    for place in range(len(flags)):
        fig.add_trace(layout.bars(place))
        fig.add_trace(layout.numbers(place))
    fig.add_trace(layout.heads())
    return canvas.finish(fig)


def aligned(counts: pd.DataFrame, by: str, names: Names, flags: Sequence[str]) -> pd.DataFrame:
    """Return the counts of each name in its order, zero where it has no row."""
    return counts.set_index(by)[list(flags)].reindex(list(names)).fillna(0).astype(int)


@dataclass(frozen=True)
class _Layout:
    """Where everything stands; on a phone the columns go on in a second block beneath."""

    counts: pd.DataFrame
    names: Names
    flags: tuple[str, ...]
    canvas: Canvas

    @property
    def per_block(self) -> int:
        return -(-len(self.flags) // 2) if self.canvas.narrow else len(self.flags)

    @cached_property
    def placed(self) -> rows.LabelledRows:
        one = rows.named(self.names, self.canvas, height=_ROW)
        every: list[tuple[str | int, str, float]] = []
        for block in range(-(-len(self.flags) // self.per_block)):
            every.append((f"head-{block}", "", float(_HEAD)))
            every += [(row.key, row.label, row.height) for row in one.rows]
        return rows.stacked(every, one.label_width)

    def _block(self, place: int) -> tuple[int, Sequence[rows.LabelledRow]]:
        """Return the column of a flag in its block, and the block's rows with its head."""
        block, column = divmod(place, self.per_block)
        height = len(self.names) + 1
        return column, self.placed.rows[block * height : (block + 1) * height]

    def _origin(self, place: int) -> tuple[float, int]:
        """Return where the bars of a flag begin, and whether they grow to the right or left."""
        column, _ = self._block(place)
        return (column + _TURNED, -1) if self.flags[place] == "gone_back" else (column, 1)

    def _lengths(self, flag: str) -> list[float]:
        most = max(1, int(self.counts.to_numpy().max(initial=0)))
        return [_LONGEST * count / most for count in self.counts[flag]]

    def bars(self, place: int) -> go.Bar:
        flag, (_, block), (base, side) = self.flags[place], self._block(place), self._origin(place)
        return go.Bar(
            orientation="h",
            base=[base] * len(self.names),
            # A bar of no length would still draw its outline.
            x=[side * length or None for length in self._lengths(flag)],
            y=[row.middle for row in block[1:]],
            width=_BAR,
            marker=_marker(flag, self.canvas),
            customdata=[[key, flag] for key in self.names],
            hovertext=[
                self._hover(self.names[key].full, flag, count)
                for key, count in zip(self.names, self.counts[flag], strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
            showlegend=False,
        )

    def numbers(self, place: int) -> go.Scatter:
        flag, (_, block), (base, side) = self.flags[place], self._block(place), self._origin(place)
        palette, counts = self.canvas.palette, list(self.counts[flag])
        return go.Scatter(
            mode="text",
            x=[base + side * (length + 0.03) for length in self._lengths(flag)],
            y=[row.middle for row in block[1:]],
            text=[self.canvas.words.number(count) for count in counts],
            textposition="middle right" if side > 0 else "middle left",
            textfont={"size": style.SIZE,
                      "color": [palette.text if count else palette.muted for count in counts]},
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )  # fmt: skip

    def _hover(self, name: str, flag: str, count: int) -> str:
        canvas, words = self.canvas, self.canvas.words
        counted = words("{kind}: {count}", kind=words(TITLES[flag]), count=words.number(count))
        meaning = canvas.hover(words(MEANINGS[flag]))
        return f"<b>{canvas.hover(name)}</b><br>{counted}<br>{meaning}"

    def heads(self) -> go.Scatter:
        """Return the column heads, folded to the width of a column."""
        heads: list[tuple[float, float, str, str]] = []
        for place, flag in enumerate(self.flags):
            (base, side), (_, block) = self._origin(place), self._block(place)
            text = f"{SYMBOLS[flag]} {self.canvas.words(TITLES[flag])}"
            folded = wording.wrapped(text, width=12 if self.canvas.narrow else 16, lines=3)
            lines = "<br>".join(map(wording.escape, folded))
            heads.append((base, block[0].middle, f"<b>{lines}</b>",
                          "middle right" if side > 0 else "middle left"))  # fmt: skip
        return go.Scatter(
            mode="text",
            x=[x for x, _, _, _ in heads],
            y=[y for _, y, _, _ in heads],
            text=[text for _, _, text, _ in heads],
            textposition=[position for _, _, _, position in heads],
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )

    def rules(self) -> list[dict[str, Any]]:
        """Return a thin line above each row, to be followed over all columns."""
        line = {"color": self.canvas.palette.grid, "width": 1}
        return [
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": row.top, "y1": row.top,
             "line": line, "layer": "below"}
            for row in self.placed.rows if not str(row.key).startswith("head-")
        ]  # fmt: skip

    def origins(self) -> list[dict[str, Any]]:
        """Return the line at which the bars of each column begin."""
        line = {"color": self.canvas.palette.rule, "width": 1}
        found = []
        for place in range(len(self.flags)):
            (base, _), (_, block) = self._origin(place), self._block(place)
            last = block[-1]
            found.append({"type": "line", "x0": base, "x1": base, "y0": block[0].top + _HEAD,
                          "y1": last.top + last.height, "line": line})  # fmt: skip
        return found


def _marker(flag: str, canvas: Canvas) -> dict[str, Any]:
    """Return the look of a kind of change: no two alike without their colours."""
    palette = canvas.palette
    dark, ochre, bright, _ = palette.series
    outline = {"line": {"color": dark, "width": 1}}
    if flag == "newly_silent":
        return style.bar_marker(palette.states[SIN_REPORTE])
    if flag == "gone_back":
        return style.bar_marker(palette.states[State.SUSPENDIDA.value])
    if flag == "corrected":
        pattern = {"shape": "x", "fgcolor": ochre, "bgcolor": palette.background,
                   "solidity": 0.3, "size": 6}  # fmt: skip
        return {"color": palette.background, "pattern": pattern,
                "line": {"color": ochre, "width": 1}}  # fmt: skip
    if flag == "newly_due":
        return {"color": palette.planned, "line": {"color": palette.rule, "width": 1}}
    return {"color": bright if flag == "advanced" else dark, **outline}


def summary(
    counts: pd.DataFrame,
    names: Names,
    totals: Mapping[str, int],
    *,
    by: str,
    flags: Sequence[str] = FLAGS,
    dates: tuple[date, date],
    words: Words,
) -> str:
    """Say the counts of all, and where nothing changed; nobody is named as the first.

    `totals` are the counts of all groups together: a report may stand in two of them.
    """
    groups = aligned(counts, by, names, flags)
    written = {flag: words.number(totals[flag]) for flag in FLAGS}
    return wording.sentences(
        words("From {first} to {last}: reports added: {newly_reported}; advanced: {advanced}; "
              "gone back: {gone_back}; corrected: {corrected}; newly due: {newly_due}; newly "
              "silent: {newly_silent}.",
              first=words.date(dates[0]), last=words.date(dates[1]), **written),
        _unchanged(groups, names, words),
    )  # fmt: skip


def _unchanged(groups: pd.DataFrame, names: Names, words: Words) -> str:
    found = [
        names[key].short if names[key].numbered else names[key].full
        for key in groups.index[groups.sum(axis="columns") == 0]
    ]
    if not found:
        return ""
    if len(found) > MANY:
        return words("Nothing changed in {count}.", count=words.number(len(found)))
    return words("Nothing changed here: {names}.", names=wording.listed(words, found))


def table(
    counts: pd.DataFrame,
    names: Names,
    *,
    by: str,
    flags: Sequence[str] = FLAGS,
    group: str,
    words: Words,
) -> pd.DataFrame:
    """Return a row a group: its name under the header `group`, then a count a kind."""
    groups = aligned(counts, by, names, flags)
    titles = {flag: words(TITLES[flag]) for flag in flags}
    found = groups.rename(columns=titles).reset_index(drop=True)
    found.insert(0, group, [name.full for name in names.values()])
    return found
