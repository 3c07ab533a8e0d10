"""VIII: a dispute is settled by one note in the exact words that both parties stand by, and in no other way."""

from dataclasses import dataclass
from datetime import datetime

from bot.agreement.desk import Desk
from bot.agreement.dispute_notes import NOTES, DisputeNote, NoteStatus, digest, pending
from bot.agreement.dispute_nudges import plan
from bot.agreement.disputes import (
    DEALT_WITH,
    MACHINE,
    Dispute,
    DisputeBlank,
    DisputeDeed,
    DisputeEvent,
    NoSuchDispute,
    facts,
    moved_on,
    remember,
    visible,
)
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act
from bot.agreement.transitions import move


@dataclass(frozen=True, kw_only=True)
class SettlementWritten(DisputeEvent):
    """A party wrote a note of settlement; the hash stands for its words."""

    note_id: int
    sha256: str
    party: str


@dataclass(frozen=True, kw_only=True)
class SettlementReturned(DisputeEvent):
    """The other party did not confirm the note."""


@dataclass(frozen=True, kw_only=True)
class DisputeSettled(DisputeEvent):
    """The other party confirmed the note in its exact words."""

    note_id: int
    sha256: str


@dataclass
class NoteAwaitsAnswer(Refusal):
    """The other party's note waits for an answer, so another one would only stand beside it."""

    routine = "disputes"
    number: str
    party: str


@dataclass
class NoteMovedOn(Refusal):
    """The note was answered or replaced first."""

    routine = "disputes"
    number: str
    status: NoteStatus
    by: str
    party: str
    at: datetime
    zone: str


def write_note(desk: Desk, *, dispute_id: int, text: str) -> SettlementWritten:
    """Write how the dispute is settled, for the other party to confirm; it replaces one's own earlier note."""
    row = visible(desk, dispute_id)
    require(desk.session, desk.person, Act.WRITE_SETTLEMENT)
    if row.status not in DEALT_WITH:
        raise moved_on(desk, row)
    if not text.strip():
        raise DisputeBlank("text")
    earlier = replaceable(desk, row)
    if earlier:
        move(desk, earlier, NOTES, "replace", lambda: _note_moved_on(desk, row, earlier))
    own, words = desk.person.party, text.strip()
    note = DisputeNote(
        dispute_id=row.key,
        party=own,
        text=words,
        sha256=digest(words),
        written_by=desk.person.key,
        written_at=desk.now,
        status=NoteStatus.PROPOSED,
    )
    desk.session.add(note)
    remember(desk, row, DisputeDeed.NOTE_WRITTEN, words)
    plan(desk, row)
    event = facts(desk, row, DisputeDeed.NOTE_WRITTEN)
    return SettlementWritten(note_id=note.key, sha256=note.sha256, party=own, **event)


def replaceable(desk: Desk, row: Dispute) -> DisputeNote | None:
    """The own party's note that waits and would be replaced; refuses while the other party's note waits."""
    earlier = pending(desk.session, row)
    if earlier and earlier.party != desk.person.party:
        raise NoteAwaitsAnswer(row.number, desk.definition.party(earlier.party).abbreviation)
    return earlier


def confirm(desk: Desk, *, note_id: int, seen: str) -> DisputeSettled:
    """Confirm the other party's note, whose hash is `seen`; with that the dispute is settled."""
    row, note = note_of(desk, note_id)
    require(desk.session, desk.person, Act.CONFIRM_SETTLEMENT, note)
    _answer(desk, row, note, "confirm", seen)
    move(desk, row, MACHINE, "settle", lambda: moved_on(desk, row))
    remember(desk, row, DisputeDeed.SETTLED)
    plan(desk, row)
    event = facts(desk, row, DisputeDeed.SETTLED)
    return DisputeSettled(note_id=note.key, sha256=note.sha256, **event)


def give_back(desk: Desk, *, note_id: int, reason: str) -> SettlementReturned:
    """Leave the other party's note unconfirmed, and say why."""
    row, note = note_of(desk, note_id)
    require(desk.session, desk.person, Act.CONFIRM_SETTLEMENT, note)
    if not reason.strip():
        raise DisputeBlank("reason")
    _answer(desk, row, note, "give_back", note.sha256)
    remember(desk, row, DisputeDeed.NOTE_RETURNED, reason.strip())
    plan(desk, row)
    return SettlementReturned(**facts(desk, row, DisputeDeed.NOTE_RETURNED))


def note_of(desk: Desk, note_id: int) -> tuple[Dispute, DisputeNote]:
    """A note and its dispute, for somebody who may see the dispute."""
    note = desk.session.get(DisputeNote, note_id)
    row = visible(desk, note.dispute_id if note else 0)
    if note is None:
        raise NoSuchDispute
    return row, note


def _answer(desk: Desk, row: Dispute, note: DisputeNote, name: str, seen: str) -> None:
    if seen != note.sha256:
        raise _note_moved_on(desk, row, note)
    by = {"answered_by": desk.person.key, "answered_at": desk.now}
    move(desk, note, NOTES, name, lambda: _note_moved_on(desk, row, note), **by)


def _note_moved_on(desk: Desk, row: Dispute, note: DisputeNote) -> NoteMovedOn:
    by = desk.session.get_one(Person, note.answered_by or note.written_by)
    party = desk.definition.party(by.party).abbreviation
    at = note.answered_at or note.written_at
    return NoteMovedOn(row.number, note.status, by.name, party, at, desk.definition.tz)
