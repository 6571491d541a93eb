"""The calendar as rows and as sentences: its twin table, a list by period, what has no date."""

from typing import Any

import pandas as pd

from crmdata.content import wording
from crmdata.content.calendar import beside, results, spans, support
from crmdata.content.calendar.inputs import Layers, Plan
from crmdata.content.calendar.slots import SlotReports, said, told
from crmdata.content.names import activity_text, shown
from crmdata.content.records import records
from crmdata.content.wording import given
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE, label
from crmdata.terms import Reading


def table(plan: Plan, layers: Layers | None = None, *, words: Words) -> pd.DataFrame:
    """Return a row an activity: line, code, text, the mark of each year verbatim, the reading.

    A year without a column in the source holds `—`. With cells, n/N of the due slots follows;
    with cooperation, who supports; with an earlier plan, its marks where they differ.
    """
    layers = layers or Layers()
    cells = layers.cells
    due = {row.result: results.said(words, row) for row in results.shown_results(plan)}
    marks = {(mark.activity, int(mark.year)): mark.mark for mark in records(plan.marks)}
    by_activity = {} if cells is None else _of_activities(cells)
    earlier = beside.earlier(plan, layers)
    supported = support.told(layers, words)
    found = []
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
        cell[words("Note on the reading")] = shown(words, row.note, row.note_en)
        found.append(cell)
    return pd.DataFrame(found)


def _of_activities(cells: pd.DataFrame) -> dict[str, SlotReports]:
    """Return what was said of each activity over all its due slots."""
    every = said(cells.loc[cells["due"]].assign(semester="1-1"))
    return {activity: one for (activity, _), one in every.items()}


def _coverage(words: Words, one: SlotReports) -> str:
    if not one.expected:
        return NOT_APPLICABLE
    share = wording.percent(words, 100 * one.reported / one.expected)
    return f"{words.number(one.reported)}/{words.number(one.expected)} ({share})"


def as_list(plan: Plan, layers: Layers | None = None, *, words: Words) -> pd.DataFrame:
    """Return a row a slot, by period: for a phone, or to see what a period holds."""
    cells = None if layers is None else layers.cells
    by_slot = {} if cells is None else said(cells)
    texts = {row.activity: row for row in records(plan.activities)}
    due = {row.result: row.semester for row in results.shown_results(plan)}
    order = {code: place for place, code in enumerate(texts)}
    places = [
        place for place in spans.slot_places(plan.marks, plan).values() if place.activity in texts
    ]
    found = []
    for place in sorted(places, key=lambda one: (one.period, order[one.activity])):
        row = texts[place.activity]
        cell = {
            words("Semester"): words.period(place.period),
            words("Code"): place.activity,
            words("Activity"): activity_text(words, row.text, row.text_en),
            words("Mark in the plan"): place.mark,
        }
        if cells is not None:
            one = by_slot.get((place.activity, place.period), SlotReports())
            cell[words("Reported")] = told(words, one)
        if layers is not None and layers.cooperation is not None:
            within = support.told(layers, words, within=place.period)
            cell[words("Support")] = "; ".join(within.get(place.activity, []))
        if due:
            ends = due[row.result] == place.period
            cell[words("Result to be delivered")] = row.result if ends else ""
        found.append(cell)
    return pd.DataFrame(found)


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
    if given(row.note):
        return shown(words, row.note, row.note_en)
    if plan.year_columns == 1:
        return words("The year cell of this activity is empty in the source.")
    return words(
        "The {number} year cells of this activity are empty in the source.",
        number=words.spelled(plan.year_columns),
    )


def summary(plan: Plan, layers: Layers | None = None, *, words: Words) -> str:
    """Say how many activities are dated, to be defined or unscheduled, and what was reported."""
    codes = set(plan.activities["activity"])
    dated = {activity for activity, _ in spans.slot_places(plan.marks, plan)} & codes
    undefined = set(spans.undefined_years(plan.marks)) & codes
    unmarked = codes - set(plan.marks["activity"])
    inferred = int((plan.activities["reading"] != Reading.EXACT).sum())
    found = [
        words.plural("The calendar shows {n} activity.", "The calendar shows {n} activities.",
                     len(codes)),
        words("Work in at least one semester: {dated}; a year to be defined: {undefined}; "
              "no mark at all: {unscheduled}.", dated=words.number(len(dated)),
              undefined=words.number(len(undefined)), unscheduled=words.number(len(unmarked))),
        words("Reading of the source inferred or shared: {count}.",
              count=words.number(inferred)) if inferred else "",
    ]  # fmt: skip
    if plan.empty_years:
        found.append(
            words("The source has no column for {year}.", year=spans.years_text(plan.empty_years))
        )
    return wording.sentences(
        *found, *_delivered(plan, words), _reported(layers or Layers(), codes, words),
        _supported(layers or Layers(), codes, words),
    )  # fmt: skip


def _delivered(plan: Plan, words: Words) -> list[str]:
    """Say how many results have a period of delivery, and how many have none."""
    rows = results.shown_results(plan)
    without = [row.result for row in rows if not given(row.semester)]
    if not rows:
        return []
    return [
        words.plural("{n} of {every} result has a semester of delivery.",
                     "{n} of {every} results have a semester of delivery.",
                     len(rows) - len(without), every=words.number(len(rows))),
        words("Without any: {results}.", results=wording.listed(words, without))
        if without else "",
    ]  # fmt: skip


def _supported(layers: Layers, codes: set[str], words: Words) -> str:
    if layers.cooperation is None:
        return ""
    rows = support.kept(layers.cooperation, codes)
    return words(
        "Lines of cooperation shown: {lines}, for {activities} of {every} activities.",
        lines=words.number(len(rows)), activities=words.number(rows["activity"].nunique()),
        every=words.number(len(codes)),
    )  # fmt: skip


def _reported(layers: Layers, codes: set[str], words: Words) -> str:
    if layers.cells is None or layers.cutoff is None:
        return ""
    cells = layers.cells.loc[layers.cells["activity"].isin(codes) & layers.cells["due"]]
    if cells.empty:
        return words("Up to {date} no report was expected.", date=words.date(layers.cutoff))
    whole = SlotReports()
    for one in said(cells).values():
        for state, count in one.counts.items():
            whole.counts[state] = whole.counts.get(state, 0) + count
    return words(
        "Up to {date}, {coverage} of the expected reports had arrived.",
        date=words.date(layers.cutoff), coverage=_coverage(words, whole),
    )  # fmt: skip
