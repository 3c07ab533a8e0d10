"""IV.6-3: candidate times of a meeting, when each side is closed, and who could come."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.civil_days import wall_time
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.meetings import Meeting, MeetingEvent, event_facts, get_meeting, refuse_unless_polling
from bot.agreement.offices import Office, all_offices
from bot.agreement.people import Person, require
from bot.agreement.rights import Act
from bot.agreement.storage import status_type
from bot.agreement.time_limits import civil_day

MOST = 8
AHEAD = timedelta(days=731)
LINE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[ T,]+(?:at )?(\d{1,2})[:.h](\d{2})", re.ASCII)


class Availability(StrEnum):
    """Whether one person could come at one time."""

    YES = "yes"
    """They could."""
    IF_NEED_BE = "if_need_be"
    """They could, but would rather not."""
    NO = "no"
    """They could not."""


class MeetingSlot(SQLModel, table=True):
    """One candidate time of one round."""

    __table_args__ = (UniqueConstraint("meeting_id", "round", "starts_at"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    round: int
    starts_at: datetime

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the slot is not stored yet")
        return self.id


class SlotAnswer(SQLModel, table=True):
    """What one person says of one candidate time; a later answer takes the place of an earlier one."""

    slot_id: int = Field(foreign_key="meetingslot.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    answer: Availability = Field(sa_type=status_type(Availability))
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SlotsAnswered(MeetingEvent):
    """Somebody said when they could come."""

    answered: int


@dataclass
class SlotUnreadable(FieldError):
    """A line that is no day and time."""

    routine = "meetings"
    line: str


@dataclass
class SlotPassed(FieldError):
    """A candidate time must lie ahead."""

    routine = "meetings"
    when: datetime
    zone: str


@dataclass
class SlotTooFar(FieldError):
    """A candidate time is more than two years ahead."""

    routine = "meetings"
    day: date


@dataclass
class NoSuchTime(FieldError):
    """Clocks are set forward over this time of day."""

    routine = "meetings"
    day: date
    at: time
    zone: str


@dataclass
class SlotTwice(FieldError):
    """The same time was given twice."""

    routine = "meetings"
    when: datetime
    zone: str


@dataclass
class TooManySlots(FieldError):
    """More candidate times than people can answer."""

    routine = "meetings"
    given: int
    most: int


@dataclass
class SlotGone(AgreementError):
    """This time is not one of those that are proposed now."""

    routine = "meetings"
    number: str


def read_slots(
    desk: Desk, pairs: Sequence[tuple[date | None, time | None]], more: str, zone: str
) -> list[datetime]:
    """The candidate times in UTC: days and times that were picked, and lines such as 2027-02-03 14:00.

    Errors name the field: `day_1`, `time_1`, and so on, or `more`.
    """
    found: dict[datetime, str] = {}
    for number, (day, at) in enumerate(pairs, 1):
        if day is None or at is None:
            raise SlotUnreadable(f"day_{number}" if day is None else f"time_{number}", "")
        _take(desk, found, f"day_{number}", day, at, zone)
    for line in filter(str.strip, more.splitlines()):
        _take(desk, found, "more", *_read(line.strip()), zone)
    if len(found) > MOST:
        raise TooManySlots("more", len(found), MOST)
    return sorted(found)


def _read(line: str) -> tuple[date, time]:
    match = LINE.fullmatch(line)
    try:
        if match is None:
            raise ValueError(line)
        year, month, day = map(int, match[1].split("-"))
        return date(year, month, day), time(int(match[2]), int(match[3]))
    except ValueError:
        raise SlotUnreadable("more", line) from None


def _take(desk: Desk, found: dict[datetime, str], field: str, day: date, at: time, zone: str) -> None:
    if day > desk.today + AHEAD:
        raise SlotTooFar(field, day)
    when = wall_time(day, at, zone)
    if when.astimezone(ZoneInfo(zone)).time() != at:
        raise NoSuchTime(field, day, at, zone)
    if when <= desk.now:
        raise SlotPassed(field, when, zone)
    if when in found:
        raise SlotTwice(field, when, zone)
    found[when] = field


def offer(desk: Desk, row: Meeting, times: Sequence[datetime]) -> None:
    """Put the candidate times of the meeting's round on record."""
    desk.session.add_all(MeetingSlot(meeting_id=row.key, round=row.round, starts_at=when) for when in times)
    desk.session.flush()


def slots(session: Session, row: Meeting) -> Sequence[MeetingSlot]:
    """The candidate times that are proposed now, the earliest first."""
    mine = select(MeetingSlot).where(MeetingSlot.meeting_id == row.key, MeetingSlot.round == row.round)
    return session.exec(mine.order_by(col(MeetingSlot.starts_at))).all()


def get_slot(session: Session, row: Meeting, slot_id: int) -> MeetingSlot:
    """One of the times that are proposed now; refuses any other."""
    slot = session.get(MeetingSlot, slot_id)
    if slot is None or (slot.meeting_id, slot.round) != (row.key, row.round):
        raise SlotGone(row.number)
    return slot


def answer(desk: Desk, *, meeting_id: int, round: int, answers: Mapping[int, Availability]) -> SlotsAnswered:
    """Say of each candidate time whether one could come; it binds nobody, and can be changed."""
    row = get_meeting(desk.session, meeting_id)
    require(desk.session, desk.person, Act.ANSWER_SLOTS)
    refuse_unless_polling(desk, row, round)
    for slot_id, said in answers.items():
        slot = get_slot(desk.session, row, slot_id)
        given = SlotAnswer(slot_id=slot.key, person_id=desk.person.key, answer=said, at=desk.now)
        desk.session.merge(given)
    desk.session.flush()
    return SlotsAnswered(answered=len(answers), **event_facts(desk, row))


def answers_of(session: Session, row: Meeting, person: Person) -> dict[int, Availability]:
    """What one person has said of the times that are proposed now."""
    return {
        given.slot_id: given.answer for given, person_id in _given(session, row) if person_id == person.key
    }


def _given(session: Session, row: Meeting) -> list[tuple[SlotAnswer, int]]:
    query = select(SlotAnswer).join(MeetingSlot, col(MeetingSlot.id) == col(SlotAnswer.slot_id))
    mine = query.where(MeetingSlot.meeting_id == row.key, MeetingSlot.round == row.round)
    return [(given, given.person_id) for given in session.exec(mine).all()]


@dataclass(frozen=True)
class SideTally:
    """How the people of one side answered for one time, without their names."""

    party: str
    yes: int
    if_need_be: int
    no: int

    @property
    def answers(self) -> int:
        """How many people of this side have answered."""
        return self.yes + self.if_need_be + self.no

    @property
    def suits(self) -> bool:
        """Whether somebody could come, and nobody who answered could not."""
        return self.yes + self.if_need_be > 0 and self.no == 0


def tally(desk: Desk, row: Meeting) -> dict[int, tuple[SideTally, ...]]:
    """The answers for each candidate time, side by side."""
    given = _given(desk.session, row)
    sides = {key: desk.session.get_one(Person, key).party for _, key in given}
    return {
        slot.key: tuple(
            _side(
                party.abbreviation,
                [a.answer for a, key in given if a.slot_id == slot.key and sides[key] == party.id],
            )
            for party in desk.definition.parties
        )
        for slot in slots(desk.session, row)
    }


def _side(party: str, answers: Sequence[Availability]) -> SideTally:
    return SideTally(party, *(answers.count(each) for each in Availability))


def suits_all(sides: Sequence[SideTally]) -> bool:
    """Whether a time suits every side."""
    return all(side.suits for side in sides)


@dataclass(frozen=True)
class Closed:
    """A party is closed on the day of a candidate time, for this reason."""

    party: str
    reason: str


@dataclass(frozen=True)
class OutOfHours:
    """An office concerned does not work at a candidate time; `local` is the time there."""

    party: str
    office: str
    local: datetime


def closures(desk: Desk, row: Meeting, starts_at: datetime) -> list[Closed]:
    """Which parties are closed on the day of a time, and why."""
    closed = desk.calendar.closed_sides(civil_day(starts_at, row.zone))
    return [
        Closed(party.abbreviation, closed[party.calendar])
        for party in desk.definition.parties
        if party.calendar in closed
    ]


def out_of_hours(desk: Desk, row: Meeting, starts_at: datetime) -> list[OutOfHours]:
    """Which offices concerned do not work at that time, by the working hours that are policy."""
    opens, closes = (
        time.fromisoformat(part.strip()) for part in str(desk.definition.policy("working_hours")).split("-")
    )
    ends_at = starts_at + timedelta(minutes=row.length)
    return [
        OutOfHours(desk.definition.party(office.party).abbreviation, office.name, begins)
        for office in _offices(desk, row)
        for begins, over in [
            (starts_at.astimezone(ZoneInfo(office.tz)), ends_at.astimezone(ZoneInfo(office.tz)))
        ]
        if begins.time() < opens or over.time() > closes or over.date() > begins.date()
    ]


def _offices(desk: Desk, row: Meeting) -> list[Office]:
    return [
        office
        for office in all_offices(desk.session)
        if office.serves(row.scope) and office.is_open_on(desk.today)
    ]
