"""The logins that are open: one that stands in no row has ended, whatever its cookie says.

They are nobody's record: going down and up again ends them, and people log in anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "open_login",
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("ends_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_open_login")),
    )


def downgrade() -> None:
    op.drop_table("open_login")
