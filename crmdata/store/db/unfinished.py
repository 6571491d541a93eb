"""A file that gets its name when it is whole, and leaves nothing behind where it is not."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SUFFIX = ".unfinished"


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """Yield an empty file beside `target`, which takes that name at the end, synced.

    What others left unfinished in the folder when they were killed is cleared first: whoever
    is at work holds a lock on the file. Raise FileExistsError where somebody is at work on the
    same one.
    """
    clear(target.parent)
    with locked(target.with_name(f"{target.name}{SUFFIX}")) as part:
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(target)
        _sync(target.parent)


@contextmanager
def locked(part: Path) -> Iterator[Path]:
    """Yield a new file that is held while it is worked on, and removed unless it was renamed."""
    with part.open("xb") as own:
        fcntl.flock(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            yield part
        finally:
            _remove(part)


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """Return a name that no file of the folder has: `stem.backup`, or `stem-2.backup`."""
    for count in range(1, 1000):
        name = folder / f"{stem}{f'-{count}' if count > 1 else ''}{suffix}"
        if not name.exists():
            return name
    raise FileExistsError(stem)


def clear(folder: Path) -> None:
    """Remove the unfinished files of a folder that nobody works on any more."""
    for part in folder.glob(f"*{SUFFIX}"):
        with suppress(OSError), part.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(part)


def _remove(part: Path) -> None:
    part.unlink(missing_ok=True)
    # SQLite's own, where it was killed in the middle.
    part.with_name(f"{part.name}-journal").unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
