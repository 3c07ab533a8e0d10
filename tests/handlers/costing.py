"""Entering and confirming exceptions on costs, for the tests of VI.2 and IX.1(c)."""

from typing import Any

from sqlmodel import select

from bot.agreement.costs import CostException, CostStatus, CostStep
from tests.handlers.pressing import press_told
from tests.office import Office

LIAISON = "ilo-iom-liaison"
ENTRY: dict[str, Any] = {
    "kind": "other costs (IX.1(c))",
    "purpose": "Joint training in Mombasa",
    "payer": "IOM",
    "share": "One half of 5,000 US dollars",
    "reference": "Letter of 2 November 2026",
}
END = {"ending_on": "2026-11-20", "basis": "E-mail of 20 November 2026"}


def enter(office: Office, name: str = "Lucía Romero", **changes: Any) -> Any:
    office.command(name, "/agreement costs")
    told = press_told(office, name, "costs.enter")
    assert told == "", told
    result = office.submit(name, {**ENTRY, **changes})
    office.deliver()
    return result


def press(
    office: Office, name: str, action: str, typed: dict[str, Any] | None = None, where: str = LIAISON
) -> Any:
    told = office.click(name, f"costs.{action}", where=where)
    assert told == "", told
    result = office.submit(name, typed or {})
    office.deliver()
    return result


def confirmed(office: Office, **changes: Any) -> None:
    assert enter(office, **changes).ok
    assert press(office, "Helena Costa", "confirm").ok


def ending(office: Office) -> None:
    confirmed(office)
    assert press(office, "Omar Haddad", "end", END).ok


def rows(office: Office) -> list[CostException]:
    with office.reading() as desk:
        return list(desk.session.exec(select(CostException).order_by(CostException.id)).all())


def status(office: Office) -> CostStatus:
    return rows(office)[0].status


def deeds(office: Office) -> list[str]:
    with office.reading() as desk:
        return [step.deed.value for step in desk.session.exec(select(CostStep)).all()]
