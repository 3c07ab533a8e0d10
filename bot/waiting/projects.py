"""IV.6-1: projects of which a line is wanted, as they wait for one person."""

from datetime import date
from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.people import Person
from bot.agreement.project_lines import lacking
from bot.agreement.projects import JointProject, going_on, period_of, responsible_for
from bot.cards.projects import project_facts
from bot.waiting.soon import ANSWER_SOON


def lines(desk: Desk) -> list[dict[str, Any]]:
    """The projects for which this person answers, and of which their party has said nothing in this period."""
    mine = [row for row in going_on(desk.session) if desk.person == _answers_for(desk, row)]
    lacked = [row for row in mine if desk.person.party in lacking(desk, row)]
    return [{**project_facts(desk, row), "by": by} for row in lacked if (by := _soon(desk, row))]


def _answers_for(desk: Desk, row: JointProject) -> Person | None:
    return responsible_for(desk, row, desk.person.party)


def _soon(desk: Desk, row: JointProject) -> date | None:
    by = period_of(desk, row)
    return by if by and by <= desk.today + ANSWER_SOON else None
