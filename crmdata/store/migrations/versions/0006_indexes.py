"""Indexes by which the reports in force are found, however many corrections lie behind them."""

from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None

SLOT = ["country", "activity", "semester", "reported_on", "id"]


def upgrade() -> None:
    op.drop_index("ix_report_country_activity_semester_reported_on_id", table_name="report")
    op.drop_index("ix_report_reported_on", table_name="report")
    for columns in ([*SLOT, "batch_id"], ["reported_on", "id", "batch_id"], ["activity"]):
        op.create_index(f"ix_report_{'_'.join(columns)}", "report", columns)


def downgrade() -> None:
    for columns in ([*SLOT, "batch_id"], ["reported_on", "id", "batch_id"], ["activity"]):
        op.drop_index(f"ix_report_{'_'.join(columns)}", table_name="report")
    op.create_index("ix_report_country_activity_semester_reported_on_id", "report", SLOT)
    op.create_index("ix_report_reported_on", "report", ["reported_on"])
