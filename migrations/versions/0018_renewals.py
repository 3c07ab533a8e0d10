"""Renewal by silence, each party's decision on it, and what one party states of a date that both owe.

Revision 0018, after 0017.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, word

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CHOICES = ("let_renew", "give_notice", "undecided")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "agreementrenewal",
        sa.Column("agreement", sa.String(), primary_key=True),
        sa.Column("term_end", sa.Date(), primary_key=True),
        word("length", "renewallength", "unspecified", "same_term", "n_years", "evergreen"),
        *days("ends_on", "notice_ends_on", nullable=True),
        *instants("recorded_at"),
    )
    op.create_table(
        "renewalroom",
        number(),
        *texts("agreement"),
        *days("term_end"),
        *texts("party"),
        word("status", "renewalstatus", "open", "prepared", "decided", "ready", "released", "disclosed"),
        *numbers("version"),
        word("choice", "renewalchoice", *CHOICES, nullable=True),
        *texts("reasons"),
        refers("decided_by", "person.id", nullable=True),
        *instants("decided_at", "shown_at", nullable=True),
        sa.UniqueConstraint("agreement", "term_end", "party"),
    )
    index("renewalroom", "party")
    op.create_table(
        "renewalstep",
        number(),
        refers("room_id", "renewalroom.id"),
        word("deed", "renewaldeed", "prepared", "decided", "released", "taken_back", "shown"),
        word("choice", "renewalchoice", *CHOICES, nullable=True),
        *texts("reasons"),
        refers("by", "person.id", nullable=True),
        *instants("at"),
    )
    index("renewalstep", "room_id")
    _statements()


def _statements() -> None:
    op.create_table(
        "settlementstatement",
        number(),
        refers("occurrence_id", "occurrence.id"),
        word("outcome", "statedoutcome", "met", "not_known"),
        *days("met_on", nullable=True),
        *texts("evidence", "note", "party"),
        refers("stated_by", "person.id"),
        *instants("stated_at"),
        word("status", "statementstatus", "waiting", "confirmed", "disputed", "overtaken"),
        refers("answered_by", "person.id", nullable=True),
        *instants("answered_at", nullable=True),
        *texts("reason"),
    )
    index("settlementstatement", "occurrence_id")
    waiting = sa.text("status = 'waiting'")
    op.create_index(
        "ix_settlementstatement_waiting",
        "settlementstatement",
        ["occurrence_id"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def downgrade() -> None:
    """Go back."""
    for table in ("settlementstatement", "renewalstep", "renewalroom", "agreementrenewal"):
        op.drop_table(table)
