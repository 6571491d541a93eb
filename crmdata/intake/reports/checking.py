"""Files against the rules, against each other and against the store: everything found at once.

Nothing is written here, so a check is also the dry run of an import.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Engine

from crmdata import clock
from crmdata.errors import N_, Problem, gathered
from crmdata.files import DATA_KIND, FIELDS, Subject
from crmdata.intake.reports import codes, columns
from crmdata.intake.reports.cells import Cells
from crmdata.intake.reports.cooperation import cooperation_entry
from crmdata.intake.reports.earlier_reports import Bases
from crmdata.intake.reports.history import LOWER_PROGRESS, Change, Effect, changes, history, waiting
from crmdata.intake.reports.known import RowCodes, known
from crmdata.intake.reports.meetings import meeting_entry
from crmdata.intake.reports.observations import observation_entry
from crmdata.intake.reports.progress import report_entry
from crmdata.intake.reports.repeated import CORRECTION
from crmdata.intake.reports.rows import Source
from crmdata.intake.reports.scope import ANY, Expected, of_country, scope_problems
from crmdata.intake.reports.twice import FileDraft, compare
from crmdata.store import db
from crmdata.store.db import Known
from crmdata.terms import DataKind

_ENTRIES = {
    Subject.REPORTS: report_entry,
    Subject.COOPERATION: cooperation_entry,
    Subject.MEETINGS: meeting_entry,
    Subject.OBSERVATIONS: observation_entry,
}

_ABOUT = {
    subject: {field.code for field in own if field.key} | {"reported_on"}
    for subject, own in FIELDS.items()
}
"""The columns that say what a row is about; where one is wrong nobody knows yet."""

KINDS_NEVER_MIX = "kinds_never_mix"

_OTHER_KIND = {
    DataKind.REAL: N_("These are real data, and here only invented ones are kept, to show how."),
    DataKind.DEMO: N_("These are invented data, to show how, and here only real ones are kept."),
}


@dataclass(frozen=True)
class CheckedFile:
    """What was found in one file. `changes` is empty unless every file is faultless."""

    source: Source
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    changes: tuple[Change, ...] = ()

    def count(self, effect: Effect) -> int:
        """Return how many rows have the effect."""
        return sum(change.effect == effect for change in self.changes)


@dataclass(frozen=True)
class Checked:
    """What was found in all files together. They may be imported if `problems` is empty."""

    files: tuple[CheckedFile, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return every error, by file and row."""
        return tuple(problem for file in self.files for problem in file.problems)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return everything worth a look, by file and row."""
        return tuple(problem for file in self.files for problem in file.warnings)

    @property
    def held(self) -> tuple[Problem, ...]:
        """Return the warnings of what is not stored before somebody has confirmed it."""
        return tuple(problem for problem in self.warnings if problem.asks)

    @property
    def new(self) -> int:
        """Return how many rows speak of something for the first time."""
        return sum(file.count(Effect.NEW) for file in self.files)

    @property
    def corrections(self) -> int:
        """Return how many rows correct an earlier one."""
        return sum(file.count(Effect.CORRECTION) for file in self.files)

    @property
    def unchanged(self) -> int:
        """Return how many rows are stored already, word for word; no import stores them again."""
        return sum(file.count(Effect.UNCHANGED) for file in self.files)


def _finished(draft: FileDraft, changes: Sequence[Change] = ()) -> CheckedFile:
    """Name the file in every problem and put them in the order of the rows."""
    # What is stored already, word for word, somebody has answered for.
    stored = {
        (change.entry.sheet, change.entry.row)
        for change in changes
        if change.effect == Effect.UNCHANGED
    }
    own = [
        problem
        for problem in draft.warnings
        if not problem.asks or (problem.sheet, problem.row) not in stored
    ]
    warnings = [*own, *_of_changes(changes, _corrected(own))]
    return CheckedFile(
        draft.source,
        _in_order(draft.problems, draft.source),
        _in_order(warnings, draft.source),
        tuple(changes),
    )


def _corrected(problems: Iterable[Problem]) -> set[tuple[str, int | None]]:
    """Return sheet and row of each row of which it is asked if it is a correction."""
    return {(problem.sheet, problem.row) for problem in problems if problem.rule == CORRECTION}


def _of_changes(
    changes: Sequence[Change], asked: Container[tuple[str, int | None]]
) -> Iterator[Problem]:
    """Yield what is to be said of changes, one question for a row that is a correction.

    Of the rows in `asked` it is asked already. The question shows what was said before beside
    what is said now: that the progress is lower too is seen there.
    """
    for change in changes:
        place = (change.entry.sheet, change.entry.row)
        corrects = place in asked or place in _corrected(change.warnings)
        for problem in change.warnings:
            lower_in_place = (
                problem.rule == LOWER_PROGRESS
                and problem.values["semester"] == change.entry.values["semester"]
            )
            if not (
                (corrects and lower_in_place) or (place in asked and problem.rule == CORRECTION)
            ):
                yield problem


def check(
    store: Engine | Known,
    files: Iterable[Source],
    *,
    today: date | None = None,
    expected: Expected = ANY,
    waits: bool = False,
) -> Checked:
    """Return every error and warning of the files, and what importing them would do.

    `today` is the day that it is unless given. `expected` is what the files are to be about.
    With `waits` they are left to the review, where others may wait already. Raise StoreError
    where no plan is loaded.
    """
    if isinstance(store, Engine):
        with db.reading(store) as session:
            return check(session, files, today=today, expected=expected, waits=waits)
    facts = known(store, today)
    drafts = [_draft(of_country(source, expected), facts) for source in files]
    doubt = db.clock_problem(store) if today is None else None
    if doubt is not None and drafts:
        drafts[0].warnings.append(replace(doubt, warning=True))
    named: set[str] = set()
    for draft in drafts:
        # What a template is for is said once, of however many subjects it speaks.
        told = draft.source.template is not None and draft.source.name in named
        named.add(draft.source.name)
        scope = [] if told else list(scope_problems(draft.source, facts, expected))
        draft.problems[:0] = [problem for problem in scope if not problem.asks]
        draft.warnings[:0] = [problem for problem in scope if problem.asks]
    compare(drafts, facts.bases)
    if any(draft.problems for draft in drafts):
        return Checked(tuple(_finished(draft) for draft in drafts))
    effects = _changes(store, drafts, facts.bases, waits=waits)
    return Checked(
        tuple(_finished(draft, mine) for draft, mine in zip(drafts, effects, strict=True))
    )


def _draft(source: Source, facts: RowCodes) -> FileDraft:
    """Check a file by itself."""
    draft = FileDraft(source, list(source.problems), list(source.notes))
    if source.sha256 in facts.imported:
        batch, at = facts.imported[source.sha256]
        draft.problems.append(
            Problem(
                "already_imported",
                N_("The file was already imported on {day} (batch {batch})."),
                N_("It is not imported again; what it says is stored."),
                values={"day": clock.day_of(at), "batch": batch},
            )
        )
    if source.subject is None:
        return draft
    if not source.rows and not source.problems:
        draft.warnings.append(Problem("no_rows", N_("The file has no rows."), warning=True))
    kinds: dict[DataKind, int] = {}
    seen = columns.seen(source.rows)
    for row in source.rows:
        cells = Cells(row, facts, seen)
        own = _ENTRIES[source.subject](cells)
        wrong = {*row.flawed, *(problem.field for problem in cells.errors)}
        unclear = not wrong.isdisjoint(_ABOUT[source.subject])
        if unclear or row.own:
            own = replace(own, unclear=unclear, alone=row.own)
        draft.entries.append(own)
        kind = codes.data_kind(cells)
        if kind is not None:
            kinds.setdefault(kind, row.number)
        if _is_of_words(cells, source.subject):
            draft.problems.append(_no_row(cells))
            continue
        draft.problems.extend(cells.errors)
        draft.warnings.extend(cells.warnings)
    draft.problems.extend(_kind_problems(kinds, source, facts.kind))
    return draft


def _is_of_words(cells: Cells, subject: Subject) -> bool:
    """Tell whether a row has words in place of codes in all that it should be about."""
    about = {field.code for field in FIELDS[subject] if field.key and not field.optional}
    wrong = {problem.field for problem in cells.errors if " " in str(problem.value or "").strip()}
    return len(about) > 1 and about <= wrong


def _no_row(cells: Cells) -> Problem:
    return Problem(
        "no_row",
        N_("Nothing that the row is about can be read: it looks like an explanation or a title."),
        N_("Delete the row; if it is one to be read, write its codes as in the template."),
        sheet=cells.row.sheet,
        row=cells.row.number,
    )


def _kind_problems(
    kinds: dict[DataKind, int], source: Source, stored: DataKind
) -> Iterator[Problem]:
    """Yield the error of a file whose rows are not of the kind that the database holds."""
    with_column = DATA_KIND in source.columns
    for kind, first_row in kinds.items():
        if kind != stored:
            yield Problem(
                KINDS_NEVER_MIX,
                _OTHER_KIND[kind],
                N_("They belong at another address: ask the secretariat for it."),
                row=first_row if with_column else None,
                field=DATA_KIND if with_column else "",
            )


def _changes(
    session: Known, drafts: Sequence[FileDraft], senders: Bases, *, waits: bool
) -> list[list[Change]]:
    """Return what the entries of each file do, with all files of a subject taken together."""
    by_draft: list[list[Change]] = [[] for _ in drafts]
    for subject in Subject:
        places = [i for i, draft in enumerate(drafts) if draft.source.subject == subject]
        entries = [(place, row) for place in places for row in drafts[place].entries]
        if not entries:
            continue
        all_entries = [row for _, row in entries]
        stored = history(session, subject, all_entries)
        sent = history(session, subject, all_entries, waiting) if waits else {}
        effects = changes(all_entries, stored, sent, senders)
        for (place, _), change in zip(entries, effects, strict=True):
            by_draft[place].append(change)
    return by_draft


def _in_order(problems: Iterable[Problem], source: Source) -> tuple[Problem, ...]:
    sheets = {sheet: place for place, sheet in enumerate(source.sheets, start=1)}
    located = (
        replace(
            problem,
            file=source.name,
            heading=source.headings.get((problem.sheet, problem.field), ""),
        )
        for problem in problems
    )
    return tuple(
        sorted(
            gathered(located), key=lambda problem: (sheets.get(problem.sheet, 0), problem.row or 0)
        )
    )
