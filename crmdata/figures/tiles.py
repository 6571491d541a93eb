"""The members as equal tiles, roughly where they lie: no borders, no areas, nothing fetched."""

from datetime import date
from typing import Unpack

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import frames
from crmdata.content.names import Names
from crmdata.content.records import records
from crmdata.figures import grid, interval
from crmdata.figures.canvas import Canvas, Drawing, Margins
from crmdata.i18n import Words

_TILE = 84
_NARROW_TILE = 66


def figure(
    measures: pd.DataFrame,
    countries: pd.DataFrame,
    names: Names,
    *,
    measure: str = "progress",
    **how: Unpack[Drawing],
) -> go.Figure:
    """Draw a tile a member with its code, the measure and n/N, coloured by the measure.

    `measures` has the column `country`, `countries` the places `tile_row` and `tile_column`;
    `measure` is `progress` or `coverage`. A click gives `customdata = [country]`.
    """
    canvas = Canvas(**how)
    measured = dict(frames.each(frames.aligned(measures, "country", names)))
    face = grid.MEASURES[measure]
    cells = [
        grid.Cell(
            float(place.tile_column),
            float(place.tile_row),
            face(canvas.words, measured[place.country])._replace(head=place.country),
            interval.hover(measured[place.country], names[place.country].full, canvas),
            [place.country],
        )
        for place in records(countries)
    ]
    heading = grid.heading(canvas.words, measure)
    fig = _empty(countries, canvas, heading, withheld=measure == "progress")
    fig.add_traces(grid.traces(cells, canvas, height=1 - 2 * grid.GAP))
    return canvas.finish(fig, wide=grid.LEGEND_COLUMNS, heading=heading)


def _empty(countries: pd.DataFrame, canvas: Canvas, heading: str, *, withheld: bool) -> go.Figure:
    rows, columns = countries["tile_row"], countries["tile_column"]
    legend = grid.legend(canvas, withheld=withheld)
    top = canvas.legend_room(len(legend), wide=grid.LEGEND_COLUMNS, heading=heading)
    margins = Margins(top=top)
    tile = _NARROW_TILE if canvas.narrow else _TILE
    height = tile * (int(rows.max()) - int(rows.min()) + 1)
    fig = canvas.figure(
        height + margins.top + margins.bottom,
        margins,
        xaxis=canvas.axis(
            range=[int(columns.min()) - 0.5, int(columns.max()) + 0.5], showticklabels=False,
            constrain="domain",
        ),
        # Equal units on both axes make the tiles square at every width.
        yaxis=canvas.axis(
            range=[int(rows.max()) + 0.5, int(rows.min()) - 0.5], showticklabels=False,
            scaleanchor="x", constrain="domain",
        ),
    )  # fmt: skip
    fig.add_traces(legend)
    return fig


def summary(measures: pd.DataFrame, names: Names, *, words: Words, cutoff: date) -> str:
    """Say the coverage, the range of progress, who is withheld, silent or has nothing due."""
    return interval.summary(measures, names, by="country", words=words, cutoff=cutoff)


def table(measures: pd.DataFrame, names: Names, *, words: Words) -> pd.DataFrame:
    """Return a row a country: progress, interval, n, N, coverage."""
    return interval.table(measures, names, by="country", group=words("Country"), words=words)
