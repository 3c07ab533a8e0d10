"""Which buttons the menu and the App Home offer to which capacity: the division of labour, restated."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.seed import ROLES
from tests.handlers.pressing import buttons, pressed
from tests.office import Office

SETTLING = frozenset({"contact_point", "alternate", "legal"})
RECEIVING = frozenset({"contact_point", "alternate", "field_focal_point"})
DRAFTING = RECEIVING | {"communications"}
DESIGNATING = frozenset({"contact_point", "alternate", "signatory"})
TREATY = DESIGNATING | {"legal"}
SUBSTANCE = DRAFTING | {"legal"}
GIVING_NOTICE = frozenset({"contact_point", "signatory", "legal"})
ANSWERING_NOTICE = frozenset({"contact_point", "signatory"})
EVERYBODY = SUBSTANCE | {"emblem_approver", "signatory", "data_steward", "administrator"}

BUTTONS: Mapping[str, frozenset[str]] = {
    "activities.list": EVERYBODY,
    "agreement.clause": EVERYBODY,
    "agreement.due": EVERYBODY,
    "agreement.status": EVERYBODY,
    "amendments.list": EVERYBODY,
    "amendments.start": frozenset({"contact_point", "legal"}),
    "approvers.list": EVERYBODY,
    "arrangements.list": EVERYBODY,
    "communications.draft": DRAFTING,
    "communications.list": EVERYBODY,
    "consultations.open": SUBSTANCE,
    "contacts.designate": DESIGNATING,
    "contacts.end": DESIGNATING,
    "contacts.handover": DESIGNATING | RECEIVING,
    "contacts.list": EVERYBODY,
    "contacts.who": EVERYBODY,
    "costs.list": EVERYBODY,
    "disputes.list": EVERYBODY,
    "documents.list": EVERYBODY,
    "documents.offer": SUBSTANCE,
    "emblem_instructions.list": EVERYBODY,
    "emblems.list": EVERYBODY,
    "emblems.mention": SUBSTANCE,
    "emblems.request": SUBSTANCE,
    "event_notes.list": EVERYBODY,
    "event_notes.note": DRAFTING,
    "exchanges.list": EVERYBODY,
    "exchanges.share": SUBSTANCE,
    "formulas.show": EVERYBODY,
    "funding.list": EVERYBODY,
    "instruments.add": TREATY,
    "instruments.list": EVERYBODY,
    "invitations.announce": SUBSTANCE,
    "invitations.list": EVERYBODY,
    "matters.list": SUBSTANCE,
    "matters.note": SUBSTANCE,
    "meetings.list": EVERYBODY,
    "meetings.propose": RECEIVING,
    "notices.open": GIVING_NOTICE,
    "notices.receipt": ANSWERING_NOTICE,
    "notices.withdrawals": ANSWERING_NOTICE,
    "offices.list": EVERYBODY,
    "projects.list": EVERYBODY,
    "renewals.room": TREATY,
    "restricted.share": SUBSTANCE,
    "reviews.report": EVERYBODY,
    "settlements.list": SETTLING,
    "terminations.status": EVERYBODY,
    "workplans.add": SUBSTANCE,
    "workplans.import": SUBSTANCE,
    "workplans.show": EVERYBODY,
}
"""The action of each button of the menu, and the capacities any of which is enough."""


MENU = frozenset({"menu.open", "menu.part", "menu.waiting"})
"""What only leads to other buttons."""


def in_sight(blocks: Sequence[dict[str, Any]]) -> set[str]:
    """The buttons that do something, without those of the menu itself."""
    return {action for action, _ in buttons(list(blocks))} - MENU


def within_reach(office: Office, name: str, view: dict[str, Any]) -> set[str]:
    """The buttons of a view and of every part of the menu that opens from it."""
    found = in_sight(view["blocks"])
    for action, part in buttons(view["blocks"]):
        if action == "menu.part":
            pressed(office, name, {"view": view["id"], "ts": None}, action, part)
            part_shown = office.modal(name)
            found |= in_sight(part_shown["blocks"])
            pressed(office, name, {"view": part_shown["id"], "ts": None}, "menu.open", None)
    return found


def offered(office: Office, name: str) -> set[str]:
    """The buttons that somebody is to be offered."""
    held = set(ROLES[office.id(name)][1])
    return {action for action, capacities in BUTTONS.items() if capacities & held}
