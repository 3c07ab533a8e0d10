"""Whether the Agreement is in force: the end that a notice on record brings.

Revision 0013, after 0012.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, numbers

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "agreementend",
        sa.Column("agreement", sa.String(), primary_key=True),
        *days("ends_on"),
        *numbers("notice_id"),
        *instants("recorded_at"),
        *instants("closed_at", nullable=True),
    )
    index("agreementend", "notice_id")


def downgrade() -> None:
    """Go back."""
    op.drop_table("agreementend")
