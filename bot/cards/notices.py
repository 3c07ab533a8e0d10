"""VII.1-2: what a notice looks like now: in the room of its own side, and to both sides once both know of it."""

from typing import Any

from sqlmodel import func, select

from bot.agreement.desk import Desk
from bot.agreement.files import StoredFile
from bot.agreement.instruments import Instrument, InstrumentStatus
from bot.agreement.notice_effects import Reading, effect
from bot.agreement.notice_receipts import differs
from bot.agreement.terminations import GIVEN, ROOM, Termination, TerminationStatus, about, approvals
from bot.cards.facts import person_facts
from bot.cards.workings import working
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message

PEOPLE = {
    "opener": "opened_by",
    "dated": "dated_by",
    "sender": "sent_by",
    "receiver": "received_by",
    "acknowledger": "acknowledged_by",
    "closer": "closed_by",
    "withdrawer": "withdrawal_by",
}


def room_subject(termination_id: int) -> str:
    """How the outbox names the card that only the notifying side has."""
    return f"notice_room:{termination_id}"


def notice_facts(desk: Desk, row: Termination) -> dict[str, Any]:
    """Everything the words about one notice may need."""
    people = {name: person_facts(desk, getattr(row, column)) for name, column in PEOPLE.items()}
    return {
        **row.model_dump(),
        **about(row),
        "draft_number": row.draft_number,
        **people,
        "party": desk.definition.party(row.party).abbreviation,
        "other": desk.definition.other(row.party).abbreviation,
        "withdrawal_party": row.withdrawal_party and desk.definition.party(row.withdrawal_party).abbreviation,
        "file": _file(desk, row.file_id),
        "evidence": _file(desk, row.evidence_id),
        "approvals": [
            {"by": person_facts(desk, each.person_id), "signs": each.signs, "at": each.at}
            for each in approvals(desk.session, row)
        ],
        "differs": differs(desk, row),
        "public": row.is_public,
        "is_draft": row.opener == row.party,
        "survivors": _survivors(desk),
        "zone": desk.definition.tz,
        **effect_facts(desk, row),
    }


def _file(desk: Desk, file_id: int | None) -> dict[str, str] | None:
    found = desk.session.get(StoredFile, file_id) if file_id else None
    return {"name": found.name, "sha256": found.sha256} if found else None


def _survivors(desk: Desk) -> int:
    """How many instruments between the parties are in force, and stay so (VII.2)."""
    in_force = (
        select(func.count()).select_from(Instrument).where(Instrument.status == InstrumentStatus.IN_FORCE)
    )
    return desk.session.exec(in_force).one()


def effect_facts(desk: Desk, row: Termination) -> dict[str, Any]:
    """The last day under every reading, with its working."""
    found = effect(desk, row)
    return {
        "readings": [_reading(reading, desk.definition.tz) for reading in found.readings],
        "agreed": _reading(found.agreed, desk.definition.tz) if found.agreed else None,
        "earliest": found.earliest,
        "latest": found.latest,
        "term_end": found.term_end,
        "latest_before_renewal": found.latest_before_renewal,
        "counted_on": found.counted_on,
        "counted_anew": found.counted_anew,
        "after_renewal": found.after_renewal,
        "closed": desk.calendar.closed(found.agreed.last.date) if found.agreed else "",
    }


def _reading(reading: Reading, zone: str) -> dict[str, Any]:
    return {
        "runs_from": reading.runs_from.value,
        "starts_on": reading.starts_on,
        "known": reading.known,
        "agreed": reading.agreed,
        "ends_on": reading.last.date,
        "working": working(reading.last, zone),
        "others": [
            {"profile": each.profile.value, "ends_on": each.date, "working": working(each, zone)}
            for each in reading.others
        ],
    }


def notice_card(desk: Desk, termination_id: int) -> Message:
    """The card that both sides read; before its receipt only the people who deal with notices."""
    row = desk.session.get_one(Termination, termination_id)
    buttons = [Button(f"notices.{name}", _value(row, name), name, style) for name, style in _shared(row)]
    return message(words("notices/card", notice_facts(desk, row)), buttons)


def room_card(desk: Desk, termination_id: int) -> Message:
    """The card of the notifying side's own room."""
    row = desk.session.get_one(Termination, termination_id)
    buttons = [Button(f"notices.{name}", str(row.key), name, style) for name, style in _own(row)]
    return message(words("notices/room", notice_facts(desk, row)), buttons)


def _value(row: Termination, name: str) -> str:
    return f"{row.key}@{row.withdrawal_version}" if name == "drop_withdrawal" else str(row.key)


def _shared(row: Termination) -> list[tuple[str, str | None]]:
    named: list[tuple[str, str | None]] = []
    if row.status in {TerminationStatus.SENT, TerminationStatus.RECEIVED}:
        named.append(("acknowledge", "primary"))
    if row.status is TerminationStatus.STATED:
        named += [("confirm_letter", "primary"), ("deny_letter", None), ("retract_letter", None)]
    else:
        named.append(("effect", None))
    if row.status in GIVEN:
        named += [("agree_withdrawal", None), ("drop_withdrawal", None)] if row.withdrawal_party else []
        named += [] if row.withdrawal_party else [("withdraw", None)]
    return named


def _own(row: Termination) -> list[tuple[str, str | None]]:
    named: list[tuple[str, str | None]] = []
    if row.status is TerminationStatus.DRAFT:
        named.append(("approve", "primary"))
    if row.status is TerminationStatus.APPROVED:
        named.append(("record_sent", "primary"))
    if row.status is TerminationStatus.SENT:
        named.append(("prove", None))
    if row.status is not TerminationStatus.DROPPED:
        named.append(("effect", None))
    if row.status in ROOM:
        named += [("letter", None), ("revise", None), ("drop", "danger")]
    return named
