"""Raising a dispute and going on with it, for the tests of VIII."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import select

from bot.agreement.dispute_notes import DisputeNote
from bot.agreement.disputes import Dispute, DisputePerson, DisputeStatus, DisputeStep
from bot.journal import Entry, Outcome
from tests.handlers.pressing import modal_words, press_modal, press_told
from tests.knocking import pressed, user
from tests.office import Office

SECRETS = ("Marigold", "Jubaland", "refund", "Kismayo", "apology")
"""One word of every text below: none may be found outside the tables of disputes and the modals of readers."""
GRIEVANCE: dict[str, Any] = {
    "subject": "Marigold training centre",
    "clauses": ["IV.5-2", "IX.1(c)"],
    "about": "The costs of the centre in Jubaland were put on us alone.",
    "sought": "A refund of one half.",
    "people": ["Samuel Otieno (Nairobi)"],
    "outcome": "Send it to the other party now",
}
DRAFT = {**GRIEVANCE, "outcome": "Keep it as a draft of my own side"}
SETTLEMENT = "Kismayo was opened together; each side bears one half. No apology is owed."
ILO_SEES = ("Amina Diallo", "Lucía Romero", "Samuel Otieno")
IOM_SEES = ("Helena Costa", "Nadia Petrova", "Grace Wanjiru")
SEES = (*ILO_SEES, *IOM_SEES)
UNSEEN = (
    "Pierre Favre",
    "Mei Chen",
    "Jonas Weber",
    "Anan Srisai",
    "Ravi Menon",
    "Omar Haddad",
    "Yuki Tanaka",
    "Linh Tran",
    "David Okafor",
    "Ines Martin",
)
"""Everybody on both rosters who is neither named nor a contact point, signatory or legal officer."""


def write(office: Office, name: str = "Lucía Romero", **changes: Any) -> Any:
    """Write a dispute down, in the own party's app."""
    office.command(name, "/instrument dispute")
    told = press_told(office, name, "disputes.raise")
    assert told == "", told
    result = office.submit(name, {**GRIEVANCE, **changes})
    office.deliver()
    return result


def raised(office: Office) -> None:
    assert write(office).ok
    office.slack.close_modal(office.id("Lucía Romero"))


def drafted(office: Office) -> None:
    assert write(office, outcome=DRAFT["outcome"]).ok
    office.slack.close_modal(office.id("Lucía Romero"))


def close(office: Office, name: str) -> None:
    while office.slack.modal(office.id(name)):
        office.slack.close_modal(office.id(name))


def read(office: Office, name: str, number: str = "2026/1") -> str:
    """Open a dispute by its number."""
    close(office, name)
    told = office.command(name, f"/instrument dispute {number}")
    return modal_words(office, name) if office.slack.modal(office.id(name)) else told


def read_draft(office: Office, name: str) -> str:
    close(office, name)
    office.command(name, "/instrument dispute")
    press_told(office, name, "disputes.read")
    return modal_words(office, name)


def press(office: Office, name: str, action: str, typed: dict[str, Any] | None = None) -> Any:
    """Read the dispute, press a button of the page and fill in its form."""
    read(office, name)
    told = press_modal(office, name, f"disputes.{action}")
    assert told == "", told
    result = office.submit(name, typed or {})
    office.deliver()
    close(office, name)
    return result


def taken_up(office: Office) -> None:
    raised(office)
    assert press(office, "Nadia Petrova", "take_up", {"people": ["Grace Wanjiru (Nairobi)"]}).ok


def noted(office: Office, name: str = "Lucía Romero") -> None:
    taken_up(office)
    assert press(office, name, "note", {"text": SETTLEMENT}).ok


def settled(office: Office) -> None:
    noted(office)
    assert press(office, "Helena Costa", "confirm").ok


def rows(office: Office, kind: Any) -> list[Any]:
    with office.reading() as desk:
        return list(desk.session.exec(select(kind)).all())


def row(office: Office) -> Dispute:
    return rows(office, Dispute)[0]


def status(office: Office) -> DisputeStatus:
    return row(office).status


def named(office: Office) -> set[tuple[str, str]]:
    people = {one.key: one for one in (office.person(name) for name in (*SEES, *UNSEEN))}
    return {(each.level.value, people[each.person_id].name) for each in rows(office, DisputePerson)}


def deeds(office: Office) -> list[str]:
    return [step.deed.value for step in rows(office, DisputeStep)]


def note(office: Office) -> DisputeNote:
    return rows(office, DisputeNote)[-1]


def refused(office: Office) -> list[tuple[str, str]]:
    return [(each.actor, each.subject) for each in rows(office, Entry) if each.outcome is Outcome.REFUSED]


def done(office: Office, event: str) -> list[Entry]:
    return [each for each in rows(office, Entry) if each.event == event and each.outcome is Outcome.DONE]


def knock(office: Office, name: str, action: str, value: str | None = "1", party: str = "") -> None:
    """Press a button that was never shown, through either app."""
    own = office.who(name).team_id.removeprefix("T0").lower()
    app = party or (own if own in ("ilo", "iom") else "ilo")
    pressed(office, app, user(office, name), f"disputes.{action}", value)


def leaks(found: Iterator[tuple[str, str]]) -> list[str]:
    mine = ("dispute", "disputestep", "disputenote", "disputeperson", "record")
    return [place for place, said in found if place not in mine and any(word in said for word in SECRETS)]
