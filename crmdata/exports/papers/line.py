"""The sheet of one line: its numbers, its results and activities, who is silent, what was told."""

from collections.abc import Iterator

import pandas as pd

from crmdata.content.names import shown
from crmdata.exports.papers.blocks import Block, Composition, Heading, Intervals, Paper, TextBlock
from crmdata.exports.papers.making import PaperMaking
from crmdata.i18n import Words
from crmdata.view import View

MOST_NARRATIVES = 6


def line_sheet(view: View, words: Words, line: str) -> Paper:
    """Return the document of a line. Raise KeyError for an unknown one."""
    making = PaperMaking(view, words)
    name = making.lines[line].full
    return making.paper(
        words("Line {line}", line=name),
        words("Line {line}", line=line),
        iter([*_objective(making, line), *line_blocks(making, line), *making.how_to_read()]),
    )


def _objective(making: PaperMaking, line: str) -> Iterator[Block]:
    lines, axes = making.view.frame("lines"), making.view.frame("axes")
    axis = lines.loc[lines["line"] == line, "axis"].iloc[0]
    row = axes.loc[axes["axis"] == axis].to_dict("records")[0]
    objective = shown(making.words, row["objective"], row["objective_en"])
    yield TextBlock(
        making.words("Axis {axis}.", axis=making.axes[axis].full.rstrip(".")), strong=True
    )
    yield TextBlock(objective)


def line_blocks(
    making: PaperMaking, line: str, *, narratives: int = MOST_NARRATIVES
) -> Iterator[Block]:
    """Yield what there is to say of a line at the cut-off."""
    words = making.words
    cells = _of_line(making.view.frame("cells"), line)
    activities = making.named("activity", line)
    if cells.empty:
        yield TextBlock(
            words(
                "The plan schedules nothing here: its marks are “to be defined” or missing, so no "
                "report is expected."
            )
        )
    elif not cells["due"].any():
        yield TextBlock(words("No report was expected yet."))
    else:
        results = making.named("result", line)
        yield from making.numbers(cells)
        yield from making.silent(cells)
        yield making.bars(Composition, cells, "result", results, words("Result"),
                          words("What was reported, result by result"))  # fmt: skip
        yield making.bars(Intervals, cells, "result", results, words("Result"),
                          words("Reported progress, result by result"))  # fmt: skip
        yield Heading(words("Activity by activity"), 3)
        yield making.measures_table("activity", activities, cells, words("Activity"))
        yield Heading(words("Country by country"), 3)
        yield making.measures_table("country", making.countries, cells, words("Country"))
    if len(cells):
        yield from making.ahead(cells)
    if narratives:
        reports = making.view.frame("reports")
        own = reports.loc[reports["activity"].isin(activities)]
        yield from making.narratives(own, narratives, who=True)
    support = making.view.frame("cooperation")
    yield from making.cooperation(support.loc[support["activity"].isin(activities)])


def _of_line(rows: pd.DataFrame, line: str) -> pd.DataFrame:
    return rows.loc[rows["line"] == line]
