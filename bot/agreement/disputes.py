"""VIII: disputes about the Agreement, in a log that few people of both sides may see; the text sets no time limit.

No event of this routine holds a word of what a dispute is about: events go to the journal and to the words of
letters. Nothing here asks whether the agreement is in force, since its survival is a reading (`survives`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.numbering import LIMIT
from bot.agreement.people import Person, Refusal, holders, require, roles_of
from bot.agreement.rights import Act, Role, Side
from bot.agreement.standing import standing
from bot.agreement.storage import status_type
from bot.agreement.time_limits import Period, end
from bot.agreement.transitions import Machine, Move

CLAUSE = "VIII"
SEEING = frozenset({Role.CONTACT_POINT, Role.SIGNATORY, Role.LEGAL})
"""The capacities of either side that see every dispute; everybody else has to be named."""


class DisputeStatus(StrEnum):
    """Where a dispute stands."""

    DRAFT = "draft"
    """One party has written it down; the other does not know of it."""
    RAISED = "raised"
    """It was sent to the other party, which has not taken it up."""
    WORKING_LEVEL = "working_level"
    """The people who work on the matter deal with it."""
    CONTACT_POINTS = "contact_points"
    """The contact points at headquarters deal with it."""
    HEADS = "heads"
    """The heads of both parties deal with it."""
    SETTLED = "settled"
    """Both parties have confirmed one note of settlement."""
    WITHDRAWN = "withdrawn"
    """The party that raised it took it back."""
    DISCARDED = "discarded"
    """The draft was given up before it was sent."""


class DisputeLevel(StrEnum):
    """At which level people are named for a dispute."""

    WORKING_LEVEL = "working_level"
    """Those who work on the matter."""
    CONTACT_POINTS = "contact_points"
    """Those who deal with it at headquarters."""
    HEADS = "heads"
    """Those who deal with it for the heads of the parties."""


class DisputeDeed(StrEnum):
    """What was done in a dispute, for its log."""

    DRAFTED = "drafted"
    """It was written down as a draft."""
    CHANGED = "changed"
    """The draft was changed."""
    DISCARDED = "discarded"
    """The draft was given up."""
    RAISED = "raised"
    """It was sent to the other party."""
    NAMED = "named"
    """A party named its people for a level."""
    TAKEN_UP = "taken_up"
    """The other party took it up."""
    STATEMENT = "statement"
    """A party said how it sees the matter."""
    PROPOSAL = "proposal"
    """A party proposed how to settle it."""
    REFERRED = "referred"
    """It was moved to the next level, with the reason."""
    NOTE_WRITTEN = "note_written"
    """A party wrote a note of settlement."""
    NOTE_RETURNED = "note_returned"
    """The other party did not confirm the note, with the reason."""
    SETTLED = "settled"
    """The other party confirmed the note in its exact words."""
    WITHDRAWN = "withdrawn"
    """The party that raised it took it back."""


PRIVATE = frozenset({DisputeStatus.DRAFT, DisputeStatus.DISCARDED})
"""Where only the party that wrote it knows of it."""
LEVELS: dict[DisputeStatus, DisputeLevel] = {
    DisputeStatus.RAISED: DisputeLevel.WORKING_LEVEL,
    DisputeStatus.WORKING_LEVEL: DisputeLevel.WORKING_LEVEL,
    DisputeStatus.CONTACT_POINTS: DisputeLevel.CONTACT_POINTS,
    DisputeStatus.HEADS: DisputeLevel.HEADS,
}
"""Where a dispute is open between the parties, and whose people deal with it then."""
OPEN = frozenset(LEVELS)
DEALT_WITH = OPEN - {DisputeStatus.RAISED}
REFERRALS = {
    DisputeStatus.RAISED: "refer_to_contact_points",
    DisputeStatus.WORKING_LEVEL: "refer_to_contact_points",
    DisputeStatus.CONTACT_POINTS: "refer_to_heads",
}
"""The way to the next level; a party that does not take a dispute up cannot hold it back."""

MACHINE = Machine(
    name="disputes",
    begins=frozenset({DisputeStatus.DRAFT, DisputeStatus.RAISED}),
    moves={
        "send": Move(frozenset({DisputeStatus.DRAFT}), DisputeStatus.RAISED, Act.RAISE_DISPUTE),
        "discard": Move(frozenset({DisputeStatus.DRAFT}), DisputeStatus.DISCARDED, Act.RAISE_DISPUTE),
        "take_up": Move(frozenset({DisputeStatus.RAISED}), DisputeStatus.WORKING_LEVEL, Act.TAKE_UP_DISPUTE),
        "refer_to_contact_points": Move(
            frozenset({DisputeStatus.RAISED, DisputeStatus.WORKING_LEVEL}),
            DisputeStatus.CONTACT_POINTS,
            Act.REFER_DISPUTE,
        ),
        "refer_to_heads": Move(
            frozenset({DisputeStatus.CONTACT_POINTS}), DisputeStatus.HEADS, Act.REFER_DISPUTE
        ),
        "settle": Move(
            DEALT_WITH,
            DisputeStatus.SETTLED,
            Act.CONFIRM_SETTLEMENT,
            written=True,
        ),
        "withdraw": Move(OPEN, DisputeStatus.WITHDRAWN, Act.WITHDRAW_DISPUTE),
    },
)


class Dispute(SQLModel, table=True):
    """One dispute. It gets its number when it is sent, so that numbers tell nothing of drafts."""

    __table_args__ = (UniqueConstraint("year", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    year: int | None = None
    seq: int | None = None
    party: str
    author_id: int = Field(foreign_key="person.id")
    written_at: datetime
    sent_at: datetime | None = None
    title: str
    clauses: str
    about: str
    sought: str
    status: DisputeStatus = Field(sa_type=status_type(DisputeStatus), index=True)
    version: int = 0

    @property
    def key(self) -> int:
        """The row's number in its table, once it is stored."""
        if self.id is None:
            raise RuntimeError("the dispute is not stored yet")
        return self.id

    @property
    def number(self) -> str:
        """The number people quote; a draft has none."""
        return f"{self.year}/{self.seq}" if self.year else ""

    @property
    def subject(self) -> str:
        """How the record names it."""
        return f"dispute:{self.key}"

    def side_of(self, party: str) -> Side:
        """The party that wrote it down began it."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


class DisputePerson(SQLModel, table=True):
    """Somebody named by their own party for one level of a dispute."""

    dispute_id: int = Field(foreign_key="dispute.id", primary_key=True)
    level: DisputeLevel = Field(sa_type=status_type(DisputeLevel), primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    named_by: int = Field(foreign_key="person.id")
    named_at: datetime


class DisputeStep(SQLModel, table=True):
    """One line of a dispute's log, with the level at which it was done."""

    id: int | None = Field(default=None, primary_key=True)
    dispute_id: int = Field(foreign_key="dispute.id", index=True)
    deed: DisputeDeed = Field(sa_type=status_type(DisputeDeed))
    status: DisputeStatus = Field(sa_type=status_type(DisputeStatus))
    by: int = Field(foreign_key="person.id")
    party: str
    at: datetime
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class DisputeEvent(Event):
    """Something was done in a dispute: by whom, when and where it stands, and never what it says."""

    dispute_id: int
    number: str
    status: DisputeStatus
    deed: DisputeDeed | None
    by: str
    by_party: str
    at: datetime


@dataclass
class DisputeBlank(FieldError):
    """A field that is needed was left empty."""

    routine = "disputes"


@dataclass
class ClauseNotKnown(FieldError):
    """A clause that was chosen is none of the Agreement's."""

    routine = "disputes"


@dataclass
class NotOwnPeople(FieldError):
    """A party names people of its own roster who serve today."""

    routine = "disputes"


@dataclass
class NoSuchDispute(Refusal):
    """The person may not know of it, or there is no such dispute: neither is told from the other."""

    routine = "disputes"


@dataclass
class DraftThroughOtherApp(AgreementError):
    """What is private to a party must not pass through the other party's app."""

    routine = "disputes"
    party: str


@dataclass
class DisputeMovedOn(Refusal):
    """The dispute does not stand where it was expected to; `deed` is the last thing that was done."""

    routine = "disputes"
    number: str
    status: DisputeStatus
    deed: DisputeDeed
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class SurvivalOver(Refusal):
    """The Agreement ended, and the reading both parties chose lets no dispute be raised any more."""

    routine = "disputes"
    ended_on: date
    until: date


def sees(desk: Desk, row: Dispute, person: Person, through: str = "") -> bool:
    """Whether `person` may know of a dispute; of a draft only its own party, and only by its own app."""
    if row.status in PRIVATE and (person.party != row.party or through != row.party):
        return False
    if roles_of(desk.session, person) & SEEING:
        return True
    return any(each.person_id == person.key for each in named(desk.session, row))


def visible(desk: Desk, dispute_id: int, through: str = "") -> Dispute:
    """One dispute, for somebody who may know of it; refuses everybody else as if there were none."""
    require(desk.session, desk.person, Act.READ_DISPUTE)
    row = desk.session.get(Dispute, dispute_id)
    if row is None or not sees(desk, row, desk.person, through):
        raise NoSuchDispute
    return row


def visible_to(desk: Desk, person: Person, through: str = "") -> list[Dispute]:
    """All that `person` may know of, the newest first: every listing and count begins here, and nowhere else."""
    rows = desk.session.exec(select(Dispute).order_by(col(Dispute.id).desc())).all()
    return [
        row for row in rows if row.status is not DisputeStatus.DISCARDED and sees(desk, row, person, through)
    ]


def by_number(desk: Desk, number: str) -> Dispute:
    """One dispute by the number people quote; refuses as `visible` does."""
    year, _, seq = number.strip().partition("/")
    digits = year.isdecimal() and seq.isdecimal() and len(number.strip()) <= LIMIT
    query = select(Dispute.id).where(Dispute.year == int(year), Dispute.seq == int(seq)) if digits else None
    found = desk.session.exec(query).first() if query is not None else None
    return visible(desk, found or 0)


def named(session: Session, row: Dispute) -> Sequence[DisputePerson]:
    """Whoever is named for it, level by level."""
    query = select(DisputePerson).where(DisputePerson.dispute_id == row.key)
    return session.exec(query.order_by(col(DisputePerson.named_at), col(DisputePerson.person_id))).all()


def log(session: Session, row: Dispute) -> Sequence[DisputeStep]:
    """What was done, the first thing first; how a draft came about stays out of it once it is sent."""
    query = select(DisputeStep).where(DisputeStep.dispute_id == row.key)
    if row.status not in PRIVATE:
        query = query.where(col(DisputeStep.status).not_in(PRIVATE))
    return session.exec(query.order_by(col(DisputeStep.id))).all()


def remember(desk: Desk, row: Dispute, deed: DisputeDeed, text: str = "") -> None:
    """Add a line to the log of a dispute."""
    who: dict[str, Any] = {"by": desk.person.key, "party": desk.person.party, "at": desk.now}
    desk.session.add(DisputeStep(dispute_id=row.key, deed=deed, status=row.status, text=text, **who))
    desk.session.flush()


def facts(desk: Desk, row: Dispute, deed: DisputeDeed | None = None) -> dict[str, Any]:
    """What every event about a dispute says."""
    return {
        "clause": CLAUSE,
        "subject": row.subject,
        "dispute_id": row.key,
        "number": row.number,
        "status": row.status,
        "deed": deed,
        "by": desk.person.name,
        "by_party": desk.definition.party(desk.person.party).abbreviation,
        "at": desk.now,
    }


def moved_on(desk: Desk, row: Dispute) -> DisputeMovedOn:
    """What was done last, by whom, and when."""
    last = log(desk.session, row)[-1]
    by = desk.session.get_one(Person, last.by).name
    party = desk.definition.party(last.party).abbreviation
    return DisputeMovedOn(row.number, row.status, last.deed, by, party, last.at, desk.definition.tz)


def serving(desk: Desk, numbers: Iterable[int], party: str) -> list[Person]:
    """The people of `party` with these numbers who serve today; refuses where one of them does not."""
    wanted = set(numbers)
    rows = desk.session.exec(select(Person).where(col(Person.id).in_(wanted)).order_by(Person.name)).all()
    found = [one for one in rows if one.party == party and one.serves_on(desk.today)]
    if len(found) != len(wanted):
        raise NotOwnPeople("people")
    return found


def concerned(desk: Desk, row: Dispute, party: str) -> list[Person]:
    """Everybody of `party` who may see the dispute and serves today."""
    keys = [each.person_id for each in named(desk.session, row)]
    chosen = [desk.session.get_one(Person, key) for key in keys]
    here = [one for one in chosen if one.party == party and one.serves_on(desk.today)]
    return list({one.key: one for one in (*holders(desk.session, party, SEEING, desk.today), *here)}.values())


def responsible(desk: Desk, row: Dispute, party: str) -> list[Person]:
    """Who of `party` is to do something at this level: whoever is named for it, and the contact points."""
    level = LEVELS.get(row.status)
    keys = {each.person_id for each in named(desk.session, row) if each.level is level}
    roles = {Role.CONTACT_POINT} | ({Role.SIGNATORY} if level is DisputeLevel.HEADS else set())
    points = {one.key for one in holders(desk.session, party, frozenset(roles), desk.today)}
    return [one for one in concerned(desk, row, party) if one.key in keys | points]


def reminded_until(desk: Desk) -> date | None:
    """The last day on which disputes are raised and reminded of; None while the Agreement has no end."""
    over = standing(desk.session, desk.today).ends_on
    reading = str(desk.definition.policy("survival.implied"))
    if over is None or reading == "keep":
        return None
    return end(over, Period.parse("P1Y")).date if reading == "keep_reminders_1y" else over


def survives(desk: Desk) -> bool:
    """Whether clause VIII still works as the parties read its survival, which the text does not state."""
    until = reminded_until(desk)
    return until is None or desk.today <= until
