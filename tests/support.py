"""Pieces that several test modules share."""

import re
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import hypothesis
from sqlalchemy import Engine, insert
from sqlmodel import Session

from crmdata import clock, plan, settings
from crmdata.access import operator, secretariat
from crmdata.errors import ReviewRefused, StoreError
from crmdata.intake.reports.held_texts import EVERYTHING
from crmdata.intake.reports.steps import Act, take_step
from crmdata.store import db
from crmdata.store.models import Batch, Report
from crmdata.workflow import review

DUTY: dict[str, Any] = {"responsible": "HND", "due_on": date(2050, 1, 31)}
"""Who answers for an agreement and by when, where a test is about something else."""


def copied_plan(target: Path) -> Path:
    """Return a copy of data/plan that a test may change."""
    return Path(shutil.copytree(settings.plan_folder(), target / "plan"))


def changed(folder: Path, file: str, before: str, after: str) -> None:
    """Replace the first `before` in a file of the plan; it must stand there."""
    path = folder / file
    text = path.read_text("utf-8")
    assert before in text, f"{before!r} does not stand in {file}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def load_thresholds(engine: Engine, folder: Path, **values: int) -> None:
    """Load the plan with other thresholds, by the names of their file: `cobertura=99`."""
    plan_folder = copied_plan(folder)
    path = plan_folder / "thresholds.md"
    for name, value in values.items():
        text, found = re.subn(
            rf"^(\| {name} \|) \d+", rf"\1 {value}", path.read_text("utf-8"), flags=re.MULTILINE
        )
        assert found == 1, f"{name} does not stand in {path.name}"
        path.write_text(text, "utf-8")
    plan.load(engine, plan_folder, by="test")


def a_batch(session: Session, name: str, step: str = "import", by: str = "test") -> int:
    """Store an empty batch, recorded or submitted as an import would; return its number."""
    values = {"subject": "reports", "imported_at": clock.utc_now(), "imported_by": by,
              "file_name": name, "file_sha256": name, "rows": 1, "note": ""}  # fmt: skip
    batch: int = session.execute(insert(Batch).returning(Batch.id), values).scalar_one()
    take_step(session, Act(operator(by), step), batch)
    return batch


def a_report(
    engine: Engine, country: str = "HND", activity: str = "IV.3.2", state: str = "cumplida",
    percent: float = 100.0,
) -> None:  # fmt: skip
    """Store one report on 2018-1 as an import would, batch and audit row included."""
    with db.writing(engine) as session:
        batch = session.execute(
            insert(Batch).returning(Batch.id),
            {"subject": "reports", "imported_at": clock.utc_now(), "imported_by": "test",
             "file_name": "r.csv", "file_sha256": f"{country}{activity}", "rows": 1, "note": ""},
        ).scalar_one()  # fmt: skip
        session.execute(
            insert(Report),
            {"batch_id": batch, "country": country, "activity": activity, "semester": "2018-1",
             "state": state, "percent": percent, "narrative": "", "reason": "",
             "evidence": "", "reported_on": date(2018, 7, 3)},
        )  # fmt: skip
        take_step(session, Act(operator("test"), "import"), batch,
                  content_sha256=db.batch_content_sha256(session, batch))  # fmt: skip


def it_is(monkeypatch: Any, moment: datetime) -> None:
    """Set the clock that everything reads."""
    monkeypatch.setattr(clock, "now", lambda: moment)


def append_rows(url: str, times: int) -> None:
    """Write `times` audit rows, as one of several processes.

    A writer who is told that another one is at work tries again, as a person would. It stands
    here since a spawned process imports this module, and a test module would bring pandas along.
    """
    engine = db.connect(url)
    written = 0
    while written < times:
        try:
            with db.writing(engine) as session:
                db.audit(session, actor="test", action="note", object="x", detail={})
        except StoreError as error:
            if error.problems[0].rule != "locked":
                raise
        else:
            written += 1


def accept_at_once(url: str, name: str, batches: list[int], outcomes: Any) -> None:
    """Accept batches as one of several processes; put what became of each into a queue."""
    engine = db.connect(url)
    found = []
    for batch in batches:
        while True:
            try:
                review.accept(engine, secretariat(name), batch)
                found.append("accepted")
            except ReviewRefused as error:
                found.append(error.problems[0].rule)
            except StoreError as error:
                if error.problems[0].rule != "locked":
                    raise
                continue
            break
    outcomes.put(found)
    engine.dispose()


def examples(count: int) -> hypothesis.settings:
    """Return the settings of a property test that tries so many; `make check` tries a fifth."""
    whole = hypothesis.settings().max_examples
    return hypothesis.settings(max_examples=max(1, count * whole // 100))


EVERY_PLACE = EVERYTHING
"""For texts and files that tests mean to store, whatever they look like."""
