"""What an import would do, before it does it: counts, remarks, old and new side by side."""

from collections.abc import Iterable, Mapping

import pandas as pd

from crmdata.errors import Problem
from crmdata.files import Subject, cell_of
from crmdata.i18n import Words
from crmdata.intake.reports import Checked
from crmdata.intake.reports.entries import Entry
from crmdata.intake.reports.headings import heading
from crmdata.intake.reports.history import Change, Effect
from crmdata.intake.reports.progress import BY_TYPE
from crmdata.intake.reports.remarks import Place, activities, remarks
from crmdata.labels import NOT_APPLICABLE, SYMBOLS, label
from crmdata.web.kit import components

_READ = frozenset({"read_as", "separator"})
"""The rules that say how something was read that is written otherwise."""


def is_of_rows(checked: Checked) -> bool:
    """Tell whether a file was read at all: remarks can stand at its rows, and rows be counted."""
    found = (*checked.problems, *checked.warnings)
    return any(file.source.rows for file in checked.files) or any(
        problem.row is not None or problem.sheet for problem in found
    )


def show(words: Words, checked: Checked, called: Mapping[str, str]) -> None:
    """Draw what was found in a file, the errors first; `called` names activities by their code."""
    if is_of_rows(checked):
        title = words("What the file would do")
        components.rows(counts(words, checked), words=words, caption=title)
    read = [problem for problem in checked.warnings if problem.rule in _READ]
    # What is held is asked for one by one, once there are no errors.
    others = [
        problem
        for problem in checked.warnings
        if problem.rule not in _READ and (checked.problems or not problem.asks)
    ]
    activity_of = activities(file.source for file in checked.files)
    if checked.problems:
        sentence = (
            words(
                "Nothing of this file is stored. Correct it in the program in which you filled it "
                "in, save it, and choose it here again."
            )
            if is_of_rows(checked)
            else words("Nothing of this file is stored.")
        )
        components.paragraph(sentence, "crm-lead")
    _table(words, errors_found(words, checked), checked.problems, activity_of)
    # Cells, of which one remark may name many; of a file as a whole none.
    cells = sum(each.row is not None for problem in read for each in problem.each())
    others_read = (
        words.plural("{n} cell read as something else", "{n} cells read as something else", cells)
        if cells
        else words("How the file was read")
    )
    _table(words, others_read, read, activity_of)
    more = words.plural("{n} thing to look at", "{n} things to look at", len(others))
    _table(words, more, others, activity_of)
    for effect, title in (
        (Effect.CORRECTION, words("Corrections, old and new")),
        (Effect.NEW, words("New")),
    ):
        table = changes(words, checked, effect, called)
        if len(table):
            components.heading(title, 3)
            components.rows(table, words=words, caption=title)


def _table(
    words: Words, title: str, problems: Iterable[Problem], activity_of: Mapping[Place, str]
) -> None:
    every = list(problems)
    if every:
        components.heading(title, 3)
        table = remarks(every, words, activity_of)
        # Of one file its name says nothing, nor the kind where the title has it.
        alike = [name for name in (words("Kind of remark"), words("File"))
                 if name in table and table[name].nunique() == 1]  # fmt: skip
        components.rows(table.drop(columns=alike), words=words, caption=title)


def errors_found(words: Words, checked: Checked) -> str:
    """Say how many errors there are, and of those in rows in how many cells of how many rows."""
    errors = words.plural("{n} error", "{n} errors", len(checked.problems))
    rows = len(set(map(_place, _in_rows(checked))))
    cells = {(*_place(each), each.field) for each in _in_rows(checked) if each.field}
    where = words.plural("{n} row", "{n} rows", rows)
    if cells:
        where = words.plural("{n} cell of {rows}", "{n} cells of {rows}", len(cells), rows=where)
    return words("{errors}, in {cells}", errors=errors, cells=where) if rows else errors


def _in_rows(checked: Checked) -> list[Problem]:
    """Return every error at each of its rows that were read; a heading is none of them."""
    read = {
        (file.source.name, row.sheet, row.number)
        for file in checked.files
        for row in file.source.rows
    }
    return [each for problem in checked.problems for each in problem.each() if _place(each) in read]


def _place(problem: Problem) -> Place:
    return problem.file, problem.sheet, problem.row


def counts(words: Words, checked: Checked) -> pd.DataFrame:
    """Return one row: how many rows were read, and what becomes of them.

    Where there are errors nothing becomes of any, so that only those with one are counted.
    """
    row: dict[str, object] = {
        words("File"): ", ".join(dict.fromkeys(file.source.name for file in checked.files)),
        words("Rows read"): sum(len(file.source.rows) for file in checked.files),
    }
    if checked.problems:
        wrong = len(set(map(_place, _in_rows(checked))))
        return pd.DataFrame([{**row, words("Rows with an error"): wrong}])
    outside = sum(
        len(list(problem.each()))
        for problem in checked.warnings
        if problem.rule == "outside_calendar"
    )
    more = {
        words("New"): checked.new,
        words("Corrections"): checked.corrections,
        words("Unchanged"): checked.unchanged,
        words("Outside the calendar"): outside,
    }
    return pd.DataFrame([{**row, **more}])


def changes(
    words: Words, checked: Checked, effect: Effect, called: Mapping[str, str]
) -> pd.DataFrame:
    """Return a row for each row of the file that has the effect, with what was said before."""
    found = [
        (file.source.subject, change)
        for file in checked.files
        for change in file.changes
        if change.effect == effect
    ]
    several = len({change.entry.sheet for _, change in found}) > 1
    sheets = {words("Sheet"): [change.entry.sheet for _, change in found]} if several else {}
    rows = pd.DataFrame([_change(words, subject, change, called) for subject, change in found])
    return pd.concat([pd.DataFrame(sheets), rows], axis=1)


def _change(
    words: Words, subject: Subject | None, change: Change, called: Mapping[str, str]
) -> dict[str, str]:
    entry = change.entry
    row = {words("Row"): str(entry.row), words("About"): _subject(words, entry, called)}
    if change.effect == Effect.CORRECTION and change.before is not None:
        row[words("Before")] = _content(words, subject, change.before)
    row[words("Now")] = _content(words, subject, entry)
    return row


def _subject(words: Words, entry: Entry, called: Mapping[str, str]) -> str:
    """Return what a row speaks of: its activity with its title, its period as on the screen."""
    periods = {entry.values.get(name) for name in ("semester", "semester_from")}
    return " · ".join(
        words.period(part) if part in periods else called.get(part, part) for part in entry.identity
    )


def _content(words: Words, subject: Subject | None, entry: Entry) -> str:
    """Return what an entry says, in one text."""
    values = entry.values
    if subject != Subject.REPORTS:
        texts = (str(value) for value in values.values() if value)
        return "; ".join([*texts, *entry.codes])
    percent = values["percent"]
    share = NOT_APPLICABLE if percent is None else words.entered(percent)
    report_texts = [f"{SYMBOLS[values['state']]} {label(words, values['state'])}", share]
    report_texts += [
        f"{heading(words, field.code)}: {text}"
        for field in BY_TYPE
        if (text := cell_of(values.get(field.code)))
    ]
    return "; ".join([*report_texts, *entry.codes, words.date(values["reported_on"], "medium")])
