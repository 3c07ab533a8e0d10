"""IV.11: what a funding lead looks like to those who may see it; it is never posted as a card."""

from typing import Any

from bot.agreement import funding
from bot.agreement.desk import Desk
from bot.agreement.funding import FundingLead
from bot.cards.facts import area_title, person_facts
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message


def lead_facts(desk: Desk, row: FundingLead) -> dict[str, Any]:
    """Everything the words about one lead may need; only for letters to those who may see it."""
    return {
        **row.model_dump(),
        "lead_id": row.key,
        "clause": funding.CLAUSE,
        "number": row.number,
        "lead_side": desk.definition.party(row.lead_party).abbreviation,
        "area_title": area_title(desk, row.area),
        "logger": person_facts(desk, row.logged_by),
        "changer": person_facts(desk, row.changed_by),
        "named": [person_facts(desk, person.key) for person in funding.named_on(desk.session, row)],
        "zone": desk.definition.tz,
    }


def lead_message(desk: Desk, row: FundingLead) -> Message:
    """One lead in detail, for a modal of somebody whose reading is journalled."""
    change = Button("funding.change", str(row.key), "change", "primary")
    return message(
        words("funding/lead", lead_facts(desk, row)), [change, Button("funding.list", "all", "list")]
    )
