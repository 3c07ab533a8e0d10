"""What changes something in the dossier of the general review (V.3-2)."""

from datetime import date

from tests.handlers.reviewing import HELD, held, move_to, opened, yes
from tests.inbound.sending import Act, Body, filled, pressed
from tests.office import Office


def opening(office: Office) -> Body:
    return pressed(office, "ilo", "Amina Diallo", "reviews.open", "new")


def agreeing(office: Office) -> Body:
    opened(office)
    office.click("Amina Diallo", "reviews.day")
    office.submit("Amina Diallo", {"day": HELD})
    return pressed(office, "iom", "Helena Costa", "reviews.agree", "1@1")


def dossier(office: Office) -> Body:
    opened(office)
    return pressed(office, "iom", "Helena Costa", "reviews.dossier", 1)


def writing(office: Office) -> Body:
    opened(office)
    office.click("Amina Diallo", "reviews.contribute")
    office.submit("Amina Diallo", {"section": "Meetings and consultations"})
    answers = {"text": "Two meetings", "handing": "Submit it to both parties"}
    return filled(office, "Amina Diallo", answers)


def naming(office: Office) -> Body:
    opened(office)
    office.click("Amina Diallo", "reviews.contributor")
    answers = {"section": "Meetings and consultations", "contributor": "Mei Chen"}
    return filled(office, "Amina Diallo", answers)


def proposing(office: Office) -> Body:
    opened(office)
    office.click("Amina Diallo", "reviews.day")
    return filled(office, "Amina Diallo", {"day": HELD})


def holding(office: Office) -> Body:
    opened(office)
    move_to(office, date(2027, 10, 21))
    office.click("Amina Diallo", "reviews.held")
    return filled(office, "Amina Diallo", {"held_on": HELD})


def signing(office: Office) -> Body:
    held(office)
    office.click("Amina Diallo", "reviews.sign")
    return filled(office, "Amina Diallo", {"confirmed": [yes(office, "Amina Diallo")]})


ACTS = [
    Act("ilo", "reviews.open", opening),
    Act("iom", "reviews.agree", agreeing),
    Act("iom", "reviews.dossier", dossier),
    Act("ilo", "reviews.write", writing),
    Act("ilo", "reviews.contributor", naming, anew=True),
    Act("ilo", "reviews.day", proposing),
    Act("ilo", "reviews.held", holding),
    Act("ilo", "reviews.sign", signing),
]
READING = {
    "reviews.contribute",
    "reviews.contributor",
    "reviews.day",
    "reviews.held",
    "reviews.report",
    "reviews.sign",
}
