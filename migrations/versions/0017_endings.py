"""What the end of the Agreement closed, and due dates that its end made void.

Revision 0017, after 0016.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import index, instants, number, numbers, reword, texts, word

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ROUTINES = (
    "ledger",
    "exchanges",
    "documents",
    "consultations",
    "projects",
    "meetings",
    "actions",
    "invitations",
    "workplans",
    "items",
    "emblems",
    "communications",
    "event_notes",
    "reviews",
    "matters",
    "tellings",
    "leads",
    "emblem_drafts",
    "formulas",
    "amendments",
    "notices",
)
STANDINGS = ("open", "met", "waived", "unknown", "not_known")


def upgrade() -> None:
    """Go forward."""
    reword("occurrence", "status", "occurrencestatus", before=STANDINGS, after=(*STANDINGS, "ended"))
    op.create_table(
        "closedcase",
        number(),
        *texts("agreement"),
        word("routine", "routine", *ROUTINES),
        *texts("subject", "number", "title", "clause", "kept_to"),
        *numbers("count"),
        *instants("closed_at"),
        sa.UniqueConstraint("agreement", "subject"),
    )
    index("closedcase", "subject")


def downgrade() -> None:
    """Go back."""
    op.drop_table("closedcase")
    reword("occurrence", "status", "occurrencestatus", before=(*STANDINGS, "ended"), after=STANDINGS)
