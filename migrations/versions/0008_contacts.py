"""Contacts and field offices: designations, vacancies, confirmations, topics, and who was told of the Agreement.

Revision 0008, after 0007.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, word

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ROLES = (
    "contact_point",
    "alternate",
    "field_focal_point",
    "emblem_approver",
    "communications",
    "legal",
    "signatory",
    "data_steward",
    "administrator",
)


def upgrade() -> None:
    """Go forward."""
    for column in days("valid_from", "valid_until", nullable=True):
        op.add_column("mandate", column)
    _designations()
    _offices_told()
    op.create_table(
        "vacancy",
        number(),
        *texts("party"),
        *days("since", "others_on"),
        *instants("own_told_at"),
        *instants("others_told_at", nullable=True),
        *days("closed_on", nullable=True),
        sa.UniqueConstraint("party", "since"),
    )


def _designations() -> None:
    op.create_table(
        "designation",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("person_id", "person.id"),
        word("role", "role", *ROLES),
        *texts("office"),
        *days("valid_from"),
        *days("valid_until", nullable=True),
        *texts("message"),
        refers("by_id", "person.id"),
        *instants("at"),
        refers("ended_by", "person.id", nullable=True),
        *instants("ended_at", nullable=True),
        *texts("end_note"),
        sa.UniqueConstraint("year", "seq"),
    )
    index("designation", "person_id")
    op.create_table(
        "contactconfirmation",
        refers("occurrence_id", "occurrence.id", primary_key=True),
        sa.Column("party", sa.String(), primary_key=True),
        refers("person_id", "person.id"),
        *instants("at"),
        *texts("people"),
    )
    op.create_table(
        "contacttopic",
        number(),
        refers("person_id", "person.id"),
        *texts("topic"),
        sa.UniqueConstraint("person_id", "topic"),
    )
    index("contacttopic", "person_id")


def _offices_told() -> None:
    op.create_table(
        "distribution",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("office_id", "office.id"),
        *texts("head", "head_since", "language", "note"),
        refers("sent_by", "person.id"),
        *instants("sent_at"),
        word("status", "distributionstatus", "sent", "acknowledged"),
        refers("acknowledged_by", "person.id", nullable=True),
        *instants("acknowledged_at", nullable=True),
        *texts("acknowledger", "evidence"),
        sa.UniqueConstraint("year", "seq"),
        sa.UniqueConstraint("office_id", "head", "head_since"),
    )


def downgrade() -> None:
    """Go back."""
    for table in ("distribution", "contacttopic", "contactconfirmation", "designation", "vacancy"):
        op.drop_table(table)
    with op.batch_alter_table("mandate") as mandate:
        mandate.drop_column("valid_until")
        mandate.drop_column("valid_from")
