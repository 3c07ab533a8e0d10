"""Joint projects have gates before their start, items, results, and a record of how personal data are protected.

Revision 0021, after 0020.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.columns import days, index, instants, number, numbers, refers, set_aside, texts, truths, word

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GATES = ("agreement", "items", "ownership", "data")
BASES = ("instrument", "file", "kept", "not_needed")
PRINCIPLES = (
    "fair",
    "purpose",
    "proportion",
    "retention",
    "accuracy",
    "confidentiality",
    "security",
    "transparency",
    "transfers",
    "accountability",
)
REFERRING = ("responsible", "projectline")
CHECK = "ck_jointproject_projectstatus"


def upgrade() -> None:
    """Go forward."""
    with set_aside(*REFERRING), op.batch_alter_table("jointproject") as table:
        table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), sa.text("status IN ('preparing', 'running', 'closed')"))
        table.add_column(sa.Column("had_begun", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("started_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(op.f("fk_jointproject_started_by_person"), "person", ["started_by"], ["id"])
    _gates()
    _items()
    _results()
    _checks()
    _register()
    _projects_of_before()


def _gates() -> None:
    op.create_table(
        "projectgate",
        number(),
        refers("project_id", "jointproject.id"),
        word("gate", "gate", *GATES),
        word("status", "gatestatus", "missing", "proposed", "agreed"),
        *numbers("version"),
        *texts("stated_by"),
        refers("proposed_by", "person.id", nullable=True),
        *instants("proposed_at", nullable=True),
        word("basis", "gatebasis", *BASES, nullable=True),
        refers("instrument_id", "instrument.id", nullable=True),
        refers("file_id", "storedfile.id", nullable=True),
        *texts("kept_at", "sha256", "reason"),
        refers("settled_by", "person.id", nullable=True),
        *instants("settled_at", nullable=True),
        *texts("note"),
        sa.UniqueConstraint("project_id", "gate"),
    )
    index("projectgate", "project_id")


def _items() -> None:
    op.create_table(
        "projectitem",
        number(),
        refers("project_id", "jointproject.id"),
        *numbers("seq"),
        *texts("item"),
        *instants("entered_at"),
        refers("dropped_by", "person.id", nullable=True),
        *instants("dropped_at", nullable=True),
        sa.UniqueConstraint("project_id", "seq"),
    )
    index("projectitem", "project_id")
    op.create_table(
        "itemowner",
        number(),
        refers("item_id", "projectitem.id"),
        *numbers("seq"),
        *texts("party"),
        refers("person_id", "person.id"),
        refers("named_by", "person.id"),
        *instants("named_at"),
        sa.UniqueConstraint("item_id", "seq"),
    )
    index("itemowner", "item_id")


def _results() -> None:
    op.create_table(
        "projectresult",
        number(),
        refers("project_id", "jointproject.id"),
        word("kind", "resultkind", "brought", "produced"),
        *texts("result", "owner", "licence"),
        refers("entered_by", "person.id"),
        *instants("entered_at"),
        refers("dropped_by", "person.id", nullable=True),
        *instants("dropped_at", nullable=True),
    )
    index("projectresult", "project_id")


def _checks() -> None:
    op.create_table(
        "datacheck",
        number(),
        refers("project_id", "jointproject.id"),
        *texts("party"),
        *numbers("seq"),
        *truths("processes"),
        *texts("reason", "note", "plan"),
        *days("plan_on", nullable=True),
        refers("person_id", "person.id"),
        *instants("at"),
        *days("again_on"),
        sa.UniqueConstraint("project_id", "party", "seq"),
    )
    index("datacheck", "project_id")
    op.create_table(
        "principleanswer",
        refers("check_id", "datacheck.id", primary_key=True),
        word("principle", "dataprinciple", *PRINCIPLES, primary_key=True),
        word("met", "principlemet", "yes", "not_yet"),
    )


def _register() -> None:
    op.create_table(
        "processingentry",
        number(),
        refers("project_id", "jointproject.id"),
        *numbers("seq"),
        *texts("party", "data", "whose", "purpose", "kept_at", "transfers"),
        *days("retention_until"),
        refers("entered_by", "person.id"),
        *instants("entered_at"),
        word("status", "dataholding", "held", "purged", "returned"),
        *days("disposed_on", nullable=True),
        refers("disposed_by", "person.id", nullable=True),
        *instants("disposed_at", nullable=True),
        *texts("disposal"),
        sa.UniqueConstraint("project_id", "seq"),
    )
    index("processingentry", "project_id")


def _projects_of_before() -> None:
    """Projects of before passed no gates: they count as begun, and what was not settled is shown as missing."""
    op.execute("UPDATE jointproject SET had_begun = (1 = 1) WHERE kind = 'project'")
    for gate in GATES:
        op.execute(
            "INSERT INTO projectgate (project_id, gate, status, version, stated_by, kept_at, sha256, reason, note)"
            f" SELECT id, '{gate}', 'missing', 0, '', '', '', '', '' FROM jointproject WHERE kind = 'project'"
        )


def downgrade() -> None:
    """Go back."""
    for name in (
        "processingentry",
        "principleanswer",
        "datacheck",
        "projectresult",
        "itemowner",
        "projectitem",
        "projectgate",
    ):
        op.drop_table(name)
    op.execute("UPDATE jointproject SET status = 'running' WHERE status = 'preparing'")
    with set_aside(*REFERRING), op.batch_alter_table("jointproject") as table:
        table.drop_constraint(op.f("fk_jointproject_started_by_person"), type_="foreignkey")
        table.drop_column("started_at")
        table.drop_column("started_by")
        table.drop_column("had_begun")
        table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), sa.text("status IN ('running', 'closed')"))
