"""From a database URL to a store that can be shown: schema, plan, demonstration data.

Every step may be repeated, and two processes may take it at once: each looks at what is
there, writes only what is missing, and the second finds the first one's work.
"""

import os
import time
from pathlib import Path
from threading import get_ident
from urllib.parse import unquote

from sqlalchemy import Engine
from sqlmodel import select

from crmdata import clock, logs, plan, settings
from crmdata.access import operator
from crmdata.errors import N_, ImportRefused, Problem, StoreError
from crmdata.intake.reports.batches import Stored, store
from crmdata.intake.reports.held_texts import EVERYTHING
from crmdata.intake.reports.reading import read_files
from crmdata.plan.versions import holds
from crmdata.store import db, queries
from crmdata.store.db import Known
from crmdata.store.models import Batch, PlanVersion, Store
from crmdata.terms import CRM_PLAN, THRESHOLDS, DataKind

ACTOR = "crmdata"
"""Who the audit trail names where nobody asked for it: the first start."""


START_SECONDS = 120
"""How long a start waits for others that write: several at once queue behind each other."""


def prepare(url: str | None = None) -> Engine:
    """Return the deployment's database, upgraded, with the plan of the files.

    A database that did not exist gets the demonstration data, so one command shows
    everything; with another plan than theirs it is one for real data. Writes nothing where all
    is there, or where the database holds another plan. Raise CrmdataError.
    """
    files = plan.read(settings.plan_folder())
    engine = db.connect(url, reader_seconds=settings.reader_seconds())
    plan.refuse_another(engine, files)
    _back_up_before_upgrade(engine)
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            _complete(engine, files)
        except StoreError as error:
            rest = until - time.monotonic()
            if rest < 0 or not _is_locked(error):
                raise
            logs.log.info("another process is writing", waits_at_most=round(rest))
            time.sleep(0.1)  # SQLite says some locks at once, without the wait for its turn
        else:
            return engine


def _is_locked(error: StoreError) -> bool:
    return [problem.rule for problem in error.problems] == ["locked"]


def _complete(engine: Engine, files: plan.PlanFiles) -> None:
    """Bring what is missing: schema, plan, demonstration data."""
    db.upgrade(engine)
    if stored_kind(engine) is None:
        try:
            plan.load(engine, settings.plan_folder(), by=ACTOR, kind=_first_kind(files))
        except StoreError:
            # Somebody made it a database for real data in the meantime.
            if stored_kind(engine) is None:
                raise
    demo = stored_kind(engine) == DataKind.DEMO
    if not _has_the_plan(engine) and _may_date(engine, demo=demo):
        plan.load(engine, settings.plan_folder(), by=ACTOR)
    if demo and _is_empty(engine):
        load_demo(engine, by=ACTOR)


def upgrade(engine: Engine) -> Path | None:
    """Bring a database to the newest schema; return the backup of it that was made before.

    None where there was nothing to upgrade, or nothing yet. The backup is proved, or nothing is
    upgraded. Raise StoreError.
    """
    backup = _back_up_before_upgrade(engine)
    db.upgrade(engine)
    return backup


def _back_up_before_upgrade(engine: Engine) -> Path | None:
    if db.revision(engine) not in db.known_revisions() - {db.head_revision()}:
        return None
    folder = settings.backup_folder()
    folder.mkdir(parents=True, exist_ok=True)
    # Also beside one who starts at once, and is still writing.
    starter = f"{clock.named_now()}-{os.getpid()}-{get_ident()}"
    stem = f"crmdata.before-{db.head_revision()}-{starter}"
    backup = db.free_name(folder, stem, ".backup")
    db.backup(engine, backup)
    logs.log.info("backed up before the upgrade", file=backup.name)
    return backup


def _may_date(engine: Engine, *, demo: bool) -> bool:
    """Tell whether a start may bring a changed plan now, however long ago the last act was.

    What is invented is of no day. Of real data a person says whether the clock is right, with
    `crmdata load`; until then the app shows the plan that it has.
    """
    with db.reading(engine) as session:
        doubt = db.clock_problem(session)
    if doubt is not None and demo:
        db.confirm_clock(engine, operator(ACTOR), reason=doubt.rule)
    elif doubt is not None:
        logs.log.warning("the changed plan was not loaded", reason=doubt.text())
    return doubt is None or demo


def for_the_app() -> Engine:
    """Return the database that the app shows: prepared, or read-only on a public server.

    Raise CrmdataError, SettingsError of it where the days of the data have no time zone.
    """
    clock.zone()
    public = settings.serve_mode() is settings.ServeMode.PUBLIC
    engine = open_to_read(settings.read_url()) if public else prepare()
    _refuse_replaced_settings(engine)
    return engine


def open_to_read(url: str) -> Engine:
    """Return a database that cannot be written through. Raise StoreError unless it is ours."""
    engine = db.connect(url, read_only=True, reader_seconds=settings.reader_seconds())
    problem = schema_problem(engine)
    if problem is not None:
        raise StoreError(problem)
    return engine


def open_database(url: str | None = None, *, counts: bool = True) -> Engine:
    """Return the deployment's database as it is. Raise StoreError unless its schema is ours.

    `counts` tells that numbers are made of it, which no setting may then want otherwise.
    """
    engine = db.connect(url)
    problem = schema_problem(engine)
    if problem is not None:
        raise StoreError(problem)
    if counts:
        _refuse_replaced_settings(engine)
    return engine


def _refuse_replaced_settings(engine: Engine) -> None:
    """Raise StoreError where a setting of before wants another threshold than the store counts by.

    Else every number would be another one, and nobody would be told.
    """
    replaced = settings.replaced_thresholds()
    if not replaced:
        return
    with db.reading(engine) as session:
        now = queries.thresholds(session)
    problems = [
        Problem(
            "replaced_setting",
            N_("{setting} counts no more, and says something else than the table of thresholds."),
            N_(
                "Write into the row “{name}” of data/plan/thresholds.md what shall count, run "
                "`crmdata load`, and take {setting} away."
            ),
            value=written,
            values={"name": name, "setting": setting},
        )
        for name, (setting, written, value) in replaced.items()
        if value != round(getattr(now, THRESHOLDS[name]) * (100 if name == "cobertura" else 1), 6)
    ]
    if problems:
        raise StoreError(problems)


def schema_problem(engine: Engine) -> Problem | None:
    """Return what keeps this software from working with a database, or None."""
    # To ask SQLite for the revision of a missing file would make an empty one.
    file = unquote((engine.url.database or "").removeprefix("file:"))
    missing = engine.dialect.name == "sqlite" and file and not Path(file).exists()
    revision = None if missing else db.revision(engine)
    if revision is None:
        return Problem(
            "no_database", N_("There is no database yet."), N_("Run `crmdata load` first.")
        )
    if (newer := db.unknown_schema(revision)) is not None:
        return newer
    if revision != db.head_revision():
        return Problem(
            "other_schema",
            N_("The database has the schema {revision}; this version works with {head}."),
            N_("Run `crmdata load`, which upgrades it."),
            values={"revision": revision, "head": db.head_revision()},
        )
    return None


def _first_kind(files: plan.PlanFiles) -> DataKind:
    """Return what a new database is to hold: real data unless the demonstration is of its plan."""
    identity, demo = plan.Identity.of(files), _plan_of_demo()
    if identity == demo:
        return DataKind.DEMO
    logs.log.warning(
        "no demonstration data: they are of another plan, so the database is for real data",
        plan=str(identity),
        demonstration=str(demo),
    )
    return DataKind.REAL


def _plan_of_demo() -> plan.Identity:
    """Return which plan the demonstration data are of; those of earlier versions do not say it."""
    identity = plan.Identity.read(settings.demo_folder() / "plan.toml")
    return identity or plan.Identity(CRM_PLAN, 2017, 2022)


def check_demo() -> None:
    """Raise StoreError where the demonstration data are of another plan than the files."""
    identity, demo = plan.Identity.of(plan.read(settings.plan_folder())), _plan_of_demo()
    if identity != demo:
        raise StoreError(
            Problem(
                "other_demo",
                N_("The demonstration data are of another plan ({demo}) than this one ({given})."),
                N_(
                    "Load the plan without them (`crmdata load --empty`), or name the folder of "
                    "its own with CRMDATA_DEMO_DIR."
                ),
                values={"given": identity, "demo": demo},
            )
        )


def load_demo(engine: Engine, *, by: str) -> list[Stored]:
    """Import the demonstration data through the same door as real data; return the new batches.

    Files that were imported before are passed over. Raise StoreError without any file, or
    where they are of another plan.
    """
    check_demo()
    folder = settings.demo_folder()
    # Observations last, as where a store had the others before: batches keep their numbers.
    files = sorted(folder.glob("*.csv"), key=lambda file: (file.stem == "observations", file.name))
    sources = read_files(files)
    if not sources:
        raise StoreError(
            Problem(
                "no_demo",
                N_("There are no demonstration data in {folder}."),
                N_("Name their folder with CRMDATA_DEMO_DIR, or run `crmdata load --empty`."),
                values={"folder": folder.name},
            )
        )
    with db.reading(engine) as session:
        imported = set(session.exec(select(Batch.file_sha256)))
    # A file without rows becomes no batch by which it would be known the next time.
    missing = [
        source
        for source in sources
        if source.sha256 not in imported and (source.rows or source.problems)
    ]
    if not missing:
        return []
    try:
        # Nobody stands behind invented reports who could be asked about them.
        return store(engine, missing, by=operator(by), confirmed=EVERYTHING)
    except ImportRefused as refused:
        # Another process starting at the same moment may have been faster.
        if all(problem.rule == "already_imported" for problem in refused.problems):
            return []
        raise


def stored_kind(engine: Engine) -> DataKind | None:
    """Return the kind of data of a migrated database, or None before its first plan."""
    with db.reading(engine) as session:
        return _kind(session)


def _kind(session: Known) -> DataKind | None:
    claimed = session.get(Store, 1)
    return DataKind(claimed.kind) if claimed else None


def _is_empty(engine: Engine) -> bool:
    with db.reading(engine) as session:
        return len(queries.batches(session)) == 0


def _has_the_plan(engine: Engine) -> bool:
    """Tell whether the files hold the newest version: then a start needs no right to write."""
    files = plan.read(settings.plan_folder())
    with db.reading(engine) as session:
        versions = queries.plan_versions(session)
        newest = int(versions["version_id"].iloc[0]) if len(versions) else None
        return newest is not None and holds(session.get_one(PlanVersion, newest), files)
