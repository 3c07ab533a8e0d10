"""What changes something in the workplans (IV.5): items, versions, progress and files."""

from collections.abc import Callable
from typing import Any

from tests import planning
from tests.handlers.pressing import press_told
from tests.inbound.sending import Act, Body, filled, pressed
from tests.office import Office


def on_item(door: str, *before: str) -> Callable[[Office], Body]:
    """A button of an item that has just been written, after some others of its buttons."""

    def ready(office: Office) -> Body:
        planning.add(office)
        planning.close_all(office, "Amina Diallo")
        for earlier in before:
            office.command("Amina Diallo", "/workplan show 2026/1")
            press_told(office, "Amina Diallo", earlier)
        office.deliver()
        return pressed(office, "ilo", "Amina Diallo", door, 1)

    return ready


def item_form(office: Office) -> Body:
    office.command("Amina Diallo", "/workplan add")
    return filled(office, "Amina Diallo", planning.ITEM)


def item_forms(opened: str, values: dict[str, Any]) -> Callable[[Office], Body]:
    """A form that a button of an item opens."""

    def ready(office: Office) -> Body:
        on_item(opened, opened)(office)
        return filled(office, "Amina Diallo", values)

    return ready


def import_form(office: Office) -> Body:
    office.command("Amina Diallo", "/workplan import")
    return filled(office, "Amina Diallo", {"source": "Begin with the 2017 plan of action (template)"})


def adoption(office: Office) -> Body:
    on_item("workplans.propose")(office)
    planning.propose(office)
    return pressed(office, "iom", "Helena Costa", "workplans.adopt", 1)


ACTS = [
    Act("ilo", "workplans.propose", on_item("workplans.propose")),
    Act("iom", "workplans.adopt", adoption),
    Act("ilo", "workplans.export", on_item("workplans.export")),
    Act("ilo", "workplans.drop", on_item("workplans.drop")),
    Act("ilo", "workplans.take_up", on_item("workplans.take_up", "workplans.drop")),
    Act("ilo", "workplans.on_track", on_item("workplans.on_track")),
    Act("ilo", "workplans.done", on_item("workplans.done")),
    Act("ilo", "workplans.delayed", on_item("workplans.delayed")),
    Act("ilo", "workplans.add", item_form, anew=True),
    Act("ilo", "workplans.update", item_forms("workplans.update", {"subject": "Another"})),
    Act("ilo", "workplans.more", item_forms("workplans.more", {"target": "Another"})),
    Act(
        "ilo",
        "workplans.report",
        item_forms("workplans.note", {"progress": "delayed", "note": "In May."}),
        anew=True,
    ),
    Act("ilo", "workplans.import", import_form),
]
READING = {
    "workplans.show",
    "workplans.plan",
    "workplans.items",
    "workplans.compare",
    "workplans.import",
    "workplans.add",
    "workplans.item",
    "workplans.update",
    "workplans.more",
    "workplans.not_funded",
    "workplans.note",
}
