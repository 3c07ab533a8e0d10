"""What is planned or under way, to be compared with what is new.

Revision 0004, after 0003.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, refers, texts, word

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "activity",
        number(),
        *texts("subject", "clause", "number", "title", "party", "scope", "area"),
        *days("starts_on"),
        *days("ends_on", nullable=True),
        refers("taken_in_by", "person.id"),
        *instants("taken_in_at"),
        word("relation", "relation", "joint", "complementary", "separate", nullable=True),
        *texts("relation_note"),
        refers("related_by", "person.id", nullable=True),
        *instants("related_at", nullable=True),
        *texts("channels", "channels_note", "framework"),
        refers("considered_by", "person.id", nullable=True),
        *instants("considered_at", nullable=True),
        sa.UniqueConstraint("subject"),
    )
    index("activity", "scope")


def downgrade() -> None:
    """Go back."""
    op.drop_table("activity")
