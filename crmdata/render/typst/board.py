"""Some of the calendar as what the setter draws: activities under their periods, bars in cells."""

from collections.abc import Iterator, Mapping

from crmdata.content.calendar import Extract, Schedule, phrases
from crmdata.content.calendar.schedule import NO_MARK, BoardRow, counts
from crmdata.i18n import Words
from crmdata.labels import LEVELS
from crmdata.render.typst.bars import Drawn, bar_of, key
from crmdata.terms import SIN_REPORTE, Period


def extract(part: Extract, words: Words) -> Drawn:
    """Return the rows of a calendar under their years and periods, and what the bars mean."""
    schedule, level = part.schedule, LEVELS["activity"]
    said = phrases.templates(words)
    with_open = any(row.undefined or row.kinds == {NO_MARK} for row in part.rows)
    slots = [slot for row in part.rows for slot in (row.slots or {}).values()]
    late = any(
        SIN_REPORTE in slot.states and schedule.overdue(Period.parse(code))
        for row in part.rows
        for code, slot in (row.slots or {}).items()
    )
    return {
        "kind": "board", "title": part.title, "first": words(level.word),
        "years": [*_years(schedule)], "columns": [*_columns(schedule)],
        "open": words("To be defined") if with_open else "", "total": said["with_reports"],
        "cut": words("Cut-off"),
        "rows": [_row(schedule, row, words) for row in part.rows],
        "key": key(words, counts(schedule, slots), late=late),
    }  # fmt: skip


def _years(schedule: Schedule) -> Iterator[Drawn]:
    for year in schedule.years:
        span = 1 if year in schedule.empty_years else Period.A_YEAR
        yield {"label": str(year), "span": span, "empty": year in schedule.empty_years}


def _columns(schedule: Schedule) -> Iterator[Drawn]:
    """Yield each column under the years: a period's sign, and where in it the cut-off lies."""
    for year in schedule.years:
        if year in schedule.empty_years:
            yield {"sign": "", "cut": None, "empty": True}
            continue
        for period in Period.of_year(year):
            yield {"sign": period.sign, "cut": schedule.cut_in(period), "empty": False}


def _row(schedule: Schedule, row: BoardRow, words: Words) -> Drawn:
    open_years = words("No mark") if row.kinds == {NO_MARK} else row.undefined
    return {
        "code": row.code, "text": row.name.brief, "open": open_years,
        "cells": [*_cells(schedule, row, words)],
        "total": phrases.total(schedule, [row], "", words),
    }  # fmt: skip


def _cells(schedule: Schedule, row: BoardRow, words: Words) -> Iterator[Drawn | None]:
    slots: Mapping[str, object] = row.slots or {}
    for year in schedule.years:
        if year in schedule.empty_years:
            yield None
            continue
        for period in Period.of_year(year):
            yield _cell(schedule, row, period, words) if period.code in slots else None


def _cell(schedule: Schedule, row: BoardRow, period: Period, words: Words) -> Drawn:
    slot = (row.slots or {})[period.code]
    said = phrases.of_slot(schedule, slot, period.code, "", words)
    return {
        "bar": bar_of(counts(schedule, [slot]), late=schedule.overdue(period)),
        "share": slot.share, "alt": f"«{slot.mark}»: {said}",
    }  # fmt: skip
