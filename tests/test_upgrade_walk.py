"""The walk of docs/deploy.md: an upgrade on a copy, for all, and the way back, from a real store.

The store is the demonstration data as revision 197e28c wrote them.
"""

import lzma
import re
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crmdata.cli.main import app
from crmdata.store import db, queries

pytestmark = pytest.mark.slow(reason="each test upgrades and proves a store of thousands of rows")

OLD = Path(__file__).parent / "frozen" / "store-197e28c.sqlite3.xz"


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the old store, in the place that the deployment names."""
    file = tmp_path / "live" / "crmdata.sqlite3"
    file.parent.mkdir()
    file.write_bytes(lzma.decompress(OLD.read_bytes()))
    name(monkeypatch, file)
    # The day after its last act, whenever the test runs: a longer pause wants a person's word.
    clock_says(monkeypatch, datetime(2026, 11, 29, 12, tzinfo=UTC))
    return file


def name(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{file}")


def clock_says(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("crmdata.clock.now", lambda: moment)


def done(*args: object) -> str:
    ended = CliRunner().invoke(app, ["--lang", "en", *map(str, args)])
    assert ended.exit_code == 0, ended.output
    return ended.output


def dump(file: Path) -> list[str]:
    """Return all that a database holds, as SQL."""
    with closing(sqlite3.connect(file)) as database:
        return sorted(database.iterdump())


def backup_of_the_old_version(live: Path, file: Path) -> Path:
    """Write a backup as the old version does: a copy, without a manifest."""
    with closing(sqlite3.connect(live)) as source:
        source.execute("VACUUM INTO ?", (str(file),))
    return file


def coverage(file: Path) -> list[int]:
    """Return how many reports are in force at each meeting's cut-off and at the end."""
    engine = db.connect(f"sqlite:///{file}")
    with db.reading(engine) as session:
        days = [*queries.meetings(session)["corte"], date(2022, 12, 31)]
        counts = [len(queries.reports_in_force(session, day)) for day in days]
    engine.dispose()
    return counts


def coverage_of_the_old(file: Path) -> list[int]:
    """Return the same of a store before its upgrade, whose batches were all recorded at once."""
    slots = "SELECT DISTINCT country, activity, semester FROM report WHERE reported_on <= ?"
    with closing(sqlite3.connect(file)) as store:
        assert store.execute("SELECT DISTINCT step FROM review_act").fetchall() == [("recorded",)]
        days = store.execute("SELECT corte FROM meeting ORDER BY corte").fetchall()
        return [store.execute(f"SELECT count(*) FROM ({slots})", day).fetchone()[0]
                for day in [*days, ("2022-12-31",)]]  # fmt: skip


def test_a_backup_of_the_old_version_is_tried_on_a_copy(live, tmp_path, monkeypatch):
    before = dump(live)
    backup = backup_of_the_old_version(live, tmp_path / "before.backup")
    name(monkeypatch, tmp_path / "trial.sqlite3")
    assert "whole and proved" in done("restore", "--check", backup)
    done("restore", backup)
    done("load")
    assert "Audit chain: in order" in done("status")
    assert dump(live) == before


def test_an_upgrade_keeps_the_numbers_of_every_meeting(live):
    before = coverage_of_the_old(live)
    done("load")
    assert coverage(live) == before
    assert "Audit chain: in order" in done("status")


def test_the_backup_that_an_upgrade_makes_is_the_store_of_before(live, tmp_path):
    before = dump(live)
    said = re.search(r"before the upgrade: (\S+)", done("load"))
    assert dump(Path(said[1])) == before


def test_on_the_way_back_the_database_is_the_old_versions_own(live, tmp_path, monkeypatch):
    before = dump(live)
    said = re.search(r"before the upgrade: (\S+)", done("load"))
    done("export", tmp_path / "after")
    live.rename(live.with_name("crmdata.newer.sqlite3"))
    # The old version restores it by copying the file, whatever this one would do.
    with closing(sqlite3.connect(said[1])) as backup, closing(sqlite3.connect(live)) as back:
        backup.backup(back)
    assert dump(live) == before
    assert (tmp_path / "after" / "reports.csv").exists()


def test_a_store_upgraded_again_after_the_way_back_is_in_order(live, monkeypatch):
    done("load")
    engine = db.connect()
    from crmdata.store.db.schema import downgrade  # noqa: PLC0415 - for tests and repairs alone

    downgrade(engine, "0007")
    engine.dispose()
    clock_says(monkeypatch, datetime(2026, 11, 30, 12, tzinfo=UTC))
    done("load")
    assert "Audit chain: in order" in done("status")
