"""Imports in processes that can be killed, and what must be true of the store whatever happened.

A process that has everything loaded already is forked for each round: to start Python anew would
cost a second each time, and the faults would fall into the start instead of the import.
"""

import ctypes
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import Engine, func, select, text

from crmdata.cli.status import status_lines
from crmdata.errors import ImportRefused, StoreError
from crmdata.i18n import words_for
from crmdata.intake.reports import import_files
from crmdata.store import db
from crmdata.store.models import Batch, Report
from crmdata.store.queries.frames import table
from tests.patience import PATIENCE
from tests.sheets import many_reports, text_of
from tests.support import EVERY_PLACE

ROWS = 3
"""Reports in each file."""


def files(folder: Path, number: int) -> list[Path]:
    """Write files of `ROWS` reports; no two say the same."""
    rows = many_reports(200)
    made = []
    for place in range(number):
        start = place * ROWS % (len(rows) - ROWS)
        mine = [row | {"narrative": f"Parte {place}."} for row in rows[start : start + ROWS]]
        file = folder / f"parte-{place:04}.csv"
        file.write_text(text_of(mine), "utf-8")
        made.append(file)
    return made


def took(url: str, file: Path) -> str:
    """Import a file and return `new`, `again` where it was stored before, or a refusal's rule."""
    engine = db.connect(url)
    try:
        import_files(engine, [file], by="Ana", confirmed=EVERY_PLACE)
    except ImportRefused as refused:
        rules = {problem.rule for problem in refused.problems}
        return "again" if rules == {"already_imported"} else ",".join(sorted(rules))
    except StoreError as error:
        return error.problems[0].rule
    finally:
        engine.dispose()
    return "new"


@dataclass
class Child:
    """A forked process that imports files and says after each what became of it."""

    pid: int
    answers: int

    def read(self) -> list[str]:
        """Return every whole answer, once the process has ended."""
        with os.fdopen(self.answers) as pipe:
            return [line.rstrip("\n") for line in pipe if line.endswith("\n")]

    def wait(self) -> int:
        """Return how the process ended: a signal's number, negative, or its exit code."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def forked(work: Callable[[Callable[[str], None]], None]) -> Child:
    """Run `work` in a child; what it says goes into a pipe, line by line, unbuffered."""
    answers, said = os.pipe()
    pid = os.fork()
    if pid:
        os.close(said)
        return Child(pid, answers)
    os.close(answers)
    code = 1
    try:
        # A debugger that was not the parent may attach: PR_SET_PTRACER, PR_SET_PTRACER_ANY.
        ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)
        with os.fdopen(said, "w", buffering=1, closefd=False) as pipe:
            work(lambda line: print(line, file=pipe))
        code = 0
    except BaseException:
        os.write(said, traceback.format_exc().replace("\n", " | ").encode() + b"\n")
    finally:
        os._exit(code)


def importing(url: str, batch: Iterable[Path]) -> Child:
    """Start a child that imports one file after the other: `new parte-0001.csv`."""
    wanted = list(batch)

    def work(say: Callable[[str], None]) -> None:
        for file in wanted:
            say(f"{took(url, file)} {file.name}")

    return forked(work)


@dataclass
class Killing:
    """What came of killing importers again and again."""

    acknowledged: set[str]
    faults: list[str]
    killed: int = 0
    repeated: int = 0
    """Files that were stored, and whose answer the kill took."""


def killed_at_random(url: str, folder: Path, times: int, seed: int = 1) -> Killing:
    """Kill an importer `times` times, each at a random moment after its first answer."""
    luck = Random(seed)
    todo = files(folder, times * 12 + 40)
    found = Killing(set(), [])
    while found.killed < times and todo:
        child = importing(url, todo)
        first = os.read(child.answers, 4096).decode()
        time.sleep(luck.uniform(0, 0.03))
        os.kill(child.pid, signal.SIGKILL)
        found.killed += child.wait() == -signal.SIGKILL
        for line in [*first.splitlines(), *child.read()]:
            outcome, _, name = line.partition(" ")
            if outcome not in {"new", "again"}:
                found.faults.append(line)
                continue
            found.repeated += outcome == "again"
            found.acknowledged.add(name)
        todo = [file for file in todo if file.name not in found.acknowledged]
    return found


def unhealthy(engine: Engine, acknowledged: Iterable[str] = ()) -> list[str]:
    """Return everything wrong with a store: lost, half or doubled batches, chain, file, status."""
    report, batch = table(Report), table(Batch)
    stored = (
        select(batch.c.file_name, func.count(report.c.id))
        .join(report, report.c.batch_id == batch.c.id, isouter=True)
        .group_by(batch.c.id, batch.c.file_name)
    )
    with db.reading(engine) as session:
        counted = session.execute(stored).all()
        wrong = [problem.rule for problem in db.verify(session)]
        if engine.dialect.name == "sqlite":
            said = session.execute(text("PRAGMA integrity_check")).scalars().all()
            wrong += [str(line) for line in said if line != "ok"]
    names = [name for name, _ in counted]
    wrong += [f"half: {name} {n}" for name, n in counted if n != ROWS]
    wrong += [f"doubled: {name}" for name in sorted(set(names)) if names.count(name) > 1]
    wrong += [f"lost: {name}" for name in sorted(set(acknowledged) - set(names))]
    _, problems = status_lines(words_for("en"), engine)
    return wrong + [problem.rule for problem in problems]


def retried(url: str, file: Path) -> str:
    """Import a file as a person would who is told that another import runs, or no server does."""
    until = time.monotonic() + PATIENCE
    while True:
        outcome = took(url, file)
        if outcome not in {"locked", "unreachable"} or time.monotonic() > until:
            return outcome
        time.sleep(0.05)
