"""VII.1-2: a notice is drafted in a room of its own side, and two people agree there that it be sent."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.notice_copies import hand_letter
from bot.agreement.notice_letters import NoticeLanguage
from bot.agreement.own_matters import refuse_elsewhere
from bot.agreement.people import Person, Refusal, require, roles_of
from bot.agreement.rights import Act, Role
from bot.agreement.terminations import (
    MACHINE,
    NoticeEvent,
    NoticeFieldEmpty,
    Termination,
    TerminationApproval,
    TerminationStatus,
    ThroughOtherApp,
    approvals,
    check_typed,
    done,
    get_room,
    moved_on,
    room_of,
)
from bot.agreement.transitions import move

SEND = "SEND"
"""The word that is typed, after the number, by whoever agrees that the notice be sent."""
PEOPLE_NEEDED = 2


@dataclass(frozen=True)
class Letter:
    """What the draft of a letter says."""

    language: NoticeLanguage
    addressee: str
    place: str
    dated_on: date | None
    signatory: str
    capacity: str
    planned_on: date | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class NoticeDrafted(NoticeEvent):
    """A party opened its notice room with a first draft."""


@dataclass(frozen=True, kw_only=True)
class NoticeRevised(NoticeEvent):
    """The draft was changed; `voided` are the people whose agreement fell away with that."""

    voided: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class NoticeDropped(NoticeEvent):
    """The draft was given up."""


@dataclass(frozen=True, kw_only=True)
class NoticeAgreed(NoticeEvent):
    """Somebody agreed that the notice be sent; `complete` when no other agreement is needed."""

    complete: bool
    signs: bool
    signatory_missing: bool


@dataclass
class NoticeUnderWay(Refusal):
    """The party has a notice under way already, and it gives one at a time."""

    routine = "notices"
    number: str
    by: str
    at: datetime
    zone: str


@dataclass
class NoticeDayWrong(FieldError):
    """A day in the draft cannot be: it is before the Agreement, before the letter's own date, or has passed."""

    routine = "notices"
    day: date
    not_before: date


@dataclass
class AlreadyAgreed(Refusal):
    """The same person has agreed before, and two different people are needed."""

    routine = "notices"
    number: str
    at: datetime
    zone: str


def open_notice(desk: Desk, *, letter: Letter, through: str) -> NoticeDrafted:
    """Open the room of one's own party with a first draft; `through` is the party whose app carries the words."""
    require(desk.session, desk.person, Act.OPEN_NOTICE)
    refuse_elsewhere(desk, through, ThroughOtherApp)
    refuse_second(desk, desk.person.party)
    _check(desk, letter)
    own = desk.person.party
    row = Termination(
        year=desk.today.year,
        seq=next_own(desk.session, own, desk.today.year),
        party=own,
        opener=own,
        live=own,
        status=TerminationStatus.DRAFT,
        opened_by=desk.person.key,
        opened_at=desk.now,
        **_worded(letter),
        **_dated(desk),
    )
    desk.session.add(row)
    desk.session.flush()
    hand_letter(desk, row)
    return NoticeDrafted(**done(desk, row))


def refuse_second(desk: Desk, live: str) -> None:
    """Refuse a second notice beside one that is under way."""
    row = room_of(desk.session, live)
    if row is not None:
        by = desk.session.get_one(Person, row.opened_by).name
        raise NoticeUnderWay(row.number, by, row.opened_at, desk.definition.tz)


def next_own(session: Session, opener: str, year: int) -> int:
    """The number that the next case a party opens gets within the year, for its own side only."""
    mine = select(func.max(Termination.seq)).where(Termination.opener == opener, Termination.year == year)
    return (session.exec(mine).one() or 0) + 1


def _worded(letter: Letter) -> dict[str, Any]:
    given = asdict(letter)
    return {name: value.strip() if type(value) is str else value for name, value in given.items()}


def _dated(desk: Desk) -> dict[str, Any]:
    return {"dated_by": desk.person.key, "dated_at": desk.now}


def _check(desk: Desk, letter: Letter) -> None:
    for name in ("addressee", "place", "signatory", "capacity"):
        if not getattr(letter, name).strip():
            raise NoticeFieldEmpty(name)
    since = desk.definition.event(desk.definition.term.starts)
    dated = _day("dated_on", letter.dated_on, since)
    _day("planned_on", letter.planned_on, max(dated, desk.today))


def _day(field: str, day: date | None, not_before: date) -> date:
    if day is None:
        raise NoticeFieldEmpty(field)
    if day < not_before:
        raise NoticeDayWrong(field, day, not_before)
    return day


def revise(desk: Desk, *, termination_id: int, letter: Letter, seen: int, through: str) -> NoticeRevised:
    """Change the draft; whoever had agreed to the earlier wording has to agree anew."""
    row = _room(desk, termination_id, through, Act.OPEN_NOTICE)
    _check(desk, letter)
    voided = tuple(each.person_id for each in approvals(desk.session, row))
    as_seen = col(Termination.version) == seen
    values = {**_worded(letter), **_dated(desk), "version": seen + 1}
    move(desk, row, MACHINE, "revise", lambda: moved_on(desk, row), as_seen, **values)
    hand_letter(desk, row)
    return NoticeRevised(voided=voided, **done(desk, row))


def _room(desk: Desk, termination_id: int, through: str, act: Act) -> Termination:
    """The notice, for somebody of its own side who may see the room and do `act` there."""
    row = get_room(desk, termination_id, through)
    require(desk.session, desk.person, act, row)
    return row


def drop_notice(desk: Desk, *, termination_id: int, note: str, through: str) -> NoticeDropped:
    """Give the draft up, with a reason that stays with one's own side."""
    row = _room(desk, termination_id, through, Act.OPEN_NOTICE)
    if not note.strip():
        raise NoticeFieldEmpty("note")
    closed = {"closed_by": desk.person.key, "closed_at": desk.now, "closing_note": note.strip(), "live": None}
    move(desk, row, MACHINE, "drop", lambda: moved_on(desk, row), **closed)
    return NoticeDropped(**done(desk, row))


def approve(desk: Desk, *, termination_id: int, typed: str, seen: int, through: str) -> NoticeAgreed:
    """Agree, by words that are typed, that the notice be sent as it is worded now.

    It is approved once two different people have agreed, one of them somebody who may sign for the party.
    """
    row = _room(desk, termination_id, through, Act.APPROVE_NOTICE)
    # Two who agree at once must each see the other's word, or it would never be complete.
    desk.session.refresh(row, with_for_update=True)
    if row.status is not TerminationStatus.DRAFT or row.version != seen:
        raise moved_on(desk, row)
    check_typed(row, SEND, typed)
    complete, signs = agree(desk, row)
    if complete:
        as_seen = col(Termination.version) == seen
        move(desk, row, MACHINE, "approve", lambda: moved_on(desk, row), as_seen)
    return agreed(desk, row, complete, signs)


def agree(desk: Desk, row: Termination) -> tuple[bool, bool]:
    """Put the person's agreement on record; whether it is the last that was needed, and whether they may sign."""
    for earlier in approvals(desk.session, row):
        if earlier.person_id == desk.person.key:
            raise AlreadyAgreed(row.number, earlier.at, desk.definition.tz)
    signers = {Role(str(role)) for role in desk.definition.policy("written.authorised_signers")}
    signs = bool(signers & roles_of(desk.session, desk.person))
    facts = {"termination_id": row.key, "version": row.version, "person_id": desk.person.key}
    desk.session.add(TerminationApproval(**facts, signs=signs, at=desk.now))
    desk.session.flush()
    given = approvals(desk.session, row)
    return len(given) >= PEOPLE_NEEDED and any(each.signs for each in given), signs


def agreed(desk: Desk, row: Termination, complete: bool, signs: bool) -> NoticeAgreed:
    """What is said of an agreement."""
    missing = not any(each.signs for each in approvals(desk.session, row))
    return NoticeAgreed(complete=complete, signs=signs, signatory_missing=missing, **done(desk, row))
