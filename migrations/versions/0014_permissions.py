"""The whole life of a permission: drafts, versions of the material, use and proof of it, revocation, mentions.

Revision 0014, after 0013.
"""

from collections.abc import Sequence
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, set_aside, texts, word

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MARKS = ("name", "emblem", "abbreviation", "trademark", "hyperlink")
DECIDED = ("approved", "approved_with_conditions", "refused", "lapsed")
LATER = ("withdrawn", "in_use", "proof_filed", "expired", "revoked", "taken_down")
BEARERS = ("asking", "shared", "owner")
DEEDS = (
    "ask",
    "keep",
    "submit",
    "drop",
    "withdraw",
    "ask_for_more",
    "give_information",
    "approve",
    "approve_with_conditions",
    "refuse",
    "lapse",
    "change_material",
    "begin_use",
    "file_proof",
    "expire",
    "revoke",
    "take_down",
)
TEXTS = ("link_from", "link_to", "series", "revocation")
DAYS = ("asked_until", "use_began_on", "revoked_from", "taken_down_on")


def upgrade() -> None:
    """Go forward."""
    _allow((*MARKS, "ip"), ("draft", "submitted", "more_information", *DECIDED, *LATER))
    bearer = sa.Enum(*BEARERS, name="costbearer", native_enum=False, create_constraint=True, length=32)
    with set_aside("markuse"), op.batch_alter_table("emblemrequest") as table:
        table.add_column(sa.Column("cost", bearer, nullable=False, server_default="asking"))
        for name in TEXTS:
            table.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("whole_series", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        for name in DAYS:
            table.add_column(sa.Column(name, sa.Date(), nullable=True))
    _history()
    op.create_table(
        "emblemmention",
        number(),
        *numbers("year", "seq"),
        *texts("using_party", "owner_party", "product", "text"),
        refers("channel_id", "channel.channel_id"),
        refers("noted_by", "person.id"),
        *instants("noted_at"),
        sa.UniqueConstraint("year", "seq"),
    )
    _first_versions()


def _allow(marks: tuple[str, ...], states: tuple[str, ...]) -> None:
    with set_aside("markuse"), op.batch_alter_table("emblemrequest") as table:
        for name, kind, words in (("mark", "mark", marks), ("status", "emblemstatus", states)):
            table.drop_constraint(op.f(f"ck_emblemrequest_{kind}"), type_="check")
            allowed = ", ".join(f"'{word}'" for word in words)
            table.create_check_constraint(op.f(f"ck_emblemrequest_{kind}"), sa.text(f"{name} IN ({allowed})"))


def _history() -> None:
    op.create_table(
        "emblemstep",
        number(),
        refers("request_id", "emblemrequest.id"),
        word("deed", "emblemdeed", *DEEDS),
        *numbers("version"),
        refers("by", "person.id", nullable=True),
        *instants("at"),
        *texts("note"),
    )
    op.create_table(
        "emblemversion",
        number(),
        refers("request_id", "emblemrequest.id"),
        *numbers("version"),
        *texts("text", "text_sha256"),
        refers("file_id", "storedfile.id", nullable=True),
        *texts("file_sha256"),
        refers("by", "person.id"),
        *instants("at"),
        sa.UniqueConstraint("request_id", "version"),
    )
    op.create_table(
        "emblemproof",
        number(),
        refers("request_id", "emblemrequest.id"),
        *texts("link"),
        refers("file_id", "storedfile.id", nullable=True),
        *texts("file_sha256", "place"),
        *days("seen_on"),
        refers("by", "person.id"),
        *instants("at"),
    )
    for table in ("emblemstep", "emblemversion", "emblemproof"):
        index(table, "request_id")


def _first_versions() -> None:
    """What was asked before there were versions is the first one."""
    known = sa.text(
        "SELECT r.id AS request_id, r.mockup_text AS text, r.mockup_file_id AS file_id, f.sha256 AS file_sha256,"
        ' r.asked_by AS "by", r.asked_at AS at FROM emblemrequest r'
        " LEFT JOIN storedfile f ON f.id = r.mockup_file_id"
    ).columns(at=sa.DateTime(timezone=True))
    made = sa.table(
        "emblemversion",
        *(sa.column(name, sa.Integer()) for name in ("request_id", "version", "file_id", "by")),
        *(sa.column(name, sa.String()) for name in ("text", "text_sha256", "file_sha256")),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    rows = [
        {
            **row,
            "version": 1,
            "text_sha256": sha256(row["text"].encode()).hexdigest() if row["text"].strip() else "",
            "file_sha256": row["file_sha256"] or "",
        }
        for row in op.get_bind().execute(known).mappings()
    ]
    op.bulk_insert(made, rows)


def downgrade() -> None:
    """Go back; what only the newer code knows of stands then as its nearest older word."""
    for table in ("emblemmention", "emblemproof", "emblemversion", "emblemstep"):
        op.drop_table(table)
    valid, void = ("in_use", "proof_filed"), ("draft", "withdrawn", "expired", "revoked", "taken_down")
    for words, nearest in ((valid, "approved"), (void, "lapsed")):
        named = ", ".join(f"'{word}'" for word in words)
        op.execute(f"UPDATE emblemrequest SET status = '{nearest}' WHERE status IN ({named})")
    op.execute("UPDATE emblemrequest SET mark = 'trademark' WHERE mark = 'ip'")
    with set_aside("markuse"), op.batch_alter_table("emblemrequest") as changed:
        changed.drop_constraint(op.f("ck_emblemrequest_costbearer"), type_="check")
        for name in ("cost", *TEXTS, "whole_series", "version", *DAYS):
            changed.drop_column(name)
    _allow(MARKS, ("submitted", "more_information", *DECIDED))
