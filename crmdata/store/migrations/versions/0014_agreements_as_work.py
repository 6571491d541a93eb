"""Who answers for an agreement and by when; it may be done, and opened again.

The table is made anew with what it holds, since a check of it grows. What the new columns and
steps say stands in the chain too, so that going down and up again loses nothing.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from crmdata.store.db.schema import migration

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# The audit trail's words for the steps that are new, frozen here.
STEPS = {"complete_agreement": "done", "reopen_agreement": "reopened"}
DUTY = ("party", "partner", "due_on")
OTHERS = (
    "seq", "agreement", "step", "day", "line", "activity", "country", *DUTY, "meeting", "at",
    "actor", "role", "identity",
)  # fmt: skip


def upgrade() -> None:
    rows = [row | _duty(row["seq"]) for row in _rows()]
    table = _made(
        ("noted", "done", "reopened", "withdrawn"),
        sa.Column("party", sa.String(), nullable=True),
        sa.Column("partner", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "party IS NULL OR partner IS NULL", name=op.f("ck_agreement_responsible")
        ),
        sa.ForeignKeyConstraint(["party"], ["country.country"], name=op.f("fk_agreement_party")),
        sa.ForeignKeyConstraint(
            ["partner"], ["partner.partner"], name=op.f("fk_agreement_partner")
        ),
    )
    _fill(table, sorted([*rows, *_later()], key=lambda row: row["seq"]))
    _guard(OTHERS)


def downgrade() -> None:
    rows = [row for row in _rows() if row["step"] not in STEPS.values()]
    table = _made(("noted", "withdrawn"))
    _fill(table, [{name: row[name] for name in row if name not in DUTY} for row in rows])
    _guard(tuple(name for name in OTHERS if name not in DUTY))


def _rows() -> list[dict[str, Any]]:
    """Return what the table holds, as it stands: an upgrade hides nothing."""
    table = sa.Table("agreement", sa.MetaData(), autoload_with=op.get_bind())
    query = sa.select(table).order_by(table.c.seq)
    return [dict(row) for row in op.get_bind().execute(query).mappings()]


def _duty(seq: int) -> dict[str, Any]:
    """Return what the chain says of who answers for an agreement."""
    query = sa.text("SELECT detail FROM audit WHERE seq = :seq")
    written = op.get_bind().execute(query, {"seq": seq}).scalar()
    return _told(json.loads(written or "{}"))


def _told(detail: dict[str, Any]) -> dict[str, Any]:
    due = detail.get("due_on")
    told = {name: detail.get(name) for name in DUTY}
    return told | {"due_on": date.fromisoformat(due) if due else None}


def _later() -> Iterable[dict[str, Any]]:
    """Yield the rows of the new steps, of which the chain alone tells after a way down."""
    query = "SELECT seq, at, actor, action, object, detail FROM audit ORDER BY seq"
    for seq, at, actor, action, about, written in op.get_bind().execute(sa.text(query)).all():
        if action not in STEPS:
            continue
        detail = json.loads(written)
        row = {name: detail[name] for name in ("meeting", "text", "role", "identity")}
        row |= dict.fromkeys(("line", "activity", "country")) | _told(detail)
        row |= {"seq": seq, "at": at, "actor": actor, "step": STEPS[action]}
        row |= {"day": date.fromisoformat(detail["day"])}
        yield row | {"agreement": int(about.partition(":")[2])}


def _made(steps: tuple[str, ...], *more: Any) -> sa.Table:
    """Make the table anew, with these steps and columns."""
    allowed = ", ".join(f"'{step}'" for step in steps)
    # Its index and triggers go with it.
    op.drop_table("agreement")
    table = op.create_table(
        "agreement",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agreement", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("line", "activity", "country")),
        *(each for each in more if isinstance(each, sa.Column)),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("meeting", "text", "at", "actor", "role", "identity")
        ),
        sa.CheckConstraint(f"step IN ({allowed})", name=op.f("ck_agreement_step")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_agreement_text")),
        sa.CheckConstraint(
            "step <> 'noted' OR line IS NOT NULL OR activity IS NOT NULL OR country IS NOT NULL",
            name=op.f("ck_agreement_pinned"),
        ),
        *(each for each in more if not isinstance(each, sa.Column)),
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
    return table


def _fill(table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        op.get_bind().execute(sa.insert(table), row)


def _guard(others: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "CREATE TRIGGER append_only_agreement BEFORE UPDATE OR DELETE ON agreement "
            "FOR EACH ROW EXECUTE FUNCTION crmdata_only_redacted()"
        )
        op.execute(
            "CREATE TRIGGER append_only_agreement_truncate BEFORE TRUNCATE ON agreement "
            "FOR EACH STATEMENT EXECUTE FUNCTION crmdata_append_only()"
        )
        return
    refuse = "SELECT RAISE(ABORT, 'append-only: agreement');"
    op.execute(
        f"CREATE TRIGGER append_only_agreement_delete BEFORE DELETE ON agreement BEGIN {refuse} END"
    )
    op.execute(
        "CREATE TRIGGER append_only_agreement_replace BEFORE INSERT ON agreement "
        f"WHEN EXISTS (SELECT 1 FROM agreement WHERE seq = NEW.seq) BEGIN {refuse} END"
    )
    migration("0010").guard_sqlite("agreement", "seq", ("text",), others, salted=False)
