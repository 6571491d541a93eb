"""Which rows of its batch an act of the review names; one without any is of the whole batch.

What an act names stands in the chain too, so that going down and up again loses nothing.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE = "review_row"


def upgrade() -> None:
    rows = op.create_table(
        TABLE,
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["review_act.seq"], name=op.f("fk_review_row_seq")),
        sa.PrimaryKeyConstraint("seq", "row", name=op.f("pk_review_row")),
    )
    _fill(rows)
    _guard()


def _fill(rows: sa.Table) -> None:
    """Make the rows from what the audit trail says of them."""
    bind = op.get_bind()
    query = "SELECT a.seq, a.detail FROM audit a JOIN review_act r ON r.seq = a.seq"
    for seq, detail in bind.execute(sa.text(query)).all():
        for row in json.loads(detail).get("rows", []):
            bind.execute(sa.insert(rows), {"seq": seq, "row": row})


def _guard() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            f"CREATE TRIGGER append_only_{TABLE} BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION crmdata_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER append_only_{TABLE}_truncate BEFORE TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION crmdata_append_only()"
        )
        return
    refuse = f"SELECT RAISE(ABORT, 'append-only: {TABLE}');"
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER append_only_{TABLE}_{act.lower()} BEFORE {act} ON {TABLE} "
            f"BEGIN {refuse} END"
        )
    op.execute(
        f"CREATE TRIGGER append_only_{TABLE}_replace BEFORE INSERT ON {TABLE} "
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE seq = NEW.seq AND row = NEW.row) "
        f"BEGIN {refuse} END"
    )


def downgrade() -> None:
    # The triggers go with their table.
    op.drop_table(TABLE)
