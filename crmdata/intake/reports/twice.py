"""The same thing said twice, among all rows of all files that come in together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from crmdata.errors import N_, Problem
from crmdata.files import Subject
from crmdata.intake.reports.earlier_reports import Bases
from crmdata.intake.reports.entries import SHELVES, Differences, Entry, differences
from crmdata.intake.reports.rows import Row, Source


@dataclass
class FileDraft:
    """A file while it is being checked."""

    source: Source
    problems: list[Problem]
    warnings: list[Problem] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def compare(drafts: Sequence[FileDraft], bases: Bases) -> None:
    """Find the same file, and the same thing said twice, among all files."""
    files: dict[tuple[str, Subject | None], str] = {}
    seen: dict[tuple[object, ...], tuple[FileDraft, Row, Entry]] = {}
    slots: dict[tuple[object, ...], tuple[FileDraft, Entry]] = {}
    repeated: set[int] = set()
    for draft in drafts:
        sha256 = (draft.source.sha256, draft.source.subject)
        if sha256 in files:
            draft.problems.append(
                Problem(
                    "same_file_twice",
                    N_("The file is the same as {other}."),
                    N_("Name it once."),
                    values={"other": files[sha256]},
                )
            )
            continue
        if draft.source.sha256:
            files[sha256] = draft.source.name
        for written, row in zip(draft.source.rows, draft.entries, strict=True):
            if not row.comparable:
                continue
            key = (draft.source.subject, row.identity, row.moment)
            first, first_written, other = seen.setdefault(key, (draft, written, row))
            if other is row:
                _compare_of_templates(row, draft, slots, bases)
                continue
            # Of a wrong row not all that it says is known: only its cells can tell.
            wrong = _is_wrong(draft, row) or _is_wrong(first, other)
            same = written.cells == first_written.cells
            if same or (row.says_the_same_as(other) and not wrong):
                draft.warnings.append(_repeated(row, draft, first, other))
                repeated.add(id(row))
            else:
                draft.problems.append(_twice(row, draft, first, other, wrong=wrong))
        draft.entries = [row for row in draft.entries if id(row) not in repeated]


def _compare_of_templates(
    row: Entry,
    own: FileDraft,
    slots: dict[tuple[object, ...], tuple[FileDraft, Entry]],
    bases: Bases,
) -> None:
    """Ask about a second row on a slot with another date, where templates have one for each.

    A table that is no template may hold the history of a slot, a report a row.
    """
    if not row.alone or own.source.subject != Subject.REPORTS or _is_in_force(row, bases):
        return
    first, other = slots.setdefault(row.identity, (own, row))
    if other is not row:
        own.warnings.append(_two_dates(row, own, first, other))


def _is_in_force(row: Entry, bases: Bases) -> bool:
    """Tell whether a template only shows a report that stands in the store."""
    now = bases.in_force(*row.identity)
    return now is not None and now.reported_on == row.moment and now.says(row.values, row.codes)


def _is_wrong(draft: FileDraft, row: Entry) -> bool:
    """Tell whether something is wrong with a row, so that not all that it says is known."""
    return any((each.sheet, each.row) == (row.sheet, row.row) for each in draft.problems)


def _repeated(row: Entry, own: FileDraft, first: FileDraft, other: Entry) -> Problem:
    place = _place_beside(row, own, first, other)
    return Problem(
        "repeated_row",
        N_("Row {other_row} of {other_file} says the same; it is stored once.") if place
        else N_("Row {other_row} says the same; it is stored once."),
        N_("If something else was meant, correct one of the two."),
        row=row.row,
        sheet=row.sheet,
        values={"other_row": other.row, "other_file": place},
        warning=True,
    )  # fmt: skip


def _twice(row: Entry, own: FileDraft, first: FileDraft, other: Entry, *, wrong: bool) -> Problem:
    place, changes = _place_beside(row, own, first, other), _differing(own, other, row)
    return Problem(
        "said_twice",
        N_("Row {other_row} of {other_file} is about the same, with the same date.") if place
        else N_("Row {other_row} is about the same, with the same date."),
        N_("Leave one of the two.") if wrong or not changes.each
        else N_("Which one counts? Delete the other. The two differ: {changes}"),
        row=row.row,
        sheet=row.sheet,
        values={"other_row": other.row, "other_file": place, "changes": changes},
    )  # fmt: skip


def _two_dates(row: Entry, own: FileDraft, first: FileDraft, other: Entry) -> Problem:
    place = _place_beside(row, own, first, other)
    earlier, later = sorted((other, row), key=lambda one: one.moment or date.min)
    return Problem(
        "two_dates",
        N_(
            "Row {other_row} of {other_file} is about {activity}, {semester} too. Are both meant: "
            "what was reported on {then}, and what changed by {day}? {changes}"
        ) if place
        else N_(
            "Row {other_row} is about {activity}, {semester} too. Are both meant: what was "
            "reported on {then}, and what changed by {day}? {changes}"
        ),
        N_("The later one counts. If only one of the two is right, delete the other row."),
        row=row.row,
        sheet=row.sheet,
        values={
            "other_row": other.row, "other_file": place, "activity": row.values["activity"],
            "semester": row.values["semester"], "then": earlier.moment, "day": later.moment,
            "changes": _differing(own, earlier, later),
        },
        warning=True,
        asks=True,
    )  # fmt: skip


def _differing(own: FileDraft, before: Entry, now: Entry) -> Differences:
    assert own.source.subject is not None  # noqa: S101 - only a table of a subject has entries
    linked = SHELVES[own.source.subject].linked
    return differences(before.values, before.codes, now.values, now.codes, linked)


def _place_beside(row: Entry, own: FileDraft, first: FileDraft, other: Entry) -> str:
    """Return in which file and sheet the other row stands; empty in the same sheet."""
    if first is own and other.sheet == row.sheet:
        return ""
    return ", ".join(filter(None, (first.source.name, other.sheet)))
