"""Disks that are full or can only be read: a sentence in the reader's language, nothing lost."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crmdata import start
from crmdata.cli.main import app
from crmdata.errors import StoreError
from crmdata.store import db
from tests import postgres
from tests.conftest import _load_plan
from tests.faults.disks import Disk, become_nobody, disk, within
from tests.faults.importing import files, forked, took, unhealthy
from tests.long import rounds

KIB = 1024
SENTENCES = {
    "disk_full": {
        "es": "No queda espacio en el disco. Libere espacio e inténtelo de nuevo; "
        "no se escribió nada.",
        "en": "There is no space left on the disk. Make room and try again; nothing was written.",
    },
    "read_only": {
        "es": "La base de datos se puede leer, pero no escribir. "
        "Revise los permisos de su archivo y carpeta; no se escribió nada.",
        "en": "The database can be read but not written. "
        "Check the rights on its file and folder; nothing was written.",
    },
}


def told(url: str, file: Path, language: str) -> str:
    """Return what the command says that is refused to import a file."""
    done = CliRunner().invoke(
        app, ["--lang", language, "import", str(file), "--by", "Ana"],
        env={"CRMDATA_DATABASE_URL": url},
    )  # fmt: skip
    assert done.exit_code == 1, done.output
    return done.stderr.strip()


@pytest.fixture
def small(sqlite_with_plan, tmp_path) -> Iterator[Disk]:
    """Return a disk with a store on it and room for a few imports."""
    size = Path(sqlite_with_plan).stat().st_size + 100 * KIB
    with disk(tmp_path / "small", size) as mounted:
        if mounted is None:
            pytest.skip("to mount a disk takes root")
        shutil.copy(sqlite_with_plan, mounted.folder / "store.sqlite3")
        yield mounted


def url_on(mounted: Disk) -> str:
    return f"sqlite:///{mounted.folder / 'store.sqlite3'}"


def filled(url: str, todo: Iterator[Path], most: int = 400) -> tuple[list[str], Path, str]:
    """Import until a file is refused; return those that were taken, that one, and why."""
    taken: list[str] = []
    for _ in range(most):
        file = next(todo)
        outcome = took(url, file)
        if outcome != "new":
            return taken, file, outcome
        taken.append(file.name)
    pytest.fail(f"{most} imports, and the disk is not full")


def test_a_full_disk_is_told_and_takes_imports_again_once_there_is_room(small, tmp_path):
    todo = iter(files(tmp_path, 3000))
    url, taken, size = url_on(small), [], shutil.disk_usage(small.folder).total
    engine = db.connect(url)
    for _ in range(rounds(2, full=10)):
        more, refused, why = filled(url, todo)
        taken += more
        assert why == "disk_full"
        assert {lang: told(url, refused, lang) for lang in ("es", "en")} == SENTENCES["disk_full"]
        assert unhealthy(engine, taken) == []
        size += 64 * KIB
        small.grow(size)
        assert took(url, refused) == "new"
        taken.append(refused.name)
    assert unhealthy(engine, taken) == []
    engine.dispose()


def test_a_store_on_a_disk_without_a_single_byte_left_can_be_read(small, tmp_path):
    url = url_on(small)
    with suppress(OSError), (small.folder / "ballast").open("wb", buffering=0) as ballast:
        while True:
            ballast.write(bytes(KIB))
    assert small.free() == 0
    (file,) = files(tmp_path, 1)
    assert took(url, file) == "disk_full"
    assert unhealthy(start.open_database(url)) == []
    (small.folder / "ballast").unlink()
    assert took(url, file) == "new"


def test_a_backup_that_finds_no_room_is_told_and_leaves_none(small, tmp_path):
    url = url_on(small)
    with pytest.raises(StoreError) as refused:
        db.backup(start.open_database(url), small.folder / "copy")
    assert refused.value.problems[0].rule == "backup_failed"
    assert [file.name for file in small.folder.iterdir()] == ["store.sqlite3"]


def test_a_disk_that_turned_read_only_is_told_and_can_be_read(small, tmp_path):
    first, second = files(tmp_path, 2)
    url = url_on(small)
    assert took(url, first) == "new"
    small.only_read()
    assert {lang: told(url, second, lang) for lang in ("es", "en")} == SENTENCES["read_only"]
    engine = start.prepare(url)  # the app opens it as before
    assert unhealthy(engine, [first.name]) == []
    engine.dispose()


@pytest.fixture
def own(sqlite_with_plan, tmp_path_factory) -> Iterator[str]:
    """Return the URL of a store in a folder that other users may enter."""
    folder = Path(tempfile.mkdtemp(prefix="crmdata-rights-"))
    folder.chmod(0o755)
    yield f"sqlite:///{shutil.copy(sqlite_with_plan, folder / 'store.sqlite3')}"
    shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="to become another user takes root")
@pytest.mark.parametrize("rights", [0o444, 0o666])
def test_who_has_no_right_to_write_is_told_and_can_read(own, tmp_path, rights):
    store = Path(own.removeprefix("sqlite:///"))
    store.chmod(rights)  # of the file; the folder is root's in both cases
    (file,) = files(store.parent, 1)

    def work(say) -> None:
        become_nobody()
        say(took(own, file))
        say(str(unhealthy(start.open_database(own))))

    child = forked(work)
    assert (child.wait(), child.read()) == (0, ["read_only", "[]"])


def test_a_file_that_may_grow_no_more_is_told_and_leaves_a_whole_store(sqlite_with_plan, tmp_path):
    store = Path(shutil.copy(sqlite_with_plan, tmp_path / "store.sqlite3"))
    url = f"sqlite:///{store}"
    todo = iter(files(tmp_path, 400))

    def work(say) -> None:
        def fill() -> None:
            taken, refused, why = filled(url, todo)
            say(" ".join([why, refused.name, *taken]))

        within(store.stat().st_size + 32 * KIB, fill)

    child = forked(work)
    assert child.wait() == 0
    (said,) = child.read()
    why, refused, *taken = said.split()
    assert why in {"disk_full", "disk_error"}
    engine = db.connect(url)
    assert unhealthy(engine, taken) == []
    assert took(url, tmp_path / refused) == "new"
    engine.dispose()


@pytest.mark.postgres
def test_a_full_disk_of_postgresql_is_told_and_takes_imports_again_once_there_is_room(tmp_path):
    place = Path(tempfile.mkdtemp(prefix="crmdata-full-"))
    place.chmod(0o755)
    try:
        with disk(place / "disk", 110 * KIB * KIB) as mounted:
            if mounted is None:
                pytest.skip("to mount a disk takes root")
            mounted.folder.chmod(0o777)
            with postgres.running(mounted.folder, min_wal_size="32MB") as server:
                fill_postgresql(server, mounted, tmp_path)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def fill_postgresql(server: postgres.Server, mounted: Disk, folder: Path) -> None:
    url = server.url(server.create())
    _load_plan(url)
    todo, taken, engine = iter(files(folder, 3000)), [], db.connect(url)
    ballast = mounted.folder / "ballast"
    for _ in range(rounds(1, full=5)):
        ballast.write_bytes(bytes(mounted.free() - 64 * KIB))
        more, refused, why = filled(url, todo)
        taken += more
        assert why == "disk_full"
        assert {lang: told(url, refused, lang) for lang in ("es", "en")} == SENTENCES["disk_full"]
        assert unhealthy(engine, taken) == []
        ballast.unlink()
        assert took(url, refused) == "new"
        taken.append(refused.name)
    assert unhealthy(engine, taken) == []
    assert "PANIC" not in (server.folder / "server.log").read_text("utf-8")
    engine.dispose()
