"""IV.1 period by period: which party has answered the prompt, and who has still to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, col, select

from bot.agreement.channels import channel_for
from bot.agreement.definition_values import Scope
from bot.agreement.desk import Desk
from bot.agreement.ledger import DutyFacts, NoSuchOccurrence, Occurrence, OccurrenceStatus, duty_facts, get
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act
from bot.agreement.settlements import close, refuse_settled
from bot.agreement.storage import status_type


class Answer(StrEnum):
    """How a party answered the prompt for one period."""

    SHARED = "shared"
    """It shared at least one update."""
    NOTHING = "nothing"
    """It said that there was nothing to report."""


class PeriodAnswer(SQLModel, table=True):
    """One party's answer to one period's prompt."""

    occurrence_id: int = Field(foreign_key="occurrence.id", primary_key=True)
    party: str = Field(primary_key=True)
    answer: Answer = Field(sa_type=status_type(Answer))
    person_id: int = Field(foreign_key="person.id")
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NothingReported(DutyFacts):
    """A party said that it has nothing to report for a period; `waiting_for` has still to answer."""

    by: str
    party: str
    channel_id: str
    waiting_for: tuple[str, ...]


@dataclass
class AlreadyAnswered(Refusal):
    """The party has answered for this period."""

    routine = "exchanges"
    party: str
    answer: Answer
    by: str
    at: datetime
    zone: str


def waiting_for(desk: Desk, occurrence_id: int) -> tuple[str, ...]:
    """The abbreviations of the parties that have not answered for the period."""
    answered = set(
        desk.session.exec(select(PeriodAnswer.party).where(PeriodAnswer.occurrence_id == occurrence_id)).all()
    )
    return tuple(party.abbreviation for party in desk.definition.parties if party.id not in answered)


def period_to_answer(desk: Desk, scope: str, occurrence_id: int | None = None) -> Occurrence | None:
    """The open period that the acting party answers by sharing something in the channel of `scope`.

    The one that was asked about, if any; else the one today falls in, or the one before it while the party
    still owes an answer for that: what comes late answers what was asked last, and never something older.
    """
    duties = [duty.id for duty in desk.definition.duties if duty.per is Scope.CHANNEL]
    opened = (
        select(Occurrence)
        .where(
            Occurrence.agreement == desk.definition.id,
            col(Occurrence.duty).in_(duties),
            Occurrence.scope == scope,
            Occurrence.window_start <= desk.today,
        )
        .order_by(col(Occurrence.due_on).desc())
    )
    latest = reversed(desk.session.exec(opened.limit(2)).all())
    asked = desk.session.exec(opened.where(Occurrence.id == occurrence_id)).all()
    return next((row for row in (*asked, *latest) if _owes(desk, row)), None)


def _owes(desk: Desk, row: Occurrence) -> bool:
    answered = desk.session.get(PeriodAnswer, (row.key, desk.person.party))
    return row.status is OccurrenceStatus.OPEN and answered is None


def answer_period(desk: Desk, occurrence: Occurrence, answer: Answer) -> None:
    """Note the acting party's answer, if it still owes one; the last one makes the period met."""
    # Both parties may answer at once; whoever comes second must see the first one's answer.
    desk.session.refresh(occurrence, with_for_update=True)
    if not _owes(desk, occurrence):
        return
    desk.session.add(
        PeriodAnswer(
            occurrence_id=occurrence.key,
            party=desk.person.party,
            answer=answer,
            person_id=desk.person.key,
            at=desk.now,
        )
    )
    desk.session.flush()
    if not waiting_for(desk, occurrence.key):
        close(desk, occurrence, OccurrenceStatus.MET, met_on=desk.today)


def _answered(desk: Desk, earlier: PeriodAnswer) -> AlreadyAnswered:
    by = desk.session.get_one(Person, earlier.person_id).name
    party = desk.definition.party(earlier.party).abbreviation
    return AlreadyAnswered(party, earlier.answer, by, earlier.at, desk.definition.tz)


def report_nothing(desk: Desk, *, occurrence_id: int) -> NothingReported:
    """Say for one's party that there is nothing to report for the period; that, too, is recorded."""
    require(desk.session, desk.person, Act.SHARE_UPDATE)
    occurrence = get(desk.session, occurrence_id)
    earlier = desk.session.get(PeriodAnswer, (occurrence_id, desk.person.party))
    if earlier:
        raise _answered(desk, earlier)
    refuse_settled(desk, occurrence)
    if period_to_answer(desk, occurrence.scope, occurrence_id) != occurrence:
        raise NoSuchOccurrence
    answer_period(desk, occurrence, Answer.NOTHING)
    return NothingReported(
        by=desk.person.name,
        party=desk.definition.party(desk.person.party).abbreviation,
        channel_id=channel_for(desk.session, occurrence.scope).channel_id,
        waiting_for=waiting_for(desk, occurrence_id),
        **duty_facts(desk.definition, occurrence),
    )
