"""The plan's own name, and how many of its years have a column.

Earlier versions held one plan and reckoned with five columns. What a load says of both stands
in the chain too, so that going down and up again loses nothing.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# The only plan that earlier versions were made for.
PLAN_ID = "crm-nna-2017-2022"


def upgrade() -> None:
    plan_id = sa.Column("plan_id", sa.String(), nullable=False, server_default=PLAN_ID)
    op.add_column("plan_version", plan_id)
    years = sa.Column("year_columns", sa.Integer(), nullable=False, server_default="0")
    op.add_column("plan_version", years)
    _drop_guard()
    _fill()
    _guard()


def _fill() -> None:
    """Take both from the chain, else the columns up to the last mark of the version."""
    bind = op.get_bind()
    last = "SELECT version_id, max(year) FROM mark GROUP BY version_id"
    last_year = dict(map(tuple, bind.execute(sa.text(last))))
    loads = "SELECT object, detail FROM audit WHERE action = 'load_plan'"
    told = {name: json.loads(detail) for name, detail in bind.execute(sa.text(loads)).all()}
    update = "UPDATE plan_version SET plan_id = :plan, year_columns = :years WHERE id = :id"
    for number, first in bind.execute(sa.text("SELECT id, first_year FROM plan_version")).all():
        detail = told.get(f"plan_version:{number}", {})
        years = detail.get("year_columns", last_year.get(number, first) - first + 1)
        plan = detail.get("plan_id", PLAN_ID)
        bind.execute(sa.text(update), {"plan": plan, "years": years, "id": number})


def _drop_guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER append_only_plan_version_update")
    else:
        op.execute("ALTER TABLE plan_version DISABLE TRIGGER append_only_plan_version")


def _guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER append_only_plan_version_update BEFORE UPDATE ON plan_version "
            "BEGIN SELECT RAISE(ABORT, 'append-only: plan_version'); END"
        )
    else:
        op.execute("ALTER TABLE plan_version ENABLE TRIGGER append_only_plan_version")


def downgrade() -> None:
    op.drop_column("plan_version", "year_columns")
    op.drop_column("plan_version", "plan_id")
