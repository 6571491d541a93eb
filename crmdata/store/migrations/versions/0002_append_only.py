"""History is append-only: triggers refuse update, replace and delete.

SQLite's REPLACE deletes without firing delete triggers unless a pragma is on, so an insert
that would hit an existing key is refused too. PostgreSQL's TRUNCATE has a trigger of its own.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Table -> the keys by which a row could be replaced. Frozen here: a migration must not
# change when the models do.
KEYS: dict[str, list[tuple[str, ...]]] = {
    "store": [("id",)],
    "plan_version": [("id",)],
    "axis": [("version_id", "axis")],
    "line": [("version_id", "line")],
    "result": [("version_id", "result")],
    "activity": [("activity",)],
    "planned_activity": [("version_id", "activity")],
    "mark": [("version_id", "activity", "year")],
    "slot": [("version_id", "activity", "semester")],
    "plan_change": [("version_id", "position")],
    "plan_mention": [("version_id", "partner", "activity")],
    "batch": [("id",), ("file_sha256",)],
    "meeting": [("id",), ("batch_id", "meeting")],
    "report": [("id",), ("batch_id", "country", "activity", "semester", "reported_on")],
    "report_partner": [("report_id", "partner")],
    "cooperation": [("id",)],
    "cooperation_country": [("cooperation_id", "country")],
    "audit": [("seq",)],
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, keys in KEYS.items():
            _sqlite(table, keys)
    else:
        _postgresql()


def _sqlite(table: str, keys: list[tuple[str, ...]]) -> None:
    refuse = f"SELECT RAISE(ABORT, 'append-only: {table}');"
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER append_only_{table}_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN {refuse} END"
        )
    hit = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in keys
    )
    op.execute(
        f"CREATE TRIGGER append_only_{table}_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {hit}) BEGIN {refuse} END"
    )


def _postgresql() -> None:
    op.execute(
        "CREATE FUNCTION crmdata_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in KEYS:
        op.execute(
            f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION crmdata_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER append_only_{table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION crmdata_append_only()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in KEYS:
            for act in ("update", "delete", "replace"):
                op.execute(f"DROP TRIGGER append_only_{table}_{act}")
        return
    for table in KEYS:
        op.execute(f"DROP TRIGGER append_only_{table} ON {table}")
        op.execute(f"DROP TRIGGER append_only_{table}_truncate ON {table}")
    op.execute("DROP FUNCTION crmdata_append_only()")
