"""Two servers behind nginx: one is killed, both are renewed, the database goes and comes back."""

import asyncio
import os
import shutil
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks.load.client import Reader, Run
from crmdata.serving.upstreams import COOKIE, seat
from crmdata.settings import ROOT
from crmdata.store import db
from tests import postgres
from tests.deploy import parts
from tests.long import only_long
from tests.loops import finished
from tests.patience import PATIENCE
from tests.support import a_report

pytestmark = pytest.mark.nginx

READERS = 8
CHOICES = {"pais": "HND", "idioma": "en"}
VIEW = "calendario?pais=HND&idioma=en"
AWAY = {
    "es": "Los datos no se pueden mostrar en este momento",
    "en": "The data cannot be shown now",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the app, as a machine has it installed: an upgrade may change it."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("crmdata", "pages", "static", ".streamlit", "data/plan", "data/demo"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "dashboard.py", folder)
    return folder


@pytest.fixture(scope="module")
def workers(database, home, tmp_path_factory) -> Iterator[parts.Workers]:
    folder = tmp_path_factory.mktemp("workers")
    with parts.workers(folder, home=home, CRMDATA_READ_URL=database) as running:
        yield running


@pytest.fixture(scope="module")
def front(workers, tmp_path_factory) -> Iterator[str]:
    with parts.nginx(tmp_path_factory.mktemp("nginx"), workers.addresses) as url:
        yield url


@dataclass
class Crowd:
    """Readers who act until told to stop, and come back where their connection breaks."""

    url: str
    count: int = READERS
    readers: list[Reader] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    async def during(self, happens: Callable[[], None]) -> None:
        """Let them act while something happens, and for one more page each after it."""
        over = threading.Event()
        acting = [asyncio.create_task(self._act(place, over)) for place in range(self.count)]
        try:
            while not (len(self.runs) >= 2 * self.count or any(each.done() for each in acting)):
                await asyncio.sleep(0.1)
            await asyncio.to_thread(happens)
        finally:
            over.set()
            await asyncio.gather(*acting)

    async def _act(self, place: int, over: threading.Event) -> None:
        reader = Reader(self.url, seed=place)
        self.readers.append(reader)
        await reader.connect()
        try:
            await self._see(reader)
            while not over.is_set():
                await asyncio.sleep(0.5)
                await self._see(reader)
            await self._see(reader)
        finally:
            await reader.leave()

    async def _see(self, reader: Reader) -> None:
        run = await reader.steady_run()
        self.runs.append(run)
        self.failures += run.exceptions
        if run.status != "FINISHED_SUCCESSFULLY":
            self.failures.append(run.status)


def seats(crowd: Crowd) -> set[str]:
    return {reader.cookies.get(COOKIE, "") for reader in crowd.readers}


def go(work: Coroutine[None, None, None]) -> None:
    finished(asyncio.wait_for(work, 3 * PATIENCE))


def test_readers_of_a_killed_server_go_on_at_the_other_with_page_and_filters(front, workers):
    crowd = Crowd(f"{front}/{VIEW}")
    known = {seat(address) for address in workers.addresses}
    before: set[str] = set()
    killed = workers.first_port

    def kill() -> None:
        before.update(seats(crowd))
        os.kill(workers.pids()[killed], signal.SIGKILL)
        moved = seat(f"127.0.0.1:{killed}")
        parts.until(lambda: moved not in seats(crowd))

    go(crowd.during(kill))
    assert before == known
    assert crowd.failures == []
    assert any(reader.reconnected for reader in crowd.readers)
    assert {reader.page for reader in crowd.readers} == {"calendario"}
    assert all(CHOICES.items() <= reader.params.items() for reader in crowd.readers)
    parts.until(workers.are_ready)
    assert workers.said("worker died")[-1]["port"] == killed


@only_long
def test_an_import_reaches_the_pages_of_both_servers_within_ten_seconds(workers, database):
    (before,) = workers.tokens()
    engine = db.connect(database)
    a_report(engine, "HND", "IV.3.2")
    engine.dispose()
    parts.until(lambda: len(now := workers.tokens()) == 1 and now != {before}, seconds=10)


@only_long
def test_a_restart_of_the_database_is_a_sentence_and_then_over_without_a_restart_of_the_app(
    front, workers, own_server: postgres.Server
):
    said: dict[str, str] = {}
    pids = workers.pids()

    async def look(language: str) -> str:
        async with Reader(f"{front}/inicio?idioma={language}") as reader:
            return (await reader.run()).text

    def restart() -> None:
        own_server.kill()
        said.update({language: finished(look(language)) for language in AWAY})
        parts.until(lambda: not workers.are_ready())
        own_server.start_again()
        parts.until(workers.are_ready)

    crowd = Crowd(f"{front}/{VIEW}", count=4)
    go(crowd.during(restart))
    assert {language: AWAY[language] in text for language, text in said.items()} == {
        "es": True,
        "en": True,
    }
    # No page broke off without a sentence, and the last one of each reader is whole again.
    assert crowd.failures == []
    assert not any(AWAY["en"] in run.text for run in crowd.runs[-4:])
    assert workers.pids() == pids


BEFORE = "    held_on: date\n    corte: date\n"
"""In the model of a meeting, what the new version's column follows."""

MIGRATION = '''"""A column more, as a new version brings it."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("meeting", sa.Column("place", sa.String(), nullable=False, server_default=""))


def downgrade():
    op.drop_column("meeting", "place")
'''


@only_long
def test_an_upgrade_with_a_migration_is_rolled_out_while_readers_go_on(
    front, workers, database, home
):
    before = workers.pids()
    crowd = Crowd(f"{front}/{VIEW}", count=4)
    models = home / "crmdata" / "store" / "models.py"
    text = models.read_text("utf-8")
    assert BEFORE in text
    migration = home / "crmdata" / "store" / "migrations" / "versions" / "9999_place.py"

    def upgrade() -> None:
        models.write_text(text.replace(BEFORE, f'{BEFORE}    place: str = ""\n', 1), "utf-8")
        migration.write_text(MIGRATION.format(head=db.head_revision()), "utf-8")
        loaded = parts.crmdata(home, "load", CRMDATA_DATABASE_URL=database)
        assert loaded.returncode == 0, loaded.stderr
        workers.process.send_signal(signal.SIGHUP)
        parts.until(lambda: bool(workers.said("renewed")), 2 * PATIENCE)

    go(crowd.during(upgrade))
    assert crowd.failures == []
    assert all(CHOICES.items() <= reader.params.items() for reader in crowd.readers)
    assert not set(before.values()) & set(workers.pids().values())
    engine = db.connect(database)
    assert db.revision(engine) == "9999"
    engine.dispose()
    # One after the other: the second ends once the first is back.
    order = [(line["event"], line.get("port")) for line in workers.log
             if line["event"] in {"worker ended", "worker ready"}][-3:]  # fmt: skip
    first, second = workers.first_port, workers.first_port + 1
    assert ("worker ended", second) in order
    assert order.index(("worker ready", first)) < order.index(("worker ended", second))
