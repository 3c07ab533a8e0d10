"""Invitations to each other's meetings, and the instruments between the parties.

Revision 0006, after 0005.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, word

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATUSES = ("announced", "of_interest", "not_of_interest", "issued", "cancelled", "held")
DEEDS = (
    "announced",
    "found_of_interest",
    "found_of_none",
    "issued",
    "accepted",
    "tentative",
    "declined",
    "postponed",
    "cancelled",
    "attendance_recorded",
)
INSTRUMENT_STATUSES = ("drafting", "signed", "in_force", "ended", "terminated", "replaced", "withdrawn")
INSTRUMENT_DEEDS = (
    "entered",
    "corrected",
    "signed",
    "filed",
    "confirmed",
    "began",
    "ending_proposed",
    "ending_dropped",
    "ending_confirmed",
    "closed",
    "withdrawn",
)


def upgrade() -> None:
    """Go forward."""
    _invitations()
    _instruments()


def _invitations() -> None:
    op.create_table(
        "invitation",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("entered_by", "person.id"),
        *instants("entered_at"),
        refers("channel_id", "channel.channel_id"),
        *texts("title", "convenor", "place", "topic", "rule"),
        *days("starts_on", "ends_on"),
        *days("register_by", "reply_by", nullable=True),
        word("status", "invitationstatus", *STATUSES),
        sa.Column("of_interest", sa.Boolean(), nullable=True),
        *texts("interest_reason", "signed_by", "reference"),
        refers("letter_file_id", "storedfile.id", nullable=True),
        *instants("issued_at", nullable=True),
        word("reply", "invitationreply", "accepted", "tentative", "declined", nullable=True),
        *numbers("replies", "moves"),
        *texts("delegates", "reply_reason", "attended", "attendance_note"),
        sa.UniqueConstraint("year", "seq"),
    )
    index("invitation", "party")
    index("invitation", "status")
    op.create_table(
        "invitationstep",
        number(),
        refers("invitation_id", "invitation.id"),
        word("deed", "invitationdeed", *DEEDS),
        refers("by", "person.id"),
        *instants("at"),
        *texts("note"),
        *days("starts_on", "ends_on"),
    )
    index("invitationstep", "invitation_id")


def _instruments() -> None:
    op.create_table(
        "instrument",
        number(),
        *numbers("year", "seq"),
        word("kind", "instrumentkind", "supplementary", "project", "other"),
        *texts("title", "scope"),
        refers("channel_id", "channel.channel_id"),
        *texts("reference", "notice", "kept_at", "stated_by"),
        *days("effective_on", "ends_on", "review_on", nullable=True),
        refers("file_id", "storedfile.id", nullable=True),
        refers("entered_by", "person.id"),
        *instants("entered_at"),
        word("status", "instrumentstatus", *INSTRUMENT_STATUSES),
        *numbers("version"),
        refers("confirmed_by", "person.id", nullable=True),
        *instants("confirmed_at", nullable=True),
        word("ending", "instrumentending", "terminated", "replaced", nullable=True),
        *days("ending_on", "closed_on", nullable=True),
        *texts("ending_note", "replaced_by", "ending_by"),
        refers("ending_confirmed_by", "person.id", nullable=True),
        sa.UniqueConstraint("year", "seq"),
    )
    index("instrument", "status")
    op.create_table(
        "instrumentsignature",
        number(),
        refers("instrument_id", "instrument.id"),
        *texts("party", "signatory", "capacity"),
        *days("signed_on"),
        refers("recorded_by", "person.id"),
        *instants("recorded_at"),
        *numbers("revision"),
        sa.UniqueConstraint("instrument_id", "party"),
    )
    index("instrumentsignature", "instrument_id")
    op.create_table(
        "instrumentstep",
        number(),
        refers("instrument_id", "instrument.id"),
        word("deed", "instrumentdeed", *INSTRUMENT_DEEDS),
        refers("by", "person.id", nullable=True),
        *instants("at"),
        *texts("note"),
    )
    index("instrumentstep", "instrument_id")


def downgrade() -> None:
    """Go back."""
    op.drop_table("instrumentstep")
    op.drop_table("instrumentsignature")
    op.drop_table("instrument")
    op.drop_table("invitationstep")
    op.drop_table("invitation")
