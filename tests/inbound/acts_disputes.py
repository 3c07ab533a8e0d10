"""What changes something about disputes (VIII), the acknowledgement (VI.4) and costs (VI.2, IX.1(c))."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.handlers import costing, crediting, disputing
from tests.handlers.pressing import press_modal, press_told
from tests.inbound.sending import Act, Body, after, filled, pressed
from tests.office import Office


def raising(outcome: str) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        office.command("Lucía Romero", "/instrument dispute")
        press_told(office, "Lucía Romero", "disputes.raise")
        return filled(office, "Lucía Romero", {**disputing.GRIEVANCE, "outcome": outcome})

    return ready


def on_draft(door: str, value: str) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        disputing.drafted(office)
        return pressed(office, "ilo", "Amina Diallo", door, value)

    return ready


def changed(office: Office) -> Body:
    disputing.drafted(office)
    disputing.read_draft(office, "Amina Diallo")
    press_modal(office, "Amina Diallo", "disputes.change")
    return filled(office, "Amina Diallo", {"sought": "Less."})


def disputed(
    before: Callable[[Office], Any], name: str, action: str, values: dict[str, Any]
) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        before(office)
        disputing.read(office, name)
        press_modal(office, name, f"disputes.{action}")
        return filled(office, name, values)

    return ready


def read(office: Office) -> Body:
    disputing.raised(office)
    return pressed(office, "iom", "Helena Costa", "disputes.read", 1)


def proposal(office: Office) -> Body:
    office.command("Mei Chen", "/agreement acknowledgement")
    press_told(office, "Mei Chen", "formulas.propose")
    return filled(office, "Mei Chen", crediting.WORDINGS)


def answering(name: str, action: str, values: dict[str, Any]) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        crediting.propose(office)
        office.click(name, f"formulas.{action}")
        return filled(office, name, values)

    return ready


def taken_back(office: Office) -> Body:
    crediting.propose(office)
    return pressed(office, "ilo", "Mei Chen", "formulas.withdraw", 1)


def kept(office: Office) -> Body:
    crediting.agreed(office)
    office.pass_to(date(2027, 12, 27))
    return pressed(office, "ilo", "Mei Chen", "formulas.keep", crediting.open_dues(office)[0].id)


def entry(office: Office) -> Body:
    office.command("Lucía Romero", "/agreement costs")
    press_told(office, "Lucía Romero", "costs.enter")
    return filled(office, "Lucía Romero", costing.ENTRY)


def costed(
    before: Callable[[Office], Any], name: str, action: str, values: dict[str, Any]
) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        before(office)
        office.click(name, f"costs.{action}")
        return filled(office, name, values)

    return ready


def not_entered(office: Office) -> Body:
    costing.enter(office)
    return pressed(office, "ilo", "Lucía Romero", "costs.withdraw", 1)


def not_ended(office: Office) -> Body:
    costing.ending(office)
    return pressed(office, "ilo", "Amina Diallo", "costs.drop_end", 1)


STATEMENT = {"kind": "statement", "text": "We see it otherwise."}
OMAR = {"level": "heads of the parties", "people": ["Omar Haddad (Headquarters)"]}
WHY = {"reason": "Why."}
PRIVATE = "Nobody hears of what one party writes down for itself."
DISPUTED = [
    Act("ilo", "disputes.raise", raising("Send it to the other party now"), anew=True),
    Act("ilo", "disputes.raise", raising("Keep it as a draft of my own side"), PRIVATE, anew=True),
    Act("ilo", "disputes.change", changed, PRIVATE),
    Act("ilo", "disputes.send", on_draft("disputes.send", "1@0")),
    Act("ilo", "disputes.discard", on_draft("disputes.discard", "1"), PRIVATE),
    Act(
        "iom",
        "disputes.read",
        read,
        "Those who may know of a dispute are not told who reads it; the journal is.",
        each_press="Every reading of a dispute is put on record.",
    ),
    Act("iom", "disputes.name", disputed(disputing.raised, "Helena Costa", "name", OMAR), anew=True),
    Act("iom", "disputes.take_up", disputed(disputing.raised, "Helena Costa", "take_up", {})),
    Act("ilo", "disputes.step", disputed(disputing.taken_up, "Samuel Otieno", "step", STATEMENT), anew=True),
    Act("iom", "disputes.refer", disputed(disputing.taken_up, "Helena Costa", "refer", WHY)),
    Act("ilo", "disputes.withdraw", disputed(disputing.taken_up, "Amina Diallo", "withdraw", WHY)),
    Act(
        "ilo",
        "disputes.note",
        disputed(disputing.taken_up, "Amina Diallo", "note", {"text": "So."}),
        anew=True,
    ),
    Act("iom", "disputes.confirm", disputed(disputing.noted, "Helena Costa", "confirm", {})),
    Act("iom", "disputes.give_back", disputed(disputing.noted, "Helena Costa", "give_back", WHY)),
]
CREDITED = [
    Act("ilo", "formulas.propose", proposal),
    Act("iom", "formulas.agree", answering("David Okafor", "agree", {})),
    Act("iom", "formulas.decline", answering("Helena Costa", "decline", WHY)),
    Act("ilo", "formulas.withdraw", taken_back),
    Act("ilo", "formulas.keep", kept),
]
COSTED = [
    Act("ilo", "costs.enter", entry, anew=True),
    Act("iom", "costs.confirm", costed(costing.enter, "Helena Costa", "confirm", {})),
    Act("iom", "costs.decline", costed(costing.enter, "Helena Costa", "decline", WHY)),
    Act("ilo", "costs.withdraw", not_entered),
    Act("iom", "costs.end", costed(costing.confirmed, "Helena Costa", "end", costing.END)),
    Act("ilo", "costs.drop_end", not_ended),
    Act("ilo", "costs.confirm_end", costed(costing.ending, "Amina Diallo", "confirm_end", {})),
]
ACTS = [*DISPUTED, *CREDITED, *COSTED]
SHOWING = [
    after(disputing.raised, "iom", "disputes.list", "Helena Costa", "all"),
    after(disputing.raised, "iom", "disputes.raise", "Helena Costa", "new"),
    after(crediting.agreed, "iom", "formulas.show", "Helena Costa", "now"),
    after(crediting.agreed, "iom", "formulas.propose", "Helena Costa", "new"),
    after(costing.enter, "iom", "costs.list", "Helena Costa", "all"),
    after(costing.enter, "iom", "costs.show", "Helena Costa", "2026/1"),
    after(costing.enter, "iom", "costs.enter", "Helena Costa", "new"),
]
READING = {act.door for act in SHOWING}
