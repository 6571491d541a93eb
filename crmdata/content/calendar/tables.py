"""The calendar as rows and as sentences: its twin table, a list by period, what has no date."""

from typing import Any

import pandas as pd

from crmdata.content import wording
from crmdata.content.calendar import earlier_version, results, spans, support
from crmdata.content.calendar.inputs import Layers, Plan
from crmdata.content.calendar.slots import SlotReports, slot_reports
from crmdata.content.names import activity_text, in_language
from crmdata.content.records import records
from crmdata.content.wording import text_of
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE, label


def table(plan: Plan, layers: Layers | None = None, *, words: Words) -> pd.DataFrame:
    """Return a row an activity: line, code, text, the mark of each year verbatim, the reading.

    A year without a column in the source holds `—`. With cells, n/N of the due slots follows;
    with cooperation, who supports; with an earlier plan, its marks where they differ.
    """
    layers = layers or Layers()
    cells = layers.cells
    due = {row.result: results.delivery(words, row) for row in results.shown_results(plan)}
    marks = {(mark.activity, int(mark.year)): mark.mark for mark in records(plan.marks)}
    by_activity = {} if cells is None else _of_activities(cells)
    earlier = earlier_version.earlier(plan, layers)
    supported = support.sentences(layers, words)
    rows = []
    for row in records(plan.activities):
        cell: dict[str, str] = {
            words("Line"): row.line,
            words("Code"): row.activity,
            words("Activity"): activity_text(words, row.text, row.text_en),
        }
        for year in plan.years:
            empty = NOT_APPLICABLE if year in plan.empty_years else ""
            cell[str(year)] = marks.get((row.activity, year), empty)
        if earlier:
            cell[words("Earlier version")] = "; ".join(earlier.get(row.activity, []))
        if due:
            cell[words("Result and its delivery")] = due[row.result]
        if cells is not None:
            cell[words("Reported")] = _coverage(words, by_activity.get(row.activity, SlotReports()))
        if layers.cooperation is not None:
            cell[words("Support")] = "; ".join(supported.get(row.activity, []))
        cell[words("Reading")] = label(words, row.reading)
        cell[words("Note on the reading")] = in_language(words, row.note, row.note_en)
        rows.append(cell)
    return pd.DataFrame(rows)


def _of_activities(cells: pd.DataFrame) -> dict[str, SlotReports]:
    """Return what was said of each activity over all its due slots."""
    every = slot_reports(cells.loc[cells["due"]].assign(semester="1-1"))
    return {activity: reports for (activity, _), reports in every.items()}


def _coverage(words: Words, reports: SlotReports) -> str:
    if not reports.expected:
        return NOT_APPLICABLE
    share = wording.percent(words, 100 * reports.reported / reports.expected)
    return f"{words.number(reports.reported)}/{words.number(reports.expected)} ({share})"


def undated(plan: Plan, *, words: Words) -> pd.DataFrame:
    """Return a row an activity with years marked `Por definir`: those years, in full."""
    years = spans.undefined_years(plan.marks)
    return pd.DataFrame([
        {
            words("Code"): row.activity,
            words("Activity"): activity_text(words, row.text, row.text_en),
            words("Years to be defined"): ", ".join(map(str, years[row.activity])),
        }
        for row in records(plan.activities)
        if row.activity in years
    ])  # fmt: skip


def unscheduled(plan: Plan, *, words: Words) -> pd.DataFrame:
    """Return a row an activity without any mark: its text and why it has none."""
    marked = set(plan.marks["activity"])
    return pd.DataFrame([
        {
            words("Code"): row.activity,
            words("Activity"): activity_text(words, row.text, row.text_en),
            words("Why it has no date"): _why(row, plan, words),
        }
        for row in records(plan.activities)
        if row.activity not in marked
    ])  # fmt: skip


def _why(row: Any, plan: Plan, words: Words) -> str:
    if text_of(row.note):
        return in_language(words, row.note, row.note_en)
    if plan.year_columns == 1:
        return words("The year cell of this activity is empty in the source.")
    return words(
        "The {number} year cells of this activity are empty in the source.",
        number=words.spelled(plan.year_columns),
    )
