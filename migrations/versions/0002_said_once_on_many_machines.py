"""What many machines and restored copies need: troubles on lanes, allowances, restorations, a quicker outbox.

Revision 0002, after 0001.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

UNSENT = sa.text("state IN ('ready', 'sending', 'unknown')")


def upgrade() -> None:
    """Go forward."""
    op.add_column("lane", sa.Column("error", sa.String(), nullable=False, server_default=""))
    op.add_column("lane", sa.Column("error_since", instant(), nullable=True))
    op.add_column("lane", sa.Column("told_at", instant(), nullable=True))
    op.drop_index("ix_outbox_lane_state", "outbox")
    op.create_index(
        "ix_outbox_unsent", "outbox", ["lane", "id"], sqlite_where=UNSENT, postgresql_where=UNSENT
    )
    op.create_table(
        "allowance",
        sa.Column("party", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("spent_until", instant(), nullable=False),
        sa.Column("paused_until", instant(), nullable=False),
    )
    op.create_table(
        "restoration",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("copied_at", instant(), nullable=False),
        sa.Column("restored_at", instant(), nullable=False),
    )
    op.create_table(
        "enteredplan",
        sa.Column("agreement", sa.String(), primary_key=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("at", instant(), nullable=False),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("enteredplan")
    op.drop_table("restoration")
    op.drop_table("allowance")
    op.drop_index("ix_outbox_unsent", "outbox")
    op.create_index("ix_outbox_lane_state", "outbox", ["lane", "state"])
    for column in ("told_at", "error_since", "error"):
        op.drop_column("lane", column)


def instant() -> sa.DateTime:
    """An aware instant."""
    return sa.DateTime(timezone=True)
