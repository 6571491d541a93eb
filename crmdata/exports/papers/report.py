"""The progress report of the whole plan at a cut-off, axis by axis and line by line."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from crmdata import measures, method
from crmdata.content.cooperation.support import supported, supports
from crmdata.content.names import activity_text, shown
from crmdata.content.news import kinds
from crmdata.content.news.crossing import crossing
from crmdata.exports.papers.blocks import (
    Block,
    CalendarBlock,
    CalendarSlot,
    Composition,
    ContentsList,
    Heading,
    Intervals,
    NewPage,
    Paper,
    ScheduleRow,
    TableBlock,
    TextBlock,
)
from crmdata.exports.papers.line import line_blocks
from crmdata.exports.papers.making import PaperMaking
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.measures import briefing
from crmdata.measures.changes import CHANGES
from crmdata.terms import MarkKind, State, periods
from crmdata.view import View

NARRATIVES = 3
"""Narratives of each line: the sheets of lines and countries hold more."""


def progress_report(view: View, words: Words) -> Paper:
    """Return the whole report."""
    making = PaperMaking(view, words)
    title = words("Progress report")
    return making.paper(title, words("The whole plan"), _blocks(making))


def _blocks(making: PaperMaking) -> Iterator[Block]:
    words = making.words
    yield TextBlock(words.pick(*making.view.plan.title), strong=True)
    yield TextBlock(words.pick(*making.view.plan.objective))
    yield from making.how_to_read()
    yield ContentsList(words("Contents"))
    yield from _standing(making)
    yield from _countries(making)
    yield from _changes(making)
    for axis in making.axes:
        yield NewPage()
        yield from _axis(making, int(axis))
    yield NewPage()
    yield from _nobody(making)
    yield from _method(making)


def _standing(making: PaperMaking) -> Iterator[Block]:
    words, cells = making.words, making.view.frame("cells")
    yield Heading(words("Where the plan stands"), 1)
    yield from making.numbers(cells)
    if cells["due"].any():
        yield making.bars(Composition, cells, "axis", making.axes, words("Axis"),
                          words("What was reported, by axis"))  # fmt: skip
        yield making.bars(Intervals, cells, "line", making.lines, words("Line"),
                          words("Reported progress, line by line"))  # fmt: skip
    outside = len(making.view.frame("outside"))
    yield TextBlock(
        words.plural(
            "Outside the calendar: {n} report on work that the plan does not schedule in that "
            "semester. It counts in no share.",
            "Outside the calendar: {n} reports on work that the plan does not schedule in that "
            "semester. They count in no share.",
            outside,
        )
    )
    yield from making.ahead(cells, full=False)


def _countries(making: PaperMaking) -> Iterator[Block]:
    words, cells = making.words, making.view.frame("cells")
    yield Heading(words("Countries"), 1)
    if not cells["due"].any():
        yield TextBlock(words("No report was expected yet."))
        return
    yield making.bars(Composition, cells, "country", making.countries, words("Country"),
                      words("What was reported, country by country"))  # fmt: skip
    yield making.measures_table("country", making.countries, cells, words("Country"))
    yield from making.silent(cells)


def _changes(making: PaperMaking) -> Iterator[Block]:
    words, view = making.words, making.view
    yield Heading(words("What changed since the last meeting"), 1)
    meeting = measures.meeting_before(view.frame("meetings"), view.cutoff)
    if meeting is None:
        yield TextBlock(words("There was no meeting before this cut-off."))
        return
    found = measures.change_between(view.cells_before, view.frame("cells"))
    counts = briefing.change_counts(found).items()
    yield TextBlock(words(
        "Since {meeting} (cut-off {day}), reports added: {newly_reported}; corrected: "
        "{corrected}; progress advanced: {advanced}; gone back: {gone_back}; newly due: "
        "{newly_due}; of these without a report: {newly_silent}.",
        meeting=words.pick(str(meeting["name_es"]), str(meeting["name_en"])),
        day=words.date(meeting["corte"]),
        **{name: words.number(count) for name, count in counts},
    ))  # fmt: skip
    if across := crossing(view, words, meeting["corte"]):
        yield TextBlock(across)
    yield TableBlock(words("Country"), _change_counts(making, found), (3, 1, 1, 1, 1, 1, 1))


def _change_counts(making: PaperMaking, found: pd.DataFrame) -> pd.DataFrame:
    words = making.words
    titles = {flag: words(kinds.TITLES[flag]) for flag in CHANGES}
    rows: list[dict[str, Any]] = []
    for code, name in making.countries.items():
        counts = briefing.change_counts(found.loc[found["country"] == code])
        rows.append({words("Country"): name.full,
                     **{title: counts[flag] for flag, title in titles.items()}})  # fmt: skip
    return pd.DataFrame(rows)


def _axis(making: PaperMaking, axis: int) -> Iterator[Block]:
    words, view = making.words, making.view
    yield Heading(words("Axis {axis}", axis=making.axes[axis].full), 1)
    axes = view.frame("axes")
    row = axes.loc[axes["axis"] == axis].to_dict("records")[0]
    yield TextBlock(shown(words, row["objective"], row["objective_en"]))
    cells = view.frame("cells").loc[view.frame("cells")["axis"] == axis]
    lines = view.frame("lines")
    own = {line: making.lines[line] for line in lines.loc[lines["axis"] == axis, "line"]}
    if cells["due"].any():
        yield making.bars(Composition, cells, "line", own, words("Line"),
                          words("What was reported, line by line"))  # fmt: skip
    yield schedule(making, axis)
    for line, name in own.items():
        yield Heading(words("Line {line}", line=name.full))
        yield from line_blocks(making, line, narratives=NARRATIVES)


def schedule(making: PaperMaking, axis: int) -> CalendarBlock:
    """Return the calendar of an axis: what is planned when, and n/N of what is due."""
    words, view = making.words, making.view
    years = view.plan.years
    columns = list(periods(years[0], years[-1]))
    activities = view.frame("activities")
    rows = []
    slots = _slots(view, axis)
    lines = view.frame("lines")
    for line in lines.loc[lines["axis"] == axis, "line"]:
        name = making.lines[line]
        rows.append(ScheduleRow(name.short, name.text, {}, band=True))
        for row in activities.loc[activities["line"] == line].to_dict("records"):
            text = activity_text(words, row["text"], row["text_en"])
            code = row["activity"]
            rows.append(ScheduleRow(code, text, slots.get(code, {}), undated=_open(making, code)))
    return CalendarBlock(words("Calendar"), columns, rows)


def _slots(view: View, axis: int) -> dict[str, dict[str, CalendarSlot]]:
    """Return the slots of each activity of an axis by period."""
    own = view.frame("cells").loc[view.frame("cells")["axis"] == axis]
    counted = own["state"].ne(State.NO_APLICA)
    rows = own.assign(expected=counted, reported=own["state"].notna() & counted)
    counts = rows.groupby(["activity", "semester"]).agg(
        {"expected": "sum", "reported": "sum", "due": "any"}
    )
    found: dict[str, dict[str, CalendarSlot]] = {}
    for (activity, period), expected, reported, due in counts.itertuples(name=None):
        text = f"{reported}/{expected}" if due else ""
        found.setdefault(activity, {})[period] = CalendarSlot(text, bool(due), reported > 0)
    return found


def _open(making: PaperMaking, activity: str) -> str:
    """Return the years whose mark is “Por definir”."""
    marks = making.view.frame("marks")
    own = marks.loc[(marks["activity"] == activity) & (marks["kind"] == MarkKind.UNDEFINED)]
    if own.empty:
        return ""
    years = ", ".join(str(year) for year in own["year"])
    return f"{label(making.words, MarkKind.UNDEFINED)}: {years}"


def _nobody(making: PaperMaking) -> Iterator[Block]:
    """Yield the activities by which no partner stands."""
    words = making.words
    yield Heading(words("Where nobody is"), 1)
    rows = making.view.frame("cooperation")
    standing = supported(supports(rows))
    alone = [name.full for code, name in making.activities.items() if code not in standing]
    if not alone:
        yield TextBlock(words("Nothing is missing: a partner stands by every activity shown here."))
        return
    said = words.plural(
        "{n} activity without a partner", "{n} activities without a partner", len(alone)
    )
    table = pd.DataFrame({words("Activity"): alone})
    yield TextBlock(f"{said}.")
    yield TableBlock(said, table, (1,))


def _method(making: PaperMaking) -> Iterator[Block]:
    words = making.words
    yield Heading(words("How the numbers are made"), 1)
    terms = method.rules(words, making.view.threshold, making.view.grace_days)
    table = pd.DataFrame(terms, columns=[words("Term"), words("Meaning")])
    yield TableBlock(words("How the numbers are made"), table, (1, 4))
    yield Heading(words("States and symbols"))
    yield TableBlock(words("States and symbols"), method.symbols_table(words), (0.6, 1.5, 5))
    if words.language != "es":
        yield TextBlock(
            words("The English text of the plan is an unofficial translation."), quiet=True
        )
