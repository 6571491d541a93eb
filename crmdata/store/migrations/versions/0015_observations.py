"""What countries say beside their figures before a meeting, which a redaction may take out.

What they said stands in no other place: on a way down the table stays where it holds anything, and
an earlier version of this software does not look at it.
"""

import sqlalchemy as sa
from alembic import op

from crmdata.store.db.schema import migration

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLE = "observation"
OTHERS = ("id", "batch_id", "country", "meeting", "reported_on")

_KEYED, _SALTED = "('report', 'cooperation', 'batch')", "('report', 'cooperation')"


def places() -> tuple[str, ...]:
    """Return the texts that a redaction may name from here on."""
    return (*migration("0010").PLACES, f"{TABLE}.{TABLE}")


def redact() -> str:
    """Return the function of migration 0010, which takes texts out of this table too."""
    before: str = migration("0010").REDACT
    keyed = before.replace(_KEYED, "('report', 'cooperation', 'observation', 'batch')")
    return keyed.replace(_SALTED, "('report', 'cooperation', 'observation')")


def upgrade() -> None:
    if not sa.inspect(op.get_bind()).has_table(TABLE):
        _make()
        _guard()
    _allow(places())
    _redact_by(redact())


def downgrade() -> None:
    rows = op.get_bind().execute(sa.text(f"SELECT count(*) FROM {TABLE}")).scalar_one()
    if not rows:
        op.drop_table(TABLE)
        _allow(migration("0010").PLACES)
        _redact_by(migration("0010").REDACT)


def _make() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("observation", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint("observation <> ''", name=op.f("ck_observation_observation")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_observation_batch_id")),
        sa.ForeignKeyConstraint(
            ["country"], ["country.country"], name=op.f("fk_observation_country")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint(
            "batch_id", "country", "meeting", "reported_on",
            name=op.f("uq_observation_batch_id_country_meeting_reported_on"),
        ),
    )  # fmt: skip


def _guard() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            f"CREATE TRIGGER append_only_{TABLE} BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION crmdata_only_redacted()"
        )
        op.execute(
            f"CREATE TRIGGER append_only_{TABLE}_truncate BEFORE TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION crmdata_append_only()"
        )
        return
    refuse = f"SELECT RAISE(ABORT, 'append-only: {TABLE}');"
    op.execute(
        f"CREATE TRIGGER append_only_{TABLE}_delete BEFORE DELETE ON {TABLE} BEGIN {refuse} END"
    )
    op.execute(
        f"CREATE TRIGGER append_only_{TABLE}_replace BEFORE INSERT ON {TABLE} WHEN EXISTS "
        f"(SELECT 1 FROM {TABLE} WHERE id = NEW.id OR (batch_id = NEW.batch_id AND "
        "country = NEW.country AND meeting = NEW.meeting AND reported_on = NEW.reported_on)) "
        f"BEGIN {refuse} END"
    )
    migration("0010").guard_sqlite(TABLE, "id", (TABLE,), OTHERS, salted=True)


def _allow(texts: tuple[str, ...]) -> None:
    """Say which texts a redaction may name."""
    bind = op.get_bind()
    allowed = ", ".join(f"'{place}'" for place in texts)
    check = f"table_name || '.' || column_name IN ({allowed})"
    if bind.dialect.name != "sqlite":
        # Rows that an earlier step of the way put in wait for their check: no table is changed then.
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
        op.drop_constraint(op.f("ck_redaction_place"), "redaction")
        op.create_check_constraint(op.f("ck_redaction_place"), "redaction", check)
        # What follows in this transaction may name its act before the act is written, as before.
        op.execute("SET CONSTRAINTS ALL DEFERRED")
        return
    # SQLite has no way to change a check: the table is made anew with what it holds.
    rows = [tuple(row) for row in bind.exec_driver_sql("SELECT * FROM redaction")]
    made = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'redaction'")
    head, _, rest = made.scalar_one().partition("column_name IN (")
    op.drop_table("redaction")
    bind.exec_driver_sql(f"{head}column_name IN ({allowed}){rest.partition(')')[2]}")
    if rows:
        bind.exec_driver_sql("INSERT INTO redaction VALUES (?, ?, ?, ?, ?)", rows)
    migration("0010").guard_redactions_sqlite()


def _redact_by(source: str) -> None:
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        return
    schema = bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    op.execute(
        "CREATE OR REPLACE FUNCTION crmdata_redact(act integer) RETURNS void LANGUAGE plpgsql "
        f"SECURITY DEFINER SET search_path = {schema}, pg_temp AS $${source}$$"
    )
