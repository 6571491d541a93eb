"""Snapshots: a cut-off and how much of the audit chain is known of it, under an id to cite.

What they hold stands in the chain too, so that going down and up again loses nothing.
"""

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# The audit trail's word for it, frozen here.
ACTION = "snapshot"


def upgrade() -> None:
    texts = ("places", "at", "actor", "role", "identity")
    snapshot = op.create_table(
        "snapshot",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("snapshot", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("corte", sa.Date(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Float(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.CheckConstraint("name <> '' OR meeting <> ''", name=op.f("ck_snapshot_named")),
        sa.ForeignKeyConstraint(["seq"], ["audit.seq"], name=op.f("fk_snapshot_seq")),
        sa.ForeignKeyConstraint(["until"], ["audit.seq"], name=op.f("fk_snapshot_until")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_snapshot_version_id")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("snapshot", name=op.f("uq_snapshot_snapshot")),
    )
    _fill(snapshot)
    _guard()


def _fill(snapshot: sa.Table) -> None:
    """Make the rows from what the audit trail says of them."""
    bind = op.get_bind()
    query = sa.text(
        "SELECT seq, at, actor, content_sha256, detail FROM audit WHERE action = :action "
        "ORDER BY seq"
    )
    for seq, at, actor, content, detail in bind.execute(query, {"action": ACTION}).all():
        told = json.loads(detail)
        row = {column.name: told[column.name] for column in snapshot.c if column.name in told}
        row |= {"seq": seq, "at": at, "actor": actor, "content_sha256": content}
        bind.execute(sa.insert(snapshot), row | {"corte": date.fromisoformat(row["corte"])})


def _guard() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "CREATE TRIGGER append_only_snapshot BEFORE UPDATE OR DELETE ON snapshot "
            "FOR EACH ROW EXECUTE FUNCTION crmdata_append_only()"
        )
        op.execute(
            "CREATE TRIGGER append_only_snapshot_truncate BEFORE TRUNCATE ON snapshot "
            "FOR EACH STATEMENT EXECUTE FUNCTION crmdata_append_only()"
        )
        return
    refuse = "SELECT RAISE(ABORT, 'append-only: snapshot');"
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER append_only_snapshot_{act.lower()} BEFORE {act} ON snapshot "
            f"BEGIN {refuse} END"
        )
    op.execute(
        "CREATE TRIGGER append_only_snapshot_replace BEFORE INSERT ON snapshot WHEN EXISTS "
        "(SELECT 1 FROM snapshot WHERE seq = NEW.seq OR snapshot = NEW.snapshot) "
        f"BEGIN {refuse} END"
    )


def downgrade() -> None:
    # The triggers go with their table.
    op.drop_table("snapshot")
