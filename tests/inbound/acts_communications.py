"""What changes something in what both parties publish, note and pursue together (III.2, IV.8 to IV.11)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.clauses import drafting
from tests.clauses.drafting import PRESS, RELEASE
from tests.clauses.test_iv_8_event_notes import BRIEFING, note
from tests.clauses.test_iv_9_marks import EMBLEM
from tests.clauses.test_iv_11_funding import LEAD, log
from tests.handlers.pressing import press_modal
from tests.inbound.sending import Act, Body, after, filled, pressed
from tests.office import Office


def draft_form(office: Office) -> Body:
    office.command("Mei Chen", "/communication draft")
    return filled(office, "Mei Chen", PRESS)


def campaign_form(office: Office) -> Body:
    office.command("Mei Chen", "/communication draft")
    return filled(office, "Mei Chen", {**PRESS, "kind": "campaign"})


def first_clearance(office: Office) -> Body:
    drafting.draft(office)
    return pressed(office, "ilo", "Mei Chen", "communications.clear", 1)


def last_clearance(office: Office) -> Body:
    drafting.draft(office)
    drafting.clear(office, "Mei Chen")
    return pressed(office, "iom", "David Okafor", "communications.clear", 1)


def release(office: Office) -> Body:
    drafting.cleared(office, embargo="no")
    return pressed(office, "ilo", "David Okafor", "communications.release", 1)


def sending_back(office: Office) -> Body:
    drafting.draft(office)
    office.click("David Okafor", "communications.send_back", where="direct")
    return filled(office, "David Okafor", {"comments": "Name the ministry."})


def naming_approvals(office: Office) -> Body:
    drafting.draft(office, marks=EMBLEM)
    key = drafting.approved(office)
    office.click("Mei Chen", "communications.approvals")
    return filled(office, "Mei Chen", {"approvals": [str(key)]})


def out(office: Office) -> None:
    drafting.cleared(office)
    drafting.at(office, RELEASE)


def on_card(before: Callable[[Office], Any], action: str, values: dict[str, Any]) -> Callable[[Office], Body]:
    """A form that a button of the card in the liaison channel opens."""

    def ready(office: Office) -> Body:
        before(office)
        office.click("Mei Chen", f"communications.{action}")
        return filled(office, "Mei Chen", values)

    return ready


def note_form(office: Office) -> Body:
    office.command("Mei Chen", "/communication event")
    return filled(office, "Mei Chen", BRIEFING)


def confirming(office: Office) -> Body:
    note(office)
    return pressed(office, "ilo", "Helena Costa", "event_notes.confirm", 1)


def log_form(office: Office) -> Body:
    office.command("Amina Diallo", "/communication funding")
    press_modal(office, "Amina Diallo", "funding.log")
    return filled(office, "Amina Diallo", LEAD)


def change_form(office: Office) -> Body:
    log(office)
    office.command("Amina Diallo", "/communication funding")
    press_modal(office, "Amina Diallo", "funding.show", "1")
    press_modal(office, "Amina Diallo", "funding.change")
    return filled(office, "Amina Diallo", {"status": "contacted"})


def reading_lead(door: str) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        log(office)
        return pressed(office, "ilo", "Amina Diallo", door, 1)

    return ready


LATER = {"release_on": date(2026, 12, 3), "release_time": "18:00", "reason": "The minister is away."}
WITHDRAWAL = {"reason": "Overtaken by events."}
PUBLISHED = {"live_link": "https://ilo.example/fair", "published_on": date(2026, 12, 1)}

QUIETLY = "Who reads a lead is for the journal alone; nobody is told of it."
EACH_READING = (
    "Every reading of a lead is put on record (IV.11); the form that changes it shows its detail, too."
)

ACTS = [
    Act("ilo", "communications.draft", draft_form, anew=True),
    Act("ilo", "communications.draft", campaign_form, anew=True),
    Act("ilo", "communications.clear", first_clearance),
    Act("iom", "communications.clear", last_clearance),
    Act("ilo", "communications.release", release),
    Act("ilo", "communications.revision", on_card(drafting.draft, "revise", {"text_en": "Another text."})),
    Act("iom", "communications.comments", sending_back),
    Act("ilo", "communications.approvals", naming_approvals, anew=True),
    Act("ilo", "communications.postponement", on_card(drafting.cleared, "postpone", LATER)),
    Act("ilo", "communications.withdrawal", on_card(drafting.cleared, "withdraw", WITHDRAWAL)),
    Act("ilo", "communications.publication", on_card(out, "publish", PUBLISHED)),
    Act("ilo", "event_notes.note", note_form, anew=True),
    Act("ilo", "event_notes.confirm", confirming),
    Act("ilo", "funding.log", log_form, anew=True),
    Act("ilo", "funding.change", change_form),
    Act("ilo", "funding.show", reading_lead("funding.show"), silent=QUIETLY, each_press=EACH_READING),
    Act("ilo", "funding.change", reading_lead("funding.change"), silent=QUIETLY, each_press=EACH_READING),
]


def marked(office: Office) -> None:
    drafting.draft(office, marks=EMBLEM)
    drafting.approved(office)


SHOWING = [
    after(drafting.draft, "ilo", "communications.draft", "Mei Chen", "new"),
    after(drafting.draft, "ilo", "communications.revise", "Mei Chen"),
    after(drafting.draft, "ilo", "communications.list", "Mei Chen", "all"),
    after(drafting.draft, "ilo", "communications.show", "Mei Chen", "2026/1"),
    after(drafting.draft, "ilo", "communications.read", "David Okafor"),
    after(drafting.draft, "ilo", "communications.send_back", "David Okafor"),
    after(marked, "ilo", "communications.approvals", "Mei Chen"),
    after(drafting.cleared, "ilo", "communications.postpone", "Mei Chen"),
    after(drafting.cleared, "ilo", "communications.withdraw", "Mei Chen"),
    after(out, "ilo", "communications.publish", "Mei Chen"),
    after(note, "ilo", "event_notes.note", "Mei Chen", "new"),
    after(note, "ilo", "event_notes.list", "Mei Chen", "all"),
    after(note, "ilo", "event_notes.show", "Mei Chen", "2026/1"),
    after(log, "ilo", "funding.list", "Amina Diallo", "all"),
    after(log, "ilo", "funding.log", "Amina Diallo", "new"),
]
READING = {act.door for act in SHOWING}
