"""Disputes with their logs and notes of settlement, the formula of acknowledgement, and exceptions on costs.

Revision 0020, after 0019.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, texts, word

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

DISPUTE = (
    "draft",
    "raised",
    "working_level",
    "contact_points",
    "heads",
    "settled",
    "withdrawn",
    "discarded",
)
DISPUTE_DEEDS = (
    "drafted",
    "changed",
    "discarded",
    "raised",
    "named",
    "taken_up",
    "statement",
    "proposal",
    "referred",
    "note_written",
    "note_returned",
    "settled",
    "withdrawn",
)
WORDINGS = ("short_en", "short_fr", "short_es", "long_en", "long_fr", "long_es")
COST_DEEDS = (
    "entered",
    "confirmed",
    "not_confirmed",
    "withdrawn",
    "end_entered",
    "end_dropped",
    "ended",
)


def upgrade() -> None:
    """Go forward."""
    _disputes()
    _dispute_logs()
    _formulas()
    _costs()


def _disputes() -> None:
    op.create_table(
        "dispute",
        number(),
        *numbers("year", "seq", nullable=True),
        *texts("party"),
        refers("author_id", "person.id"),
        *instants("written_at"),
        *instants("sent_at", nullable=True),
        *texts("title", "clauses", "about", "sought"),
        word("status", "disputestatus", *DISPUTE),
        *numbers("version"),
        sa.UniqueConstraint("year", "seq"),
    )
    index("dispute", "status")
    op.create_table(
        "disputeperson",
        refers("dispute_id", "dispute.id", primary_key=True),
        word("level", "disputelevel", "working_level", "contact_points", "heads", primary_key=True),
        refers("person_id", "person.id", primary_key=True),
        refers("named_by", "person.id"),
        *instants("named_at"),
    )
    index("disputeperson", "person_id")


def _dispute_logs() -> None:
    op.create_table(
        "disputestep",
        number(),
        refers("dispute_id", "dispute.id"),
        word("deed", "disputedeed", *DISPUTE_DEEDS),
        word("status", "disputestatus", *DISPUTE),
        refers("by", "person.id"),
        *texts("party"),
        *instants("at"),
        *texts("text"),
    )
    index("disputestep", "dispute_id")
    op.create_table(
        "disputenote",
        number(),
        refers("dispute_id", "dispute.id"),
        *texts("party", "text", "sha256"),
        refers("written_by", "person.id"),
        *instants("written_at"),
        word("status", "notestatus", "proposed", "confirmed", "returned", "replaced", "lapsed"),
        refers("answered_by", "person.id", nullable=True),
        *instants("answered_at", nullable=True),
    )
    index("disputenote", "dispute_id")


def _formulas() -> None:
    op.create_table(
        "formula",
        number(),
        *numbers("year", "seq"),
        *texts("agreement", "party"),
        refers("proposed_by", "person.id"),
        *instants("proposed_at"),
        *texts(*WORDINGS, "used_where", "sha256"),
        word("status", "formulastatus", "proposed", "in_force", "replaced", "not_agreed", "withdrawn"),
        refers("answered_by", "person.id", nullable=True),
        *instants("answered_at", nullable=True),
        *texts("note"),
        sa.UniqueConstraint("year", "seq"),
    )
    op.create_index(
        "ix_formula_standing",
        "formula",
        ["agreement", "status"],
        unique=True,
        sqlite_where=sa.text("status IN ('proposed', 'in_force')"),
        postgresql_where=sa.text("status IN ('proposed', 'in_force')"),
    )
    op.create_table(
        "formulakept",
        refers("occurrence_id", "occurrence.id", primary_key=True),
        sa.Column("party", sa.String(), primary_key=True),
        refers("formula_id", "formula.id", primary_key=True),
        refers("person_id", "person.id"),
        *instants("at"),
    )


def _costs() -> None:
    op.create_table(
        "costexception",
        number(),
        *numbers("year", "seq"),
        word("kind", "costkind", "publicity", "other"),
        *texts("purpose", "payer", "share", "reference"),
        refers("file_id", "storedfile.id", nullable=True),
        *days("until", nullable=True),
        refers("entered_by", "person.id"),
        *instants("entered_at"),
        *texts("stated_by"),
        word(
            "status",
            "coststatus",
            "entered",
            "confirmed",
            "end_entered",
            "ended",
            "not_confirmed",
            "withdrawn",
        ),
        *days("ending_on", nullable=True),
        *texts("ending_basis"),
        sa.UniqueConstraint("year", "seq"),
    )
    index("costexception", "status")
    op.create_table(
        "coststep",
        number(),
        refers("cost_id", "costexception.id"),
        word("deed", "costdeed", *COST_DEEDS),
        refers("by", "person.id"),
        *instants("at"),
        *texts("note"),
    )
    index("coststep", "cost_id")


def downgrade() -> None:
    """Go back."""
    for table in (
        "coststep",
        "costexception",
        "formulakept",
        "formula",
        "disputenote",
        "disputestep",
        "disputeperson",
        "dispute",
    ):
        op.drop_table(table)
