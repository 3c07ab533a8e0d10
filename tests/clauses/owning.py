"""What the owner's side of a permission does in the tests: instructions, absences, delegations, letters."""

from datetime import date
from typing import Any

from sqlmodel import select

from bot.agreement.people import Person
from bot.journal import Entry, Outcome
from tests.handlers.pressing import press_told
from tests.office import Office

LIAISON = "ilo-iom-liaison"
LETTER: dict[str, Any] = {
    "answer": "approved",
    "form": "signed_letter",
    "signer": "Amara Okonkwo",
    "capacity": "Director, Department of Communication",
    "dated": date(2026, 11, 20),
    "letter_file": ("letter.pdf", b"signed and sealed"),
}
AWAY = {"first_day": date(2026, 11, 25), "last_day": date(2026, 12, 4)}


def key(office: Office, name: str) -> int:
    return office.person(name).key


def instruct(office: Office, name: str = "Yuki Tanaka", **changes: Any) -> Any:
    office.command(name, "/emblem instructions")
    press_told(office, name, "emblem_instructions.enter")
    values = {"text": "Blue on white, never in a box.", "valid_from": office.today, **changes}
    result = office.submit(name, values)
    office.deliver()
    return result


def away(office: Office, name: str, who: str = "", **changes: Any) -> Any:
    """Enter days away: for oneself, or, as the contact point, for `who`."""
    office.command(name, "/emblem absence")
    press_told(office, name, "approvers.absence")
    result = office.submit(name, {"person": str(key(office, who or name)), **AWAY, **changes})
    office.deliver()
    return result


def delegate(office: Office, name: str, approver: str, to: str, **changes: Any) -> Any:
    office.command(name, "/emblem delegate")
    values = {"approver": str(key(office, approver)), "delegate": str(key(office, to)), **AWAY, **changes}
    result = office.submit(name, values)
    office.deliver()
    return result


def letter(office: Office, name: str = "Helena Costa", where: str = LIAISON, **changes: Any) -> Any:
    told = office.click(name, "emblems.record_letter", where=where)
    assert told == "", told
    result = office.submit(name, {**LETTER, **changes})
    office.deliver()
    return result


def refusals(office: Office) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


def register(office: Office, name: str, email: str) -> None:
    """Put an address on the roster, as the import of a roster does."""
    with office.database.writing() as session:
        person = session.exec(select(Person).where(Person.name == name)).one()
        person.email = email
        session.add(person)
