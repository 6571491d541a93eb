"""The members as equal tiles, roughly where they lie: no borders, no areas, nothing fetched."""

from datetime import date

import pandas as pd

from crmdata.content import cell_tables, measured_rows, progress, sentences
from crmdata.content.cell_tables import FaceCell, Telling, Tile, Tiles
from crmdata.content.names import Names
from crmdata.content.records import records
from crmdata.i18n import Words


def tiles(
    measures: pd.DataFrame,
    countries: pd.DataFrame,
    names: Names,
    *,
    measure: str = "progress",
    how: Telling,
) -> Tiles:
    """Return a tile a member with its code, the measure and n/N, coloured by the measure.

    `measures` has the column `country`, `countries` the places `tile_row` and `tile_column`;
    `measure` is `progress` or `coverage`.
    """
    words = how.words
    measured = dict(measured_rows.each(measured_rows.aligned(measures, "country", names)))
    face = cell_tables.MEASURES[measure]
    top, left = int(countries["tile_row"].min()), int(countries["tile_column"].min())
    placed = [
        Tile(
            int(place.tile_row) - top + 1, int(place.tile_column) - left + 1, place.country,
            FaceCell(
                face(words, measured[place.country]),
                sentences.of_measure(measured[place.country], names[place.country].full, words),
                how.ways([place.country]),
            ),
        )
        for place in records(countries)
    ]  # fmt: skip
    key = cell_tables.key_of_measure(words, withheld=measure == "progress")
    return Tiles(how.title, placed, cell_tables.heading(words, measure), key)


def summary(measures: pd.DataFrame, names: Names, *, words: Words, cutoff: date) -> str:
    """Say the coverage, the range of progress, who is withheld, silent or has nothing due."""
    return progress.summary(measures, names, by="country", words=words, cutoff=cutoff)


def table(measures: pd.DataFrame, names: Names, *, words: Words) -> pd.DataFrame:
    """Return a row a country: progress, interval, n, N, coverage."""
    return progress.table(measures, names, by="country", group=words("Country"), words=words)
