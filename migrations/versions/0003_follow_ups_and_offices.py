"""What is planned to be said of cases, and the offices of both parties.

Revision 0003, after 0002.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, texts, truths, word

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

UNSAID = sa.text("said_at IS NULL")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "followup",
        number(),
        *texts("subject", "kind"),
        *days("due_on"),
        *texts("step"),
        *days("on"),
        *instants("said_at", nullable=True),
        sa.UniqueConstraint("subject", "kind", "due_on", "step"),
    )
    index("followup", "subject")
    op.create_index("ix_followup_unsaid", "followup", ["on"], sqlite_where=UNSAID, postgresql_where=UNSAID)
    op.create_table(
        "office",
        number(),
        *texts("party", "name"),
        word("level", "level", "global", "regional", "country"),
        *texts("country", "region", "tz"),
        *truths("active"),
        *days("opened_on", "closed_on", nullable=True),
        *texts("head"),
        *days("head_since", nullable=True),
        sa.UniqueConstraint("party", "name"),
    )
    index("office", "party")


def downgrade() -> None:
    """Go back."""
    op.drop_table("office")
    op.drop_table("followup")
