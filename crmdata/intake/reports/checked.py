"""What was found in files: errors, warnings, and what importing them would do."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crmdata.errors import Problem, gathered
from crmdata.intake.reports.history import LOWER_PROGRESS, Change, Effect
from crmdata.intake.reports.repeated import CORRECTION
from crmdata.intake.reports.rows import Source
from crmdata.intake.reports.twice import FileDraft


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


def finished(draft: FileDraft, changes: Sequence[Change] = ()) -> CheckedFile:
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
