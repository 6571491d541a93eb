"""Disks that fill up, or that can only be read: small ones in memory, made for one test.

To mount one takes root. Elsewhere the limit on the size of a file stands in for a full disk.
"""

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NOBODY = 65534
"""A user who owns nothing."""


@dataclass(frozen=True)
class Disk:
    """A mounted disk of few bytes."""

    folder: Path

    def free(self) -> int:
        """Return the bytes that are left."""
        return shutil.disk_usage(self.folder).free

    def grow(self, size: int) -> None:
        """Give it another size."""
        _mount("-o", f"remount,size={size}", str(self.folder))

    def only_read(self) -> None:
        """Let nobody write on it any more."""
        _mount("-o", "remount,ro", str(self.folder))


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True, text=True)


@contextmanager
def _mounted(folder: Path, size: int) -> Iterator[Disk]:
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield Disk(folder)
    finally:
        # Lazily: a server that was killed may hold its folder for a moment longer.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def disk(folder: Path, size: int) -> Iterator[Disk | None]:
    """Yield a small disk mounted at `folder`, or None where this process may mount nothing."""
    try:
        mounting = _mounted(folder, size)
        small = mounting.__enter__()
    except (OSError, subprocess.CalledProcessError):
        yield None
        return
    try:
        yield small
    finally:
        mounting.__exit__(None, None, None)


def within(size: int, work: Callable[[], None]) -> None:
    """Do something while no file of this process may grow beyond `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The limit's own signal would end the process; without it the write fails, as on a full disk.
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        work()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def become_nobody() -> None:
    """Give up every right of root for the rest of this process."""
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
