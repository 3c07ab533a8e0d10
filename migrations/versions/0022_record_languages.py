"""A record may be made in several languages under one number.

Revision 0022, after 0021.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import set_aside

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = "uq_record_party_year_seq"
AFTER = "uq_record_party_year_seq_language"
REFERRING = ("outbox",)


def upgrade() -> None:
    """Go forward: the records of before are in the language of their case."""
    with set_aside(*REFERRING):
        with op.batch_alter_table("record") as table:
            table.add_column(sa.Column("language", sa.String(), nullable=False, server_default="en"))
            table.drop_constraint(op.f(BEFORE), type_="unique")
            table.create_unique_constraint(op.f(AFTER), ["party", "year", "seq", "language"])
        with op.batch_alter_table("record") as table:
            table.alter_column("language", server_default=None)
    op.execute(
        "UPDATE record SET language = (SELECT language FROM emblemlanguage"
        " WHERE record.subject = 'emblem:' || request_id)"
        " WHERE EXISTS (SELECT 1 FROM emblemlanguage WHERE record.subject = 'emblem:' || request_id)"
    )


def downgrade() -> None:
    """Go back: what is not in the first language of its number has no place any more."""
    op.execute(
        "UPDATE outbox SET record_id = NULL WHERE record_id IN (SELECT record.id FROM record JOIN record AS first"
        " ON first.party = record.party AND first.year = record.year AND first.seq = record.seq"
        " AND first.id < record.id)"
    )
    op.execute(
        "DELETE FROM record WHERE EXISTS (SELECT 1 FROM record AS first WHERE first.party = record.party"
        " AND first.year = record.year AND first.seq = record.seq AND first.id < record.id)"
    )
    with set_aside(*REFERRING), op.batch_alter_table("record") as table:
        table.drop_constraint(op.f(AFTER), type_="unique")
        table.create_unique_constraint(op.f(BEFORE), ["party", "year", "seq"])
        table.drop_column("language")
