"""An amendment on its way, step by step through the door, for the tests of VII.3 and X.2."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select

from bot.agreement.amendments import Amendment, AmendmentStep
from tests.handlers.pressing import press_told
from tests.office import Office

LIAISON = "ilo-iom-liaison"
NOTICE_WORDS = (
    "Either party may end the Agreement before its term by giving the other three months' written notice."
)
START: dict[str, Any] = {
    "amendment": "A longer notice",
    "purpose": "Two months are too short for the field offices.",
}
THREE_MONTHS: dict[str, Any] = {
    "number": "3",
    "unit": "months",
    "summary": NOTICE_WORDS,
    "rule": "3 months from the notice; reading: from receipt",
}
SIGNED = {"capacity": "Director-General", "signed_on": date(2026, 11, 23)}
NEW_CLAUSE: dict[str, Any] = {
    "clause_id": "V.4",
    "heading": "Joint statistics",
    "summary": "The parties publish joint statistics on labour migration.",
    "owed": "both",
    "evidence": "The statistics and their address",
    "steps": "30 days, 7 days, 0",
    "survival": "none",
}
YEARLY = {"month": "06", "number": "30"}
FILE = ("signed.pdf", b"the signed amendment")


NOTICE_CHANGE = ("VII.1-2 · Ending the Agreement early", "How long a notice runs", THREE_MONTHS)


def begin(office: Office, name: str = "Lucía Romero", **typed: Any) -> None:
    """Begin a draft; the form for its first change lies open afterwards."""
    office.command(name, "/instrument amendment")
    press_told(office, name, "amendments.start")
    office.submit(name, {**START, **typed})
    office.deliver()


def change(
    office: Office, clause: str, part: str, typed: Mapping[str, Any], name: str = "Lucía Romero"
) -> Any:
    """Fill in the three steps of a change, in the forms that follow one another."""
    office.submit(name, {"clause": clause})
    office.submit(name, {"part": part})
    result = office.submit(name, dict(typed))
    office.deliver()
    if result.ok:
        office.slack.close_modal(office.id(name))
    return result


def new_clause(office: Office, kind: str, typed: dict[str, Any], name: str = "Lucía Romero") -> Any:
    office.submit(name, {"clause": "new"})
    office.submit(name, {"kind": kind})
    result = office.submit(name, {**NEW_CLAUSE, **typed})
    office.deliver()
    if result.ok:
        office.slack.close_modal(office.id(name))
    return result


def press(office: Office, name: str, action: str, typed: dict[str, Any], where: str = LIAISON) -> Any:
    told = office.click(name, f"amendments.{action}", where=where)
    assert told == "", told
    result = office.submit(name, typed)
    office.deliver()
    if action in ("drop", "correct"):
        office.slack.close_modal(office.id(name))
    return result


def drafted(office: Office, name: str = "Lucía Romero", **typed: Any) -> None:
    """A draft of a longer notice, ready to be proposed."""
    begin(office, name, **typed)
    result = change(office, *NOTICE_CHANGE, name=name)
    assert result.ok, result


def proposed(office: Office, name: str = "Lucía Romero", **typed: Any) -> None:
    drafted(office, name, **typed)
    press(office, name, "propose", {}, "direct")


def agreed(office: Office, **typed: Any) -> None:
    proposed(office, **typed)
    press(office, "Helena Costa", "agree", {})


def both_signed(office: Office, **typed: Any) -> None:
    agreed(office, **typed)
    press(office, "Amina Diallo", "sign", {"signatory": "G. Houngbo", **SIGNED})
    press(office, "Helena Costa", "sign", {"signatory": "A. Pope", **SIGNED})


def filed(office: Office, **typed: Any) -> None:
    both_signed(office, **typed)
    press(office, "Amina Diallo", "file", {"file": FILE})


def sealed(office: Office, **typed: Any) -> None:
    """Signed by both, and the file confirmed: binding."""
    filed(office, **typed)
    press(office, "Helena Costa", "confirm", {})


def sign_and_seal(office: Office, on: date = date(2026, 11, 23)) -> None:
    """Propose what Lucía Romero has drafted, and bring it through both parties' hands until it is binding."""
    if row(office).version == 0:
        press(office, "Lucía Romero", "propose", {}, "direct")
    press(office, "Helena Costa", "agree", {})
    for name, head in (("Amina Diallo", "G. Houngbo"), ("Helena Costa", "A. Pope")):
        press(office, name, "sign", {"signatory": head, "capacity": "Head", "signed_on": on})
    press(office, "Amina Diallo", "file", {"file": FILE})
    press(office, "Helena Costa", "confirm", {})


def row(office: Office) -> Amendment:
    with office.reading() as desk:
        return desk.session.exec(select(Amendment).order_by(col(Amendment.id).desc())).all()[0]


def deeds(office: Office) -> list[str]:
    with office.reading() as desk:
        return [step.deed.value for step in desk.session.exec(select(AmendmentStep)).all()]
