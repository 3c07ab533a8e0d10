"""An amendment brings new clauses, and a new agreement may replace this one.

Revision 0025, after 0024.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import reword

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = ("supplementary", "project", "other")
PARTS = ("words", "initial", "notice", "first", "every", "level", "steps", "basis", "repeal")


def upgrade() -> None:
    """Go forward."""
    reword("amendmentchange", "part", "changedpart", before=PARTS, after=(*PARTS, "new"))
    reword("instrument", "kind", "instrumentkind", before=KINDS, after=(*KINDS, "replacement"))
    with op.batch_alter_table("agreementend") as table:
        table.alter_column("notice_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("instrument_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back; an end by a new agreement is not known there."""
    op.execute("DELETE FROM agreementend WHERE notice_id IS NULL")
    op.execute("UPDATE instrument SET kind = 'other' WHERE kind = 'replacement'")
    op.execute("DELETE FROM amendmentchange WHERE part = 'new'")
    with op.batch_alter_table("agreementend") as table:
        table.drop_column("instrument_id")
        table.alter_column("notice_id", existing_type=sa.Integer(), nullable=False)
    reword("instrument", "kind", "instrumentkind", before=(*KINDS, "replacement"), after=KINDS)
    reword("amendmentchange", "part", "changedpart", before=(*PARTS, "new"), after=PARTS)
