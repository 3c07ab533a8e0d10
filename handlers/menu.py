"""The short menu of what one person may do, from the rights of their capacities, and words nobody knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot import overview
from bot.agreement.people import roles_of
from bot.agreement.rights import Act
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Block, Button, actions, blocks, entry, framed, message, section
from handlers import waiting_list
from handlers.calls import Call, Door, Reply, Tell

MODAL = "menu"
"""The menu's own name. Not that of an answer: answers take each other's place, and the menu stays below them."""


@dataclass(frozen=True)
class Part:
    """What belongs together: what people need often is in sight; what is rare is behind one button."""

    often: tuple[tuple[Act, Button], ...]
    rare: tuple[tuple[Act, Button], ...]


MENU: Mapping[str, Part] = {
    "agreement": Part(
        (
            (Act.READ, Button("agreement.status", "status", "status")),
            (Act.READ, Button("agreement.due", "due", "due")),
        ),
        (
            (Act.READ, Button("agreement.clause", "clause", "clause")),
            (Act.READ, Button("activities.list", "all", "activities")),
            (Act.READ, Button("reviews.report", "present", "review")),
            (Act.SETTLE, Button("settlements.list", "settle", "settle")),
            (Act.READ, Button("formulas.show", "now", "formula")),
            (Act.READ, Button("costs.list", "all", "costs")),
        ),
    ),
    "exchange": Part(
        (
            (Act.SHARE_UPDATE, Button("exchanges.share", "new", "share", "primary")),
            (Act.READ, Button("exchanges.list", "all", "exchanges")),
            (Act.READ, Button("projects.list", "all", "projects")),
        ),
        (
            (Act.NOTE_MATTER, Button("matters.note", "new", "matter")),
            (Act.NOTE_MATTER, Button("matters.list", "all", "matters")),
            (Act.OPEN_CONSULTATION, Button("consultations.open", "new", "consult")),
            (Act.OFFER_DOCUMENT, Button("documents.offer", "new", "offer")),
            (Act.READ, Button("documents.list", "all", "documents")),
            (Act.SHARE_RESTRICTED, Button("restricted.share", "new", "restricted")),
            (Act.READ, Button("arrangements.list", "all", "confidentiality")),
        ),
    ),
    "meeting": Part(
        (
            (Act.PROPOSE_MEETING, Button("meetings.propose", "new", "propose_meeting", "primary")),
            (Act.READ, Button("meetings.list", "all", "meetings")),
        ),
        (
            (Act.ANNOUNCE_MEETING, Button("invitations.announce", "new", "announce_meeting")),
            (Act.READ, Button("invitations.list", "all", "invitations")),
        ),
    ),
    "workplan": Part(
        (
            (Act.DRAFT_WORKPLAN, Button("workplans.add", "new", "add_item", "primary")),
            (Act.READ, Button("workplans.show", "all", "workplans")),
        ),
        ((Act.DRAFT_WORKPLAN, Button("workplans.import", "new", "import_items")),),
    ),
    "communication": Part(
        (
            (Act.DRAFT_COMMUNICATION, Button("communications.draft", "new", "draft", "primary")),
            (Act.READ, Button("communications.list", "all", "communications")),
        ),
        (
            (Act.NOTE_EVENT, Button("event_notes.note", "new", "note")),
            (Act.READ, Button("event_notes.list", "all", "event_notes")),
            (Act.READ, Button("funding.list", "all", "leads")),
        ),
    ),
    "contacts": Part(
        (
            (Act.READ, Button("contacts.list", "all", "directory")),
            (Act.READ, Button("contacts.who", "who", "who")),
        ),
        (
            (Act.READ, Button("offices.list", "all", "offices")),
            (Act.DESIGNATE, Button("contacts.designate", "new", "designate")),
            (Act.DESIGNATE, Button("contacts.end", "own", "end_designation")),
            (Act.HAND_OVER, Button("contacts.handover", "own", "handover")),
        ),
    ),
    "emblem": Part(
        (
            (Act.REQUEST_EMBLEM, Button("emblems.request", "new", "request", "primary")),
            (Act.READ, Button("emblems.list", "all", "requests")),
        ),
        (
            (Act.REQUEST_EMBLEM, Button("emblems.mention", "new", "mention")),
            (Act.READ, Button("emblem_instructions.list", "all", "instructions")),
            (Act.READ, Button("approvers.list", "own", "approvers")),
        ),
    ),
    "termination": Part(
        ((Act.READ, Button("terminations.status", "now", "standing")),),
        (
            (Act.OPEN_NOTICE, Button("notices.open", "own", "own_notice")),
            (Act.STATE_NOTICE, Button("notices.receipt", "all", "receipt")),
            (Act.WITHDRAW_NOTICE, Button("notices.withdrawals", "all", "withdrawals")),
            (Act.PREPARE_RENEWAL, Button("renewals.room", "room", "renewal_room")),
        ),
    ),
    "instrument": Part(
        (
            (Act.READ, Button("instruments.list", "all", "instruments")),
            (Act.READ, Button("amendments.list", "all", "amendments")),
            (Act.READ, Button("disputes.list", "all", "disputes")),
        ),
        (
            (Act.ADD_INSTRUMENT, Button("instruments.add", "new", "add_instrument")),
            (Act.DRAFT_AMENDMENT, Button("amendments.start", "new", "draft_amendment")),
        ),
    ),
}
"""The parts of the menu in the order of their articles, each with its buttons and the right each of them needs."""


def buttons(part: str, acts: frozenset[Act]) -> list[Button]:
    """All the buttons of one part of the menu for somebody with these rights."""
    return _allowed((*MENU[part].often, *MENU[part].rare), acts)


def doors(acts: frozenset[Act]) -> list[Block]:
    """Every part for somebody with these rights: its title, what is needed often, and the way to the rest."""
    labels, titles = words("menu/labels", {}), words("menu/parts", {})
    return [
        block for part in MENU for block in (section(titles[part]), actions(labels, _in_sight(part, acts)))
    ]


def _in_sight(part: str, acts: frozenset[Act]) -> list[Button]:
    often, rare = _allowed(MENU[part].often, acts), _allowed(MENU[part].rare, acts)
    if len(rare) == 1:
        return often + rare  # One button instead of another to get at it.
    return [*often, Button("menu.part", part, f"more_{part}")] if rare else often


def _allowed(offered: Iterable[tuple[Act, Button]], acts: frozenset[Act]) -> list[Button]:
    return [button for act, button in offered if act in acts]


def short_menu(part: str) -> Door:
    """The door that says what this person may do under one command, where they asked."""

    def door(call: Call) -> Reply:
        return Tell(_part(call, part)[0])

    return door


def open_part(call: Call) -> Reply:
    """One part of the menu with all its buttons, in the place of the whole menu or over the App Home."""
    return _turn(call, *_part(call, call.value if call.value in MENU else next(iter(MENU))))


def open_menu(call: Call) -> Reply:
    """The whole menu as a modal, for people whose workspace has no commands, too."""
    made, parts, acts = _head(call)
    return _turn(
        call, Message(parts["notice"], [*made, *doors(acts), *blocks({"footer": parts["footer"]})]), parts
    )


def open_waiting(call: Call) -> Reply:
    """What waits for this person, as a modal, for those whose workspace has no App Home of ours."""
    with call.reading() as desk:
        facts = {"now": desk.now, "zone": desk.definition.tz}
        parts = {**words("menu/labels", {}), **words("menu/waiting", facts)}
        made = waiting_list.listed(desk) or [section(parts["nothing"])]
    back = actions(parts, [Button("menu.open", "all", "everything")])
    call.turn(framed(Message(parts["notice"], [*made, *blocks(parts), back]), parts, callback_id=MODAL))
    return None


def _turn(call: Call, made: Message, parts: Mapping[str, str]) -> Reply:
    call.turn(framed(made, parts, callback_id=MODAL))
    return None


def _part(call: Call, part: str) -> tuple[Message, dict[str, str]]:
    made, parts, acts = _head(call)
    made += [
        section(parts[part]),
        actions(parts, buttons(part, acts)),
        *blocks({"footer": parts["footer"]}),
        actions(parts, [Button("menu.open", "all", "everything")]),
    ]
    return Message(parts["notice"], made), parts


def _head(call: Call) -> tuple[list[Block], dict[str, str], frozenset[Act]]:
    with call.reading() as desk:
        acts = overview.allowed(desk)
        facts = {
            "name": desk.person.name,
            "party": desk.definition.party(desk.person.party).abbreviation,
            "roles": sorted(roles_of(desk.session, desk.person)),
            "acts": acts,
            "waits": waiting_list.how_many(desk),
        }
    parts = {**words("menu/labels", {}), **words("menu/menu", facts)}
    made = blocks({"headline": parts["headline"], "body": parts["body"]})
    if facts["waits"]:
        made.append(entry(parts["waits"], parts, Button("menu.waiting", "all", "see_waiting", "primary")))
    return made, parts, acts


def unknown_word(command: str, word: str, known: tuple[str, ...]) -> Reply:
    """Say which words the command knows."""
    facts = {"command": command, "word": word, "known": known}
    return Tell(message(words("menu/unknown_word", facts), (Button("menu.open", "menu", "menu"),)))
