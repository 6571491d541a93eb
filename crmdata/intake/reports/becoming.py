"""Which of the files that were checked become batches, and what is told of those that do not."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crmdata.errors import Problem
from crmdata.intake.reports.checked import CheckedFile
from crmdata.intake.reports.history import Effect


class Kept(NamedTuple):
    """What becomes a batch each, and what is to be said of files that hold no row."""

    batches: list[tuple[CheckedFile, int]]
    """With each, how many rows of its file's other subjects are unchanged."""
    notes: tuple[Problem, ...]


def becoming_batches(files: Iterable[CheckedFile]) -> Kept:
    """Return what becomes a batch: of each file that has rows one subject at least."""
    subjects = _in_files(files)
    empty = (each for own in subjects if not _has_rows(own) for each in own)
    return Kept(
        list(_kept(own for own in subjects if _has_rows(own))),
        tuple(note for each in empty for note in each.warnings),
    )


def _has_rows(subjects: Sequence[CheckedFile]) -> bool:
    return any(each.source.rows for each in subjects)


def _kept(files: Iterable[list[CheckedFile]]) -> Iterator[tuple[CheckedFile, int]]:
    """Yield what becomes a batch: of a file's subjects, for a template those that say something.

    At least one of each file does. With it stands how many rows of the others are unchanged.
    """
    for subjects in files:
        kept = [each for each in subjects if _says_something(each)] or subjects[:1]
        left = sum(each.count(Effect.UNCHANGED) for each in subjects if each not in kept)
        yield from ((each, 0 if place else left) for place, each in enumerate(kept))


def _in_files(files: Iterable[CheckedFile]) -> list[list[CheckedFile]]:
    """Return the subjects of each file: one after another, none of them twice."""
    found: list[list[CheckedFile]] = []
    for file in files:
        beside = found[-1] if found else []
        of_other = {each.source.subject for each in beside if each.source.name == file.source.name}
        if of_other and file.source.subject not in of_other:
            beside.append(file)
        else:
            found.append([file])
    return found


def _says_something(file: CheckedFile) -> bool:
    new = any(change.effect != Effect.UNCHANGED for change in file.changes)
    return new or file.source.template is None
