"""What an import would do, row by row, before it does it."""

from collections.abc import Iterator
from typing import Any

from crmdata.errors import visible
from crmdata.fields import LINKED
from crmdata.files import SEPARATOR, Subject
from crmdata.i18n import Words
from crmdata.intake.reports import Checked, CheckedFile
from crmdata.intake.reports.entries import Entry
from crmdata.intake.reports.history import Change, Effect
from crmdata.intake.reports.progress import BY_TYPE
from crmdata.labels import NOT_APPLICABLE, SYMBOLS, label

_COMPARED = (
    *(field.code for field in BY_TYPE if field.type not in LINKED),
    *("text", "semester_to", "name_es", "name_en", "held_on", "corte"),
)


def preview_lines(words: Words, checked: Checked) -> Iterator[str]:
    """Yield a line for each row of faultless files, and one that counts for each file."""
    for file in checked.files:
        outside = {
            warning.row
            for problem in file.warnings
            if problem.rule == "outside_calendar"
            for warning in problem.each()
        }
        for change in file.changes:
            line = _line(words, file, change)
            more = words("; outside the calendar") if change.entry.row in outside else ""
            yield f"{file.source.name}: {line}{more}"
        yield words(
            "{file}: new: {new}; corrections: {corrections}; unchanged: {unchanged}; "
            "outside the calendar: {outside}.",
            file=file.source.name,
            new=words.number(file.count(Effect.NEW)),
            corrections=words.number(file.count(Effect.CORRECTION)),
            unchanged=words.number(file.count(Effect.UNCHANGED)),
            outside=words.number(len(outside)),
        )


def _line(words: Words, file: CheckedFile, change: Change) -> str:
    entry, before = change.entry, change.before
    values: dict[str, Any] = {
        "row": entry.row,
        "about": " ".join(entry.identity),
        "now": _summary(words, file, entry),
    }
    if change.effect == Effect.NEW or before is None:
        return words("Row {row}: {about}: new: {now}", **values)
    if change.effect == Effect.UNCHANGED:
        return words("Row {row}: {about}: unchanged: {now}", **values)
    values["before"] = _summary(words, file, before)
    correction = words("Row {row}: {about}: correction: {before} → {now}", **values)
    return "; ".join([correction, *_other_differences(before, entry)])


def _summary(words: Words, file: CheckedFile, entry: Entry) -> str:
    """Return what a row says, as short as it can be told."""
    values = entry.values
    if file.source.subject == Subject.MEETINGS:
        return words("cut-off {day}", day=values["corte"])
    if file.source.subject == Subject.COOPERATION:
        return label(words, values["state"])
    if file.source.subject == Subject.OBSERVATIONS:
        return f"“{visible(values['observation'])}”"
    percent = values["percent"]
    share = NOT_APPLICABLE if percent is None else words.entered(percent)
    return f"{SYMBOLS[values['state']]} {label(words, values['state'])} {share}"


def _other_differences(before: Entry, now: Entry) -> Iterator[str]:
    for name in _COMPARED:
        then, here = before.values.get(name, ""), now.values.get(name, "")
        if then != here:
            yield f"{name}: “{visible(then)}” → “{visible(here)}”"
    if before.codes != now.codes:
        yield f"{SEPARATOR.join(before.codes)} → {SEPARATOR.join(now.codes)}"
