"""VII.1-2: who was handed the draft letter of a notice, so that everybody gets each wording once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel, select

from bot.agreement.desk import Desk
from bot.agreement.people import Refusal, require
from bot.agreement.rights import Act
from bot.agreement.terminations import ROOM, NoticeEvent, Termination, done, get_room, moved_on


class TerminationLetter(SQLModel, table=True):
    """One wording of a draft letter, as it was handed to one person."""

    __table_args__ = (UniqueConstraint("termination_id", "version", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    termination_id: int = Field(foreign_key="termination.id", index=True)
    version: int
    person_id: int = Field(foreign_key="person.id")
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoticeLetterMade(NoticeEvent):
    """Somebody of the room asked for the draft letter."""


@dataclass
class LetterHandedOver(Refusal):
    """The person has this wording of the letter already."""

    routine = "notices"
    number: str
    at: datetime
    zone: str


def hand_letter(desk: Desk, row: Termination) -> None:
    """Put on record that the person is handed the letter as it is worded now; refuses a second time."""
    wording = TerminationLetter.termination_id == row.key, TerminationLetter.version == row.version
    mine = select(TerminationLetter).where(*wording, TerminationLetter.person_id == desk.person.key)
    earlier = desk.session.exec(mine).first()
    if earlier is not None:
        raise LetterHandedOver(row.number, earlier.at, desk.definition.tz)
    facts = {"termination_id": row.key, "version": row.version, "person_id": desk.person.key}
    desk.session.add(TerminationLetter(**facts, at=desk.now))
    desk.session.flush()


def make_letter(desk: Desk, *, termination_id: int, through: str) -> NoticeLetterMade:
    """Ask for the draft letter for oneself."""
    row = get_room(desk, termination_id, through)
    require(desk.session, desk.person, Act.OPEN_NOTICE, row)
    if row.status not in ROOM:
        raise moved_on(desk, row)
    hand_letter(desk, row)
    return NoticeLetterMade(**done(desk, row))
