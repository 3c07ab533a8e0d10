"""How meetings are arranged in the tests: through the forms and buttons that people use."""

from datetime import date, datetime, time
from typing import Any

from sqlmodel import select

from bot.agreement.meeting_actions import MeetingAction
from bot.agreement.meeting_minutes import Minutes
from bot.agreement.meeting_slots import slots
from bot.agreement.meetings import Meeting
from bot.journal import Entry, Outcome
from tests.office import ZURICH, Office, words_of

LIAISON, KENYA = "ilo-iom-liaison", "ilo-iom-east-africa"
DAY, OTHER_DAY = date(2027, 2, 3), date(2027, 2, 10)
PROPOSAL: dict[str, Any] = {
    "subject": "Yearly consultation",
    "purposes": ["IV.6-4", "V.3-1"],
    "format": "hybrid",
    "venue": "Geneva, room II",
    "length": "90",
    "day_1": DAY,
    "time_1": time(14, 0),
    "day_2": OTHER_DAY,
    "time_2": time(10, 30),
    "more": "",
}
FIELD = {"purposes": ["IV.6-2"], "venue": "Nairobi, UN complex"}
MINUTES: dict[str, Any] = {
    "held_on": DAY,
    "present_own": "Amina Diallo, Mei Chen",
    "present_other": "Helena Costa",
    "summary": "We went through the workplan.",
    "decisions": "To publish the study together.",
    "actions": "Send the draft call | Samuel Otieno | 2027-03-31\nBook the room | IOM Maria Rossi | 2027-03-01",
    "next_on": date(2028, 2, 2),
    "no_next": "",
}
CONFIRMED = ["IV.6-4", "V.3-1"]
OTHER_TIMES: dict[str, Any] = {
    "reason": "The Governing Body meets that week.",
    "day_1": date(2027, 2, 17),
    "time_1": time(9, 0),
    "day_2": date(2027, 2, 18),
    "time_2": time(9, 0),
}
CALLING = "<!channel> *bold* & <https://evil.example|x> {{ 7*7 }}"
"""What people may type to call, mislead or be read as something else."""


def propose(office: Office, name: str = "Amina Diallo", channel: str = LIAISON, **changes: Any) -> Any:
    office.command(name, "/meeting propose", channel=channel)
    result = office.submit(name, {**PROPOSAL, **changes})
    office.deliver()
    return result


def rows(office: Office, kind: Any) -> list[Any]:
    with office.reading() as desk:
        return list(desk.session.exec(select(kind).order_by(kind.id)).all())


def meeting(office: Office) -> Meeting:
    return rows(office, Meeting)[-1]


def minutes(office: Office) -> Minutes:
    return rows(office, Minutes)[-1]


def actions(office: Office) -> list[MeetingAction]:
    return rows(office, MeetingAction)


def offered(office: Office) -> list[int]:
    """The numbers of the times that are proposed now."""
    with office.reading() as desk:
        return [slot.key for slot in slots(desk.session, meeting(office))]


def refused(office: Office) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


def answer(office: Office, name: str, said: list[str], where: str = LIAISON) -> Any:
    office.click(name, "meetings.answer", where=where)
    given = {
        f"slot_{n}": f"{slot}:{word}"
        for n, (slot, word) in enumerate(zip(offered(office), said, strict=True), 1)
    }
    result = office.submit(name, given)
    office.deliver()
    return result


def agree(
    office: Office, name: str, slot: int = 0, purposes: list[str] | None = None, where: str = LIAISON
) -> Any:
    office.click(name, "meetings.agree", where=where)
    purposes = CONFIRMED if purposes is None else purposes or ["none"]
    result = office.submit(name, {"slot": str(offered(office)[slot]), "purposes": purposes})
    office.deliver()
    return result


def fixed(office: Office) -> None:
    """A global meeting on 3 February 2027 at 14:00 in Geneva."""
    propose(office)
    agree(office, "Amina Diallo")
    agree(office, "Helena Costa")


def press_action(office: Office, name: str, number: int = 0) -> str:
    """Press the button beside an action item on the card in the liaison channel."""
    card = office.channel(LIAISON)[0]
    held = [block["accessory"]["value"] for block in card["blocks"] if "accessory" in block]
    since = len(office.told(name))
    outcome = office.slack.click(office.id(name), "C0LIAISON", card["ts"], "meetings.action", held[number])
    assert outcome.error is None, outcome.error
    return words_of(office.told(name)[since:])


def after_the_day(office: Office) -> None:
    fixed(office)
    office.clock.move_to(datetime(2027, 2, 4, 10, tzinfo=ZURICH))
    office.tick()


def write(office: Office, name: str = "Amina Diallo", where: str = LIAISON, **changes: Any) -> Any:
    office.click(name, "meetings.minutes", where=where)
    result = office.submit(name, {**MINUTES, **changes})
    office.deliver()
    return result


def closed(office: Office, **changes: Any) -> None:
    after_the_day(office)
    write(office, **changes)
    office.click("Helena Costa", "meetings.confirm")
    office.deliver()


def card_of(office: Office, channel: str = LIAISON) -> str:
    return words_of(
        [each for each in office.channel(channel) if each.get("thread_ts", each["ts"]) == each["ts"]][:1]
    )


def thread(office: Office, channel: str = LIAISON) -> str:
    return words_of(
        [each for each in office.channel(channel) if each.get("thread_ts", each["ts"]) != each["ts"]]
    )


def move(office: Office, name: str = "Helena Costa", **changes: Any) -> Any:
    office.click(name, "meetings.move")
    result = office.submit(name, {**OTHER_TIMES, **changes})
    office.deliver()
    return result


def cancel(office: Office, name: str = "Helena Costa", reason: str = "The room is not free.") -> Any:
    office.click(name, "meetings.cancel")
    result = office.submit(name, {"reason": reason})
    office.deliver()
    return result


def close(office: Office, name: str, outcome: str, note: str = "", home: bool = False) -> Any:
    if home:
        office.click(name, "meetings.action", where="home")
    else:
        press_action(office, name)
    result = office.submit(name, {"outcome": outcome, "note": note})
    office.deliver()
    return result
