"""The doors of VII.1-4: a party's renewal room, open to its own people through its own app alone."""

from typing import Any

from bot.agreement import renewal_decisions, renewal_rooms
from bot.agreement.desk import Desk
from bot.agreement.own_matters import refuse_elsewhere
from bot.agreement.renewal_rooms import RenewalChoice, RenewalRoom, RenewalStatus
from bot.agreement.rights import Act
from bot.cards.renewals import room_facts, room_message
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from bot.shapes import framed
from handlers.calls import Call, Replace, Reply, Tell, row_number

FIELDS = (FormField("choice", FieldKind.RADIO), FormField("reasons", FieldKind.TEXT, limit=1500))
PREPARE = Form("renewals/prepare_form", "renewals.prepare", FIELDS)
DECIDE = Form("renewals/decide_form", "renewals.decide", FIELDS)
RELEASE = Form("renewals/release_form", "renewals.release", ())


def room(call: Call) -> Reply:
    """The renewal room of the person's own party; of the other party's room nothing is shown."""
    with call.reading(Act.PREPARE_RENEWAL) as desk:
        refuse_elsewhere(desk, call.party, renewal_rooms.RenewalElsewhere)
        return Tell(room_message(desk, renewal_rooms.days_of(desk)))


def open_preparation(call: Call) -> Reply:
    """Open the form in which a decision is prepared for the own party's signatory."""
    return _open(call, PREPARE, Act.PREPARE_RENEWAL)


def open_decision(call: Call) -> Reply:
    """Open the form in which the signatory decides, with what was prepared filled in."""
    return _open(call, DECIDE, Act.DECIDE_RENEWAL)


def _open(call: Call, form: Form, act: Act) -> Reply:
    with call.reading(act) as desk:
        facts = _before(call, desk)
    typed = facts["proposed"] or facts
    options = {"choice": [(each.value, term(each)) for each in RenewalChoice]}
    initial = {"choice": typed["choice"].value, "reasons": typed["reasons"]} if typed["choice"] else None
    call.open(form.view(facts, options=options, initial=initial, private=_seen(facts)))
    return None


def _before(call: Call, desk: Desk) -> dict[str, Any]:
    """What is on the screen before anything is done; refused where nothing can be done any more."""
    refuse_elsewhere(desk, call.party, renewal_rooms.RenewalElsewhere)
    number = row_number(call.value)
    if number:
        renewal_rooms.own_room(desk, number)
    facts = room_facts(desk, renewal_rooms.days_in_time(desk))
    if facts["status"] not in renewal_rooms.UNSHOWN:
        raise renewal_rooms.changed(desk, desk.session.get_one(RenewalRoom, facts["room_id"]))
    return facts


def _seen(facts: dict[str, Any]) -> str:
    return f"{facts['room_id']}@{facts['version']}"


def submit_preparation(call: Call) -> Reply:
    """Put what was prepared before the signatory, and show the room."""
    return _submit(call, renewal_decisions.prepare)


def submit_decision(call: Call) -> Reply:
    """Put the decision on the party's own record, and show the room."""
    return _submit(call, renewal_decisions.decide)


def _submit(call: Call, verb: Any) -> Reply:
    seen = row_number(call.private.partition("@")[2])
    choice = RenewalChoice(call.answers["choice"])
    call.act(verb, seen=seen, choice=choice, reasons=call.answers["reasons"], through=call.party)
    return _again(call)


def open_release(call: Call) -> Reply:
    """Ask once more before the own decision is released, showing what would be seen."""
    with call.reading(Act.DECIDE_RENEWAL) as desk:
        facts = _before(call, desk)
        if facts["status"] is not RenewalStatus.DECIDED:
            row = renewal_rooms.room_of(desk, desk.person.party, facts["term_end"])
            raise renewal_rooms.changed(desk, row) if row else renewal_rooms.NoSuchRenewal
    call.open(RELEASE.view(facts, private=_seen(facts)))
    return None


def submit_release(call: Call) -> Reply:
    """Release the own decision, and show the room: with both decisions, if the other party released its own."""
    number, _, seen = call.private.partition("@")
    facts = {"room_id": row_number(number), "seen": row_number(seen), "through": call.party}
    call.act(renewal_decisions.release, **facts)
    return _again(call)


def take_back(call: Call) -> Reply:
    """Take the own release back, and show the room."""
    call.act(renewal_decisions.take_back, room_id=row_number(call.value), through=call.party)
    return room(call)


def _again(call: Call) -> Reply:
    with call.reading(Act.PREPARE_RENEWAL) as desk:
        made = room_message(desk, renewal_rooms.days_of(desk))
    return Replace(framed(made, words("common/answer", {})))
