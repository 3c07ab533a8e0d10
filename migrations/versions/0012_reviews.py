"""The dossiers of general reviews, what both parties write in them, and their sign-offs.

Revision 0012, after 0011.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, truths, word

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SECTIONS = (
    "exchanges",
    "meetings",
    "workplan",
    "contacts",
    "permissions",
    "communications",
    "instruments",
    "prospects",
    "difficulties",
    "adjustments",
)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "review",
        number(),
        *numbers("year", "seq"),
        *texts("agreement"),
        *days("window_opens", "window_closes"),
        refers("channel_id", "channel.channel_id"),
        refers("opened_by", "person.id", nullable=True),
        *instants("opened_at"),
        word("status", "reviewstatus", "preparing", "signed"),
        *days("day", nullable=True),
        *texts("day_party"),
        *truths("day_agreed"),
        *days("held_on", nullable=True),
        *numbers("revision"),
        refers("changed_by", "person.id", nullable=True),
        *instants("changed_at", nullable=True),
        *texts("version", "content"),
        *instants("signed_at", nullable=True),
        refers("dossier_by", "person.id", nullable=True),
        *instants("dossier_at", nullable=True),
        sa.UniqueConstraint("year", "seq"),
        sa.UniqueConstraint("agreement", "window_opens"),
    )
    op.create_table(
        "reviewcontribution",
        number(),
        refers("review_id", "review.id"),
        word("section", "reviewsection", *SECTIONS),
        *texts("party"),
        refers("contributor_id", "person.id", nullable=True),
        *texts("text"),
        *numbers("revision"),
        refers("written_by", "person.id", nullable=True),
        *instants("written_at", nullable=True),
        refers("submitted_by", "person.id", nullable=True),
        *instants("submitted_at", nullable=True),
        sa.UniqueConstraint("review_id", "section", "party"),
    )
    index("reviewcontribution", "review_id")
    op.create_table(
        "reviewsignature",
        number(),
        refers("review_id", "review.id"),
        *texts("party"),
        refers("person_id", "person.id"),
        *texts("version"),
        *instants("at"),
        sa.UniqueConstraint("review_id", "party"),
    )


def downgrade() -> None:
    """Go back."""
    for table in ("reviewsignature", "reviewcontribution", "review"):
        op.drop_table(table)
