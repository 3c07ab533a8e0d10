"""VI.2 and IX.1(c): what one exception on costs says, on what basis, and where it stands."""

from typing import Any

from bot.agreement import costs
from bot.agreement.costs import CostException, CostStatus
from bot.agreement.desk import Desk
from bot.agreement.files import StoredFile
from bot.cards.facts import person_facts
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message

LONGEST_HISTORY = 8


def cost_facts(desk: Desk, row: CostException) -> dict[str, Any]:
    """Everything the words about one exception may need."""
    file = desk.session.get(StoredFile, row.file_id) if row.file_id else None
    return {
        **costs.about(row),
        "clause": row.clause,
        "payer": row.payer,
        "share": row.share,
        "reference": row.reference,
        "file": {"name": file.name, "sha256": file.sha256} if file else None,
        "until": row.until,
        "counts": row.counts_on(desk.today),
        "over": row.until is not None and row.until < desk.today,
        "stated_by": desk.definition.party(row.stated_by).abbreviation,
        "confirming": [party.abbreviation for party in desk.definition.others(row.stated_by)],
        "ending_on": row.ending_on,
        "ending_basis": row.ending_basis,
        "history": [
            {**step.model_dump(), "by": person_facts(desk, step.by)}
            for step in costs.history(desk.session, row)[-LONGEST_HISTORY:]
        ],
        "zone": desk.definition.tz,
    }


def cost_card(desk: Desk, cost_id: int) -> Message:
    """The card of one exception."""
    row = costs.get_cost(desk.session, cost_id)
    buttons = [
        Button(f"costs.{name}", str(row.key), name, style) for name, style in BUTTONS.get(row.status, ())
    ]
    return message(words("costs/card", cost_facts(desk, row)), buttons)


BUTTONS: dict[CostStatus, tuple[tuple[str, str | None], ...]] = {
    CostStatus.ENTERED: (("confirm", "primary"), ("decline", None), ("withdraw", "danger")),
    CostStatus.CONFIRMED: (("end", None),),
    CostStatus.END_ENTERED: (("confirm_end", "primary"), ("drop_end", None)),
}
"""What can be done about an exception, by where it stands."""
