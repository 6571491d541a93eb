"""What a country learned, and the guards that let its redaction through."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from crmdata.store.db.schema import migration

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    lessons = sa.Column("lessons", sa.String(), nullable=False, server_default="")
    op.add_column("report", lessons)
    guards = migration("0010")
    if op.get_bind().dialect.name == "sqlite":
        _sqlite(guards)
        return
    wider = (*migration("0015").places(), "report.lessons")
    places = ", ".join(f"'{place}'" for place in wider)
    op.drop_constraint("ck_redaction_place", "redaction")
    op.create_check_constraint(
        op.f("ck_redaction_place"), "redaction", f"table_name || '.' || column_name IN ({places})"
    )


def _sqlite(guards: Any) -> None:
    """Make the table of redactions anew, with its guards, and the guard that names the columns."""
    bind = op.get_bind()
    rows = [tuple(row) for row in bind.exec_driver_sql("SELECT * FROM redaction")]
    made = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'redaction'")
    wider = made.scalar_one().replace("'report.reason'", "'report.reason', 'report.lessons'")
    op.drop_table("redaction")
    bind.exec_driver_sql(wider)
    if rows:
        bind.exec_driver_sql("INSERT INTO redaction VALUES (?, ?, ?, ?, ?)", rows)
    guards.guard_redactions_sqlite()
    key, texts, others = guards.COLUMNS["report"]
    guards._drop_guard("report")
    guards.guard_sqlite("report", key, (*texts, "lessons"), others, salted=True)
