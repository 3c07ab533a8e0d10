"""Documents offered, report series, arrangements that protect information, and what travels under them.

Revision 0010, after 0009.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, word

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    _series()
    _documents()
    _arrangements()
    _restricted()


def _series() -> None:
    op.create_table(
        "reportseries",
        number(),
        *texts("party", "title", "every"),
        *numbers("month"),
        *texts("languages"),
        *days("awaited_on"),
        *days("ended_on", nullable=True),
        refers("kept_by", "person.id"),
        *instants("kept_at"),
        sa.UniqueConstraint("party", "title"),
    )
    index("reportseries", "party")


def _documents() -> None:
    op.create_table(
        "document",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("author_id", "person.id"),
        refers("channel_id", "channel.channel_id"),
        refers("series_id", "reportseries.id", nullable=True),
        *texts("title", "issue", "languages"),
        *days("published_on", "offered_on"),
        *instants("offered_at"),
        *numbers("days_after"),
        word("classification", "classification", "public", "shareable", "restricted", "confidential"),
        *texts("link"),
        refers("file_id", "storedfile.id", nullable=True),
        word("status", "exchangestatus", "shared", "acknowledged"),
        refers("acknowledged_by", "person.id", nullable=True),
        *instants("acknowledged_at", nullable=True),
        *numbers("nudges"),
        *days("nudge_on", nullable=True),
        sa.UniqueConstraint("year", "seq"),
    )
    index("document", "series_id")
    index("document", "nudge_on")


def _arrangements() -> None:
    op.create_table(
        "arrangement",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("recorded_by", "person.id"),
        *instants("recorded_at"),
        *texts("title", "bound", "protects"),
        *days("from_on"),
        *days("until_on", nullable=True),
        *texts("reference"),
        refers("file_id", "storedfile.id", nullable=True),
        word("status", "arrangementstatus", "recorded", "confirmed"),
        refers("confirmed_by", "person.id", nullable=True),
        *instants("confirmed_at", nullable=True),
        sa.UniqueConstraint("year", "seq"),
    )


def _restricted() -> None:
    op.create_table(
        "restricted",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("author_id", "person.id"),
        *instants("sent_at"),
        refers("arrangement_id", "arrangement.id"),
        word("onward", "onwardrule", "nobody", "with_consent", "need_to_know"),
        *days("retention_until"),
        *texts("title", "text", "sha256"),
        *instants("purged_at", nullable=True),
        sa.UniqueConstraint("year", "seq"),
    )
    index("restricted", "author_id")
    op.create_table(
        "restrictedrecipient",
        refers("restricted_id", "restricted.id", primary_key=True),
        refers("person_id", "person.id", primary_key=True),
        *instants("first_read_at", "acknowledged_at", nullable=True),
    )
    index("restrictedrecipient", "person_id")


def downgrade() -> None:
    """Go back."""
    for table in ("restrictedrecipient", "restricted", "arrangement", "document", "reportseries"):
        op.drop_table(table)
