"""What changes something about invitations (IV.4) and about agreements under the Agreement (IV.3, IX.1(a))."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from tests.handlers import test_instruments as instruments
from tests.handlers import test_invitations as invitations
from tests.inbound.sending import Act, Body, filled, pressed
from tests.office import ZURICH, Office


def meeting_form(office: Office) -> Body:
    office.command("Mei Chen", "/meeting announce")
    return filled(office, "Mei Chen", invitations.MEETING)


def not_of_interest(office: Office) -> None:
    invitations.announce(office)
    invitations.press(office, "Amina Diallo", "no_interest", {"reason": "Internal."})


def of_interest(office: Office) -> None:
    invitations.announce(office)
    invitations.press(office, "Amina Diallo", "interest", {"reason": "Yes."})


def over(office: Office) -> None:
    invitations.invited(office)
    office.clock.move_to(datetime(2027, 3, 18, 10, tzinfo=ZURICH))
    office.tick()


def inviting(
    before: Callable[[Office], Any], name: str, action: str, values: dict[str, Any]
) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        before(office)
        office.click(name, f"invitations.{action}", where="direct")
        return filled(office, name, values)

    return ready


def instrument_form(office: Office) -> Body:
    office.command("Lucía Romero", "/instrument add")
    return filled(office, "Lucía Romero", instruments.PARTICULARS)


def ending(office: Office) -> None:
    instruments.in_force(office)
    instruments.press(office, "Amina Diallo", "end", instruments.END)


def not_ended(office: Office) -> Body:
    ending(office)
    return pressed(office, "iom", "Helena Costa", "instruments.drop_ending", 1)


def recording(
    before: Callable[[Office], Any], name: str, action: str, values: dict[str, Any]
) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        before(office)
        office.click(name, f"instruments.{action}")
        return filled(office, name, values)

    return ready


WHY = {"reason": "Why."}
SIGNATURE = {"signatory": "G. Houngbo", **instruments.SIGNED}
MOVED = {"starts_on": date(2027, 5, 10), "ends_on": date(2027, 5, 10), **WHY}
INVITING = [
    ("ilo", "interest", inviting(invitations.announce, "Amina Diallo", "interest", WHY)),
    ("ilo", "no_interest", inviting(invitations.announce, "Amina Diallo", "no_interest", WHY)),
    ("ilo", "reconsider", inviting(not_of_interest, "Amina Diallo", "reconsider", WHY)),
    ("ilo", "issue", inviting(of_interest, "Amina Diallo", "issue", {"signed_by": "The head"})),
    ("iom", "accept", inviting(invitations.invited, "Helena Costa", "accept", {"note": "Helena Costa"})),
    ("iom", "tentative", inviting(invitations.invited, "Helena Costa", "tentative", {"note": "Later."})),
    ("iom", "decline", inviting(invitations.invited, "Helena Costa", "decline", {"note": "No time."})),
    ("ilo", "postpone", inviting(invitations.invited, "Amina Diallo", "postpone", MOVED)),
    ("ilo", "cancel", inviting(invitations.invited, "Amina Diallo", "cancel", WHY)),
    ("ilo", "attendance", inviting(over, "Amina Diallo", "attendance", {"attended": "Nobody"})),
]
RECORDING = [
    ("ilo", "correct", recording(instruments.add, "Amina Diallo", "correct", {"scope": "Kenya"})),
    ("ilo", "sign", recording(instruments.add, "Amina Diallo", "sign", SIGNATURE)),
    ("ilo", "file", recording(instruments.add, "Amina Diallo", "file", {"kept_at": "Registry, IR/12"})),
    ("ilo", "withdraw", recording(instruments.add, "Amina Diallo", "withdraw", WHY)),
    ("iom", "confirm", recording(instruments.signed, "Helena Costa", "confirm", {})),
    ("ilo", "end", recording(instruments.in_force, "Amina Diallo", "end", instruments.END)),
    ("iom", "confirm_ending", recording(ending, "Helena Costa", "confirm_ending", {})),
]

ACTS = [
    Act("ilo", "invitations.announce", meeting_form, anew=True),
    *(Act(party, f"invitations.{action}", ready) for party, action, ready in INVITING),
    Act("ilo", "instruments.add", instrument_form, anew=True),
    Act("iom", "instruments.drop_ending", not_ended),
    *(Act(party, f"instruments.{action}", ready) for party, action, ready in RECORDING),
]
READING = {
    "instruments.add",
    "instruments.list",
    "instruments.show",
    "instruments.correct",
    "instruments.sign",
    "instruments.file",
    "instruments.withdraw",
    "instruments.confirm",
    "instruments.end",
    "instruments.confirm_ending",
    "invitations.announce",
    "invitations.list",
    "invitations.show",
    *(f"invitations.{action}" for _, action, _ in INVITING),
}
