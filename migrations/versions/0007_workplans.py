"""Workplans, their versions, items, history and adoptions (IV.5).

Revision 0007, after 0006.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, word

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PROGRESS = ("on_track", "done", "delayed", "not_funded")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "workplan",
        number(),
        *texts("scope"),
        *numbers("version"),
        word(
            "status",
            "workplanstatus",
            *("draft", "proposed", "adopted_by_one", "in_force", "replaced", "void"),
        ),
        refers("channel_id", "channel.channel_id"),
        refers("begun_by", "person.id"),
        *instants("begun_at"),
        refers("proposed_by", "person.id", nullable=True),
        *instants("proposed_at", nullable=True),
        refers("file_id", "storedfile.id", nullable=True),
        *texts("sha256"),
        *instants("in_force_at", nullable=True),
        sa.UniqueConstraint("scope", "version"),
    )
    index("workplan", "scope")
    op.create_table(
        "adoption",
        refers("workplan_id", "workplan.id", primary_key=True),
        sa.Column("party", sa.String(), nullable=False, primary_key=True),
        refers("person_id", "person.id"),
        *texts("capacity", "sha256"),
        *instants("at"),
    )
    _items()


def _items() -> None:
    op.create_table(
        "workplanitem",
        number(),
        *numbers("year", "seq"),
        *texts("scope", "title", "area", "themes", "priority", "means", "lead_party"),
        refers("lead_person_id", "person.id", nullable=True),
        *texts("partner", "constituents", "country", "indicator", "target"),
        *days("due_on", nullable=True),
        refers("maps_to", "workplanitem.id", nullable=True),
        *texts("tags"),
        word("funding", "funding", "not_said", "funded", "partly", "not_funded"),
        *texts("funding_reason"),
        word("status", "itemstatus", "planned", "under_way", "done", "not_done_resources", "dropped"),
        word("progress", "progress", *PROGRESS, nullable=True),
        refers("reported_by", "person.id", nullable=True),
        *instants("reported_at", nullable=True),
        *numbers("revision"),
        sa.UniqueConstraint("year", "seq"),
    )
    index("workplanitem", "scope")
    op.create_table(
        "itemchange",
        number(),
        refers("item_id", "workplanitem.id"),
        *instants("at"),
        refers("person_id", "person.id"),
        word("kind", "changekind", "added", "changed", "reported", "dropped", "taken_up"),
        word("progress", "progress", *PROGRESS, nullable=True),
        *texts("note", "changes"),
    )
    index("itemchange", "item_id")


def downgrade() -> None:
    """Go back."""
    for table in ("itemchange", "workplanitem", "adoption", "workplan"):
        op.drop_table(table)
