"""Doing what people do with a review dossier, for tests that go through the door."""

from datetime import date, datetime
from typing import Any

from sqlmodel import select

from bot.agreement.ledger import Occurrence
from bot.agreement.reviews import (
    Review,
    ReviewContribution,
)
from bot.journal import Entry, Outcome
from tests.handlers.pressing import press_told
from tests.office import ZURICH, Office

LIAISON = "ilo-iom-liaison"
OPENS = date(2027, 4, 22)
HELD = date(2027, 10, 20)
HOSTILE = "<!channel> *bold* & _more_ </td><script>alert(1)</script> " + "long " * 300
PREPARING = ["Amina Diallo", "Pierre Favre", "Helena Costa", "Omar Haddad"]
NOT_PREPARING = ["Mei Chen", "Jonas Weber", "Lucía Romero", "Samuel Otieno", "Ravi Menon", "Nadia Petrova"]
STRANGERS = ["Clara Novak", "Victor Lang"]


def opened(office: Office, name: str = "Amina Diallo") -> Review:
    """The dossier, opened by a person before its day."""
    office.command(name, "/agreement report")
    press_told(office, name, "reviews.open")
    office.deliver()
    return review(office)


def review(office: Office) -> Review:
    with office.reading() as desk:
        return desk.session.exec(select(Review)).one()


def written(office: Office, section: str) -> dict[str, ReviewContribution]:
    with office.reading() as desk:
        rows = desk.session.exec(select(ReviewContribution)).all()
        return {row.party: row for row in rows if row.section.value == section}


def refusals(office: Office) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


def contribute(
    office: Office, name: str, section: str, text: str, handing: str = "Submit it to both parties"
) -> Any:
    office.click(name, "reviews.contribute")
    office.submit(name, {"section": section})
    result = office.submit(name, {"text": text, "handing": handing})
    office.deliver()
    return result


def write(office: Office, name: str, section: str, text: str, handing: str | None = None) -> Any:
    """A draft; whoever may not submit is offered nothing else."""
    office.click(name, "reviews.contribute")
    office.submit(name, {"section": section})
    return office.submit(name, {"text": text} | ({"handing": handing} if handing else {}))


def move_to(office: Office, day: date) -> None:
    office.clock.move_to(datetime(day.year, day.month, day.day, 10, tzinfo=ZURICH))


def hold(office: Office, name: str = "Amina Diallo", on: date = HELD) -> Any:
    office.click(name, "reviews.held")
    result = office.submit(name, {"held_on": on})
    office.deliver()
    return result


def sign(office: Office, name: str, tick: bool = True) -> Any:
    office.click(name, "reviews.sign")
    answers = {"confirmed": [yes(office, name)]} if tick else {}
    result = office.submit(name, answers)
    office.deliver()
    return result


def yes(office: Office, name: str) -> str:
    (block,) = [block for block in office.modal(name)["blocks"] if block.get("block_id") == "confirmed"]
    return str(block["element"]["options"][0]["text"]["text"])


def held(office: Office) -> Review:
    opened(office)
    move_to(office, date(2027, 10, 21))
    hold(office)
    return review(office)


def occurrence(office: Office) -> Occurrence:
    with office.reading() as desk:
        query = select(Occurrence).where(
            Occurrence.duty == "general-review", Occurrence.due_on == date(2027, 10, 22)
        )
        return desk.session.exec(query).one()
