"""What changes something in a party's renewal room (VII.1-4): prepared, decided, released, taken back."""

from collections.abc import Callable
from typing import Any

from tests.clauses import renewing
from tests.handlers.pressing import press_told
from tests.inbound.sending import Act, Body, after, filled, pressed
from tests.office import Office

VALUES = {"choice": "let_renew", "reasons": renewing.WHY}


def form(
    name: str, opened: str, values: dict[str, Any], before: Callable[[Office], Any] | None = None
) -> Any:
    """A form of the room, filled in and not sent."""

    def ready(office: Office) -> Body:
        if before:
            before(office)
        renewing.enter(office, name)
        press_told(office, name, f"renewals.{opened}")
        return filled(office, name, values)

    return ready


def released(office: Office) -> Body:
    renewing.decide(office)
    renewing.release(office)
    return pressed(office, "ilo", "Amina Diallo", "renewals.take_back", 1)


ACTS = [
    Act("ilo", "renewals.prepare", form("Lucía Romero", "prepare", VALUES)),
    Act("ilo", "renewals.decide", form("Amina Diallo", "decide", VALUES)),
    Act("ilo", "renewals.release", form("Amina Diallo", "release", {}, renewing.decide)),
    Act("ilo", "renewals.take_back", released),
]
READING = {"renewals.room", "renewals.prepare", "renewals.decide", "renewals.release"}
SHOWING = [
    after(renewing.decide, "ilo", f"renewals.{door}", "Amina Diallo")
    for door in ("room", "prepare", "decide", "release")
]
