"""VII.1-4: preparing, deciding and releasing a party's decision on renewal, and showing both to both."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.ledger import NothingToSay
from bot.agreement.own_matters import refuse_elsewhere
from bot.agreement.people import require
from bot.agreement.renewal_days import notice_days, private_until
from bot.agreement.renewal_rooms import (
    MACHINE,
    SHOWN,
    RenewalChoice,
    RenewalDeed,
    RenewalElsewhere,
    RenewalReasonsMissing,
    RenewalRoom,
    RenewalStatus,
    changed,
    days_in_time,
    enter_room,
    note_step,
    own_room,
    room_of,
)
from bot.agreement.renewals import CLAUSE, ended_by_notice, term_end
from bot.agreement.rights import Act
from bot.agreement.standing import end_of
from bot.agreement.transitions import move


@dataclass(frozen=True, kw_only=True)
class RenewalEvent(Event):
    """Something was done in a party's own room. What was decided is not said here, but in the room."""

    room_id: int
    party: str
    term_end: date


@dataclass(frozen=True, kw_only=True)
class RenewalPrepared(RenewalEvent):
    """A decision was prepared and waits for the party's signatory."""


@dataclass(frozen=True, kw_only=True)
class RenewalDecided(RenewalEvent):
    """The party's signatory decided."""


@dataclass(frozen=True, kw_only=True)
class RenewalReleased(RenewalEvent):
    """The party would show its decision; the other is not told."""


@dataclass(frozen=True, kw_only=True)
class RenewalTakenBack(RenewalEvent):
    """The party took its release back."""


@dataclass(frozen=True, kw_only=True)
class RenewalDecisionsShown(Event):
    """Both decisions are shown to both parties: both released them, or the last day has passed (`by_clock`)."""

    term_end: date
    last_day: date
    by_clock: bool

    @property
    def once(self) -> str:
        """The term, for what the clock says; what people do is unique by its line in the journal."""
        return f"renewal-shown:{self.term_end}" if self.by_clock else ""


def prepare(desk: Desk, *, seen: int, choice: RenewalChoice, reasons: str, through: str) -> RenewalPrepared:
    """Prepare a decision for the own party's signatory; `seen` is the version that was on the screen."""
    row = _entering(desk, Act.PREPARE_RENEWAL, through)
    why = _reasons(reasons)
    _move(desk, row, "prepare", seen)
    note_step(desk, row, RenewalDeed.PREPARED, choice=choice, reasons=why)
    return RenewalPrepared(**_facts(row))


def decide(desk: Desk, *, seen: int, choice: RenewalChoice, reasons: str, through: str) -> RenewalDecided:
    """Decide for the own party, as its signatory; what was prepared is settled by it."""
    row = _entering(desk, Act.DECIDE_RENEWAL, through)
    why = _reasons(reasons)
    by = {"decided_by": desk.person.key, "decided_at": desk.now}
    _move(desk, row, "decide", seen, choice=choice, reasons=why, **by)
    note_step(desk, row, RenewalDeed.DECIDED, choice=choice, reasons=why)
    return RenewalDecided(**_facts(row))


def release(desk: Desk, *, room_id: int, seen: int, through: str) -> RenewalReleased | RenewalDecisionsShown:
    """Release the own decision; once both parties have, both are shown to both."""
    row = _in_room(desk, room_id, through)
    rooms = [room_of(desk, party.id, row.term_end) for party in desk.definition.parties]
    # Both parties may release at once; whoever comes second must see the first one's release.
    for room in filter(None, rooms):
        desk.session.refresh(room, with_for_update=True)
    _move(desk, row, "release", seen)
    note_step(desk, row, RenewalDeed.RELEASED, choice=row.choice)
    ready = [room for room in rooms if room and room.status is RenewalStatus.READY]
    if len(ready) < len(rooms):
        return RenewalReleased(**_facts(row))
    for room in ready:
        _show(desk, room, "show")
    return _shown(desk, row.term_end, by_clock=False)


def take_back(desk: Desk, *, room_id: int, through: str) -> RenewalTakenBack:
    """Take the own release back before the other party has released, too."""
    row = _in_room(desk, room_id, through)
    _move(desk, row, "take_back", row.version)
    note_step(desk, row, RenewalDeed.TAKEN_BACK)
    return RenewalTakenBack(**_facts(row))


def to_be_disclosed(desk: Desk) -> date | None:
    """The term whose last day for a notice has passed while the decisions on it are still private.

    None where a notice on record ends the Agreement by then: there was nothing left to decide.
    """
    days = notice_days(desk.definition, desk.calendar, term_end(desk))
    if days is None or desk.today <= private_until(desk.definition, days):
        return None
    if ended_by_notice(end_of(desk.session), days.term_end):
        return None
    shown = select(RenewalRoom.party).where(
        RenewalRoom.agreement == desk.definition.id,
        RenewalRoom.term_end == days.term_end,
        col(RenewalRoom.status).in_(SHOWN),
    )
    return None if len(desk.session.exec(shown).all()) == len(desk.definition.parties) else days.term_end


def disclose(desk: Desk) -> RenewalDecisionsShown:
    """Show both decisions to both parties, since no reading allows a notice any more.

    Raises NothingToSay when they have been shown. A party that decided nothing is shown as such.
    """
    last = to_be_disclosed(desk)
    if last is None:
        raise NothingToSay
    for party in desk.definition.parties:
        _show(desk, enter_room(desk, party.id, last), "disclose")
    return _shown(desk, last, by_clock=True)


def _entering(desk: Desk, act: Act, through: str) -> RenewalRoom:
    require(desk.session, desk.person, act)
    refuse_elsewhere(desk, through, RenewalElsewhere)
    return enter_room(desk, desk.person.party, days_in_time(desk).term_end)


def _in_room(desk: Desk, room_id: int, through: str) -> RenewalRoom:
    require(desk.session, desk.person, Act.DECIDE_RENEWAL)
    refuse_elsewhere(desk, through, RenewalElsewhere)
    row = own_room(desk, room_id)
    days_in_time(desk)
    return row


def _move(desk: Desk, row: RenewalRoom, name: str, seen: int, **values: object) -> None:
    unchanged = col(RenewalRoom.version) == seen
    move(desk, row, MACHINE, name, lambda: changed(desk, row), unchanged, version=seen + 1, **values)


def _show(desk: Desk, row: RenewalRoom, name: str) -> None:
    move(desk, row, MACHINE, name, lambda: changed(desk, row), shown_at=desk.now)
    note_step(desk, row, RenewalDeed.SHOWN, choice=row.choice)


def _reasons(reasons: str) -> str:
    if not reasons.strip():
        raise RenewalReasonsMissing("reasons")
    return reasons.strip()


def _facts(row: RenewalRoom) -> dict[str, Any]:
    return {
        "clause": CLAUSE,
        "subject": row.subject,
        "room_id": row.key,
        "party": row.party,
        "term_end": row.term_end,
    }


def _shown(desk: Desk, last: date, *, by_clock: bool) -> RenewalDecisionsShown:
    days = notice_days(desk.definition, desk.calendar, last)
    return RenewalDecisionsShown(
        clause=CLAUSE,
        subject=f"renewal:{last}",
        term_end=last,
        last_day=private_until(desk.definition, days) if days else last,
        by_clock=by_clock,
    )
