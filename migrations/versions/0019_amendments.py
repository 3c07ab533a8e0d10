"""Amendments of the Agreement: what they change, signatures, history, and due dates they take off the plan.

Revision 0019, after 0018.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, reword, texts, word

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATUSES = ("drafting", "proposed", "agreed", "signed", "in_force", "declined", "withdrawn")
DEEDS = (
    "drafted",
    "proposed",
    "revised",
    "agreed",
    "signed",
    "filed",
    "confirmed",
    "began",
    "declined",
    "withdrawn",
)
PARTS = ("words", "initial", "notice", "first", "every", "level", "steps", "basis", "repeal")
SETTLED = ("open", "met", "waived", "unknown", "not_known", "ended")


def upgrade() -> None:
    """Go forward."""
    reword("occurrence", "status", "occurrencestatus", before=SETTLED, after=(*SETTLED, "superseded"))
    op.create_table(
        "amendment",
        number(),
        *numbers("year", "seq"),
        *texts("party", "title", "purpose"),
        refers("channel_id", "channel.channel_id"),
        *days("effective_on", nullable=True),
        refers("drafted_by", "person.id"),
        *instants("drafted_at"),
        word("status", "amendmentstatus", *STATUSES),
        *numbers("version"),
        *texts("digest"),
        refers("proposed_by", "person.id", nullable=True),
        *instants("proposed_at", nullable=True),
        refers("agreed_by", "person.id", nullable=True),
        *instants("agreed_at", nullable=True),
        refers("file_id", "storedfile.id", nullable=True),
        *texts("file_by"),
        refers("confirmed_by", "person.id", nullable=True),
        *instants("confirmed_at", nullable=True),
        *days("in_force_on", nullable=True),
        *instants("told_at", nullable=True),
        sa.UniqueConstraint("year", "seq"),
    )
    index("amendment", "status")
    _parts()


def _parts() -> None:
    op.create_table(
        "amendmentchange",
        number(),
        refers("amendment_id", "amendment.id"),
        *texts("clause"),
        word("part", "changedpart", *PARTS),
        *texts("duty", "level", "present", "value", "present_words", "title", "summary", "rule"),
        sa.UniqueConstraint("amendment_id", "clause", "part", "duty", "level"),
    )
    op.create_table(
        "amendmentsignature",
        number(),
        refers("amendment_id", "amendment.id"),
        *numbers("version"),
        *texts("party", "signatory", "capacity"),
        *days("signed_on"),
        refers("recorded_by", "person.id"),
        *instants("recorded_at"),
        *numbers("revision"),
        sa.UniqueConstraint("amendment_id", "version", "party"),
    )
    op.create_table(
        "amendmentstep",
        number(),
        refers("amendment_id", "amendment.id"),
        word("deed", "amendmentdeed", *DEEDS),
        refers("by", "person.id", nullable=True),
        *instants("at"),
        *texts("note"),
    )
    for table in ("amendmentchange", "amendmentsignature", "amendmentstep"):
        index(table, "amendment_id")


def downgrade() -> None:
    """Go back."""
    for table in ("amendmentstep", "amendmentsignature", "amendmentchange", "amendment"):
        op.drop_table(table)
    op.execute("UPDATE occurrence SET status = 'not_known' WHERE status = 'superseded'")
    reword("occurrence", "status", "occurrencestatus", before=(*SETTLED, "superseded"), after=SETTLED)
