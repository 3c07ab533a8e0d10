"""The doors of IV.6: proposing a meeting, agreeing to a time for it, moving and cancelling it."""

from datetime import datetime
from typing import Any

from bot.agreement import meeting_dates, meeting_slots, meetings
from bot.agreement.channels import all_channels, get_channel
from bot.agreement.desk import Desk
from bot.agreement.meeting_cadence import counts
from bot.agreement.meeting_slots import Availability
from bot.agreement.meetings import Meeting, MeetingFormat
from bot.agreement.offices import zone_of
from bot.agreement.rights import Act
from bot.cards import card
from bot.cards.facts import place_name
from bot.cards.meetings import basic_facts, meeting_facts, slot_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import instant, plural, term, words
from bot.shapes import Button, message, note
from handlers.calls import Call, Replace, Reply, Tell, row_number

TIMES = (
    FormField("day_1", FieldKind.DAY),
    FormField("time_1", FieldKind.TIME),
    FormField("day_2", FieldKind.DAY),
    FormField("time_2", FieldKind.TIME),
    FormField("more", FieldKind.TEXT, optional=True, limit=600),
)
PROPOSE = Form(
    "meetings/propose_form",
    "meetings.propose",
    (
        FormField("subject", FieldKind.LINE),
        FormField("place", FieldKind.CHOICE),
        FormField("purposes", FieldKind.CHECKS),
        FormField("format", FieldKind.RADIO),
        FormField("venue", FieldKind.LINE),
        FormField("length", FieldKind.CHOICE),
        *TIMES,
    ),
)
MOVE = Form("meetings/move_form", "meetings.move", (FormField("reason", FieldKind.TEXT, limit=1000), *TIMES))
ANSWER = Form(
    "meetings/answer_form",
    "meetings.answer",
    tuple(FormField(f"slot_{n}", FieldKind.RADIO) for n in range(1, meeting_slots.MOST + 1)),
)
AGREE = Form(
    "meetings/agree_form",
    "meetings.agree",
    (FormField("slot", FieldKind.RADIO), FormField("purposes", FieldKind.CHECKS)),
)
CANCEL = Form("meetings/cancel_form", "meetings.cancel", (FormField("reason", FieldKind.TEXT, limit=1000),))


def open_propose(call: Call) -> Reply:
    """Open the form in which a meeting is proposed; its times are those of the person's office."""
    with call.reading(Act.PROPOSE_MEETING) as desk:
        facts = {"clause": meetings.CLAUSE, "zone": zone_of(desk, desk.person)}
        options: dict[str, list[tuple[str, str]]] = {
            "place": _places(desk),
            "purposes": _purposes(desk, meeting_dates.purposes_offered(desk)),
            "format": [(each.value, term(each)) for each in MeetingFormat],
            "length": [(str(minutes), plural(minutes, "minute")) for minutes in meeting_dates.LENGTHS],
        }
    view = PROPOSE.view(facts, options=options, initial={"place": call.channel}, private=call.channel)
    call.open(view)
    return None


def _places(desk: Desk) -> list[tuple[str, str]]:
    """The shared channels of the places for which the person may act."""
    rows = all_channels(desk.session)
    here = [row for row in rows if meetings.serves(desk.session, desk.person, row.scope)]
    if not here:
        raise meetings.NoPlaceToMeet(desk.person.name)
    return [(row.channel_id, place_name(row)) for row in here]


def _purposes(desk: Desk, clauses: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(clause, f"{clause}: {desk.definition.clause(clause).title}") for clause in clauses]


def submit_propose(call: Call) -> Reply:
    """Propose what was filled in; whoever typed it elsewhere reads where it was posted."""
    answers = call.answers
    zone, times = _times(call, Act.PROPOSE_MEETING, "")
    call.act(
        meeting_dates.propose,
        channel_id=answers["place"],
        title=answers["subject"],
        purposes=answers["purposes"],
        format=MeetingFormat(answers["format"]),
        venue=answers["venue"],
        length=int(answers["length"]),
        zone=zone,
        times=times,
    )
    return None if answers["place"] == call.private else _posted(call, answers["place"])


def _times(call: Call, act: Act, zone: str) -> tuple[str, list[datetime]]:
    """The candidate times that were typed, and the zone in which they were."""
    answers = call.answers
    pairs = [(answers[f"day_{n}"], answers[f"time_{n}"]) for n in (1, 2)]
    with call.reading(act) as desk:
        read_in = zone or zone_of(desk, desk.person)
        return read_in, meeting_slots.read_slots(desk, pairs, answers["more"], read_in)


def _posted(call: Call, channel_id: str) -> Reply:
    with call.reading() as desk:
        facts = {"place": place_name(get_channel(desk.session, channel_id)), "channel": channel_id}
    return Replace(note(words("meetings/posted", facts)))


def open_answer(call: Call) -> Reply:
    """Open the form in which the person says when they could come, in the zone of their own office."""
    with call.reading(Act.ANSWER_SLOTS) as desk:
        row = _polled(desk, call)
        facts = {**basic_facts(desk, row), **_own(desk), "slots": slot_facts(desk, row)}
        known = meeting_slots.answers_of(desk.session, row, desk.person)
        key = _seen(row)
    options: dict[str, list[tuple[str, str]]] = {field.name: [] for field in ANSWER.fields}
    initial = {}
    for number, slot in enumerate(facts["slots"], 1):
        slot_id = slot["slot_id"]
        options[f"slot_{number}"] = [(f"{slot_id}:{each}", term(each)) for each in Availability]
        if slot_id in known:
            initial[f"slot_{number}"] = f"{slot_id}:{known[slot_id]}"
    call.open(ANSWER.view(facts, options=options, initial=initial, private=key))
    return None


def submit_answer(call: Call) -> Reply:
    """Put the person's answers down."""
    given = [chosen.partition(":") for chosen in call.answers.values() if chosen]
    meeting_id, round_seen = _key(call)
    call.act(
        meeting_slots.answer,
        meeting_id=meeting_id,
        round=round_seen,
        answers={row_number(slot): Availability(said) for slot, _, said in given},
    )
    return None


def open_agree(call: Call) -> Reply:
    """Open the form in which a party agrees to one time and confirms the purposes."""
    with call.reading() as desk:
        row = meetings.get_meeting(desk.session, row_number(call.value))
        meetings.require_here(desk, Act.AGREE_MEETING, row)
        meetings.refuse_unless_polling(desk, row, row.round)
        facts = {**meeting_facts(desk, row.key), **_own(desk)}
        own = facts["own_zone"]
        options = {
            "slot": [(str(slot["slot_id"]), instant(slot["starts_at"], own)) for slot in facts["slots"]],
            "purposes": [
                *_purposes(desk, row.aims),
                (meeting_dates.NONE, words("meetings/no_purpose", {})["none"]),
            ],
        }
        key = _seen(row)
    call.open(AGREE.view(facts, options=options, private=key))
    return None


def submit_agree(call: Call) -> Reply:
    """Agree for the person's party."""
    meeting_id, round_seen = _key(call)
    answers = call.answers
    call.act(
        meeting_dates.agree,
        meeting_id=meeting_id,
        round=round_seen,
        slot_id=row_number(answers["slot"]),
        purposes=meeting_dates.confirmed(answers["purposes"]),
    )
    return None


def open_move(call: Call) -> Reply:
    """Open the form in which other times are proposed."""
    return _open_change(call, MOVE)


def open_cancel(call: Call) -> Reply:
    """Open the form in which the meeting is cancelled."""
    return _open_change(call, CANCEL)


def _open_change(call: Call, form: Form) -> Reply:
    with call.reading() as desk:
        row = meetings.get_meeting(desk.session, row_number(call.value))
        meetings.require_here(desk, Act.CHANGE_MEETING, row)
        meetings.refuse_over(desk, row)
        facts = {**basic_facts(desk, row), **_own(desk), "starts_at": row.starts_at}
        key = _seen(row)
    call.open(form.view(facts, private=key))
    return None


def submit_move(call: Call) -> Reply:
    """Propose the times that were typed, in the meeting's own zone."""
    meeting_id, round_seen = _key(call)
    with call.reading() as desk:
        zone = meetings.get_meeting(desk.session, meeting_id).zone
    _, times = _times(call, Act.CHANGE_MEETING, zone)
    call.act(
        meeting_dates.propose_dates,
        meeting_id=meeting_id,
        round=round_seen,
        times=times,
        reason=call.answers["reason"],
    )
    return None


def submit_cancel(call: Call) -> Reply:
    """Cancel the meeting for the reason typed."""
    meeting_id, _ = _key(call)
    call.act(meeting_dates.cancel, meeting_id=meeting_id, reason=call.answers["reason"])
    return None


def _polled(desk: Desk, call: Call) -> Meeting:
    row = meetings.get_meeting(desk.session, row_number(call.value))
    meetings.refuse_unless_polling(desk, row, row.round)
    return row


def _own(desk: Desk) -> dict[str, Any]:
    party = desk.definition.party(desk.person.party).abbreviation
    return {"own": party, "own_zone": zone_of(desk, desk.person)}


def _seen(row: Meeting) -> str:
    """The meeting and the round of times that the person sees, for the form to keep."""
    return f"{row.key}@{row.round}"


def _key(call: Call) -> tuple[int, int]:
    meeting_id, _, round_seen = call.private.partition("@")
    return row_number(meeting_id), row_number(round_seen)


def listing(call: Call) -> Reply:
    """The latest meetings of both parties, and how many were held in the field."""
    with call.reading() as desk:
        rows = [_line(desk, row) for row in meetings.listing(desk.session)]
        facts = {"rows": rows, "counts": counts(desk), "clause": meetings.CLAUSE}
    propose = Button("meetings.propose", "new", "propose")
    return Tell(message(words("meetings/listing", facts), (propose,)))


def _line(desk: Desk, row: Meeting) -> dict[str, Any]:
    return {**row.model_dump(), **basic_facts(desk, row)}


def show(call: Call) -> Reply:
    """One meeting as it stands, by the number people quote."""
    with call.reading() as desk:
        row = meetings.by_number(desk.session, call.text or call.value)
        return Tell(card(desk, f"meeting:{row.key}"))


def help(call: Call) -> Reply:
    """What this command does and who may do it; it does not depend on who knocks."""
    definition = call.house.secretariat.definition
    facts = {
        "decide_days": definition.policy("meeting.decide_days"),
        "invite_days": definition.policy("meeting.invite_days"),
    }
    buttons = (
        Button("meetings.propose", "new", "propose", "primary"),
        Button("meetings.list", "all", "list"),
    )
    return Tell(message(words("meetings/help", facts), buttons))
