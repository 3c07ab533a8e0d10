"""A notice on its way, as tests bring it so far: drafted, agreed to, sent, received."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from bot.agreement.standing import AgreementEnd
from bot.agreement.terminations import Termination
from bot.journal import Entry, Outcome
from tests.office import ZURICH, Office, words_of

LIAISON = "ilo-iom-liaison"
NOON = datetime(2026, 12, 31, 12, tzinfo=ZURICH)
DRAFT: dict[str, Any] = {
    "language": "English",
    "addressee": "The Director General\nIOM",
    "place": "Geneva",
    "dated_on": date(2026, 11, 23),
    "signatory": "Gilbert Houngbo",
    "capacity": "Director-General",
    "reason": "",
}
FILE = ("notice-signed.pdf", b"signed")
SLIP = ("slip.pdf", b"slip")


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
    """What was refused so far, the first first."""
    with office.reading() as desk:
        found = select(Entry.subject).where(Entry.outcome == Outcome.REFUSED).order_by(col(Entry.id))
        return list(desk.session.exec(found).all())


def draft(office: Office, name: str = "Lucía Romero", **changes: Any) -> Any:
    office.command(name, "/termination notice")
    planned = office.today + timedelta(days=38)
    result = office.submit(name, {**DRAFT, "planned_on": planned, **changes})
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


def typed(office: Office, word: str) -> dict[str, Any]:
    return {"typed": f"{row(office).number} {word}"}


def agree(office: Office, name: str, **changes: Any) -> Any:
    return press(office, name, "approve", {**typed(office, "SEND"), **changes})


def approved(office: Office, own: tuple[str, str] = ("Lucía Romero", "Amina Diallo"), **changes: Any) -> None:
    """A draft that one person of a party wrote, and to which they and its signatory agreed."""
    draft(office, own[0], **changes)
    for name in own:
        agree(office, name)


def sending(office: Office, **changes: Any) -> dict[str, Any]:
    """The form with which it is put on record that the letter was sent an hour ago."""
    at = office.clock.now().astimezone(ZURICH) - timedelta(hours=1)
    when = {"dated_on": date(2026, 11, 23), "sent_on": at.date(), "sent_time": time(at.hour, at.minute)}
    return {**when, "travelled": "by courier", "file": FILE, **typed(office, "SENT"), **changes}


def receiving(office: Office, **changes: Any) -> dict[str, Any]:
    """The form with which receipt is acknowledged, as of this minute."""
    at = office.clock.now().astimezone(ZURICH)
    when = {"received_on": at.date(), "received_time": time(at.hour, at.minute)}
    return {**when, "how": "By courier, at the registry", **changes}


def sent(office: Office, when: datetime = NOON, **changes: Any) -> Any:
    """It is on record as sent, by noon of 31 December 2026."""
    approved(office, dated_on=date(2026, 11, 23))
    office.clock.move_to(when)
    return press(office, "Amina Diallo", "record_sent", sending(office, **changes))


def acknowledged(office: Office, when: datetime = NOON, **changes: Any) -> Any:
    """IOM's contact point acknowledged that it was received on 31 December 2026: until 28 February 2027."""
    sent(office, when)
    return press(office, "Helena Costa", "acknowledge", receiving(office, **changes))


def said(office: Office, name: str) -> str:
    """Every word that somebody reads in their direct messages."""
    return words_of(office.direct(name))


def press_home(office: Office, name: str, action: str, values: dict[str, Any]) -> Any:
    """Press a button in the App Home and send its form."""
    office.home(name)
    office.click(name, f"notices.{action}", where="home")
    result = office.submit(name, values)
    office.deliver()
    return result
