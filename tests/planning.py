"""Workplans as the tests begin them: an item written, a version proposed, both parties' adoptions."""

from typing import Any

from sqlmodel import col, select

from bot.agreement.workplan_items import WorkplanItem
from bot.agreement.workplans import Workplan
from bot.journal import Entry, Outcome
from tests.handlers.pressing import press_told
from tests.office import Office

LIAISON, KENYA = "ilo-iom-liaison", "ilo-iom-east-africa"
ITEM: dict[str, Any] = {
    "subject": "Study of recruitment costs",
    "area": "A-STRAT",
    "lead_party": "ilo",
}


def add(office: Office, name: str = "Amina Diallo", channel: str = LIAISON, **changes: Any) -> Any:
    """Write an item through the form; what follows is left open."""
    office.command(name, "/workplan add", channel=channel)
    result = office.submit(name, {**ITEM, **changes})
    office.deliver()
    return result


def close_all(office: Office, name: str) -> None:
    while office.slack.modal(office.id(name)) is not None:
        office.slack.close_modal(office.id(name))


def item(office: Office, number: int = 1) -> WorkplanItem:
    with office.reading() as desk:
        found = desk.session.exec(select(WorkplanItem).where(WorkplanItem.seq == number)).one()
        desk.session.expunge(found)
        return found


def plans(office: Office) -> list[Workplan]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Workplan).order_by(col(Workplan.id))).all())


def propose(office: Office, name: str = "Amina Diallo", place: str = "global") -> str:
    said = office.command(name, f"/workplan propose {place}")
    office.deliver()
    return said


def adopt(office: Office, name: str, where: str = LIAISON) -> str:
    said = office.click(name, "workplans.adopt", where=where)
    office.deliver()
    return said


def in_force(office: Office, **changes: Any) -> None:
    """A global workplan with one item that both parties have adopted."""
    add(office, **changes)
    close_all(office, "Amina Diallo")
    propose(office)
    adopt(office, "Amina Diallo")
    adopt(office, "Helena Costa")


def refusals(office: Office) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


def shown(office: Office, name: str = "Amina Diallo", number: str = "2026/1") -> str:
    """The card of an item, as somebody reads it."""
    return office.command(name, f"/workplan show {number}")


def progress(office: Office, name: str, action: str, number: str = "2026/1") -> str:
    """Press one of the buttons of the item's card."""
    shown(office, name, number)
    said = press_told(office, name, f"workplans.{action}")
    office.deliver()
    return said
