"""Meetings: candidate times, agreements, minutes, actions, and what was said of meetings in the field.

Revision 0005, after 0004.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, word

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    _meeting()
    _dates()
    _records()


def _meeting() -> None:
    op.create_table(
        "meeting",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("proposed_by", "person.id"),
        *instants("proposed_at"),
        refers("channel_id", "channel.channel_id"),
        *texts("scope", "title", "purposes", "confirmed"),
        word("format", "meetingformat", "in_person", "online", "hybrid"),
        *texts("venue"),
        *numbers("length"),
        *texts("zone"),
        word("status", "meetingstatus", "proposed", "fixed", "moving", "closed", "cancelled"),
        *numbers("round", "sequence"),
        *instants("starts_at", nullable=True),
        *days("held_on", nullable=True),
        *texts("reason"),
        refers("ended_by", "person.id", nullable=True),
        *instants("ended_at", nullable=True),
        sa.UniqueConstraint("year", "seq"),
    )
    index("meeting", "scope")
    index("meeting", "status")


def _dates() -> None:
    op.create_table(
        "meetinground",
        refers("meeting_id", "meeting.id", primary_key=True),
        sa.Column("round", sa.Integer(), primary_key=True),
        refers("opened_by", "person.id"),
        *instants("opened_at"),
        *texts("reason"),
        *instants("starts_at", nullable=True),
        refers("fixed_by", "person.id", nullable=True),
        *instants("fixed_at", nullable=True),
    )
    op.create_table(
        "meetingslot",
        number(),
        refers("meeting_id", "meeting.id"),
        *numbers("round"),
        *instants("starts_at"),
        sa.UniqueConstraint("meeting_id", "round", "starts_at"),
    )
    index("meetingslot", "meeting_id")
    op.create_table(
        "slotanswer",
        refers("slot_id", "meetingslot.id", primary_key=True),
        refers("person_id", "person.id", primary_key=True),
        word("answer", "availability", "yes", "if_need_be", "no"),
        *instants("at"),
    )
    op.create_table(
        "meetingagreement",
        refers("meeting_id", "meeting.id", primary_key=True),
        sa.Column("round", sa.Integer(), primary_key=True),
        sa.Column("party", sa.String(), primary_key=True),
        refers("slot_id", "meetingslot.id"),
        *texts("purposes"),
        refers("person_id", "person.id"),
        *instants("at"),
    )


def _records() -> None:
    op.create_table(
        "meetingminutes",
        number(),
        refers("meeting_id", "meeting.id"),
        *numbers("version"),
        *texts("party"),
        refers("written_by", "person.id"),
        *instants("written_at"),
        *days("held_on"),
        *texts("present_own", "present_other", "summary", "decisions", "actions"),
        *days("next_on", nullable=True),
        *texts("no_next"),
        word("status", "minutesstatus", "proposed", "returned", "confirmed"),
        *texts("correction"),
        refers("answered_by", "person.id", nullable=True),
        *instants("answered_at", nullable=True),
        sa.UniqueConstraint("meeting_id", "version"),
    )
    op.create_table(
        "meetingaction",
        number(),
        *numbers("year", "seq"),
        refers("meeting_id", "meeting.id"),
        *texts("party", "owner"),
        refers("owner_id", "person.id", nullable=True),
        *texts("text"),
        *days("due_on"),
        word("status", "actionstatus", "open", "done", "dropped"),
        *texts("note"),
        refers("closed_by", "person.id", nullable=True),
        *instants("closed_at", nullable=True),
        sa.UniqueConstraint("year", "seq"),
    )
    index("meetingaction", "meeting_id")
    index("meetingaction", "status")
    op.create_table(
        "fieldalert",
        sa.Column("scope", sa.String(), primary_key=True),
        sa.Column("year_ends", sa.Date(), primary_key=True),
        sa.Column("step", sa.String(), primary_key=True),
        *instants("said_at"),
    )


def downgrade() -> None:
    """Go back."""
    for table in (
        "fieldalert",
        "meetingaction",
        "meetingminutes",
        "meetingagreement",
        "slotanswer",
        "meetingslot",
        "meetinground",
        "meeting",
    ):
        op.drop_table(table)
