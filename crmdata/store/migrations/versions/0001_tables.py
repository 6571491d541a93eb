"""Tables of plan, reports, cooperation and audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("activity", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("activity", name=op.f("pk_activity")),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("imported_at", sa.String(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("file_sha256", name=op.f("uq_batch_file_sha256")),
    )
    op.create_table(
        "country",
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("member", sa.Boolean(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("tile_row", sa.Integer(), nullable=True),
        sa.Column("tile_column", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("country", name=op.f("pk_country")),
    )
    op.create_table(
        "partner",
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("acronym_en", sa.String(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("partner", name=op.f("pk_partner")),
    )
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("loaded_at", sa.String(), nullable=False),
        sa.Column("loaded_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("period_from", sa.Integer(), nullable=False),
        sa.Column("period_to", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("short_title", sa.String(), nullable=False),
        sa.Column("short_title_en", sa.String(), nullable=False),
        sa.Column("objective", sa.String(), nullable=False),
        sa.Column("objective_en", sa.String(), nullable=False),
        sa.Column("principle", sa.String(), nullable=False),
        sa.Column("principle_en", sa.String(), nullable=False),
        sa.Column("footnote", sa.String(), nullable=False),
        sa.Column("footnote_en", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
    )
    op.create_table(
        "semester",
        sa.Column("semester", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("semester", name=op.f("pk_semester")),
    )
    op.create_table(
        "store",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('real', 'demostracion')", name=op.f("ck_store_kind")),
        sa.CheckConstraint("id = 1", name=op.f("ck_store_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store")),
    )
    op.create_table(
        "axis",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("axis", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("objective", sa.String(), nullable=False),
        sa.Column("objective_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_axis_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "axis", name=op.f("pk_axis")),
    )
    op.create_table(
        "cooperation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(), nullable=True),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("semester_from", sa.String(), nullable=False),
        sa.Column("semester_to", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "modality IN ('tecnica', 'financiera', 'capacitacion', 'comunicacion')",
            name=op.f("ck_cooperation_modality"),
        ),
        sa.CheckConstraint(
            "partner IS NOT NULL OR state = 'solicitada'",
            name=op.f("ck_cooperation_partner_or_request"),
        ),
        sa.CheckConstraint(
            "state IN ('solicitada', 'ofrecida', 'en_curso', 'concluida', 'cancelada')",
            name=op.f("ck_cooperation_state"),
        ),
        sa.CheckConstraint("semester_from <= semester_to", name=op.f("ck_cooperation_period")),
        sa.ForeignKeyConstraint(
            ["activity"], ["activity.activity"], name=op.f("fk_cooperation_activity")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_cooperation_batch_id")),
        sa.ForeignKeyConstraint(
            ["partner"], ["partner.partner"], name=op.f("fk_cooperation_partner")
        ),
        sa.ForeignKeyConstraint(
            ["semester_from"], ["semester.semester"], name=op.f("fk_cooperation_semester_from")
        ),
        sa.ForeignKeyConstraint(
            ["semester_to"], ["semester.semester"], name=op.f("fk_cooperation_semester_to")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cooperation")),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("corte", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_meeting_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("batch_id", "meeting", name=op.f("uq_meeting_batch_id_meeting")),
    )
    op.create_table(
        "plan_change",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('added', 'withdrawn', 'reworded', 'rescheduled')",
            name=op.f("ck_plan_change_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_plan_change_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_plan_change")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("semester", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("percent", sa.Float(), nullable=True),
        sa.Column("narrative", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(state = 'no_iniciada' AND percent IS NOT NULL AND percent = 0) OR (state = 'cumplida' AND percent IS NOT NULL AND percent = 100) OR (state IN ('en_curso', 'suspendida') AND percent IS NOT NULL) OR (state = 'no_aplica' AND percent IS NULL)",
            name=op.f("ck_report_percent_of_state"),
        ),
        sa.CheckConstraint(
            "state IN ('no_iniciada', 'en_curso', 'cumplida', 'suspendida', 'no_aplica')",
            name=op.f("ck_report_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('suspendida', 'no_aplica') OR reason <> ''",
            name=op.f("ck_report_reason_of_state"),
        ),
        sa.CheckConstraint(
            "percent IS NULL OR percent BETWEEN 0 AND 100", name=op.f("ck_report_percent")
        ),
        sa.ForeignKeyConstraint(
            ["activity"], ["activity.activity"], name=op.f("fk_report_activity")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_report_batch_id")),
        sa.ForeignKeyConstraint(["country"], ["country.country"], name=op.f("fk_report_country")),
        sa.ForeignKeyConstraint(
            ["semester"], ["semester.semester"], name=op.f("fk_report_semester")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint(
            "batch_id",
            "country",
            "activity",
            "semester",
            "reported_on",
            name=op.f("uq_report_batch_id_country_activity_semester_reported_on"),
        ),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_country_activity_semester_reported_on_id"),
            ["country", "activity", "semester", "reported_on", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_report_reported_on"), ["reported_on"], unique=False)

    op.create_table(
        "cooperation_country",
        sa.Column("cooperation_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperation_id"],
            ["cooperation.id"],
            name=op.f("fk_cooperation_country_cooperation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["country"], ["country.country"], name=op.f("fk_cooperation_country_country")
        ),
        sa.PrimaryKeyConstraint("cooperation_id", "country", name=op.f("pk_cooperation_country")),
    )
    op.create_table(
        "line",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("axis", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "axis"],
            ["axis.version_id", "axis.axis"],
            name=op.f("fk_line_version_id_axis"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_line_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "line", name=op.f("pk_line")),
    )
    op.create_table(
        "report_partner",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner"], ["partner.partner"], name=op.f("fk_report_partner_partner")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_partner_report_id")
        ),
        sa.PrimaryKeyConstraint("report_id", "partner", name=op.f("pk_report_partner")),
    )
    op.create_table(
        "result",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "line"],
            ["line.version_id", "line.line"],
            name=op.f("fk_result_version_id_line"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_result_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "result", name=op.f("pk_result")),
    )
    op.create_table(
        "planned_activity",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("responsible_en", sa.String(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("note_en", sa.String(), nullable=False),
        sa.CheckConstraint(
            "reading IN ('exact', 'inferred', 'shared')", name=op.f("ck_planned_activity_reading")
        ),
        sa.ForeignKeyConstraint(
            ["activity"], ["activity.activity"], name=op.f("fk_planned_activity_activity")
        ),
        sa.ForeignKeyConstraint(
            ["version_id", "result"],
            ["result.version_id", "result.result"],
            name=op.f("fk_planned_activity_version_id_result"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_planned_activity_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "activity", name=op.f("pk_planned_activity")),
    )
    op.create_table(
        "mark",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('continuous', 'both', 'first', 'second', 'first_quarter', 'undefined')",
            name=op.f("ck_mark_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id", "activity"],
            ["planned_activity.version_id", "planned_activity.activity"],
            name=op.f("fk_mark_version_id_activity"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_mark_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "activity", "year", name=op.f("pk_mark")),
    )
    op.create_table(
        "plan_mention",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner"], ["partner.partner"], name=op.f("fk_plan_mention_partner")
        ),
        sa.ForeignKeyConstraint(
            ["version_id", "activity"],
            ["planned_activity.version_id", "planned_activity.activity"],
            name=op.f("fk_plan_mention_version_id_activity"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_plan_mention_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "partner", "activity", name=op.f("pk_plan_mention")),
    )
    op.create_table(
        "slot",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("semester", sa.String(), nullable=False),
        sa.Column("quarter", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["semester"], ["semester.semester"], name=op.f("fk_slot_semester")),
        sa.ForeignKeyConstraint(
            ["version_id", "activity"],
            ["planned_activity.version_id", "planned_activity.activity"],
            name=op.f("fk_slot_version_id_activity"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_slot_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "activity", "semester", name=op.f("pk_slot")),
    )


def downgrade() -> None:
    op.drop_table("slot")
    op.drop_table("plan_mention")
    op.drop_table("mark")
    op.drop_table("planned_activity")
    op.drop_table("result")
    op.drop_table("report_partner")
    op.drop_table("line")
    op.drop_table("cooperation_country")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_reported_on"))
        batch_op.drop_index(batch_op.f("ix_report_country_activity_semester_reported_on_id"))

    op.drop_table("report")
    op.drop_table("plan_change")
    op.drop_table("meeting")
    op.drop_table("cooperation")
    op.drop_table("axis")
    op.drop_table("store")
    op.drop_table("semester")
    op.drop_table("plan_version")
    op.drop_table("partner")
    op.drop_table("country")
    op.drop_table("batch")
    op.drop_table("audit")
    op.drop_table("activity")
