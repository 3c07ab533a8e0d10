"""I.2, I.3, I.4 and IV.7: what is new is compared with what there is, and existing channels are thought of.

A routine that takes in something new, such as an item of the workplan or a joint project, calls `take_in` in its
own verb; the questions that follow are asked of both parties once for each activity.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, or_, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act
from bot.agreement.storage import status_type


class Relation(StrEnum):
    """How an activity stands to similar ones (I.2)."""

    JOINT = "joint"
    """It is, or will be, done together with them."""
    COMPLEMENTARY = "complementary"
    """It completes them without doing the same twice."""
    SEPARATE = "separate"
    """It has nothing to do with them."""


class InterAgencyChannel(StrEnum):
    """Where the United Nations consult already, to be thought of before anything new is planned (IV.7)."""

    COUNTRY_TEAM = "country_team"
    """The United Nations country team."""
    NETWORK = "network"
    """The United Nations Network on Migration."""
    WIDER_SYSTEM = "wider_system"
    """Another channel of the United Nations system."""
    NONE = "none"
    """None of them concerns it."""


class Activity(SQLModel, table=True):
    """Something that is planned or under way; `subject` is the case that brought it, such as `item:12`.

    `scope` is a country (ISO 3166), a region, or empty for what is global. `channels` are the inter-agency
    channels that were thought of (IV.7), `framework` the country team's item it belongs to, or why none (I.4).
    """

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(unique=True)
    clause: str
    number: str
    title: str
    party: str
    scope: str = Field(index=True)
    area: str
    starts_on: date
    ends_on: date | None = None
    taken_in_by: int = Field(foreign_key="person.id")
    taken_in_at: datetime
    relation: Relation | None = Field(default=None, sa_type=status_type(Relation))
    relation_note: str = ""
    related_by: int | None = Field(default=None, foreign_key="person.id")
    related_at: datetime | None = None
    channels: str = ""
    channels_note: str = ""
    framework: str = ""
    considered_by: int | None = Field(default=None, foreign_key="person.id")
    considered_at: datetime | None = None

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the activity is not stored yet")
        return self.id


@dataclass(frozen=True)
class NewActivity:
    """What a routine says of something new that it takes in; without an end it goes on."""

    subject: str
    clause: str
    number: str
    title: str
    scope: str
    area: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ActivityEvent(Event):
    """Something was put on record about one activity."""

    activity_id: int
    number: str
    title: str
    by: str
    party: str


@dataclass(frozen=True, kw_only=True)
class ActivityRelated(ActivityEvent):
    """Somebody said how the activity stands to similar ones (I.2)."""

    relation: Relation
    note: str
    compared: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChannelsConsidered(ActivityEvent):
    """Somebody said which inter-agency channels were thought of (IV.7), and where it belongs (I.4)."""

    channels: tuple[str, ...]
    note: str
    framework: str


@dataclass
class NoSuchActivity(AgreementError):
    """No activity has this number."""

    routine = "activities"


@dataclass
class AlreadyAnswered(Refusal):
    """Somebody answered this question about the activity first."""

    routine = "activities"
    title: str
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class NothingAlike(AgreementError):
    """There is nothing that the activity could be compared with."""

    routine = "activities"
    title: str


@dataclass
class NoteMissing(FieldError):
    """An answer that tells nothing by itself needs a few words: which other channel, or why none."""

    routine = "activities"


@dataclass
class NoneAndSome(FieldError):
    """Either some channels were thought of, or none concerns the activity; not both."""

    routine = "activities"


def take_in(desk: Desk, new: NewActivity) -> Activity:
    """Put a new activity beside those there are; called inside the verb that begins it."""
    row = Activity(**vars(new), party=desk.person.party, taken_in_by=desk.person.key, taken_in_at=desk.now)
    desk.session.add(row)
    desk.session.flush()
    return row


def look_alikes(desk: Desk, row: Activity) -> Sequence[Activity]:
    """The activities in the same place and area whose time overlaps, the oldest first (I.2)."""
    overlapping = or_(col(Activity.ends_on).is_(None), col(Activity.ends_on) >= row.starts_on)
    query = select(Activity).where(
        Activity.scope == row.scope, Activity.area == row.area, Activity.id != row.id, overlapping
    )
    if row.ends_on:
        query = query.where(Activity.starts_on <= row.ends_on)
    return desk.session.exec(query.order_by(col(Activity.id))).all()


def relate(desk: Desk, *, activity_id: int, relation: Relation, note: str = "") -> ActivityRelated:
    """Say how an activity stands to similar ones; the first answer stands (I.2)."""
    row = _asked(desk, activity_id)
    alike = look_alikes(desk, row)
    if not alike:
        raise NothingAlike(row.title)
    answer = {"relation": relation, "relation_note": note.strip()}
    _answer(desk, row, "related", answer)
    return ActivityRelated(
        relation=relation,
        note=note.strip(),
        compared=tuple(each.number for each in alike),
        **event_facts(desk, row, "I.2"),
    )


def consider(
    desk: Desk, *, activity_id: int, channels: Sequence[InterAgencyChannel], framework: str, note: str = ""
) -> ChannelsConsidered:
    """Say which inter-agency channels were thought of, and to which common item the activity belongs.

    The first answer stands (IV.7, I.4). `framework` names the item, or says why there is none.
    """
    row = _asked(desk, activity_id)
    if InterAgencyChannel.NONE in channels and len(channels) > 1:
        raise NoneAndSome("channels")
    if {InterAgencyChannel.NONE, InterAgencyChannel.WIDER_SYSTEM} & set(channels) and not note.strip():
        raise NoteMissing("note")
    if not framework.strip():
        raise NoteMissing("framework")
    named = ",".join(channels)
    answer = {"channels": named, "channels_note": note.strip(), "framework": framework.strip()}
    _answer(desk, row, "considered", answer)
    return ChannelsConsidered(
        channels=tuple(channels),
        note=note.strip(),
        framework=framework.strip(),
        **event_facts(desk, row, "IV.7"),
    )


def _asked(desk: Desk, activity_id: int) -> Activity:
    require(desk.session, desk.person, Act.ANSWER_ON_ACTIVITY)
    return get_activity(desk.session, activity_id)


def _answer(desk: Desk, row: Activity, question: str, answer: Mapping[str, object]) -> None:
    """Put an answer on record unless there is one."""
    by, at = f"{question}_by", f"{question}_at"
    mine = (col(Activity.id) == row.key) & getattr(Activity, by).is_(None)
    done = desk.session.exec(
        update(Activity).where(mine).values(**{**answer, by: desk.person.key, at: desk.now})
    )
    desk.session.refresh(row)
    if done.rowcount != 1:
        first = desk.session.get_one(Person, getattr(row, by))
        party = desk.definition.party(first.party).abbreviation
        raise AlreadyAnswered(row.title, first.name, party, getattr(row, at), desk.definition.tz)


def event_facts(desk: Desk, row: Activity, clause: str) -> dict[str, Any]:
    """What every event about an activity says."""
    return {
        "clause": clause,
        "subject": f"activity:{row.key}",
        "activity_id": row.key,
        "number": row.number,
        "title": row.title,
        "by": desk.person.name,
        "party": desk.definition.party(desk.person.party).abbreviation,
    }


def get_activity(session: Session, activity_id: int) -> Activity:
    """One activity; refuses an unknown key."""
    row = session.get(Activity, activity_id)
    if row is None:
        raise NoSuchActivity
    return row


def activity_of(session: Session, subject: str) -> Activity | None:
    """The activity that a case brought, if it brought one."""
    return session.exec(select(Activity).where(Activity.subject == subject)).first()


def unanswered(desk: Desk) -> Sequence[Activity]:
    """What the person took in and has still to be asked about."""
    mine = select(Activity).where(Activity.taken_in_by == desk.person.key)
    rows = desk.session.exec(mine.order_by(col(Activity.id))).all()
    return [row for row in rows if is_open(desk, row)]


def is_open(desk: Desk, row: Activity) -> bool:
    """Whether one of the two questions still has no answer."""
    return row.considered_at is None or (row.related_at is None and bool(look_alikes(desk, row)))


def listing(session: Session) -> Sequence[Activity]:
    """Every activity, place by place, the latest first in each (I.3)."""
    return session.exec(select(Activity).order_by(Activity.scope, col(Activity.id).desc())).all()
