"""Replies on record, matters noted, joint projects with their lines, digests and consultations.

Revision 0009, after 0008.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, word

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ONWARD = ("both_organizations", "concerned", "published")


def upgrade() -> None:
    """Go forward."""
    _exchanges()
    _matters()
    _projects()
    _consultations()


def _exchanges() -> None:
    # What was shared before had no such rule: it was for both parties, as its classification said.
    onward = sa.Enum(*ONWARD, name="onward", native_enum=False, create_constraint=True, length=32)
    with op.batch_alter_table("exchange") as table:
        table.add_column(sa.Column("onward", onward, nullable=False, server_default="both_organizations"))
        table.add_column(sa.Column("arose_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("days_late", sa.Integer(), nullable=True))
    op.create_table(
        "reply",
        number(),
        refers("exchange_id", "exchange.id"),
        *numbers("seq"),
        *texts("party"),
        refers("speaker_id", "person.id"),
        refers("added_by", "person.id"),
        *instants("added_at"),
        *texts("text"),
        sa.UniqueConstraint("exchange_id", "seq"),
    )
    index("reply", "exchange_id")
    op.create_table(
        "digest",
        refers("channel_id", "channel.channel_id", primary_key=True),
        sa.Column("due_on", sa.Date(), primary_key=True),
        *instants("said_at"),
    )


def _matters() -> None:
    op.create_table(
        "notedmatter",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("author_id", "person.id"),
        refers("channel_id", "channel.channel_id"),
        *texts("title", "area"),
        *days("arose_on", "share_by"),
        *instants("noted_at"),
        word("status", "matterstatus", "open", "shared", "withheld"),
        word("withheld", "withheld", "own_rules", "confidential", "nothing_in_it", nullable=True),
        *texts("note"),
        refers("closed_by", "person.id", nullable=True),
        *instants("closed_at", nullable=True),
        refers("exchange_id", "exchange.id", nullable=True),
        sa.UniqueConstraint("party", "year", "seq"),
    )


def _projects() -> None:
    op.create_table(
        "jointproject",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("author_id", "person.id"),
        refers("channel_id", "channel.channel_id"),
        word("kind", "projectkind", "project", "opportunity"),
        *texts("title", "area", "lead_party"),
        *days("starts_on"),
        *days("ends_on", nullable=True),
        *instants("entered_at"),
        word("status", "projectstatus", "running", "closed"),
        *texts("outcome"),
        refers("closed_by", "person.id", nullable=True),
        *instants("closed_at", nullable=True),
        sa.UniqueConstraint("year", "seq"),
    )
    index("jointproject", "channel_id")
    op.create_table(
        "responsible",
        refers("project_id", "jointproject.id", primary_key=True),
        sa.Column("party", sa.String(), primary_key=True),
        refers("person_id", "person.id"),
    )
    op.create_table(
        "projectline",
        number(),
        refers("project_id", "jointproject.id"),
        *texts("party"),
        refers("person_id", "person.id"),
        *instants("at"),
        *days("period_on", "no_change_for", nullable=True),
        *texts("text"),
        sa.UniqueConstraint("project_id", "party", "no_change_for"),
    )
    index("projectline", "project_id")


def _consultations() -> None:
    op.create_table(
        "consultation",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("author_id", "person.id"),
        refers("channel_id", "channel.channel_id"),
        word("kind", "consultationkind", "strategic", "operational"),
        *texts("topic", "questions", "agenda"),
        *instants("opened_at"),
        word("status", "consultationstatus", "open", "ready", "closed"),
        refers("ready_by", "person.id", nullable=True),
        *instants("ready_at", nullable=True),
        *days("wished_on", nullable=True),
        *texts("wish"),
        refers("closed_by", "person.id", nullable=True),
        *instants("closed_at", nullable=True),
        *texts("minutes"),
        sa.UniqueConstraint("year", "seq"),
    )


def downgrade() -> None:
    """Go back."""
    for table in (
        "consultation",
        "projectline",
        "responsible",
        "jointproject",
        "notedmatter",
        "digest",
        "reply",
    ):
        op.drop_table(table)
    with op.batch_alter_table("exchange") as changed:
        changed.drop_constraint(op.f("ck_exchange_onward"), type_="check")
        changed.drop_column("days_late")
        changed.drop_column("arose_on")
        changed.drop_column("onward")
