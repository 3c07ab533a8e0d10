"""IV.5: versions to adopt, and items that are due, as they wait for one person."""

from typing import Any

from sqlmodel import col, select

from bot.agreement.desk import Desk
from bot.agreement.workplan_adoptions import Adoption, adopting
from bot.agreement.workplan_reminders import agreed_day, asked, due_items
from bot.agreement.workplans import PENDING, Workplan, clause_of, may_for
from bot.waiting.soon import ANSWER_SOON


def workplans(desk: Desk) -> list[dict[str, Any]]:
    """The proposed workplans that the person may adopt and the person's party has not adopted."""
    rows = desk.session.exec(select(Workplan).where(col(Workplan.status).in_(PENDING))).all()
    mine = [row for row in rows if may_for(desk, adopting(row.scope), row.scope)]
    party = desk.person.party
    open_rows = [row for row in mine if desk.session.get(Adoption, (row.key, party)) is None]
    return [{**row.model_dump(), "clause": row.clause, "workplan_id": row.key} for row in open_rows]


def items(desk: Desk) -> list[dict[str, Any]]:
    """The items that the person is asked about and that are due soon, or were."""
    rows = due_items(desk, desk.today + ANSWER_SOON)
    mine = [row for row in rows if desk.person in asked(desk, row)]
    return [
        {
            **row.model_dump(),
            "clause": clause_of(row.scope),
            "number": row.number,
            "item_id": row.key,
            "due": agreed_day(desk, row),
            "late": (agreed_day(desk, row) or desk.today) < desk.today,
        }
        for row in mine
    ]
