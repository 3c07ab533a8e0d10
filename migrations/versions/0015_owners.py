"""The owner's side of permissions: instructions, delegations, absences, letters, the language of a record.

Revision 0015, after 0014.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, word

revision: str = "0015"
down_revision: str | None = "0014"
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
LETTERS = {
    "letter_approves": "approve",
    "letter_approves_with_conditions": "approve_with_conditions",
    "letter_refuses": "refuse",
}
NEW = (
    "emblemletter",
    "emblemlanguage",
    "instructionsread",
    "ownerinstructions",
    "approvalgap",
    "approverabsence",
    "roledelegation",
)


def upgrade() -> None:
    """Go forward."""
    _deeds(*DEEDS[:10], *LETTERS, *DEEDS[10:])
    _standing_in()
    _instructions()
    op.create_table(
        "emblemlanguage",
        refers("request_id", "emblemrequest.id", primary_key=True),
        word("language", "caselanguage", "en", "fr", "es"),
    )
    op.create_table(
        "emblemletter",
        refers("request_id", "emblemrequest.id", primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        word("form", "writtenform", "signed_letter", "email_from_registered_address"),
        *texts("signer", "capacity"),
        *days("dated"),
        *texts("address"),
        refers("file_id", "storedfile.id"),
        refers("recorded_by", "person.id"),
        *instants("recorded_at"),
    )


def _deeds(*words: str) -> None:
    """What the history of a request knows as done to it: also what a letter decides."""
    with op.batch_alter_table("emblemstep") as table:
        table.drop_constraint(op.f("ck_emblemstep_emblemdeed"), type_="check")
        allowed = ", ".join(f"'{word}'" for word in words)
        table.create_check_constraint(op.f("ck_emblemstep_emblemdeed"), sa.text(f"deed IN ({allowed})"))


def _standing_in() -> None:
    op.create_table(
        "roledelegation",
        number(),
        *texts("party"),
        refers("approver_id", "person.id"),
        refers("delegate_id", "person.id"),
        word("role", "role", *ROLES),
        *days("first_day", "last_day"),
        refers("made_by", "person.id"),
        *instants("made_at"),
        word("status", "delegationstatus", "given", "ended"),
        refers("ended_by", "person.id", nullable=True),
        *instants("ended_at", nullable=True),
    )
    index("roledelegation", "party")
    index("roledelegation", "delegate_id")
    op.create_table(
        "approverabsence",
        number(),
        *texts("party"),
        refers("person_id", "person.id"),
        *days("first_day", "last_day"),
        refers("entered_by", "person.id"),
        *instants("entered_at"),
        word("status", "absencestatus", "entered", "cancelled"),
        refers("cancelled_by", "person.id", nullable=True),
        *instants("cancelled_at", nullable=True),
    )
    index("approverabsence", "party")
    op.create_table(
        "approvalgap",
        number(),
        *texts("party"),
        *days("since"),
        *days("until", nullable=True),
        *instants("told_at"),
        *days("closed_on", nullable=True),
        sa.UniqueConstraint("party", "since"),
    )


def _instructions() -> None:
    op.create_table(
        "ownerinstructions",
        number(),
        *texts("party"),
        *numbers("version"),
        *texts("text"),
        refers("file_id", "storedfile.id", nullable=True),
        *days("valid_from"),
        refers("entered_by", "person.id"),
        *instants("entered_at"),
        refers("channel_id", "channel.channel_id"),
        sa.UniqueConstraint("party", "version"),
    )
    op.create_table(
        "instructionsread",
        refers("request_id", "emblemrequest.id", primary_key=True),
        refers("instructions_id", "ownerinstructions.id", primary_key=True),
        refers("person_id", "person.id"),
        *instants("at"),
    )


def downgrade() -> None:
    """Go back; what a letter decided stands then as decided, without the letter."""
    for table in NEW:
        op.drop_table(table)
    for letter, deed in LETTERS.items():
        op.execute(f"UPDATE emblemstep SET deed = '{deed}' WHERE deed = '{letter}'")
    _deeds(*DEEDS)
