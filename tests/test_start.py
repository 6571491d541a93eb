"""The first start: one call makes a database that can be shown, however often it is made."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy import text

from crmdata import clock, plan, settings, start
from crmdata.errors import PlanError, StoreError
from crmdata.files import Subject
from crmdata.store import db
from crmdata.store.db.schema import downgrade
from crmdata.terms import DataKind
from tests.plans import a_plan
from tests.sheets import a_file
from tests.support import changed, copied_plan


@pytest.fixture(autouse=True)
def demo(tmp_path, monkeypatch):
    """Put small demonstration data in the place of the deployment's."""
    folder = tmp_path / "demo"
    folder.mkdir()
    monkeypatch.setenv("CRMDATA_DEMO_DIR", str(folder))
    for subject in Subject:
        a_file(folder, {"data_kind": "demostracion"}, name=f"{subject}.csv", subject=subject)
    return folder


def count(engine, table: str) -> int:
    with db.reading(engine) as session:
        return session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def real(url: str):
    """Make a database for real data, without reports."""
    engine = db.connect(url)
    db.upgrade(engine)
    plan.load(engine, settings.plan_folder(), by="test", kind=DataKind.REAL)
    return engine


def test_a_new_database_gets_plan_and_demonstration(database_url):
    engine = start.prepare(database_url)
    assert start.stored_kind(engine) == DataKind.DEMO
    assert (count(engine, "planned_activity"), count(engine, "batch")) == (97, len(Subject))
    engine.dispose()


def test_a_second_start_writes_nothing(database_url):
    engine = start.prepare(database_url)
    before = count(engine, "audit")
    assert count(start.prepare(database_url), "audit") == before
    engine.dispose()


def test_a_database_for_real_data_stays_without_demonstration(database_url):
    real(database_url).dispose()
    engine = start.prepare(database_url)
    assert (start.stored_kind(engine), count(engine, "batch")) == (DataKind.REAL, 0)
    engine.dispose()


def test_a_start_that_was_cut_short_is_finished_by_the_next(database_url):
    engine = db.connect(database_url)
    db.upgrade(engine)
    plan.load(engine, settings.plan_folder(), by="test", kind=DataKind.DEMO)
    engine.dispose()
    assert count(start.prepare(database_url), "batch") == len(Subject)


def test_a_changed_plan_becomes_a_version_at_the_next_start(database_url, tmp_path, monkeypatch):
    start.prepare(database_url).dispose()
    folder = copied_plan(tmp_path)
    changed(folder, "lines.csv", "Promover el arraigo familiar", "Promover el arraigo")
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(folder))
    assert count(start.prepare(database_url), "plan_version") == 2


def test_four_starts_at_once_make_one_store(database_url):
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(start.prepare, [database_url] * 4))
    assert (count(engines[0], "plan_version"), count(engines[0], "batch")) == (1, len(Subject))
    with db.reading(engines[0]) as session:
        assert db.verify(session) == []
    for engine in engines:
        engine.dispose()


@pytest.fixture
def impatient(monkeypatch):
    """Let a writer wait for a tenth of a second only, as on a machine slower by fifty times."""
    monkeypatch.setattr(db.engine, "LOCK_SECONDS", 0.1)
    monkeypatch.setattr(db.engine, "_PRAGMAS", (*db.engine._PRAGMAS[:-1], "busy_timeout = 100"))


def test_a_start_waits_for_its_turn_longer_than_an_import_does(database_url, impatient):
    other = db.connect(database_url)
    with ThreadPoolExecutor() as pool:
        with db.writing(other):
            starting = pool.submit(start.prepare, database_url)
            # Ten times as long as an import would wait.
            assert not wait([starting], timeout=1).done
        assert count(starting.result(), "batch") == len(Subject)
    starting.result().dispose()
    other.dispose()


def test_a_start_says_at_last_that_another_process_writes(database_url, impatient, monkeypatch):
    monkeypatch.setattr(start, "START_SECONDS", 0.5)
    other = db.connect(database_url)
    with db.writing(other), pytest.raises(StoreError, match="Another import is running"):
        start.prepare(database_url)
    other.dispose()


def test_a_start_without_the_demonstration_files_says_what_to_do(database_url, demo):
    for file in demo.iterdir():
        file.unlink()
    with pytest.raises(StoreError, match="CRMDATA_DEMO_DIR"):
        start.prepare(database_url)


def test_a_database_is_opened_only_in_this_softwares_schema(database_url):
    with pytest.raises(StoreError, match="no database yet"):
        start.open_database(database_url)
    engine = real(database_url)
    start.open_database(database_url).dispose()
    engine.dispose()


@pytest.mark.parametrize("opens", [start.open_database, start.open_to_read, start.prepare])
def test_a_store_of_a_newer_version_is_said_to_be_one_and_not_to_be_loaded(database_url, opens):
    engine = real(database_url)
    with db.writing(engine) as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version of this software") as refused:
        opens(database_url)
    assert "load" not in str(refused.value)
    engine.dispose()


@pytest.mark.parametrize("opens", [start.open_database, start.open_to_read])
def test_a_store_of_an_older_version_is_said_to_be_upgraded_by_a_load(database_url, opens):
    engine = real(database_url)
    downgrade(engine, "0006")
    with pytest.raises(StoreError, match="crmdata load"):
        opens(database_url)
    engine.dispose()


@pytest.fixture
def other_plan(tmp_path, monkeypatch):
    """Put another plan in the place of the deployment's."""
    folder = a_plan(tmp_path / "other")
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(folder))
    return folder


def test_a_first_start_with_another_plan_makes_no_demonstration(database_url, other_plan):
    engine = start.prepare(database_url)
    assert (start.stored_kind(engine), count(engine, "batch")) == (DataKind.REAL, 0)
    assert count(engine, "planned_activity") == 16
    engine.dispose()


def test_a_first_start_with_the_same_id_and_another_period_makes_no_demonstration(
    database_url, tmp_path, monkeypatch
):
    folder = copied_plan(tmp_path)
    changed(folder, "plan.toml", "period_to = 2022", "period_to = 2024")
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(folder))
    engine = start.prepare(database_url)
    assert (start.stored_kind(engine), count(engine, "batch")) == (DataKind.REAL, 0)
    engine.dispose()


def test_a_first_start_with_another_plan_says_why_there_is_no_demonstration(
    database_url, other_plan, capsys
):
    start.prepare(database_url).dispose()
    said = capsys.readouterr().out
    assert "no demonstration data" in said
    assert "faros-y-huertos, 2023–2027" in said


def test_demonstration_data_of_the_other_plan_are_loaded_with_it(database_url, other_plan, demo):
    named = plan.Identity.of(plan.read(other_plan)).written
    (demo / "plan.toml").write_text(named, "utf-8")
    for file in demo.glob("*.csv"):
        file.unlink()
    change = {"data_kind": "demostracion", "semester": "2023-1", "reported_on": "2023-07-15"}
    a_file(demo, change)
    engine = start.prepare(database_url)
    assert (start.stored_kind(engine), count(engine, "batch")) == (DataKind.DEMO, 1)
    engine.dispose()


@pytest.mark.parametrize("kind", DataKind)
def test_a_start_with_another_plan_leaves_the_store_as_it_was(
    database_url, kind, tmp_path, monkeypatch
):
    (real if kind is DataKind.REAL else start.prepare)(database_url).dispose()
    engine = db.connect(database_url)
    before = count(engine, "audit"), count(engine, "plan_version")
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(a_plan(tmp_path / "other")))
    with pytest.raises(PlanError, match="CRMDATA_DATABASE_URL"):
        start.prepare(database_url)
    assert (count(engine, "audit"), count(engine, "plan_version")) == before
    engine.dispose()


def test_a_store_of_an_earlier_revision_is_not_upgraded_for_another_plan(
    database_url, tmp_path, monkeypatch
):
    engine = real(database_url)
    downgrade(engine, "0007")
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(a_plan(tmp_path / "other")))
    monkeypatch.setenv("CRMDATA_BACKUP_DIR", str(tmp_path / "backups"))
    with pytest.raises(PlanError, match="crm-nna-2017-2022, 2017–2022"):
        start.prepare(database_url)
    assert db.revision(engine) == "0007"
    assert not (tmp_path / "backups").exists()
    engine.dispose()


def test_a_store_of_an_earlier_revision_is_of_the_plan_it_was_made_for(database_url):
    engine = real(database_url)
    downgrade(engine, "0007")
    start.prepare(database_url).dispose()
    assert count(engine, "plan_version") == 1
    engine.dispose()


def test_two_upgrades_of_one_second_leave_two_backups(database_url, tmp_path, monkeypatch):
    engine = real(database_url)
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setenv("CRMDATA_BACKUP_DIR", str(tmp_path / "backups"))
    for _ in range(2):
        downgrade(engine, "0007")
        start.prepare(database_url).dispose()
    assert len(list((tmp_path / "backups").glob("*.backup"))) == 2
    engine.dispose()
