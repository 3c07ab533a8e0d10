"""What one party states of a date that both owe: it counts once the other confirms it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, Session, SQLModel, select

from bot.agreement.at_hand import at_hand
from bot.agreement.channels import channel_for
from bot.agreement.definition_values import Audience
from bot.agreement.desk import Desk
from bot.agreement.ledger import DutyFacts, Occurrence, duty_facts
from bot.agreement.people import Person, Refusal
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type
from bot.agreement.transitions import Machine, Move, move

AT_HAND = "what waits for the other party's word"


class StatedOutcome(StrEnum):
    """What a party states of a due date."""

    MET = "met"
    """It was done, and there is evidence."""
    NOT_KNOWN = "not_known"
    """It is no longer known whether it was."""


class StatementStatus(StrEnum):
    """Where a party's statement stands."""

    WAITING = "waiting"
    """The other party is asked to confirm it; the date stays open."""
    CONFIRMED = "confirmed"
    """The other party confirmed it, and the date is settled."""
    DISPUTED = "disputed"
    """The other party does not agree, with a reason; the date stays open."""
    OVERTAKEN = "overtaken"
    """The date was settled otherwise, such as by minutes that both confirmed."""


WAITS = frozenset({StatementStatus.WAITING})
MACHINE = Machine(
    "statements",
    WAITS,
    {
        "confirm": Move(WAITS, StatementStatus.CONFIRMED, Act.ANSWER_STATEMENT),
        "dispute": Move(WAITS, StatementStatus.DISPUTED, Act.ANSWER_STATEMENT),
        "overtake": Move(WAITS, StatementStatus.OVERTAKEN),
    },
)
"""`overtake` follows, in the same act, from whatever settles the date otherwise."""


class SettlementStatement(SQLModel, table=True):
    """What one party put before the other about a due date; one waits at a time."""

    __table_args__ = (
        Index(
            "ix_settlementstatement_waiting",
            "occurrence_id",
            unique=True,
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id", index=True)
    outcome: StatedOutcome = Field(sa_type=status_type(StatedOutcome))
    met_on: date | None = None
    evidence: str = ""
    note: str = ""
    party: str
    stated_by: int = Field(foreign_key="person.id")
    stated_at: datetime
    status: StatementStatus = Field(sa_type=status_type(StatementStatus))
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None
    reason: str = ""

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the statement is not stored yet")
        return self.id

    def side_of(self, party: str) -> Side:
        """Whoever stated it began; the other side answers."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


@dataclass(frozen=True, kw_only=True)
class OccurrenceStated(DutyFacts):
    """A party stated what became of a date that both owe; `waiting_for` are asked to confirm it."""

    statement_id: int
    channel_id: str
    by: str
    party: str
    outcome: StatedOutcome
    met_on: date | None
    days_late: int
    evidence: str
    note: str
    waiting_for: tuple[str, ...]


@dataclass
class AlreadyStated(Refusal):
    """A statement on this date waits for the other party already; `own` when the person's party made it."""

    routine = "ledger"
    title: str
    due_on: date
    by: str
    party: str
    at: datetime
    zone: str
    own: bool


def takes_both(desk: Desk, occurrence: Occurrence) -> bool:
    """Whether one party's word is not enough: the parties owe it together."""
    return desk.definition.duty(occurrence.duty).audience is Audience.AGREEMENT


def waiting_statements(session: Session) -> Mapping[int, SettlementStatement]:
    """What waits for the other party's word, by due date; looked up once in a transaction."""
    query = select(SettlementStatement).where(SettlementStatement.status == StatementStatus.WAITING)
    return at_hand(session, AT_HAND, lambda: {row.occurrence_id: row for row in session.exec(query).all()})


def state(desk: Desk, occurrence: Occurrence, outcome: StatedOutcome, **facts: Any) -> OccurrenceStated:
    """Put before the other party what became of a date. Raises AlreadyStated while a statement waits."""
    refuse_stated(desk, occurrence)
    row = SettlementStatement(
        occurrence_id=occurrence.key,
        outcome=outcome,
        party=desk.person.party,
        stated_by=desk.person.key,
        stated_at=desk.now,
        status=StatementStatus.WAITING,
        **facts,
    )
    desk.session.add(row)
    desk.session.flush()
    desk.session.info.pop(AT_HAND, None)
    others = desk.definition.others(row.party)
    return OccurrenceStated(
        statement_id=row.key,
        channel_id=channel_for(desk.session, occurrence.scope).channel_id,
        by=desk.person.name,
        party=desk.definition.party(row.party).abbreviation,
        outcome=outcome,
        met_on=row.met_on,
        days_late=max(0, (row.met_on - occurrence.due_on).days) if row.met_on else 0,
        evidence=row.evidence,
        note=row.note,
        waiting_for=tuple(party.abbreviation for party in others),
        **duty_facts(desk.definition, occurrence),
    )


def refuse_stated(desk: Desk, occurrence: Occurrence) -> None:
    """Raise AlreadyStated while a statement on the date waits for the other party."""
    row = waiting_statements(desk.session).get(occurrence.key)
    if row is not None:
        title = desk.definition.duty(occurrence.duty).title
        by, own = desk.session.get_one(Person, row.stated_by).name, row.party == desk.person.party
        party = desk.definition.party(row.party).abbreviation
        raise AlreadyStated(title, occurrence.due_on, by, party, row.stated_at, desk.definition.tz, own)


def go(desk: Desk, row: SettlementStatement, name: str, refuse: Any, **values: object) -> None:
    """Take a statement along one of its ways, and look up anew what waits."""
    move(desk, row, MACHINE, name, refuse, **values)
    desk.session.info.pop(AT_HAND, None)


def overtake(desk: Desk, occurrence: Occurrence) -> None:
    """What settles the date otherwise leaves nothing to confirm."""
    row = waiting_statements(desk.session).get(occurrence.key)
    if row is not None:
        go(desk, row, "overtake", RuntimeError, answered_at=desk.now)
