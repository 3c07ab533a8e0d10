"""What changes something about a permission after its request: drafts, use, revocation, take-down."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.handlers import permitting
from tests.handlers.test_emblems import USE, ask
from tests.inbound.sending import Act, Body, after, filled, pressed
from tests.office import Office

MENTION = {"kind": "plain_text", "product": "Annual report", "text": "Together with the IOM."}
PROOF = {"place": "The website", "seen_on": permitting.TODAY, "link": "https://www.example.org/a"}


def draft_form(office: Office) -> Body:
    office.command("Mei Chen", "/emblem request")
    return filled(office, "Mei Chen", {**USE, "send": "draft"})


def changed_draft(office: Office) -> Body:
    permitting.draft(office)
    office.click("Mei Chen", "emblems.open_draft", where="direct")
    return filled(office, "Mei Chen", {**USE, "product": "Another study", "send": "draft"})


def submitted_draft(office: Office) -> Body:
    permitting.draft(office)
    office.click("Mei Chen", "emblems.open_draft", where="direct")
    return filled(office, "Mei Chen", {**USE, "send": "submit"})


def dropped_draft(office: Office) -> Body:
    permitting.draft(office)
    return pressed(office, "ilo", "Mei Chen", "emblems.drop_draft", 1)


def withdrawn(office: Office) -> Body:
    ask(office)
    return pressed(office, "ilo", "Mei Chen", "emblems.withdraw", 1)


def mention_form(office: Office) -> Body:
    office.command("Mei Chen", "/emblem mention")
    return filled(office, "Mei Chen", MENTION)


def form(
    before: Callable[[Office], Any], name: str, action: str, values: dict[str, Any]
) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        before(office)
        office.click(name, f"emblems.{action}")
        return filled(office, name, values)

    return ready


REVOKED = {"reason": "Misused.", "effect_on": permitting.TODAY}
DOWN = {"down_on": permitting.TODAY, "note": "Removed."}
ACTS = [
    Act("ilo", "emblems.request", draft_form, anew=True),
    Act("ilo", "emblems.draft", changed_draft, anew=True),
    Act("ilo", "emblems.draft", submitted_draft),
    Act("ilo", "emblems.drop_draft", dropped_draft),
    Act("ilo", "emblems.withdraw", withdrawn),
    Act("ilo", "emblems.mention", mention_form, anew=True),
    Act(
        "ilo",
        "emblems.material",
        form(permitting.granted, "Mei Chen", "change_material", {"mockup_text": "Other words"}),
    ),
    Act(
        "ilo",
        "emblems.beginning",
        form(permitting.granted, "Mei Chen", "begin_use", {"began_on": date(2026, 11, 23)}),
    ),
    Act("ilo", "emblems.proof", form(permitting.in_use, "Mei Chen", "file_proof", PROOF), anew=True),
    Act("iom", "emblems.revocation", form(permitting.in_use, "Yuki Tanaka", "revoke", REVOKED)),
    Act("ilo", "emblems.take_down", form(permitting.revoked, "Mei Chen", "taken_down", DOWN)),
]
READING = {
    "emblems.mention",
    "emblems.open_draft",
    "emblems.change_material",
    "emblems.begin_use",
    "emblems.file_proof",
    "emblems.revoke",
    "emblems.taken_down",
}
SHOWING = [
    after(permitting.draft, "ilo", "emblems.open_draft", "Mei Chen"),
    after(permitting.granted, "ilo", "emblems.change_material", "Mei Chen"),
    after(permitting.granted, "ilo", "emblems.begin_use", "Mei Chen"),
    after(permitting.in_use, "ilo", "emblems.file_proof", "Mei Chen"),
    after(permitting.in_use, "iom", "emblems.revoke", "Yuki Tanaka"),
    after(permitting.revoked, "ilo", "emblems.taken_down", "Mei Chen"),
]
