"""What an import would do, before it does it: counts, remarks, old and new side by side."""

from collections.abc import Iterable

import pandas as pd

from crmdata.errors import Problem
from crmdata.files import Subject
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE, SYMBOLS, label
from crmdata.reports import Checked
from crmdata.reports.entries import Entry
from crmdata.reports.headings import heading
from crmdata.reports.history import Change, Effect
from crmdata.reports.remarks import remarks
from crmdata.ui import components


def show(words: Words, checked: Checked) -> None:
    """Draw what was found in a file, the errors first."""
    components.rows(counts(words, checked), words=words, caption=words("What the file would do"))
    read = [problem for problem in checked.warnings if problem.rule == "read_as"]
    others = [problem for problem in checked.warnings if problem.rule != "read_as"]
    _table(words, words.plural("{n} error", "{n} errors", len(checked.problems)), checked.problems)
    others_read = words.plural(
        "{n} cell read as something else", "{n} cells read as something else", len(read)
    )
    _table(words, others_read, read)
    _table(
        words, words.plural("{n} thing to look at", "{n} things to look at", len(others)), others
    )
    for effect, title in (
        (Effect.CORRECTION, words("Corrections, old and new")),
        (Effect.NEW, words("New")),
    ):
        table = changes(words, checked, effect)
        if len(table):
            components.heading(title, 3)
            components.rows(table, words=words, caption=title)


def _table(words: Words, title: str, problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        components.heading(title, 3)
        components.rows(remarks(found, words), words=words, caption=title)


def counts(words: Words, checked: Checked) -> pd.DataFrame:
    """Return one row: how many rows are new, corrections, unchanged, outside, refused."""
    outside = sum(problem.rule == "outside_calendar" for problem in checked.warnings)
    refused = {(one.file, one.sheet, one.row) for one in checked.problems if one.row is not None}
    read = sum(len(file.source.rows) for file in checked.files)
    return pd.DataFrame(
        [
            {
                words("Rows read"): read,
                words("New"): checked.new,
                words("Corrections"): checked.corrections,
                words("Unchanged"): checked.unchanged,
                words("Outside the calendar"): outside,
                words("Refused"): len(refused),
            }
        ]
    )


def changes(words: Words, checked: Checked, effect: Effect) -> pd.DataFrame:
    """Return a row for each row of the file that has the effect, with what was said before."""
    return pd.DataFrame(
        [
            _change(words, file.source.subject, change)
            for file in checked.files
            for change in file.changes
            if change.effect == effect
        ]
    )


def _change(words: Words, subject: Subject | None, change: Change) -> dict[str, str]:
    entry = change.entry
    row = {words("Row"): str(entry.row), words("About"): " ".join(entry.identity)}
    if change.effect == Effect.CORRECTION and change.before is not None:
        row[words("Before")] = _said(words, subject, change.before)
    row[words("Now")] = _said(words, subject, entry)
    return row


def _said(words: Words, subject: Subject | None, entry: Entry) -> str:
    """Return what an entry says, in one text."""
    values = entry.values
    if subject != Subject.REPORTS:
        texts = (str(value) for value in values.values() if value)
        return "; ".join([*texts, *entry.codes])
    percent = values["percent"]
    share = NOT_APPLICABLE if percent is None else words.percent(percent, 2)
    said = [f"{SYMBOLS[values['state']]} {label(words, values['state'])}", share]
    said += [
        f"{heading(words, name)}: {values[name]}"
        for name in ("narrative", "reason", "evidence")
        if values[name]
    ]
    return "; ".join([*said, *entry.codes, str(values["reported_on"])])
