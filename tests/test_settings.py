"""What must be set for the promises to hold, asked of what runs; each with its reason."""

import pytest
from sqlalchemy import text

from crmdata import settings
from crmdata.files import CELL_CHARACTERS, UPLOAD
from crmdata.intake.workbooks import __main__ as child
from crmdata.intake.workbooks import content, parts
from crmdata.serving import Wishes, server_command
from crmdata.serving.gate import BODY_LIMIT, MEGABYTE
from crmdata.settings import ServeMode
from crmdata.store import db
from crmdata.store.db.engine import LOCK_SECONDS


def asked(session, question: str) -> object:
    return session.execute(text(question)).scalar_one()


@pytest.fixture(scope="module")
def store(sqlite_with_plan):
    engine = db.connect(f"sqlite:///{sqlite_with_plan}")
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value", "reason"),
    [
        ("journal_mode", "delete", "the log of WAL has a known fault before SQLite 3.51.3"),
        ("synchronous", 2, "what was acknowledged survives the power going"),
        ("foreign_keys", 1, "off unless each connection asks for it"),
        ("recursive_triggers", 1, "else REPLACE walks past the append-only triggers"),
        ("trusted_schema", 0, "a crafted file must not run functions"),
        ("busy_timeout", LOCK_SECONDS * 1000, "a writer waits its turn, then is told"),
    ],
)
def test_every_connection_to_sqlite_is_set(store, pragma, value, reason):
    with db.reading(store) as session:
        assert asked(session, f"PRAGMA {pragma}") == value, reason


def test_a_reader_of_sqlite_cannot_write(store):
    with db.reading(store) as session:
        assert asked(session, "PRAGMA query_only") == 1, "a page never writes by accident"


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("door", "name", "value", "reason"),
    [
        (db.reading, "transaction_read_only", "on", "a page never writes by accident"),
        (db.reading, "transaction_isolation", "repeatable read", "one picture for a whole page"),
        (db.writing, "lock_timeout", f"{LOCK_SECONDS}s", "a writer waits its turn, then is told"),
    ],
)  # fmt: skip
def test_every_session_of_postgresql_is_set(engine, door, name, value, reason):
    with door(engine) as session:
        assert asked(session, f"SHOW {name}") == value, reason


@pytest.mark.parametrize(
    ("limit", "most", "reason"),
    [
        (BODY_LIMIT, MEGABYTE, "nobody fills the memory of a server that takes no file"),
        (UPLOAD.bytes, 5 * MEGABYTE, "a filled template has some 60 KB"),
        (UPLOAD.rows, 5_000, "eleven countries report 3,500 rows in six years"),
        (CELL_CHARACTERS, 10_000, "a narrative is a paragraph, not a book"),
        (content.ROWS, 5_000, "a sheet may claim a million rows"),
        (content.COLUMNS, 40, "one cell far to the right costs gigabytes"),
        (parts.MEMBERS, 64, "a workbook of ours has 15 parts"),
        (parts.PART_BYTES, 10 * MEGABYTE, "a small file can unpack to any size"),
        (parts.WHOLE_BYTES, 20 * MEGABYTE, "and so can all its parts together"),
        (parts.RATIO, 100, "a template of ours unpacks to the sevenfold"),
        (child.MEMORY, 512 * MEGABYTE, "the app outlives what a reader of workbooks does not"),
        (child.SECONDS, 10, "and waits no longer for it"),
    ],
)
def test_what_is_read_is_bounded(limit, most, reason):
    assert 0 < limit <= most, reason


def options(mode: ServeMode) -> dict[str, str]:
    command, _ = server_command(Wishes(mode))
    return dict(zip(command[5::2], command[6::2], strict=True))


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("--server.maxUploadSize", "1", "the gate takes no file; Streamlit shall take none either"),
        ("--server.maxMessageSize", "10", "the largest table takes two"),
        ("--server.maxWidgetStateSize", "1", "no reader types a megabyte"),
    ],
)
def test_the_public_server_is_set(name, value, reason):
    assert options(ServeMode.PUBLIC)[name] == value, reason


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:////srv/crm/crm.sqlite3", "sqlite:////srv/crm/crm.sqlite3"),
        ("postgresql://crm@db/crm", "postgresql://crm@db/crm"),
        ("postgresql://crm:secret@db:5432/crm", "postgresql://crm:***@db:5432/crm"),
        ("postgresql://crm:se@c:r/et@db/crm", "postgresql://crm:***@db/crm"),
        ("postgresql+psycopg://:secret@/crm?host=/run", "postgresql+psycopg://:***@/crm?host=/run"),
    ],
)
def test_a_database_is_named_without_its_password(url, shown):
    assert settings.without_password(url) == shown
