"""A measure of every pair of groups, line × country above all, as a table of coloured cells."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import cell_tables, measured_rows, sentences, wording
from crmdata.content.cell_tables import Face, FaceTable, Telling
from crmdata.content.names import Names
from crmdata.i18n import Words
from crmdata.measures import Measured


def cells(
    measures: pd.DataFrame,
    rows: Names,
    columns: Names,
    *,
    by: tuple[str, str] = ("line", "country"),
    measure: str = "progress",
    how: Telling,
) -> FaceTable:
    """Return a cell for each pair: the measure and n/N, coloured by the measure.

    `by` are the measures' columns with the keys of `rows` and `columns`; `measure` is
    `progress` or `coverage`. `··` stands where nothing was reported, `—` where nothing was
    due, the interval where coverage is under the threshold.
    """
    words = how.words
    crossed = dict(measured_rows.each(measured_rows.crossed(measures, by, (rows, columns))))
    face = cell_tables.MEASURES[measure]

    def at(row: Any, column: Any) -> tuple[Face, Sequence[str]]:
        measured = crossed[row, column]
        name = f"{columns[column].full} · {rows[row].full}"
        return face(words, measured), sentences.of_measure(measured, name, words)

    key = cell_tables.key_of_measure(words, withheld=measure == "progress")
    return cell_tables.table(rows, columns, at, key=key, how=how,
                             heading=cell_tables.heading(words, measure))  # fmt: skip


def summary(
    measures: pd.DataFrame,
    rows: Names,
    columns: Names,
    *,
    by: tuple[str, str] = ("line", "country"),
    words: Words,
    cutoff: date,
) -> str:
    """Say how many pairs have a due slot, show a figure, are withheld or silent."""
    pairs = measured_rows.crossed(measures, by, (rows, columns))
    due = pairs.loc[pairs["expected"] > 0]
    silent = int((due["reported"] == 0).sum())
    withheld = int((due["withheld"] & (due["reported"] > 0)).sum())
    return wording.sentences(
        sentences.arrival(measured_rows.total(pairs), words, cutoff),
        words(
            "Cells: {all}; with something due: {due}; with a figure of progress: {shown}; "
            "withheld: {withheld}; without a report: {silent}.",
            all=words.number(len(pairs)),
            due=words.number(len(due)),
            shown=words.number(len(due) - silent - withheld),
            withheld=words.number(withheld),
            silent=words.number(silent),
        ),
        _silent_columns(pairs, by, columns, words),
    )


def _silent_columns(pairs: pd.DataFrame, by: tuple[str, str], columns: Names, words: Words) -> str:
    sums = pairs.groupby(level=by[1], sort=False)[[*measured_rows.COUNTS]].sum()
    missing = sums.index[(sums["expected"] > 0) & (sums["reported"] == 0)]
    if not len(missing):
        return ""
    names = wording.joined(words, (columns[key].full for key in columns if key in missing))
    return words("Nothing was reported of what was due: {names}.", names=names)


def table(
    measures: pd.DataFrame,
    rows: Names,
    columns: Names,
    *,
    by: tuple[str, str] = ("line", "country"),
    measure: str = "progress",
    group: str,
    words: Words,
) -> pd.DataFrame:
    """Return a row a row of the figure, a column a column; each cell says measure and n/N."""
    crossed = dict(measured_rows.each(measured_rows.crossed(measures, by, (rows, columns))))
    return pd.DataFrame([
        {group: row.full, **{column.full: _cell(crossed[key, other], measure, words)
                             for other, column in columns.items()}}
        for key, row in rows.items()
    ])  # fmt: skip


def _cell(measured: Measured, measure: str, words: Words) -> str:
    if measure == "coverage":
        return wording.coverage(words, measured)
    text = wording.progress(words, measured)
    return f"{text} ({wording.arrived(words, measured)})" if measured.expected else text
