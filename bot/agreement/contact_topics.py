"""V.2-1: what people of a party cover beyond their capacities, kept by their own side."""

from dataclasses import dataclass

from sqlalchemy import UniqueConstraint, delete
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.designations import get_person
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.events import Event
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import require
from bot.agreement.rights import Act

CLAUSE = "V.2-1"
MOST = 10
LENGTH = 40


class ContactTopic(SQLModel, table=True):
    """One topic that one person covers."""

    __table_args__ = (UniqueConstraint("person_id", "topic"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    topic: str


@dataclass(frozen=True, kw_only=True)
class TopicsKept(Event):
    """A party put on record what one of its people covers."""

    person_id: int
    person: str
    party: str
    by: str
    topics: tuple[str, ...]


@dataclass
class TopicsTooMany(FieldError):
    """A person covers a few topics of a few words each."""

    routine = "contacts"
    most: int
    length: int


def keep_topics(desk: Desk, *, person_id: int, topics: str) -> TopicsKept:
    """Put on record what somebody of one's own party covers, in place of what was on record."""
    person = get_person(desk.session, person_id)
    require(desk.session, desk.person, Act.KEEP_DIRECTORY, OwnMatter(person.party))
    named = tuple(dict.fromkeys(word.strip().casefold() for word in topics.replace(";", ",").split(",")))
    kept = tuple(filter(None, named))
    if len(kept) > MOST or any(len(topic) > LENGTH for topic in kept):
        raise TopicsTooMany("topics", MOST, LENGTH)
    desk.session.exec(delete(ContactTopic).where(col(ContactTopic.person_id) == person.key))
    desk.session.add_all(ContactTopic(person_id=person.key, topic=topic) for topic in kept)
    desk.session.flush()
    party = desk.definition.party(person.party).abbreviation
    return TopicsKept(
        clause=CLAUSE,
        subject=f"person:{person.key}",
        person_id=person.key,
        person=person.name,
        party=party,
        by=desk.person.name,
        topics=kept,
    )


def topics_of(session: Session, person_id: int) -> tuple[str, ...]:
    """What a person covers beyond their capacities, in alphabetical order."""
    query = select(ContactTopic.topic).where(ContactTopic.person_id == person_id)
    return tuple(sorted(session.exec(query).all()))
