"""A notice on its way, as tests bring it so far: drafted, agreed to, sent, received."""

from datetime import date, datetime, time
from typing import Any

from sqlmodel import select

from bot.agreement.standing import AgreementEnd
from bot.agreement.terminations import Termination
from bot.journal import Entry, Outcome
from tests.office import ZURICH, Office, words_of

LIAISON = "ilo-iom-liaison"
DRAFT: dict[str, Any] = {
    "language": "English",
    "addressee": "The Director General\nIOM",
    "place": "Geneva",
    "dated_on": date(2026, 11, 23),
    "signatory": "Gilbert Houngbo",
    "capacity": "Director-General",
    "planned_on": date(2026, 12, 31),
    "reason": "",
}
FILE = ("notice-signed.pdf", b"signed")
SENT: dict[str, Any] = {
    "sent_on": date(2026, 12, 29),
    "sent_time": time(9, 0),
    "travelled": "by courier",
    "file": FILE,
    "typed": "ILO-2026/1 sent",
}
RECEIVED: dict[str, Any] = {
    "received_on": date(2026, 12, 31),
    "received_time": time(10, 30),
    "how": "By courier, at the registry",
}


def row(office: Office, number: int = 1) -> Termination:
    with office.reading() as desk:
        return desk.session.get_one(Termination, number)


def notices(office: Office) -> int:
    with office.reading() as desk:
        return len(desk.session.exec(select(Termination)).all())


def expected_end(office: Office) -> date | None:
    with office.reading() as desk:
        end = desk.session.exec(select(AgreementEnd)).first()
        return end.ends_on if end else None


def refused(office: Office) -> list[str]:
    with office.reading() as desk:
        found = select(Entry.subject).where(Entry.outcome == Outcome.REFUSED).order_by(Entry.id)  # type: ignore[arg-type]
        return list(desk.session.exec(found).all())


def draft(office: Office, name: str = "Lucía Romero", **changes: Any) -> Any:
    office.command(name, "/termination notice")
    result = office.submit(name, {**DRAFT, **changes})
    office.deliver()
    return result


def press(
    office: Office, name: str, action: str, values: dict[str, Any] | None = None, where: str = "direct"
) -> Any:
    """Press a button of a notice, and send in the form that it opens."""
    told = office.click(name, f"notices.{action}", where=where)
    assert told == "", told
    result = office.submit(name, values or {})
    office.deliver()
    return result


def agree(office: Office, name: str, typed: str = "ILO-2026/1 SEND") -> Any:
    return press(office, name, "approve", {"typed": typed})


def approved(office: Office, **changes: Any) -> None:
    """A draft that the ILO's legal officer wrote, and to which she and the signatory agreed."""
    draft(office, **changes)
    agree(office, "Lucía Romero")
    agree(office, "Amina Diallo")


def at(office: Office, *when: int) -> None:
    office.clock.move_to(datetime(*when, tzinfo=ZURICH))  # type: ignore[arg-type,misc]


def sent(office: Office, **changes: Any) -> None:
    """It is on record as sent, at noon of 31 December 2026."""
    approved(office)
    at(office, 2026, 12, 31, 12)
    press(office, "Amina Diallo", "record_sent", {**SENT, **changes})


def acknowledged(office: Office, **changes: Any) -> None:
    """IOM's contact point acknowledged that it was received on 31 December 2026: until 28 February 2027."""
    sent(office)
    press(office, "Helena Costa", "acknowledge", {**RECEIVED, **changes})


def errors(result: Any) -> dict[str, str]:
    """What a form that stays open says beside its fields."""
    return dict(result.errors)


def said(office: Office, name: str) -> str:
    return words_of(office.direct(name))
