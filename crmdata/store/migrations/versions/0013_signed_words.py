"""The names and words of the plan are signed: an upgrade to here signs those that stand.

No table changes. What an earlier version loads from here on would stay unsigned, so it is refused.
"""

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing: every upgrade signs what is not signed yet."""


def downgrade() -> None:
    """Change nothing."""
