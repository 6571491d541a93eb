"""The demonstration data ×1, ×10, ×100, for what must not grow with the store.

What grows here is the history: every report gets earlier versions on earlier days, each in a
batch of its own that was recorded and stands in the audit chain. So the picture at the newest
cut-off is the same at every size, and what a page costs beside it is the price of the rows
that it must pass over. (More countries make every picture larger, and no query smaller; see
docs/scale.md for that reckoning.)

    python -m benchmarks.multiply 100 --url sqlite:////tmp/hundred.sqlite3
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, Table, insert, select
from sqlmodel import Session

from crmdata import start
from crmdata.access import operator
from crmdata.intake.reports.steps import Act, take_step
from crmdata.store import db
from crmdata.store.models import Batch, Report, ReportPartner
from crmdata.terms import Period

SIZES = (1, 10, 100)
"""About 3,000, 30,000 and 300,000 reports."""

_REPORT: Table = Report.__table__
_PARTNER: Table = ReportPartner.__table__


def multiplied(url: str, times: int) -> Engine:
    """Return a database at `url` with the demonstration data and `times` as many reports."""
    engine = start.prepare(url)
    if times > 1:
        _add_versions(engine, times)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What a deployment's autovacuum and SQLite's own housekeeping do in time.
        on_sqlite = engine.dialect.name == "sqlite"
        connection.exec_driver_sql("ANALYZE" if on_sqlite else "VACUUM (ANALYZE)")
    return engine


@contextmanager
def sqlite_of(times: int) -> Iterator[Engine]:
    """Yield a throw-away SQLite database of a size."""
    with TemporaryDirectory(prefix="bench-") as folder:
        engine = multiplied(f"sqlite:///{Path(folder) / 'store.sqlite3'}", times)
        yield engine
        engine.dispose()


def _add_versions(engine: Engine, times: int) -> None:
    """Store earlier versions of every report, a batch for each batch of the data."""
    batches = Batch.__table__
    with db.writing(engine) as session:
        reports = select(batches).where(batches.c.subject == "reports")
        originals = session.execute(reports).mappings().all()
        for copy in range(1, times):
            for batch in originals:
                _add_batch(session, batch, copy, times)


def _add_batch(session: Session, original: Any, copy: int, times: int) -> None:
    rows = session.execute(select(_REPORT).where(_REPORT.c.batch_id == original["id"])).mappings()
    named: dict[int, list[Any]] = {}
    pairs = select(_PARTNER).join(_REPORT, _REPORT.c.id == _PARTNER.c.report_id)
    for pair in session.execute(pairs.where(_REPORT.c.batch_id == original["id"])).mappings():
        named.setdefault(pair["report_id"], []).append(pair)
    # A file may hold a report and its correction; their earlier versions may share a day.
    apart: dict[tuple[Any, ...], tuple[Any, date]] = {}
    for row in rows:
        day = _earlier_day(row, copy, times)
        if day is not None:
            apart[row["country"], row["activity"], row["semester"], day] = (row, day)
    versions = list(apart.values())
    name = f"{original['file_name']}-{copy}"
    values = {**original, "file_name": name, "file_sha256": f"{original['file_sha256']}-{copy}",
              "rows": len(versions), "note": f"version {copy}"}  # fmt: skip
    del values["id"]
    batch_id = session.execute(insert(Batch).returning(Batch.id), values).scalar_one()
    if versions:
        new = [
            {**row, "batch_id": batch_id, "reported_on": day,
             "narrative": f"{row['narrative']} ({copy})"}
            for row, day in versions
        ]  # fmt: skip
        for row in new:
            del row["id"]
        session.execute(insert(_REPORT), new)
        stored = select(_REPORT.c.id).where(_REPORT.c.batch_id == batch_id).order_by(_REPORT.c.id)
        ids = session.execute(stored).scalars().all()
        links = [
            {**link, "report_id": key}
            for key, (row, _) in zip(ids, versions, strict=True)
            for link in named.get(row["id"], ())
        ]
        if links:
            session.execute(insert(_PARTNER), links)
    take_step(session, Act(operator("bench"), "import"), batch_id,
              content_sha256=db.batch_content_sha256(session, batch_id))  # fmt: skip


def _earlier_day(row: Any, copy: int, times: int) -> date | None:
    """Return a day between the period's first and the report's own; None where there is none."""
    starts = Period.parse(row["semester"]).starts
    days = (row["reported_on"] - starts).days
    return starts + timedelta(days=days * copy // times) if days > 0 else None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", type=int)
    parser.add_argument("--url", required=True)
    wanted = parser.parse_args()
    multiplied(wanted.url, wanted.times).dispose()
