"""The whole schema of the first version.

Revision 0001, the first one.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, word

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    for create in TABLES.values():
        create()


def downgrade() -> None:
    """Go back."""
    for table in reversed(TABLES):
        op.drop_table(table)


def channel() -> None:
    op.create_table(
        "channel",
        sa.Column("channel_id", sa.String(), primary_key=True),
        word("level", "level", "global", "regional", "country"),
        *texts("scope", "posting_party"),
        *days("since"),
        sa.UniqueConstraint("level", "scope"),
    )


def heartbeat() -> None:
    op.create_table("heartbeat", sa.Column("part", sa.String(), primary_key=True), *instants("at"))


def journal() -> None:
    op.create_table(
        "journal",
        number(),
        *instants("at"),
        *texts("agreement", "actor", "party", "event", "clause", "subject"),
        word("outcome", "outcome", "done", "refused"),
        *texts("facts", "previous", "hash"),
        sa.UniqueConstraint("previous"),
        sa.UniqueConstraint("hash"),
    )
    index("journal", "subject")


def lane() -> None:
    op.create_table(
        "lane",
        sa.Column("key", sa.String(), primary_key=True),
        *instants("next_at"),
        *texts("owner"),
        *instants("leased_until", nullable=True),
    )
    index("lane", "next_at")


def person() -> None:
    op.create_table(
        "person",
        number(),
        *texts("party", "name", "team_id", "user_id", "office", "language", "email"),
        *days("valid_from", "valid_until", nullable=True),
        sa.UniqueConstraint("team_id", "user_id"),
    )
    index("person", "party")


def mandate() -> None:
    roles = (
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
    op.create_table(
        "mandate",
        refers("person_id", "person.id", primary_key=True),
        word("role", "role", *roles, primary_key=True),
    )


def receipt() -> None:
    op.create_table("receipt", sa.Column("key", sa.String(), primary_key=True), *instants("at"))


def record() -> None:
    op.create_table(
        "record",
        number(),
        *texts("party"),
        *numbers("year", "seq"),
        *texts("subject", "name", "sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *instants("made_at"),
        sa.UniqueConstraint("party", "year", "seq"),
    )
    index("record", "subject")


def storedfile() -> None:
    op.create_table(
        "storedfile",
        number(),
        *texts("name", "sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )


def emblemrequest() -> None:
    marks = ("name", "emblem", "abbreviation", "trademark", "hyperlink")
    states = ("submitted", "more_information", "approved", "approved_with_conditions", "refused", "lapsed")
    op.create_table(
        "emblemrequest",
        number(),
        *numbers("year", "seq"),
        *texts("asking_party", "owner_party"),
        refers("asked_by", "person.id"),
        *instants("asked_at"),
        refers("channel_id", "channel.channel_id"),
        word("mark", "mark", *marks),
        *texts("purpose", "product", "audience"),
        *days("use_from", "use_until"),
        *texts("mockup_text"),
        refers("mockup_file_id", "storedfile.id", nullable=True),
        *texts("other_logos", "payer"),
        *days("needed_by"),
        word("status", "emblemstatus", *states),
        *texts("question", "information"),
        *days("answer_by"),
        *days("escalated_on", nullable=True),
        refers("decided_by", "person.id", nullable=True),
        *instants("decided_at", nullable=True),
        *texts("reason", "awaited"),
        sa.UniqueConstraint("year", "seq"),
    )
    index("emblemrequest", "status")


def exchange() -> None:
    op.create_table(
        "exchange",
        number(),
        *numbers("year", "seq"),
        *texts("party"),
        refers("author_id", "person.id"),
        refers("channel_id", "channel.channel_id"),
        *texts("title", "summary", "area", "counterparts", "asked"),
        word("classification", "classification", "public", "shareable", "restricted", "confidential"),
        *texts("link"),
        refers("file_id", "storedfile.id", nullable=True),
        *instants("shared_at"),
        word("status", "exchangestatus", "shared", "acknowledged"),
        refers("acknowledged_by", "person.id", nullable=True),
        *instants("acknowledged_at", nullable=True),
        *numbers("nudges"),
        *days("nudge_on", nullable=True),
        sa.UniqueConstraint("year", "seq"),
    )
    index("exchange", "nudge_on")


def occurrence() -> None:
    op.create_table(
        "occurrence",
        number(),
        *texts("agreement", "duty", "clause", "level", "scope"),
        *days("window_start", "due_on"),
        word("status", "occurrencestatus", "open", "met", "waived", "unknown", "not_known"),
        *days("met_on", nullable=True),
        *texts("evidence", "note"),
        refers("person_id", "person.id", nullable=True),
        sa.UniqueConstraint("agreement", "duty", "scope", "due_on"),
    )
    index("occurrence", "due_on")


def reminder() -> None:
    op.create_table(
        "reminder",
        number(),
        refers("occurrence_id", "occurrence.id"),
        *texts("step"),
        *days("on"),
        *instants("said_at", nullable=True),
        sa.UniqueConstraint("occurrence_id", "step"),
    )
    index("reminder", "occurrence_id")
    unsaid = sa.text("said_at IS NULL")
    op.create_index("ix_reminder_unsaid", "reminder", ["on"], sqlite_where=unsaid, postgresql_where=unsaid)


def periodanswer() -> None:
    op.create_table(
        "periodanswer",
        refers("occurrence_id", "occurrence.id", primary_key=True),
        sa.Column("party", sa.String(), primary_key=True),
        word("answer", "answer", "shared", "nothing"),
        refers("person_id", "person.id"),
        *instants("at"),
    )


def waiver() -> None:
    op.create_table(
        "waiver",
        refers("occurrence_id", "occurrence.id", primary_key=True),
        sa.Column("party", sa.String(), primary_key=True),
        refers("person_id", "person.id"),
        *instants("at"),
    )


def outbox() -> None:
    op.create_table(
        "outbox",
        number(),
        *texts("key"),
        refers("lane", "lane.key"),
        *texts("party", "channel"),
        word("kind", "kind", "post", "update", "file"),
        *texts("letter", "subject", "payload"),
        refers("of", "outbox.id", nullable=True),
        refers("record_id", "record.id", nullable=True),
        refers("enclosed_id", "storedfile.id", nullable=True),
        word("state", "outboxstate", "ready", "sending", "unknown", "sent", "dead"),
        *numbers("attempts"),
        *texts("error"),
        *instants("created_at"),
        *instants("tried_at", "sent_at", nullable=True),
        *texts("sent_channel", "ts", "file_id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_outbox_lane_state", "outbox", ["lane", "state"])
    index("outbox", "subject")


TABLES = {
    "channel": channel,
    "heartbeat": heartbeat,
    "journal": journal,
    "lane": lane,
    "person": person,
    "mandate": mandate,
    "receipt": receipt,
    "record": record,
    "storedfile": storedfile,
    "emblemrequest": emblemrequest,
    "exchange": exchange,
    "occurrence": occurrence,
    "reminder": reminder,
    "periodanswer": periodanswer,
    "waiver": waiver,
    "outbox": outbox,
}
"""In the order of their references."""
