"""Whether the database itself is as the migrations make it: tables, constraints, triggers.

An owner can drop a trigger, do what it forbids and leave no trace in the rows: so what keeps
history is proved too.
"""

import re
from collections.abc import Iterator
from functools import cache

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, inspect, text

from crmdata.errors import N_, Problem
from crmdata.store.db.engine import connect, looking
from crmdata.store.db.known import Known
from crmdata.store.db.schema import head_revision, migration, upgrade
from crmdata.store.models import Table

REPAIR = N_("Restore a backup with `crmdata restore`; it makes the schema anew.")

UNGUARDED = frozenset({"country", "partner", "semester", "open_login", "other_name", "plan_word"})
"""Tables that a load of the plan brings up to date, or that come and go with people: all others
are append-only by trigger.
"""

# What PostgreSQL's triggers call, as migration 0002 lays it.
_REFUSES = (
    "BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME "
    "USING ERRCODE = 'integrity_constraint_violation'; END"
)

GUARD, REDACTION_GUARD = "crmdata_append_only", "crmdata_only_redacted"

_REDACTION = migration("0010")
"""The step that laid the guards that let a redaction through, whose words are proved."""

_OBSERVATIONS = migration("0015")
"""The step that brought one more table whose texts a redaction may take out."""

_REDACTED_FROM = frozenset({*_REDACTION.COLUMNS, _OBSERVATIONS.TABLE})

FUNCTIONS = {
    "crmdata_append_only()": (_REFUSES, False),
    "crmdata_only_redacted()": (_REDACTION.ONLY_REDACTED, False),
    "crmdata_redacted(text,text,integer)": (_REDACTION.REDACTED, False),
    "crmdata_redact(integer)": (_OBSERVATIONS.redact(), True),
}
"""What PostgreSQL's functions say, and whether they act with their owner's rights."""

_FUNCTIONS = text("""
SELECT p.prosrc, p.prosecdef, array_to_string(p.proconfig, ';'), quote_ident(current_schema())
FROM pg_proc p WHERE p.oid = to_regprocedure(:name)
""")

_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"

_TRIGGERS = text("""
SELECT c.relname, t.tgname, t.tgenabled, t.tgtype, p.proname
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)
""")

_RULES = text("""
SELECT c.relname FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE c.relkind = 'r' AND pg_table_is_visible(c.oid)
UNION SELECT relname FROM pg_class
WHERE relkind = 'r' AND relrowsecurity AND pg_table_is_visible(oid)
""")

# pg_trigger.tgtype: for each row, before, delete, update; and before truncate, for a statement.
_ROW, _TRUNCATE = 1 + 2 + 8 + 16, 2 + 32


def verify_schema(session: Known) -> list[Problem]:
    """Return what differs from the newest schema, trigger by trigger and table by table."""
    connection = session.connection()
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision != head_revision():
        return [_differs(f"alembic_version {revision}")]
    sqlite = connection.dialect.name == "sqlite"
    different = _sqlite(connection) if sqlite else _postgresql(connection)
    return [_differs(what) for what in different]


def _differs(what: str) -> Problem:
    message = N_("The database's schema is not as it was made: {what}.")
    return Problem("altered_schema", message, REPAIR, values={"what": what})


def _sqlite(connection: Connection) -> Iterator[str]:
    """Compare with a database that the migrations have just made."""
    expected = _made_by_the_migrations()
    actual = _objects(connection)
    for (kind, name), sql in expected.items():
        if actual.get((kind, name)) != sql:
            yield f"{kind} {name}"
    ours = {name for kind, name in expected if kind == "table"}
    for (kind, name), (table, _) in actual.items():
        # A trigger of somebody else's could change what is written; other objects cannot.
        if kind == "trigger" and table in ours and (kind, name) not in expected:
            yield f"{kind} {name}"


def _objects(connection: Connection) -> dict[tuple[str, str], tuple[str, str]]:
    rows = connection.execute(text(_SQLITE))
    return {(kind, name): (table, " ".join((sql or "").split())) for kind, name, table, sql in rows}


@cache
def _made_by_the_migrations() -> dict[tuple[str, str], tuple[str, str]]:
    engine = connect("sqlite:///:memory:")
    upgrade(engine)
    with looking(engine) as session:
        objects = _objects(session.connection())
    engine.dispose()
    return objects


def _postgresql(connection: Connection) -> Iterator[str]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    for difference in compare_metadata(context, Table.metadata):
        operation = difference[0] if isinstance(difference, tuple) else difference[0][0]
        if operation not in {"remove_table", "remove_index"}:  # somebody else's are no harm
            yield str(operation)
    yield from _constraints(connection)
    yield from _functions(connection)
    yield from _triggers(connection)
    yield from (f"rule or policy on {table}" for table in connection.execute(_RULES).scalars()
                if table in Table.metadata.tables)  # fmt: skip


def _constraints(connection: Connection) -> Iterator[str]:
    """Compare the checks by what they name: PostgreSQL writes them down in words of its own."""
    inspector = inspect(connection)
    # Of all tables at once: asked one by one they were four in five of all that is asked here.
    checks = inspector.get_multi_check_constraints()
    keys = inspector.get_multi_pk_constraint()
    for table in Table.metadata.sorted_tables:
        actual = {
            str(check["name"]): _names(check["sqltext"], set(table.c.keys()))
            for check in checks.get((None, table.name), [])
        }
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint):
                wanted = _names(str(constraint.sqltext), set(table.c.keys()))
                if actual.get(str(constraint.name)) != wanted:
                    yield f"constraint {constraint.name}"
        key = keys.get((None, table.name))
        if key is None or {*key["constrained_columns"]} != {*table.primary_key.columns.keys()}:
            yield f"primary key of {table.name}"


def _names(sql: str, columns: set[str]) -> set[str]:
    """Return the columns, texts and numbers that a check names."""
    uncast = re.sub(r"::[a-z]+( varying| precision)?(\[\])?", "", sql)
    words = re.findall(r"'[^']*'|[A-Za-z_]+|[0-9]+", uncast)
    return {word for word in words if word in columns or word[0] in "'0123456789"}


def _functions(connection: Connection) -> Iterator[str]:
    for name, (source, owner) in FUNCTIONS.items():
        row = connection.execute(_FUNCTIONS, {"name": name}).one_or_none()
        if row is None:
            yield f"function {name}"
            continue
        body, as_owner, setting, schema = row
        # One that acts with its owner's rights must find no table of somebody else's.
        paths = {f"search_path={schema}, pg_temp"} if name != f"{GUARD}()" else {None}
        if _plain(body) != _plain(source) or as_owner != owner or setting not in paths:
            yield f"function {name}"


def _plain(source: str) -> str:
    return " ".join(source.split())


def _triggers(connection: Connection) -> Iterator[str]:
    expected = {
        (table, f"append_only_{table}{suffix}", kind, guard)
        for table in Table.metadata.tables
        if table not in UNGUARDED
        for suffix, kind, guard in (
            ("", _ROW, REDACTION_GUARD if table in _REDACTED_FROM else GUARD),
            ("_truncate", _TRUNCATE, GUARD),
        )
    }
    actual = {
        (table, name, kind, function)
        for table, name, enabled, kind, function in connection.execute(_TRIGGERS)
        if table in Table.metadata.tables and enabled in {"O", "A"}
    }
    for table, name, *_ in sorted(expected - actual):
        yield f"trigger {name} on {table}"
    for table, name, *_ in connection.execute(_TRIGGERS):
        if table in Table.metadata.tables and (table, name) not in {row[:2] for row in expected}:
            yield f"trigger {name} on {table}"
