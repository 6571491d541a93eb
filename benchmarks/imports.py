"""A country's file checked, 5,000 rows imported, and whether the time grows as the rows do.

Every row is a report of its own with a narrative of its own, of the length that countries
write: nothing is gained by saying the same thing twice. SQLite, set as in a deployment. The
whole counts: reading the file, every check, and of an import storing, the hash in the audit
chain, the commit.
`python -m benchmarks.imports --profile` says where the time goes.
"""

import cProfile
import csv
import pstats
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine
from sqlmodel import select

from benchmarks.table import Goal, Row, show
from crmdata import plan, settings
from crmdata.files import COLUMNS, DATA_KIND, Subject
from crmdata.intake.reports import check, import_files, read_files
from crmdata.intake.reports.held_texts import EVERYTHING
from crmdata.store import db
from crmdata.store.models import Country, Slot
from crmdata.terms import DataKind, Period

_COUNTRY, _LARGE, _HUGE = 300, 5_000, 100_000
"""Rows of a country's file, of the largest that anybody may hand in, and of a whole history."""

_HISTORY = 30
"""Reports of a slot, a day apart."""

_NARRATIVE = (
    "Se capacitó a {n} funcionarias y funcionarios de las instituciones de protección en la "
    "identificación de niñas, niños y adolescentes migrantes no acompañados, y se acordó con la "
    "red consular el seguimiento de {m} casos en {k} municipios durante el semestre."
)
_STATES = (("no_iniciada", "0"), ("en_curso", "45"), ("cumplida", "100"), ("suspendida", "20.5"))


def rows() -> Iterator[Row]:
    """Check and import files of each size, each into a store with the plan alone."""
    yield Row(f"check of {_COUNTRY} rows", _best(_COUNTRY, _check), goal=Goal("<", 0.5))
    large = _best(_LARGE, _import)
    yield Row(f"import of {_LARGE:,} rows", large, goal=Goal("<", 1.5))
    huge = _seconds(_HUGE, _import)
    yield Row(
        f"a row of {_HUGE:,} imported, beside one of {_LARGE:,}",
        huge / _HUGE * 1000,
        "ms",
        large / _LARGE * 1000,
        Goal("≤", 1.2, "ratio"),
    )


def _best(size: int, work: Callable[[Engine, Path], int]) -> float:
    """Return the least of three times: whatever else the machine does only adds to them."""
    return min(_seconds(size, work) for _ in range(3))


def _seconds(size: int, work: Callable[[Engine, Path], int]) -> float:
    """Return how long it takes to do something with a file; all of its rows must come of it."""
    with TemporaryDirectory(prefix="bench-") as folder:
        engine = _store(Path(folder))
        file = a_file(Path(folder), engine, size)
        begun = time.perf_counter()
        done = work(engine, file)
        seconds = time.perf_counter() - begun
        engine.dispose()
    if done != size:
        raise RuntimeError(f"Of {size} rows {done} were read.")
    return seconds


def _check(engine: Engine, file: Path) -> int:
    checked = check(engine, read_files([file]))
    return checked.new + checked.corrections


def _import(engine: Engine, file: Path) -> int:
    (stored,) = import_files(engine, [file], by="bench", confirmed=EVERYTHING)
    return stored.new + stored.corrections


def _store(folder: Path) -> Engine:
    engine = db.connect(f"sqlite:///{folder / 'store.sqlite3'}")
    db.upgrade(engine)
    plan.load(engine, settings.plan_folder(), by="bench", kind=DataKind.REAL)
    return engine


def a_file(folder: Path, engine: Engine, size: int, kind: str = "") -> Path:
    """Write a faultless file of so many reports, of a kind of data."""
    with db.reading(engine) as session:
        countries = session.exec(select(Country.country)).all()
        planned = session.exec(select(Slot.activity, Slot.semester)).all()
    file = folder / "reports.csv"
    slots = product(range(_HISTORY), planned, countries)
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, [*COLUMNS[Subject.REPORTS], DATA_KIND], restval="")
        writer.writeheader()
        for place, (later, (activity, period), country) in enumerate(islice(slots, size)):
            state, percent = _STATES[place % len(_STATES)]
            said = _NARRATIVE.format(n=place % 900, m=place // 900 % 97, k=place % 7)
            proof = f"https://example.org/informes/{place}" if place % 40 else ""
            day = Period.parse(period).ends + timedelta(days=10 + later)
            writer.writerow({
                "country": country, "activity": activity, "semester": period, "state": state,
                "percent": percent, "narrative": said,
                "reason": "Falta de fondos." if state == "suspendida" else "",
                "evidence": proof if state == "cumplida" else "",
                "partners": "UNICEF" if place % 5 == 0 else "",
                "reported_on": day.isoformat(), DATA_KIND: kind,
            })  # fmt: skip
    return file


def profile() -> None:
    """Print the functions in which an import of the largest file spends its time."""
    with TemporaryDirectory(prefix="bench-") as folder:
        engine = _store(Path(folder))
        file = a_file(Path(folder), engine, _LARGE)
        run = cProfile.Profile()
        run.runcall(import_files, engine, [file], by="bench", confirmed=EVERYTHING)
        pstats.Stats(run).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    if "--profile" in sys.argv:
        profile()
    else:
        show(rows())
