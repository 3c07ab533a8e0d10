"""The archive packs that are made once the Agreement has ended are kept.

Revision 0023, after 0022.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, instants, number, numbers, refers, texts

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "archive_pack",
        number(),
        *texts("agreement", "reader"),
        *days("ends_on"),
        refers("file_id", "storedfile.id", nullable=True),
        *texts("name"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        *texts("sha256", "seal"),
        *numbers("last_line"),
        *instants("made_at"),
        sa.UniqueConstraint("agreement", "reader", "ends_on"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("archive_pack")
