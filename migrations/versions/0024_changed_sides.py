"""Whoever goes over to the other party is somebody new there.

Revision 0024, after 0021.
"""

from collections.abc import Sequence

from alembic import op

from bot.columns import numbers

revision: str = "0024"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    for column in numbers("moved_from", nullable=True):
        op.add_column("person", column)


def downgrade() -> None:
    """Go back."""
    op.drop_column("person", "moved_from")
