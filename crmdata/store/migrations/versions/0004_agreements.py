"""Agreements of meetings, noted and withdrawn, each with its row in the audit chain.

What they say stands in the chain too, so that going down and up again loses nothing.
"""

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The audit trail's words for the steps, frozen here.
STEPS = {"note_agreement": "noted", "withdraw_agreement": "withdrawn"}
PINS = ("line", "activity", "country")


def upgrade() -> None:
    texts = ("meeting", "text", "at", "actor", "role", "identity")
    agreement = op.create_table(
        "agreement",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agreement", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in PINS),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.CheckConstraint("step IN ('noted', 'withdrawn')", name=op.f("ck_agreement_step")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_agreement_text")),
        sa.CheckConstraint(
            "step = 'withdrawn' OR line IS NOT NULL OR activity IS NOT NULL OR country IS NOT NULL",
            name=op.f("ck_agreement_pinned"),
        ),
        sa.ForeignKeyConstraint(
            ["activity"], ["activity.activity"], name=op.f("fk_agreement_activity")
        ),
        sa.ForeignKeyConstraint(
            ["agreement"], ["agreement.seq"], name=op.f("fk_agreement_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["country"], ["country.country"], name=op.f("fk_agreement_country")
        ),
        sa.ForeignKeyConstraint(["seq"], ["audit.seq"], name=op.f("fk_agreement_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_agreement"), "agreement", ["agreement"])
    _fill(agreement)
    _guard()


def _fill(agreement: sa.Table) -> None:
    """Make the rows from what the audit trail says of them."""
    bind = op.get_bind()
    query = "SELECT seq, at, actor, action, object, detail FROM audit ORDER BY seq"
    for seq, at, actor, action, about, written in bind.execute(sa.text(query)).all():
        if action not in STEPS:
            continue
        detail = json.loads(written)
        row = {name: detail.get(name) for name in PINS}
        row |= {name: detail[name] for name in ("meeting", "text", "role", "identity")}
        row |= {"seq": seq, "at": at, "actor": actor, "step": STEPS[action]}
        row |= {"day": date.fromisoformat(detail["day"])}
        of = about.partition(":")[2]
        bind.execute(sa.insert(agreement), row | {"agreement": int(of) if of else seq})


def _guard() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "CREATE TRIGGER append_only_agreement BEFORE UPDATE OR DELETE ON agreement "
            "FOR EACH ROW EXECUTE FUNCTION crmdata_append_only()"
        )
        op.execute(
            "CREATE TRIGGER append_only_agreement_truncate BEFORE TRUNCATE ON agreement "
            "FOR EACH STATEMENT EXECUTE FUNCTION crmdata_append_only()"
        )
        return
    refuse = "SELECT RAISE(ABORT, 'append-only: agreement');"
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER append_only_agreement_{act.lower()} BEFORE {act} ON agreement "
            f"BEGIN {refuse} END"
        )
    op.execute(
        "CREATE TRIGGER append_only_agreement_replace BEFORE INSERT ON agreement "
        f"WHEN EXISTS (SELECT 1 FROM agreement WHERE seq = NEW.seq) BEGIN {refuse} END"
    )


def downgrade() -> None:
    # The triggers go with their table.
    op.drop_index(op.f("ix_agreement_agreement"), table_name="agreement")
    op.drop_table("agreement")
