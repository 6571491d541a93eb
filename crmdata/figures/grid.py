"""Tables of coloured cells: what a measure looks like in one cell, and how cells are drawn.

Cells are bars, not a heatmap: a bar can be hatched, is hit by a click in its whole area, and
stays sharp in print. Columns beyond the width of a phone go on in a second block beneath.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import plotly.graph_objects as go

from crmdata.content import wording
from crmdata.content.names import Names
from crmdata.content.wording import BOLD, folded
from crmdata.figures import rows as label_rows
from crmdata.figures import style
from crmdata.figures.canvas import PHONE, Canvas, Margins
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, NOT_APPLICABLE, label
from crmdata.measures import Measured
from crmdata.terms import SIN_REPORTE

GAP = 0.03
"""Space at each side of a cell, as a share of its column."""

LEGEND_COLUMNS = 4

_HEAD = 26
_ROW = 44
_LABEL = 250
_WIDE_LABEL = 400
_NARROW_COLUMNS = 6
_CELL_EDGE = 2


class Kind(StrEnum):
    """Why a cell looks as it does; a state of cooperation is the other kind there is."""

    VALUE = "value"
    WITHHELD = "withheld"
    SILENT = "silent"
    NOTHING = "nothing"


class Face(NamedTuple):
    """What a cell shows: a main text, a note under it, a head over it; a step of the scale.

    `small` sets the main text no larger than the note.
    """

    kind: str
    main: str
    note: str = ""
    step: int = 0
    head: str = ""
    small: bool = False

    def folded(self, room: float) -> "Face":
        """Return the face in small type, folded between words to a room in px."""
        main = folded(self.main, room / BOLD, style.SMALL)
        note = folded(self.note, room, style.SMALL)
        return self._replace(main="\n".join(main), note="\n".join(note), small=True)

    @property
    def lines(self) -> int:
        """How many lines main text and note have."""
        return sum(text.count("\n") + 1 for text in (self.main, self.note) if text)


class Cell(NamedTuple):
    """A face at a place, with what a hover says and a click gives."""

    x: float
    y: float
    face: Face
    hover: str
    key: list[Any]


Measure = Callable[[Words, Measured], Face]


def progress(words: Words, measured: Measured) -> Face:
    """Return the face of the reported progress; under the threshold its interval stands there."""
    if not measured.expected:
        return Face(Kind.NOTHING, NOT_APPLICABLE)
    ratio = wording.ratio(words, measured)
    if not measured.reported:
        return Face(Kind.SILENT, NO_REPORT, ratio)
    if measured.withheld:
        ends = (words.number(round(end)) for end in (measured.low, measured.high))
        return Face(Kind.WITHHELD, "–".join(ends), ratio)
    text = wording.percent(words, measured.progress)
    return Face(Kind.VALUE, text, ratio, style.step(measured.progress))


def coverage(words: Words, measured: Measured) -> Face:
    """Return the face of the coverage: the share of the expected reports that arrived."""
    if not measured.expected:
        return Face(Kind.NOTHING, NOT_APPLICABLE)
    share, ratio = wording.share(words, measured), wording.ratio(words, measured)
    if not measured.reported:
        return Face(Kind.SILENT, share, ratio)
    return Face(Kind.VALUE, share, ratio, style.step(100 * measured.reported / measured.expected))


MEASURES: dict[str, Measure] = {"progress": progress, "coverage": coverage}


def heading(words: Words, measure: str) -> str:
    """Say what a cell shows."""
    if measure == "coverage":
        return words("Coverage: reported of expected, n/N")
    return words("Reported progress, and n/N beneath")


@dataclass(frozen=True)
class Layout:
    """Where the cells of a table stand: the columns in one block, or in several beneath."""

    rows: Names
    columns: Names
    canvas: Canvas
    height: float = _ROW
    lines: int = 2
    most: int = _NARROW_COLUMNS
    """How many columns stand side by side on a phone, at most."""

    @property
    def per_block(self) -> int:
        """How many columns stand side by side."""
        count = len(self.columns)
        if not self.canvas.narrow or count <= self.most:
            return max(1, count)
        blocks = -(-count // self.most)
        return -(-count // blocks)

    @property
    def room(self) -> float:
        """The px that a text has in a cell on a phone."""
        margins = Margins(self.label_width)
        column = (PHONE - margins.left - margins.right) / self.per_block
        return column * (1 - 2 * GAP) - 2 * _CELL_EDGE

    @property
    def blocks(self) -> list[list[str | int]]:
        """The keys of the columns, block by block."""
        keys = list(self.columns)
        return [keys[at : at + self.per_block] for at in range(0, len(keys), self.per_block)]

    @property
    def label_width(self) -> int:
        """The room for the labels of the rows."""
        fitting = label_rows.fitting_width(self.rows, self.canvas)
        most = _LABEL if len(self.columns) > _NARROW_COLUMNS else _WIDE_LABEL
        return self.canvas.label_width or min(fitting, most)

    def placed(self) -> label_rows.LabelledRows:
        """Return the rows of all blocks, each block under a row for its column heads."""
        names = {
            key: label_rows.label(name, self.label_width, self.canvas, lines=self.lines)
            for key, name in self.rows.items()
        }
        heights = {
            key: max(self.height, label_rows.LINE_HEIGHT * (text.count("<br>") + 1) + 6)
            for key, text in names.items()
        }
        every: list[tuple[str | int, str, float]] = []
        for block in range(len(self.blocks)):
            every.append((f"head-{block}", "", float(_HEAD)))
            every += [(key, text, heights[key]) for key, text in names.items()]
        return label_rows.stacked(every, self.label_width)


def figure(
    layout: Layout,
    faces: Callable[[Any, Any], tuple[Face, str]],
    legend: Sequence[go.Bar],
    heading: str,
) -> go.Figure:
    """Draw the table; `faces` gives the face and the hover text of a row's and a column's key.

    `heading` says over the legend what the cells show. A click gives
    `customdata = [row, column]`.
    """
    canvas, placed = layout.canvas, layout.placed()
    top = canvas.legend_room(len(legend), wide=LEGEND_COLUMNS, heading=heading)
    margins = Margins(placed.label_width, top=top)
    fig = canvas.figure(
        placed.total + margins.top + margins.bottom,
        margins,
        xaxis=canvas.axis(range=[0, layout.per_block], showticklabels=False),
        yaxis=placed.axis(canvas),
    )
    fig.add_traces(legend)
    height = len(layout.rows) + 1
    cells = []
    for number, block in enumerate(layout.blocks):
        for row in placed.rows[number * height + 1 : (number + 1) * height]:
            for place, column in enumerate(block):
                face, hover = faces(row.key, column)
                cells.append(Cell(place + 0.5, row.middle, face, hover, [row.key, column]))
    fig.add_traces(traces(cells, canvas, height=layout.height - 4))
    fig.add_trace(_heads(layout, placed))
    return canvas.finish(fig, wide=LEGEND_COLUMNS, heading=heading)


def _heads(layout: Layout, placed: label_rows.LabelledRows) -> go.Scatter:
    heads = [row for row in placed.rows if str(row.key).startswith("head-")]
    found = [
        (place + 0.5, row.middle, layout.columns[key].short)
        for row, block in zip(heads, layout.blocks, strict=True)
        for place, key in enumerate(block)
    ]
    return go.Scatter(
        mode="text",
        x=[x for x, _, _ in found],
        y=[y for _, y, _ in found],
        text=[f"<b>{wording.escape(text)}</b>" for _, _, text in found],
        hoverinfo="skip",
        showlegend=False,
    )


def traces(
    cells: Iterable[Cell], canvas: Canvas, *, height: float, width: float = 1
) -> list[go.Bar]:
    """Return the cells as one trace for each kind of face that occurs."""
    by_kind: dict[str, list[Cell]] = {}
    for cell in cells:
        by_kind.setdefault(cell.face.kind, []).append(cell)
    return [_trace(found, kind, canvas, height, width) for kind, found in by_kind.items()]


def _trace(cells: list[Cell], kind: str, canvas: Canvas, height: float, width: float) -> go.Bar:
    shown = marker(kind, canvas)
    inks: Any = canvas.palette.muted if kind == Kind.NOTHING else canvas.palette.text
    if kind == Kind.VALUE:
        fills = [canvas.palette.scale[cell.face.step] for cell in cells]
        shown |= {"color": fills}
        inks = [style.text_on(fill) for fill in fills]
    elif kind in canvas.palette.support and shown["color"] != style.CLEAR:
        inks = style.text_on(shown["color"])
    gap = GAP * width
    # Of the whole trace: plotly sets the lines of a text as far apart as its own size asks for.
    size = style.SMALL if all(cell.face.small for cell in cells) else style.SIZE
    return go.Bar(
        orientation="h",
        base=[cell.x - width / 2 + gap for cell in cells],
        x=[width - 2 * gap] * len(cells),
        y=[cell.y for cell in cells],
        width=height,
        marker=shown,
        text=[_text(cell.face) for cell in cells],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"size": size, "color": inks},
        customdata=[cell.key for cell in cells],
        hovertext=[cell.hover for cell in cells],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )


def marker(kind: str, canvas: Canvas) -> dict[str, Any]:
    """Return the marker of a kind of cell, for its bars and for the legend."""
    palette = canvas.palette
    if kind in palette.support:
        return style.bar_marker(palette.support[kind])
    if kind == Kind.SILENT:
        return style.bar_marker(palette.states[SIN_REPORTE])
    if kind == Kind.WITHHELD:
        return {"color": palette.background, "line": {"color": palette.rule, "width": 1}}
    if kind == Kind.NOTHING:
        return {"color": palette.empty, "line": {"width": 0}}
    return {"color": palette.scale[0], "line": {"color": palette.rule, "width": 0.5}}


def _text(face: Face) -> str:
    main = wording.escape(face.main).replace("\n", "<br>")
    if face.kind not in {Kind.WITHHELD, Kind.NOTHING}:
        main = f"<b>{main}</b>"
    if face.kind == Kind.WITHHELD:
        # An interval is longer than a figure and must fit the same cell.
        main = _small(main)
    head = f"<b>{wording.escape(face.head)}</b>" if face.head else ""
    note = _small(wording.escape(face.note).replace("\n", "<br>")) if face.note else ""
    return "<br>".join(part for part in (head, main, note) if part)


def _small(text: str) -> str:
    return f'<span style="font-size:{style.SMALL}px">{text}</span>'


def legend(canvas: Canvas, *, withheld: bool = True) -> list[go.Bar]:
    """Return the entries of the legend of a measure: the five steps, then what is no number."""
    words = canvas.words
    entries = [
        *steps(canvas),
        entry(f"{NO_REPORT} {label(words, SIN_REPORTE)}", marker(Kind.SILENT, canvas)),
    ]
    if withheld:
        entries.append(entry(words("Only the interval"), marker(Kind.WITHHELD, canvas)))
    nothing = words("Nothing due")
    return [*entries, entry(f"{NOT_APPLICABLE} {nothing}", marker(Kind.NOTHING, canvas))]


def steps(canvas: Canvas) -> list[go.Bar]:
    """Return the legend's entries of the sequential scale."""
    plain = marker(Kind.VALUE, canvas)
    labelled = zip(style.step_labels(canvas.words), canvas.palette.scale, strict=True)
    return [entry(text, plain | {"color": colour}) for text, colour in labelled]


def entry(text: str, marker: dict[str, Any]) -> go.Bar:
    """Return a trace without a bar that only stands in the legend."""
    return go.Bar(x=[None], y=[None], name=text, marker=marker, showlegend=True, hoverinfo="skip")
