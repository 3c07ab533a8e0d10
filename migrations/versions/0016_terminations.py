"""Notices to end the Agreement, and who agreed that they be sent, and who was handed their letters.

Revision 0016, after 0015.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, truths, word

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATUSES = (
    "draft",
    "approved_to_send",
    "sent",
    "received",
    "acknowledged",
    "effective",
    "dropped",
    "withdrawn",
    "stated",
    "denied",
    "lapsed",
)
CHANNELS = ("hand", "courier", "registered_post", "email", "other")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "termination",
        number(),
        *numbers("year", "seq"),
        *texts("party", "opener"),
        *texts("live", nullable=True),
        *numbers("public_year", "public_seq", nullable=True),
        word("status", "terminationstatus", *STATUSES),
        *numbers("version"),
        word("language", "noticelanguage", "en", "fr", "es"),
        *texts("addressee", "place", "signatory", "capacity", "reason"),
        *days("planned_on", nullable=True),
        refers("opened_by", "person.id"),
        *instants("opened_at"),
        *days("dated_on"),
        refers("dated_by", "person.id"),
        *instants("dated_at"),
        *_sent_and_received(),
        *instants("acknowledged_at", nullable=True),
        refers("acknowledged_by", "person.id", nullable=True),
        *texts("runs_from"),
        *days("starts_on", "ends_on", nullable=True),
        *_endings(),
        sa.UniqueConstraint("live"),
        sa.UniqueConstraint("opener", "year", "seq"),
        sa.UniqueConstraint("public_year", "public_seq"),
    )
    index("termination", "party")
    index("termination", "status")
    _approvals()


def _sent_and_received() -> list[sa.Column[Any]]:
    return [
        *instants("sent_at", nullable=True),
        refers("sent_by", "person.id", nullable=True),
        *instants("sent_recorded_at", nullable=True),
        word("travelled", "noticechannel", *CHANNELS, nullable=True),
        refers("file_id", "storedfile.id", nullable=True),
        *instants("received_at", nullable=True),
        refers("received_by", "person.id", nullable=True),
        *instants("received_recorded_at", nullable=True),
        *texts("received_how"),
        refers("evidence_id", "storedfile.id", nullable=True),
        *instants("stated_received_at", nullable=True),
    ]


def _endings() -> list[sa.Column[Any]]:
    return [
        *numbers("withdrawal_version"),
        refers("withdrawal_by", "person.id", nullable=True),
        *texts("withdrawal_party"),
        *instants("withdrawal_at", nullable=True),
        *texts("withdrawal_reason"),
        refers("closed_by", "person.id", nullable=True),
        *instants("closed_at", nullable=True),
        *texts("closing_note"),
    ]


def _approvals() -> None:
    op.create_table(
        "terminationapproval",
        number(),
        refers("termination_id", "termination.id"),
        *numbers("version"),
        refers("person_id", "person.id"),
        *truths("signs"),
        *instants("at"),
        sa.UniqueConstraint("termination_id", "version", "person_id"),
    )
    index("terminationapproval", "termination_id")
    op.create_table(
        "terminationletter",
        number(),
        refers("termination_id", "termination.id"),
        *numbers("version"),
        refers("person_id", "person.id"),
        *instants("at"),
        sa.UniqueConstraint("termination_id", "version", "person_id"),
    )
    index("terminationletter", "termination_id")


def downgrade() -> None:
    """Go back."""
    op.drop_table("terminationletter")
    op.drop_table("terminationapproval")
    op.drop_table("termination")
