"""IV.6-3: a date is proposed by one party and fixed by both; it changes only when both agree again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, select

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.follow_ups import AFTER, drop, foresee
from bot.agreement.meeting_slots import SlotPassed, get_slot, offer
from bot.agreement.meetings import (
    CONSULTING,
    DATED,
    GLOBAL_ONLY,
    LIVE,
    POLLING,
    Meeting,
    MeetingEvent,
    MeetingFieldEmpty,
    MeetingFormat,
    MeetingRound,
    MeetingStatus,
    RoundOver,
    change,
    event_facts,
    get_meeting,
    listed,
    refuse_over,
    refuse_unless_polling,
    require_here,
    this_round,
    who_was_first,
)
from bot.agreement.numbering import next_seq
from bot.agreement.people import Refusal
from bot.agreement.rights import Act

NONE = "none"
"""Chosen where a meeting is to meet no clause."""
LENGTHS = (30, 45, 60, 90, 120, 180, 240, 360, 480)
"""How many minutes a meeting may take."""
OPEN, NEAR, HELD = "meeting_open", "meeting_near", "meeting_held"
"""What the clock says of a meeting: that no time is agreed, that it comes near, and to ask whether it was held."""


class MeetingAgreement(SQLModel, table=True):
    """One party's word on the time and the purposes of a meeting; it takes every party's for the same time."""

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    round: int = Field(primary_key=True)
    party: str = Field(primary_key=True)
    slot_id: int = Field(foreign_key="meetingslot.id")
    purposes: str
    person_id: int = Field(foreign_key="person.id")
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingProposed(MeetingEvent):
    """A party proposed a meeting."""

    channel_id: str


@dataclass(frozen=True, kw_only=True)
class DatesProposed(MeetingEvent):
    """A party proposed other times; a time that was fixed (`stands`) stands until both agree to another."""

    reason: str
    stands: datetime | None


@dataclass(frozen=True, kw_only=True)
class DateAgreed(MeetingEvent):
    """One party agreed to a time; the other has not, or agreed to another one (`differs`)."""

    starts_at: datetime
    purposes: tuple[str, ...]
    differs: datetime | None


@dataclass(frozen=True, kw_only=True)
class MeetingFixed(MeetingEvent):
    """Both parties agreed to the same time; `was` is the time that had been fixed before."""

    starts_at: datetime
    sequence: int
    confirmed: tuple[str, ...]
    was: datetime | None


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(MeetingEvent):
    """A party cancelled a meeting; `was` is the time that had been fixed."""

    reason: str
    sequence: int
    was: datetime | None


@dataclass
class NotAPurpose(FieldError):
    """A meeting of this level cannot serve this clause, or nobody may choose it."""

    routine = "meetings"
    purpose: str


@dataclass
class PurposesAndNone(FieldError):
    """Either some purposes are confirmed, or none."""

    routine = "meetings"


@dataclass
class AlreadyAgreed(Refusal):
    """Somebody of the same side has agreed to the same time and purposes already."""

    routine = "meetings"
    number: str
    by: str
    party: str
    at: datetime
    zone: str


def confirmed(chosen: Sequence[str]) -> tuple[str, ...]:
    """The purposes somebody confirms; that there are none is said in so many words, and never left out.

    Raises PurposesAndNone.
    """
    if NONE in chosen and len(chosen) > 1:
        raise PurposesAndNone("purposes")
    return tuple(purpose for purpose in chosen if purpose != NONE)


def purposes_offered(desk: Desk) -> tuple[str, ...]:
    """The clauses that a meeting may be meant to serve: those of the policy, and IV.6-2."""
    return (*desk.definition.policy("meeting.serves"), CONSULTING)


def propose(
    desk: Desk,
    *,
    channel_id: str,
    title: str,
    purposes: Sequence[str],
    format: MeetingFormat,
    venue: str,
    length: int,
    zone: str,
    times: Sequence[datetime],
) -> MeetingProposed:
    """Propose a meeting to the other party, with candidate times both can answer."""
    channel = get_channel(desk.session, channel_id)
    row = Meeting(
        year=desk.today.year,
        seq=next_seq(desk.session, Meeting, desk.today.year),
        party=desk.person.party,
        proposed_by=desk.person.key,
        proposed_at=desk.now,
        channel_id=channel_id,
        scope=channel.scope,
        title=title.strip(),
        purposes=",".join(dict.fromkeys(purposes)),
        format=format,
        venue=venue.strip(),
        length=length,
        zone=zone,
        status=MeetingStatus.PROPOSED,
    )
    require_here(desk, Act.PROPOSE_MEETING, row)
    _check(desk, row)
    desk.session.add(row)
    desk.session.flush()
    _open_round(desk, row, "", times)
    return MeetingProposed(channel_id=channel_id, **event_facts(desk, row))


def _check(desk: Desk, row: Meeting) -> None:
    if not row.title:
        raise MeetingFieldEmpty("subject")
    if not row.aims:
        raise MeetingFieldEmpty("purposes")
    for purpose in row.aims:
        if purpose not in purposes_offered(desk) or (row.scope and purpose in GLOBAL_ONLY):
            raise NotAPurpose("purposes", purpose)
    if not row.venue:
        raise MeetingFieldEmpty("venue")
    if row.length not in LENGTHS:
        raise MeetingFieldEmpty("length")


def _open_round(desk: Desk, row: Meeting, reason: str, times: Sequence[datetime]) -> None:
    opened: dict[str, Any] = {"opened_by": desk.person.key, "opened_at": desk.now}
    desk.session.add(MeetingRound(meeting_id=row.key, round=row.round, reason=reason, **opened))
    desk.session.flush()
    offer(desk, row, times)
    drop(desk.session, f"meeting:{row.key}", OPEN)
    foresee(desk, f"meeting:{row.key}", OPEN, desk.today, after(desk, "meeting.ask_agree"))


def agree(
    desk: Desk, *, meeting_id: int, round: int, slot_id: int, purposes: Sequence[str]
) -> DateAgreed | MeetingFixed:
    """Agree for one's party to one time and confirm the purposes; when both agree to the same, it is fixed."""
    row = get_meeting(desk.session, meeting_id)
    require_here(desk, Act.AGREE_MEETING, row)
    # Two sides may agree at once; whoever comes second must see the first one's word.
    desk.session.refresh(row, with_for_update=True)
    refuse_unless_polling(desk, row, round)
    slot = get_slot(desk.session, row, slot_id)
    if slot.starts_at <= desk.now:
        raise SlotPassed("slot", slot.starts_at, row.zone)
    unknown = next((each for each in purposes if each not in row.aims), None)
    if unknown:
        raise NotAPurpose("purposes", unknown)
    _put_down(desk, row, slot_id, purposes)
    given = agreements(desk.session, row)
    if len([each for each in given if each.slot_id == slot_id]) == len(desk.definition.parties):
        return _fix(desk, row, slot.starts_at, given)
    other = next((each for each in given if each.party != desk.person.party), None)
    return DateAgreed(
        starts_at=slot.starts_at,
        purposes=tuple(purposes),
        differs=get_slot(desk.session, row, other.slot_id).starts_at if other else None,
        **event_facts(desk, row),
    )


def _put_down(desk: Desk, row: Meeting, slot_id: int, purposes: Sequence[str]) -> None:
    word = ",".join(purposes)
    known = desk.session.get(MeetingAgreement, (row.key, row.round, desk.person.party))
    if known and (known.slot_id, known.purposes) == (slot_id, word):
        raise AlreadyAgreed(row.number, **who_was_first(desk, known.person_id, known.at))
    desk.session.merge(
        MeetingAgreement(
            meeting_id=row.key,
            round=row.round,
            party=desk.person.party,
            slot_id=slot_id,
            purposes=word,
            person_id=desk.person.key,
            at=desk.now,
        )
    )
    desk.session.flush()


def agreements(session: Session, row: Meeting) -> Sequence[MeetingAgreement]:
    """What each party that has spoken agreed to, of the times that are proposed now."""
    mine = select(MeetingAgreement).where(MeetingAgreement.meeting_id == row.key)
    return session.exec(mine.where(MeetingAgreement.round == row.round)).all()


def _fix(desk: Desk, row: Meeting, starts_at: datetime, given: Sequence[MeetingAgreement]) -> MeetingFixed:
    was = row.starts_at
    confirmed = tuple(aim for aim in row.aims if all(aim in listed(each.purposes) for each in given))
    values = {"starts_at": starts_at, "confirmed": ",".join(confirmed), "status": MeetingStatus.FIXED}
    if not change(desk, row, POLLING, sequence=row.sequence + bool(was), **values):
        refuse_unless_polling(desk, row, row.round)
    fixed = this_round(desk.session, row)
    fixed.starts_at, fixed.fixed_by, fixed.fixed_at = starts_at, desk.person.key, desk.now
    desk.session.add(fixed)
    _plan(desk, row)
    facts = event_facts(desk, row)
    return MeetingFixed(starts_at=starts_at, sequence=row.sequence, confirmed=confirmed, was=was, **facts)


def _plan(desk: Desk, row: Meeting) -> None:
    """What is said before the meeting, and after it until somebody says whether it was held."""
    subject, day = f"meeting:{row.key}", row.day or desk.today
    drop(desk.session, subject, OPEN, NEAR, HELD)
    foresee(desk, subject, NEAR, day, desk.definition.policy("meeting.remind"))
    foresee(desk, subject, HELD, day, after(desk, "meeting.ask_held"))


def after(desk: Desk, policy: str) -> list[str]:
    """The steps of a policy that are counted from a day onwards."""
    return [f"{AFTER}{step}" for step in desk.definition.policy(policy)]


def propose_dates(
    desk: Desk, *, meeting_id: int, round: int, times: Sequence[datetime], reason: str
) -> DatesProposed:
    """Propose other times, with a reason; what was fixed stands until both parties agree to another time."""
    row = get_meeting(desk.session, meeting_id)
    require_here(desk, Act.CHANGE_MEETING, row)
    desk.session.refresh(row, with_for_update=True)
    refuse_over(desk, row)
    if not reason.strip():
        raise MeetingFieldEmpty("reason")
    status = MeetingStatus.MOVING if row.status in DATED else MeetingStatus.PROPOSED
    if row.round != round or not change(desk, row, LIVE, status=status, round=row.round + 1):
        newest = this_round(desk.session, row)
        raise RoundOver(row.number, **who_was_first(desk, newest.opened_by, newest.opened_at))
    _open_round(desk, row, reason.strip(), times)
    return DatesProposed(reason=reason.strip(), stands=row.starts_at, **event_facts(desk, row))


def cancel(desk: Desk, *, meeting_id: int, reason: str) -> MeetingCancelled:
    """Cancel a meeting, with a reason that both parties read; its history is kept."""
    row = get_meeting(desk.session, meeting_id)
    require_here(desk, Act.CHANGE_MEETING, row)
    refuse_over(desk, row)
    if not reason.strip():
        raise MeetingFieldEmpty("reason")
    was = row.starts_at
    values: dict[str, Any] = {"reason": reason.strip(), "ended_by": desk.person.key, "ended_at": desk.now}
    sequence = row.sequence + bool(was)
    if not change(desk, row, LIVE, status=MeetingStatus.CANCELLED, sequence=sequence, **values):
        refuse_over(desk, row)
    drop(desk.session, f"meeting:{row.key}")
    return MeetingCancelled(reason=row.reason, sequence=row.sequence, was=was, **event_facts(desk, row))
