"""Renewal as the tests begin it: an office of 2030, a room that is prepared, decided and released, a notice."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from bot.agreement.definition import PolicyValue
from bot.agreement.renewal_rooms import RenewalChoice, RenewalRoom
from bot.agreement.standing import AgreementEnd
from bot.journal import Entry, Outcome
from bot.secretariat import Secretariat
from tests.handlers.pressing import press_told
from tests.office import ZURICH, Office, Servers

TERM_END, SAFE, LONGER = date(2030, 10, 23), date(2030, 8, 22), date(2030, 8, 23)
WHY = "It serves both."
DECISION: dict[str, Any] = {"seen": 0, "choice": RenewalChoice.LET_RENEW, "reasons": WHY}


@contextmanager
def house(
    data: Path, servers: Servers, day: date, parties: tuple[str, ...] = ("ilo", "iom")
) -> Iterator[Office]:
    """Both organisations on SQLite, at ten on `day`; what fell due before is not known there."""
    start = datetime(day.year, day.month, day.day, 10, tzinfo=ZURICH)
    with Office(data, f"sqlite:///{data / 'comity.db'}", servers, start, parties=parties) as made:
        yield made.move_in()


def enter(office: Office, name: str) -> str:
    """What somebody is told who types the command."""
    return office.command(name, "/termination renewal")


def fill(office: Office, name: str, form: str, values: dict[str, Any]) -> Any:
    """Open a form of the room and send it in."""
    enter(office, name)
    press_told(office, name, f"renewals.{form}")
    result = office.submit(name, values)
    office.deliver()
    return result


def prepare(office: Office, name: str = "Lucía Romero", choice: str = "let_renew", reasons: str = WHY) -> Any:
    return fill(office, name, "prepare", {"choice": choice, "reasons": reasons})


def decide(office: Office, name: str = "Amina Diallo", choice: str = "let_renew", reasons: str = WHY) -> Any:
    return fill(office, name, "decide", {"choice": choice, "reasons": reasons})


def release(office: Office, name: str = "Amina Diallo") -> Any:
    return fill(office, name, "release", {})


def take_back(office: Office, name: str = "Amina Diallo") -> str:
    enter(office, name)
    said = press_told(office, name, "renewals.take_back")
    office.deliver()
    return said


def rooms(office: Office) -> dict[str, RenewalRoom]:
    """Each party's room of this term."""
    with office.reading() as desk:
        rows = desk.session.exec(select(RenewalRoom).order_by(col(RenewalRoom.id))).all()
        desk.session.expunge_all()
    return {row.party: row for row in rows}


def refusals(office: Office) -> list[str]:
    with office.reading() as desk:
        query = select(Entry.subject).where(Entry.outcome == Outcome.REFUSED).order_by(col(Entry.id))
        return list(desk.session.exec(query).all())


def notice_on_record(office: Office, ends_on: date) -> None:
    """A notice was given, received and put on record: by it the Agreement ends on a day."""
    with office.database.writing() as session:
        session.add(
            AgreementEnd(
                agreement="ilo-iom-2020", ends_on=ends_on, notice_id=1, recorded_at=office.clock.now()
            )
        )


def under(office: Office, readings: Mapping[str, PolicyValue]) -> Secretariat:
    """The same house with other answers to what the text leaves open."""
    secretariat = office.house.secretariat
    return replace(secretariat, definition=secretariat.definition.under(readings))


def ready(office: Office) -> None:
    """The contact point's party has decided and released."""
    decide(office)
    release(office)
