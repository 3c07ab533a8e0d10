"""Joint communications with their versions and clearances, notes on events, and the log of funding leads.

Revision 0011, after 0010.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, truths, word

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = ("press_release", "social_media", "web_story", "video", "campaign", "op_ed", "other")
STATUSES = ("in_clearance", "returned", "cleared", "released", "published", "withdrawn")
MARKS = ("name", "emblem", "abbreviation", "hyperlink", "mention")


def upgrade() -> None:
    """Go forward."""
    _communications()
    _marks()
    _event_notes()
    _leads()


def _communications() -> None:
    op.create_table(
        "communication",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("author_id", "person.id"),
        refers("channel_id", "channel.channel_id"),
        word("kind", "communicationkind", *KINDS),
        *texts("audience", "outlet", "payer"),
        *instants("release_at"),
        *texts("zone"),
        *truths("embargo"),
        word("strategy", "strategycheck", "checked", "not_relevant", "not_yet"),
        *texts("strategy_note"),
        word("status", "communicationstatus", *STATUSES),
        *numbers("version"),
        *instants("drafted_at"),
        *instants("stopped_at", nullable=True),
        *texts("reason"),
        refers("reason_by", "person.id", nullable=True),
        *instants("reason_at", "released_at", nullable=True),
        refers("released_by", "person.id", nullable=True),
        *texts("live_link"),
        *days("published_on", nullable=True),
        refers("published_by", "person.id", nullable=True),
        *instants("published_at", nullable=True),
        sa.UniqueConstraint("year", "seq"),
    )
    index("communication", "release_at")
    index("communication", "status")
    op.create_table(
        "communicationversion",
        number(),
        refers("communication_id", "communication.id"),
        *numbers("version"),
        *texts("title", "text_en", "text_fr", "text_es", "quotes", "link", "sha256"),
        refers("author_id", "person.id"),
        *instants("made_at"),
        sa.UniqueConstraint("communication_id", "version"),
    )
    index("communicationversion", "communication_id")
    op.create_table(
        "clearance",
        number(),
        refers("version_id", "communicationversion.id"),
        *texts("party"),
        word("status", "clearancestatus", "waiting", "cleared", "returned"),
        refers("by", "person.id", nullable=True),
        *instants("at", nullable=True),
        *texts("capacity", "comments"),
        sa.UniqueConstraint("version_id", "party"),
    )


def _marks() -> None:
    op.create_table(
        "markuse",
        number(),
        refers("communication_id", "communication.id"),
        *texts("party"),
        word("mark", "usedmark", *MARKS),
        refers("request_id", "emblemrequest.id", nullable=True),
        sa.UniqueConstraint("communication_id", "party", "mark"),
    )
    index("markuse", "communication_id")


def _event_notes() -> None:
    op.create_table(
        "eventnote",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("author_id", "person.id"),
        refers("channel_id", "channel.channel_id"),
        word("kind", "eventnotekind", "advocacy", "governments", "donors", "other"),
        *texts("title"),
        *days("held_on"),
        *texts("venue", "audience", "said", "speakers", "links"),
        word("status", "eventnotestatus", "noted", "confirmed"),
        *instants("noted_at"),
        refers("confirmed_by", "person.id", nullable=True),
        *instants("confirmed_at", nullable=True),
        sa.UniqueConstraint("year", "seq"),
    )
    index("eventnote", "held_on")


def _leads() -> None:
    op.create_table(
        "fundinglead",
        number(),
        *numbers("year", "seq"),
        *texts("title", "donor", "amount", "scope", "area"),
        *days("deadline", nullable=True),
        *texts("lead_party"),
        word("status", "leadstatus", "idea", "contacted", "proposal", "agreed", "declined"),
        *texts("notes"),
        refers("logged_by", "person.id"),
        *instants("logged_at"),
        refers("changed_by", "person.id"),
        *instants("changed_at"),
        *numbers("changes"),
        sa.UniqueConstraint("year", "seq"),
    )
    op.create_table(
        "leadperson",
        refers("lead_id", "fundinglead.id", primary_key=True),
        refers("person_id", "person.id", primary_key=True),
    )


def downgrade() -> None:
    """Go back."""
    for table in (
        "leadperson",
        "fundinglead",
        "eventnote",
        "markuse",
        "clearance",
        "communicationversion",
        "communication",
    ):
        op.drop_table(table)
