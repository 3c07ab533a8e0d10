"""What changes something about documents (IV.2-1), arrangements and restricted information (IV.2-3)."""

from collections.abc import Callable
from typing import Any

from tests.handlers import offering, restricting
from tests.handlers.pressing import press_told
from tests.inbound.sending import Act, Body, after, filled, pressed
from tests.office import Office

FILE = {"file": ("report.pdf", b"the whole report")}


def offer_form(changes: dict[str, Any]) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        office.command("Mei Chen", "/exchange documents")
        press_told(office, "Mei Chen", "documents.offer", "new")
        return filled(office, "Mei Chen", {**offering.DOCUMENT, **changes})

    return ready


def issue_form(office: Office) -> Body:
    """A document of a series, whose next issue is awaited from then on."""
    offering.keep(office)
    return offer_form({"series": "Annual report", "published_on": "2026-11-20"})(office)


def acknowledge_document(office: Office) -> Body:
    offering.offer(office)
    return pressed(office, "iom", "Helena Costa", "documents.acknowledge", 1)


def complete_year(office: Office) -> Body:
    """The last acknowledgement that the year's exchange of reports waits for."""
    issue = {"series": "Annual report", "published_on": "2026-11-20"}
    offering.keep(office)
    offering.keep(office, "Helena Costa", month="November")
    offering.offer(office, **issue)
    office.click("Helena Costa", "documents.acknowledge")
    offering.offer(office, "Helena Costa", place="Global", **issue)
    return pressed(office, "ilo", "Amina Diallo", "documents.acknowledge", 2)


def new_series_form(office: Office) -> Body:
    office.command("Mei Chen", "/exchange documents")
    press_told(office, "Mei Chen", "documents.series", "new")
    return filled(office, "Mei Chen", offering.SERIES)


def changed_series_form(office: Office) -> Body:
    offering.keep(office)
    office.command("Mei Chen", "/exchange documents")
    press_told(office, "Mei Chen", "documents.series", "1")
    return filled(office, "Mei Chen", {"month": "June"})


def arrangement_form(changes: dict[str, Any]) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        office.command("Lucía Romero", "/exchange confidentiality")
        press_told(office, "Lucía Romero", "arrangements.record")
        return filled(office, "Lucía Romero", {**restricting.ARRANGEMENT, **changes})

    return ready


def confirm_arrangement(office: Office) -> Body:
    restricting.register(office)
    return pressed(office, "iom", "Nadia Petrova", "arrangements.confirm", 1)


def restricted_form(office: Office) -> Body:
    restricting.protected(office)
    office.command("Mei Chen", "/exchange restricted")
    return filled(office, "Mei Chen", restricting.SECRET)


def on_restricted(door: str) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        restricting.share(restricting.protected(office))
        return pressed(office, "iom", "Helena Costa", door, 1)

    return ready


KEPT_QUIETLY = "A series is its own party's plan of what it publishes; the list shows it to whoever asks."
ACTS = [
    Act("ilo", "documents.offer", offer_form({}), anew=True),
    Act("ilo", "documents.offer", offer_form({"link": "", **FILE}), anew=True),
    Act("ilo", "documents.offer", issue_form, anew=True),
    Act("iom", "documents.acknowledge", acknowledge_document),
    Act("ilo", "documents.acknowledge", complete_year),
    Act("ilo", "documents.series", new_series_form, silent=KEPT_QUIETLY),
    Act("ilo", "documents.series", changed_series_form, silent=KEPT_QUIETLY, anew=True),
    Act("ilo", "arrangements.record", arrangement_form({}), anew=True),
    Act("ilo", "arrangements.record", arrangement_form({"reference": "", **FILE}), anew=True),
    Act("iom", "arrangements.confirm", confirm_arrangement),
    Act("ilo", "restricted.share", restricted_form, anew=True),
    Act(
        "iom",
        "restricted.read",
        on_restricted("restricted.read"),
        each_press="Every reading of restricted information is put on record, not only a person's first.",
    ),
    Act("iom", "restricted.acknowledge", on_restricted("restricted.acknowledge")),
]
SHOWING = [
    after(offering.offer, "iom", "documents.list", "Helena Costa", ""),
    after(offering.offer, "iom", "documents.show", "Helena Costa", "2026/1"),
    after(offering.keep, "ilo", "documents.offer", "Amina Diallo"),
    after(offering.keep, "ilo", "documents.series", "Amina Diallo"),
    after(restricting.register, "iom", "arrangements.list", "Helena Costa", ""),
    after(restricting.register, "iom", "arrangements.record", "Helena Costa", "new"),
    after(restricting.register, "iom", "arrangements.show", "Helena Costa", "2026/1"),
    after(restricting.protected, "ilo", "restricted.share", "Mei Chen", "new"),
]
READING = {act.door for act in SHOWING}
