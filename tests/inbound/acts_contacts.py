"""The buttons and forms of V.1 and V.2 that change something, and what goes before each of them."""

from datetime import date, datetime
from typing import Any

from tests.clauses.test_v_1_offices import DAKAR, office_row, tell
from tests.clauses.test_v_2_2_confirmations import quarter
from tests.clauses.test_v_2_2_designations import NEW
from tests.handlers.pressing import press_rare, press_told
from tests.inbound.sending import Act, Body, filled, pressed
from tests.office import ZURICH, Office


def acknowledge_telling(office: Office) -> Body:
    tell(office, "Amina Diallo", "Nairobi", "ilo")
    return pressed(office, "ilo", "Samuel Otieno", "distributions.acknowledge", 1)


def record_form(office: Office) -> Body:
    tell(office, "Amina Diallo", "Nairobi", "ilo")
    office.click("Amina Diallo", "distributions.record", where="direct")
    return filled(office, "Amina Diallo", {"acknowledger": "The head", "evidence": "A letter"})


def tell_form(office: Office) -> Body:
    office.command("Amina Diallo", "/contacts office")
    press_told(office, "Amina Diallo", "distributions.tell", str(office_row(office, "Nairobi").id))
    return filled(office, "Amina Diallo", {})


def office_form(office: Office) -> Body:
    office.command("Amina Diallo", "/contacts office")
    press_told(office, "Amina Diallo", "offices.new")
    return filled(office, "Amina Diallo", DAKAR)


def topics_form(office: Office) -> Body:
    office.command("Amina Diallo", "/contacts list")
    press_told(office, "Amina Diallo", "contacts.topics")
    return filled(office, "Amina Diallo", {"person": "Mei Chen", "topics": "media law"})


def review_form(office: Office) -> Body:
    office.clock.move_to(datetime(2027, 1, 18, 10, tzinfo=ZURICH))
    office.tick()
    office.click("Omar Haddad", "contacts.review", str(quarter(office).id), where="direct")
    return filled(office, "Omar Haddad", {})


def designation_form(office: Office) -> Body:
    office.command("Amina Diallo", "/contacts designate")
    return filled(office, "Amina Diallo", NEW)


def end_form(office: Office) -> Body:
    office.home("Amina Diallo")
    press_rare(office, "Amina Diallo", "contacts", "contacts.end")
    ending: dict[str, Any] = {"designation": "Pierre Favre: alternate contact point"}
    return filled(office, "Amina Diallo", {**ending, "last_day": date(2026, 11, 30)})


def handover_form(office: Office) -> Body:
    office.command("Amina Diallo", "/contacts handover")
    return filled(office, "Amina Diallo", {"successor": "Mei Chen, Headquarters"})


ACTS = [
    Act("ilo", "distributions.acknowledge", acknowledge_telling),
    Act("ilo", "distributions.record", record_form),
    Act("ilo", "distributions.tell", tell_form),
    Act("ilo", "offices.keep", office_form),
    Act("ilo", "contacts.topics", topics_form, anew=True),
    Act("iom", "contacts.review", review_form),
    Act("ilo", "contacts.designate", designation_form),
    Act("ilo", "contacts.end", end_form),
    Act("ilo", "contacts.handover", handover_form, anew=True),
]
READING = {
    "contacts.list",
    "contacts.who",
    "contacts.topics",
    "contacts.review",
    "contacts.designate",
    "contacts.end",
    "contacts.handover",
    "distributions.tell",
    "distributions.record",
    "offices.list",
    "offices.new",
    "offices.edit",
}
"""Buttons that only open or show something."""
