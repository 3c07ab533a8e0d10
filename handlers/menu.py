"""The short menu of what one person may do, from the rights of their capacities, and words nobody knows."""

from collections.abc import Mapping

from bot import overview
from bot.agreement.people import roles_of
from bot.agreement.rights import Act
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, actions, blocks, framed, message, section
from handlers.calls import Call, Door, Reply, Tell

MENU: Mapping[str, tuple[tuple[Act, Button], ...]] = {
    "agreement": (
        (Act.READ, Button("agreement.status", "status", "status")),
        (Act.READ, Button("agreement.due", "due", "due")),
        (Act.READ, Button("agreement.clause", "clause", "clause")),
        (Act.READ, Button("activities.list", "all", "activities")),
        (Act.READ, Button("reviews.report", "present", "review")),
        (Act.SETTLE, Button("settlements.list", "settle", "settle")),
        (Act.READ, Button("formulas.show", "now", "formula")),
        (Act.READ, Button("costs.list", "all", "costs")),
    ),
    "exchange": (
        (Act.SHARE_UPDATE, Button("exchanges.share", "new", "share", "primary")),
        (Act.READ, Button("exchanges.list", "all", "exchanges")),
        (Act.NOTE_MATTER, Button("matters.note", "new", "matter")),
        (Act.NOTE_MATTER, Button("matters.list", "all", "matters")),
        (Act.READ, Button("projects.list", "all", "projects")),
        (Act.OPEN_CONSULTATION, Button("consultations.open", "new", "consult")),
        (Act.OFFER_DOCUMENT, Button("documents.offer", "new", "offer")),
        (Act.READ, Button("documents.list", "all", "documents")),
        (Act.SHARE_RESTRICTED, Button("restricted.share", "new", "restricted")),
        (Act.READ, Button("arrangements.list", "all", "confidentiality")),
    ),
    "emblem": (
        (Act.REQUEST_EMBLEM, Button("emblems.request", "new", "request", "primary")),
        (Act.REQUEST_EMBLEM, Button("emblems.mention", "new", "mention")),
        (Act.READ, Button("emblems.list", "all", "requests")),
        (Act.READ, Button("emblem_instructions.list", "all", "instructions")),
        (Act.READ, Button("approvers.list", "own", "approvers")),
    ),
    "contacts": (
        (Act.READ, Button("contacts.list", "all", "directory")),
        (Act.READ, Button("contacts.who", "who", "who")),
        (Act.READ, Button("offices.list", "all", "offices")),
        (Act.DESIGNATE, Button("contacts.designate", "new", "designate")),
        (Act.DESIGNATE, Button("contacts.end", "own", "end_designation")),
        (Act.HAND_OVER, Button("contacts.handover", "own", "handover")),
    ),
    "communication": (
        (Act.DRAFT_COMMUNICATION, Button("communications.draft", "new", "draft", "primary")),
        (Act.READ, Button("communications.list", "all", "communications")),
        (Act.NOTE_EVENT, Button("event_notes.note", "new", "note")),
        (Act.READ, Button("event_notes.list", "all", "event_notes")),
        (Act.READ, Button("funding.list", "all", "leads")),
    ),
    "workplan": (
        (Act.DRAFT_WORKPLAN, Button("workplans.add", "new", "add_item", "primary")),
        (Act.READ, Button("workplans.show", "all", "workplans")),
        (Act.DRAFT_WORKPLAN, Button("workplans.import", "new", "import_items")),
    ),
    "meeting": (
        (Act.PROPOSE_MEETING, Button("meetings.propose", "new", "propose_meeting", "primary")),
        (Act.READ, Button("meetings.list", "all", "meetings")),
    ),
    "termination": (
        (Act.READ, Button("terminations.status", "now", "standing")),
        (Act.OPEN_NOTICE, Button("notices.open", "own", "own_notice")),
        (Act.STATE_NOTICE, Button("notices.receipt", "all", "receipt")),
        (Act.WITHDRAW_NOTICE, Button("notices.withdrawals", "all", "withdrawals")),
        (Act.PREPARE_RENEWAL, Button("renewals.room", "room", "renewal_room")),
    ),
    "instrument": (
        (Act.ADD_INSTRUMENT, Button("instruments.add", "new", "add_instrument")),
        (Act.READ, Button("instruments.list", "all", "instruments")),
        (Act.READ, Button("disputes.list", "all", "disputes")),
        (Act.DRAFT_AMENDMENT, Button("amendments.start", "new", "draft_amendment")),
        (Act.READ, Button("amendments.list", "all", "amendments")),
    ),
    "invitation": (
        (Act.ANNOUNCE_MEETING, Button("invitations.announce", "new", "announce_meeting")),
        (Act.READ, Button("invitations.list", "all", "invitations")),
    ),
}
"""The parts of the menu, each with its buttons and the right that each of them needs."""


def short_menu(first: str) -> Door:
    """The door that says what this person may do, where they asked; the part of their command comes first."""

    def door(call: Call) -> Reply:
        return Tell(_menu(call, first)[0])

    return door


def open_menu(call: Call) -> Reply:
    """The same as a modal, for people whose workspace has no commands."""
    made, parts = _menu(call)
    # Not the name of an answer: answers take each other's place, and the menu stays below them.
    call.open(framed(made, parts, callback_id="menu"))
    return None


def buttons(part: str, acts: frozenset[Act]) -> list[Button]:
    """The buttons of one part of the menu for somebody with these rights."""
    return [button for act, button in MENU[part] if act in acts]


def _menu(call: Call, first: str = "") -> tuple[Message, dict[str, str]]:
    with call.reading() as desk:
        acts = overview.allowed(desk)
        facts = {
            "name": desk.person.name,
            "party": desk.definition.party(desk.person.party).abbreviation,
            "roles": sorted(roles_of(desk.session, desk.person)),
            "acts": acts,
        }
    parts = {**words("menu/labels", {}), **words("menu/menu", facts)}
    made = blocks({"headline": parts["headline"], "body": parts["body"]})
    for part in sorted(MENU, key=lambda part: part != first):
        made += [section(parts[part]), actions(parts, buttons(part, acts))]
    made += blocks({"footer": parts["footer"]})
    return Message(parts["notice"], made), parts


def unknown_word(command: str, word: str, known: tuple[str, ...]) -> Reply:
    """Say which words the command knows."""
    facts = {"command": command, "word": word, "known": known}
    return Tell(message(words("menu/unknown_word", facts), (Button("menu.open", "menu", "menu"),)))
