"""V.3-1: what a meeting decided that somebody does, by when, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, Session, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, foresee, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.meeting_dates import after
from bot.agreement.meetings import Meeting, MeetingFieldEmpty, get_meeting, who_was_first
from bot.agreement.numbering import NumberedRow, next_seq
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type

CLAUSE = "V.3-1"
DUE = "action_due"
PARTS = 3


class ActionStatus(StrEnum):
    """What became of an action item."""

    OPEN = "open"
    """Still to be done."""
    DONE = "done"
    """Done, by the word of its owner's side."""
    DROPPED = "dropped"
    """Given up, with the reason."""


class MeetingAction(NumberedRow, table=True):
    """One action item; `owner` is a person of `party`, who need not be on the roster."""

    __table_args__ = (UniqueConstraint("year", "seq"),)

    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    party: str
    owner: str
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    text: str
    due_on: date
    status: ActionStatus = Field(sa_type=status_type(ActionStatus), index=True)
    note: str = ""
    closed_by: int | None = Field(default=None, foreign_key="person.id")
    closed_at: datetime | None = None

    def side_of(self, party: str) -> Side:
        """The party that owns the action says what became of it."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


@dataclass(frozen=True)
class NewAction:
    """An action item as it was typed and understood."""

    party: str
    owner: str
    owner_id: int | None
    text: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class ActionClosed(Event):
    """An action item was done or dropped; `meeting` is the number of the meeting that decided it."""

    action_id: int
    meeting_id: int
    number: str
    meeting: str
    text: str
    owner: str
    party: str
    by: str
    status: ActionStatus
    note: str


@dataclass(frozen=True, kw_only=True)
class ActionDue(FollowedUp):
    """An action item comes due, or its day has passed; `title` is what is to be done."""

    action_id: int
    meeting_id: int
    meeting: str
    owner: str
    party: str


@dataclass
class NoSuchAction(AgreementError):
    """There is no such action item."""

    routine = "meetings"


@dataclass
class ActionClosedAlready(Refusal):
    """Somebody has said already what became of it."""

    routine = "meetings"
    number: str
    status: ActionStatus
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class ActionParts(FieldError):
    """A line of action items has not its three parts."""

    routine = "meetings"
    line: int
    typed: str


@dataclass
class ActionOwnerUnknown(FieldError):
    """An owner is neither on the roster nor named with their party."""

    routine = "meetings"
    line: int
    owner: str
    parties: tuple[str, ...]


@dataclass
class ActionDateUnreadable(FieldError):
    """A due date is no date."""

    routine = "meetings"
    line: int
    typed: str


@dataclass
class ActionDatePassed(FieldError):
    """A due date lies before the meeting."""

    routine = "meetings"
    line: int
    due_on: date
    held_on: date


def read_actions(desk: Desk, text: str, held_on: date) -> list[NewAction]:
    """Action items, one a line: what is to be done | who | by when. Errors name the field `actions`."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    return [_read(desk, number, line, held_on) for number, line in lines if line]


def _read(desk: Desk, number: int, line: str, held_on: date) -> NewAction:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != PARTS or not all(parts):
        raise ActionParts("actions", number, line)
    text, owner, day = parts
    party, name, owner_id = _owner(desk, number, owner)
    try:
        due_on = date.fromisoformat(day)
    except ValueError:
        raise ActionDateUnreadable("actions", number, day) from None
    if due_on < held_on:
        raise ActionDatePassed("actions", number, due_on, held_on)
    return NewAction(party, name, owner_id, text, due_on)


def _owner(desk: Desk, number: int, typed: str) -> tuple[str, str, int | None]:
    """The owner's party, name and row: a name on the roster, or a party's abbreviation and any name."""
    parties = {party.abbreviation.casefold(): party.id for party in desk.definition.parties}
    first, _, rest = typed.partition(" ")
    party = parties.get(first.rstrip(":,").casefold())
    name = rest.strip() if party else typed
    known = _on_roster(desk, name, party)
    if len(known) == 1:
        return known[0].party, known[0].name, known[0].key
    if party and name:
        return party, name, None
    names = tuple(each.abbreviation for each in desk.definition.parties)
    raise ActionOwnerUnknown("actions", number, typed, names)


def _on_roster(desk: Desk, name: str, party: str | None) -> list[Person]:
    people = desk.session.exec(select(Person)).all()
    mine = [person for person in people if party in (None, person.party) and person.serves_on(desk.today)]
    return [person for person in mine if person.name.casefold() == name.casefold()]


def enter_actions(desk: Desk, row: Meeting, actions: Sequence[NewAction]) -> None:
    """Put the action items of confirmed minutes on record, and plan when each is asked for."""
    year = desk.today.year
    first = next_seq(desk.session, MeetingAction, year)
    for seq, new in enumerate(actions, first):
        action = MeetingAction(year=year, seq=seq, meeting_id=row.key, status=ActionStatus.OPEN, **vars(new))
        desk.session.add(action)
        desk.session.flush()
        steps = [*desk.definition.policy("action.remind"), *after(desk, "action.chase")]
        foresee(desk, f"action:{action.key}", DUE, action.due_on, steps)


def close_action(desk: Desk, *, action_id: int, status: ActionStatus, note: str) -> ActionClosed:
    """Say that an action item was done, or that it is given up and why; the first word stands."""
    row = get_action(desk.session, action_id)
    require(desk.session, desk.person, Act.CLOSE_ACTION, row)
    if status is not ActionStatus.DONE and not note.strip():
        raise MeetingFieldEmpty("note")
    closed = {"note": note.strip(), "closed_by": desk.person.key, "closed_at": desk.now}
    mine = (col(MeetingAction.id) == row.key) & (col(MeetingAction.status) == ActionStatus.OPEN)
    done = desk.session.exec(update(MeetingAction).where(mine).values(status=status, **closed))
    desk.session.refresh(row)
    if done.rowcount != 1:
        refuse_closed(desk, row)
    drop(desk.session, f"action:{row.key}")
    facts = action_facts(desk, row)
    return ActionClosed(
        subject=f"meeting:{row.meeting_id}", by=desk.person.name, status=status, note=row.note, **facts
    )


def refuse_closed(desk: Desk, row: MeetingAction) -> None:
    """Say what became of it, and by whom, unless it is open."""
    if row.status is not ActionStatus.OPEN:
        raise ActionClosedAlready(row.number, row.status, **who_was_first(desk, row.closed_by, row.closed_at))


def action_facts(desk: Desk, row: MeetingAction) -> dict[str, Any]:
    """What every event about an action item says."""
    return {
        "clause": CLAUSE,
        "action_id": row.key,
        "meeting_id": row.meeting_id,
        "number": row.number,
        "meeting": get_meeting(desk.session, row.meeting_id).number,
        "text": row.text,
        "owner": row.owner,
        "party": desk.definition.party(row.party).abbreviation,
    }


def chase(desk: Desk, *, waiting: Waiting) -> ActionDue:
    """Remind the owner of an action item, before its day, on it, and after it with growing pauses."""
    row = get_action(desk.session, waiting.key)
    if row.status is not ActionStatus.OPEN:
        raise NothingToSay
    said = mark_followed_up(desk, waiting)
    facts = action_facts(desk, row)
    return ActionDue(title=facts.pop("text"), **facts, **said)


def get_action(session: Session, action_id: int) -> MeetingAction:
    """One action item; refuses an unknown key."""
    row = session.get(MeetingAction, action_id)
    if row is None:
        raise NoSuchAction
    return row


def actions_of(session: Session, row: Meeting) -> Sequence[MeetingAction]:
    """Every action item of one meeting, by due date."""
    mine = select(MeetingAction).where(MeetingAction.meeting_id == row.key)
    return session.exec(mine.order_by(col(MeetingAction.due_on), col(MeetingAction.id))).all()


def open_actions(session: Session) -> Sequence[MeetingAction]:
    """Every action item that is still to be done, the earliest due date first."""
    going_on = select(MeetingAction).where(MeetingAction.status == ActionStatus.OPEN)
    return session.exec(going_on.order_by(col(MeetingAction.due_on), col(MeetingAction.id))).all()
