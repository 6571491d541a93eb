"""The review: steps of batches and closings of semesters, each with its row in the audit chain.

What they say stands in the chain too, so that going down and up again loses nothing, and
batches from before the review count as recorded: they were in every picture.
"""

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("review_act", "closing_act")

# The audit trail's words for the steps, frozen here.
STEPS = {
    "import": "recorded",
    "submit": "submitted",
    "submit_again": "submitted",
    "accept": "accepted",
    "send_back": "sent_back",
    "withdraw": "withdrawn",
}
CLOSINGS = {"close": "closed", "reopen": "reopened"}


def upgrade() -> None:
    review = op.create_table(
        "review_act",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        *_common(
            "review_act", "step IN ('recorded', 'submitted', 'accepted', 'sent_back', 'withdrawn')"
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_review_act_batch_id")),
        sa.ForeignKeyConstraint(["seq"], ["audit.seq"], name=op.f("fk_review_act_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_review_act")),
    )
    op.create_index(op.f("ix_review_act_batch_id"), "review_act", ["batch_id"])
    closing = op.create_table(
        "closing_act",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("semester", sa.String(), nullable=False),
        *_common("closing_act", "step IN ('closed', 'reopened')"),
        sa.ForeignKeyConstraint(
            ["country"], ["country.country"], name=op.f("fk_closing_act_country")
        ),
        sa.ForeignKeyConstraint(
            ["semester"], ["semester.semester"], name=op.f("fk_closing_act_semester")
        ),
        sa.ForeignKeyConstraint(["seq"], ["audit.seq"], name=op.f("fk_closing_act_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_closing_act")),
    )
    op.create_index(op.f("ix_closing_act_country_semester"), "closing_act", ["country", "semester"])
    _fill(review, closing)
    _guard()


def _common(table: str, steps: str) -> list[sa.schema.SchemaItem]:
    texts = ("at", "actor", "role", "identity", "text")
    return [
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.CheckConstraint(steps, name=op.f(f"ck_{table}_step")),
    ]


def _fill(review: sa.Table, closing: sa.Table) -> None:
    """Make the rows from what the audit trail says of them."""
    bind = op.get_bind()
    known = set(bind.execute(sa.text("SELECT id FROM batch")).scalars())
    query = "SELECT seq, at, actor, action, object, detail FROM audit ORDER BY seq"
    for seq, at, actor, action, about, written in bind.execute(sa.text(query)).all():
        detail = json.loads(written)
        common = _common_values(seq, at, actor, detail)
        kind, *codes = about.split(":")
        if action in STEPS and kind == "batch" and int(codes[0]) in known:
            row = common | {"batch_id": int(codes[0]), "step": STEPS[action]}
            bind.execute(sa.insert(review), row)
        elif action in CLOSINGS:
            country, semester = codes
            row = common | {"country": country, "semester": semester, "step": CLOSINGS[action]}
            bind.execute(sa.insert(closing), row)


def _common_values(seq: int, at: str, actor: str, detail: dict[str, Any]) -> dict[str, Any]:
    return {
        "seq": seq,
        "day": date.fromisoformat(detail.get("day", at[:10])),
        "at": at,
        "actor": actor,
        "role": detail.get("role", "operator"),
        "identity": detail.get("identity", actor.casefold()),
        "text": detail.get("text", ""),
    }


def _guard() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for table in TABLES:
            op.execute(
                f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION crmdata_append_only()"
            )
            op.execute(
                f"CREATE TRIGGER append_only_{table}_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION crmdata_append_only()"
            )
        return
    for table in TABLES:
        refuse = f"SELECT RAISE(ABORT, 'append-only: {table}');"
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER append_only_{table}_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN {refuse} END"
            )
        op.execute(
            f"CREATE TRIGGER append_only_{table}_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE seq = NEW.seq) BEGIN {refuse} END"
        )


def downgrade() -> None:
    # The triggers go with their tables.
    op.drop_index(op.f("ix_closing_act_country_semester"), table_name="closing_act")
    op.drop_table("closing_act")
    op.drop_index(op.f("ix_review_act_batch_id"), table_name="review_act")
    op.drop_table("review_act")
