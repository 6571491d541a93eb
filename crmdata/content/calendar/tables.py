"""The calendar as rows and as sentences: its twin table, a list by period, what has no date."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crmdata.content.calendar import earlier_version, results, spans
from crmdata.content.calendar.inputs import Plan
from crmdata.content.names import activity_text, in_language
from crmdata.content.records import records
from crmdata.content.wording import text_of
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE, label


def table(
    plan: Plan, *, words: Words, reported: Mapping[str, str] | None = None,
    earlier_marks: pd.DataFrame | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return a row an activity: line, code, text, the mark of each year verbatim, the reading.

    A year without a column in the source holds `—`. With `reported`, n/N of the due slots by
    activity, that follows; with the marks of an earlier plan, what they said otherwise.
    """
    due = {row.result: results.delivery(words, row) for row in results.shown_results(plan)}
    marks = {(mark.activity, int(mark.year)): mark.mark for mark in records(plan.marks)}
    earlier = earlier_version.earlier(plan, earlier_marks)
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
        if reported is not None:
            cell[words("Reported")] = reported[row.activity]
        cell[words("Reading")] = label(words, row.reading)
        cell[words("Note on the reading")] = in_language(words, row.note, row.note_en)
        rows.append(cell)
    return pd.DataFrame(rows)


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
