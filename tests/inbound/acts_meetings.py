"""What changes something about meetings (IV.6-2, IV.6-3, V.3-1): their times, their minutes, what follows."""

from collections.abc import Callable
from typing import Any

from tests.handlers import meeting_days as days
from tests.handlers.meeting_days import CONFIRMED, MINUTES, OTHER_TIMES, PROPOSAL
from tests.inbound.sending import Act, Body, after, filled, pressed
from tests.office import Office


def proposing(office: Office) -> Body:
    office.command("Amina Diallo", "/meeting propose")
    return filled(office, "Amina Diallo", PROPOSAL)


def answering(office: Office) -> Body:
    days.propose(office)
    office.click("Helena Costa", "meetings.answer")
    first, second = days.offered(office)
    return filled(office, "Helena Costa", {"slot_1": f"{first}:yes", "slot_2": f"{second}:no"})


def one_agreeing(office: Office) -> Body:
    days.propose(office)
    return agreeing(office, "Amina Diallo")


def both_agreeing(office: Office) -> Body:
    days.propose(office)
    days.agree(office, "Amina Diallo")
    return agreeing(office, "Helena Costa")


def agreeing(office: Office, name: str) -> Body:
    office.click(name, "meetings.agree")
    return filled(office, name, {"slot": str(days.offered(office)[0]), "purposes": CONFIRMED})


def written(office: Office) -> None:
    days.after_the_day(office)
    days.write(office)


def form(
    before: Callable[[Office], Any], name: str, action: str, values: dict[str, Any]
) -> Callable[[Office], Body]:
    """A form that a button of the card in the liaison channel opens."""

    def ready(office: Office) -> Body:
        before(office)
        office.click(name, action)
        return filled(office, name, values)

    return ready


def confirming(office: Office) -> Body:
    written(office)
    return pressed(office, "ilo", "Helena Costa", "meetings.confirm", 1)


def closing(office: Office) -> Body:
    days.closed(office)
    days.press_action(office, "Samuel Otieno", 1)
    return filled(office, "Samuel Otieno", {"outcome": "done", "note": "Sent."})


CANCEL = {"reason": "The room is not free."}
CORRECTION = {"correction": "IOM did not agree to publish."}

ACTS = [
    Act("ilo", "meetings.propose", proposing, anew=True),
    Act("ilo", "meetings.answer", answering, anew=True),
    Act("ilo", "meetings.agree", one_agreeing),
    Act("ilo", "meetings.agree", both_agreeing),
    Act("ilo", "meetings.move", form(days.propose, "Helena Costa", "meetings.move", OTHER_TIMES)),
    Act("ilo", "meetings.move", form(days.fixed, "Helena Costa", "meetings.move", OTHER_TIMES)),
    Act("ilo", "meetings.cancel", form(days.propose, "Helena Costa", "meetings.cancel", CANCEL)),
    Act("ilo", "meetings.cancel", form(days.fixed, "Helena Costa", "meetings.cancel", CANCEL)),
    Act("ilo", "meetings.minutes", form(days.after_the_day, "Amina Diallo", "meetings.minutes", MINUTES)),
    Act("ilo", "meetings.confirm", confirming),
    Act("ilo", "meetings.correct", form(written, "Helena Costa", "meetings.correct", CORRECTION)),
    Act("ilo", "meetings.action", closing),
]
SHOWING = [
    after(days.propose, "ilo", "meetings.propose", "Helena Costa", "new"),
    after(days.propose, "ilo", "meetings.list", "Helena Costa", "all"),
    after(days.propose, "ilo", "meetings.show", "Helena Costa", "2026/1"),
    after(days.propose, "ilo", "meetings.answer", "Helena Costa"),
    after(days.propose, "ilo", "meetings.agree", "Helena Costa"),
    after(days.fixed, "ilo", "meetings.move", "Helena Costa"),
    after(days.fixed, "ilo", "meetings.cancel", "Helena Costa"),
    after(days.after_the_day, "ilo", "meetings.minutes", "Helena Costa"),
    after(written, "ilo", "meetings.correct", "Helena Costa"),
    after(days.closed, "ilo", "meetings.action", "Samuel Otieno"),
]
READING = {act.door for act in SHOWING}
