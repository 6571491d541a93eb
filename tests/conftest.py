"""Real parts for the tests: databases of both kinds, the demonstration data, the served app.

What is dear to make is made once: an upgraded database with the plan is a file to copy on
SQLite and a template on PostgreSQL; the demonstration data is loaded once a run, whichever
worker comes first.
"""

import fcntl
import functools
import gc
import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine

from crmdata import plan, settings, start
from crmdata.store import db
from crmdata.terms import DataKind
from tests import chromium, long, needs, postgres, serving

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
"""The databases that the store stands on."""

# Nothing here is measured: an example may take as long as a busy machine needs for it, and a
# fixture of one test may serve all of its examples.
hypothesis.settings.register_profile(
    "patient",
    hypothesis.settings.default,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis.settings.register_profile(
    "quick", hypothesis.settings.get_profile("patient"), max_examples=20
)
hypothesis.settings.load_profile("patient")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep what stands to the end, modules and tests, out of every collection of garbage.

    It is most of what there is: to walk through it again and again took a fifth of a run.
    """
    gc.disable()
    done = yield
    gc.freeze()
    gc.enable()
    return done


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs more than Python and what is long; leave out what `make test-long` tries."""
    for item in items:
        needs.mark(item)
    long.mark(items)
    if not long.LONG and not _asked_by_name(config):
        left = long.left_for_long(items)
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]


def _asked_by_name(config: pytest.Config) -> bool:
    """Tell whether somebody wants these tests and no others: then none is left out."""
    return bool(config.option.keyword) or any("::" in asked for asked in config.args)


def pytest_collection_finish() -> None:
    """Let Streamlit look for components among the installed packages once, not for each AppTest.

    It reads what every package says of itself: a second of a core, more than a page takes.
    """
    if "streamlit.testing.v1" in sys.modules:
        from streamlit.components.v2 import manifest_scanner  # noqa: PLC0415, TID251 - if it is there

        once = functools.cache(manifest_scanner.scan_component_manifests)
        manifest_scanner.scan_component_manifests = once


def pytest_runtest_setup() -> None:
    """Begin no test of `make test-long` for which there is no time left (`LONG_UNTIL`)."""
    long.skip_late()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave out what the limit for one test ended, where time is short (`LONG_UNTIL`)."""
    report = yield
    long.leave_out_unfinished(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which were left out."""
    for line in long.left_out(terminalreporter.getreports("skipped")):
        terminalreporter.write_line(line)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file's bytes by their argument: a workbook holds the second in which it was made.

    Workers that name a test otherwise refuse to share the tests.
    """
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Forget a developer's own CRMDATA_… settings; let no test use the default places."""
    for name in [name for name in os.environ if name.startswith("CRMDATA_")]:
        del os.environ[name]
    os.environ["CRMDATA_DATABASE_URL"] = "none://each-test-names-its-own-database"
    os.environ["CRMDATA_BACKUP_DIR"] = str(tmp_path_factory.mktemp("backups"))


@pytest.fixture(autouse=True)
def _main_stays_main() -> Iterator[None]:
    """Put `__main__` back: AppTest leaves a page there, and a spawned process would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


def _load_plan(url: str) -> None:
    engine = db.connect(url)
    db.upgrade(engine)
    plan.load(engine, settings.plan_folder(), by="tests", kind=DataKind.REAL)
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """Return the worker's own PostgreSQL server."""
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_with_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file with the plan, for tests to copy."""
    file = tmp_path_factory.mktemp("plan") / "plan.sqlite3"
    _load_plan(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_with_plan(postgres_server: postgres.Server) -> str:
    """Return the name of a PostgreSQL database with the plan, for tests to copy."""
    name = postgres_server.create()
    _load_plan(postgres_server.url(name))
    return name


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of an empty database, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=BOTH)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Return a database with the plan and no report, for real data, on both databases."""
    if request.param == "sqlite":
        prepared = request.getfixturevalue("sqlite_with_plan")
        opened = db.connect(f"sqlite:///{shutil.copy(prepared, tmp_path / 'plan.sqlite3')}")
        yield opened
        opened.dispose()
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    name = server.create(template=request.getfixturevalue("postgres_with_plan"))
    opened = db.connect(server.url(name))
    yield opened
    opened.dispose()
    server.drop(name)


Fill = Callable[[Engine], object]


@pytest.fixture(scope="session")
def kept_copies() -> dict[tuple[str, Fill], str]:
    """Return where the worker keeps a copy of what a function filled: a file or a database."""
    return {}


@pytest.fixture
def filled(
    engine: Engine,
    kept_copies: dict[tuple[str, Fill], str],
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Fill], Engine]:
    """Return what fills `engine` by a function of a module: once, then with a copy of that."""

    def by(fill: Fill) -> Engine:
        kind, own = engine.dialect.name, str(engine.url.database)
        server = None if kind == "sqlite" else request.getfixturevalue("postgres_server")
        kept = kept_copies.get((kind, fill))
        if kept is None:
            fill(engine)
        engine.dispose()  # nobody is connected while it is copied
        if kept is None and server is None:
            kept_copies[kind, fill] = shutil.copy(own, tmp_path_factory.mktemp("filled"))
        elif kept is None:
            kept_copies[kind, fill] = server.create(template=own)
        elif server is None:
            shutil.copy(kept, own)
        else:
            server.drop(own)
            server.create(own, template=kept)
        return engine

    return by


@pytest.fixture
def database_url_of_same_kind(
    engine: Engine, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """Return the URL of an empty database beside `engine`, on the same kind of server."""
    if engine.dialect.name == "sqlite":
        yield f"sqlite:///{tmp_path / 'second.sqlite3'}"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file with the demonstration data; copy it before writing to it."""
    # The workers' folders stand side by side in the run's own, under a name for each worker.
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    file = shared / "demo.sqlite3"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            unfinished = file.with_suffix(".unfinished")
            start.prepare(f"sqlite:///{unfinished}").dispose()
            unfinished.replace(file)
    return file


@pytest.fixture(scope="session")
def demo_engine(demo_file: Path) -> Iterator[Engine]:
    """Return the database with the demonstration data, to be read only."""
    opened = db.connect(f"sqlite:///{demo_file}")
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the worker's Chromium: Playwright runs once in a process."""
    with sync_playwright() as playwright:
        running = chromium.launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="session")
def served(
    demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[serving.ServedApp]:
    """Return the worker's own app server, on a copy of the demonstration data."""
    folder = tmp_path_factory.mktemp("served")
    with serving.app(folder, database=shutil.copy(demo_file, folder / "demo.sqlite3")) as running:
        yield running


@pytest.fixture(scope="session")
def app_url(served: serving.ServedApp) -> str:
    """Return the address of the worker's own app server."""
    return served.url


@pytest.fixture
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Serve]:
    """Return what serves a database for this test, on servers that end after it.

    They end after the readers of tests/browser have left.
    """
    with ExitStack() as running:

        def start_server(database: Path, mode: str | None = None) -> serving.ServedApp:
            folder = tmp_path_factory.mktemp("own-server")
            return running.enter_context(
                serving.mode(folder, mode, database=database) if mode
                else serving.app(folder, database=database)
            )  # fmt: skip

        yield start_server


@pytest.fixture
def fresh_app(demo_file: Path, tmp_path: Path, serve: serving.Serve) -> serving.ServedApp:
    """Return an app server that nobody has visited yet, on a copy of the demonstration data."""
    return serve(Path(shutil.copy(demo_file, tmp_path / "fresh.sqlite3")))


@pytest.fixture(scope="module")
def demonstration_shown(demo_file: Path) -> Iterator[None]:
    """Point the pages that a module runs in its own process at the demonstration data."""
    import streamlit as st  # noqa: PLC0415, TID251 - only tests that run pages pay for it

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{demo_file}")
        st.cache_resource.clear()
        st.cache_data.clear()
        yield
    st.cache_resource.clear()
    st.cache_data.clear()
