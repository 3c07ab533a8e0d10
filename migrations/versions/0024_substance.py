"""Whoever goes over to the other party is somebody new there; a beginning before today takes both parties.

Revision 0024, after 0023.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import instants, numbers, reword

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STANDINGS = ("preparing", "running", "closed")


def upgrade() -> None:
    """Go forward."""
    for column in numbers("moved_from", nullable=True):
        op.add_column("person", column)
    reword("jointproject", "status", "projectstatus", before=STANDINGS, after=(*STANDINGS, "stated"))
    for begun in (*numbers("begun_by", nullable=True), *instants("begun_at", nullable=True)):
        op.add_column("jointproject", begun)
    op.add_column("termination", sa.Column("counted", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Go back; what was not confirmed yet runs, as it did before."""
    op.drop_column("termination", "counted")
    op.execute("UPDATE jointproject SET status = 'running' WHERE status = 'stated'")
    op.drop_column("jointproject", "begun_at")
    op.drop_column("jointproject", "begun_by")
    reword("jointproject", "status", "projectstatus", before=(*STANDINGS, "stated"), after=STANDINGS)
    op.drop_column("person", "moved_from")
