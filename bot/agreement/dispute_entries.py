"""VIII: a dispute is written down as a private draft of one party, or sent to the other at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from bot.agreement.desk import Desk
from bot.agreement.dispute_nudges import plan
from bot.agreement.dispute_people import name_people
from bot.agreement.disputes import (
    MACHINE,
    ClauseNotKnown,
    Dispute,
    DisputeBlank,
    DisputeDeed,
    DisputeEvent,
    DisputeLevel,
    DisputeStatus,
    DraftThroughOtherApp,
    NoSuchDispute,
    SurvivalOver,
    facts,
    moved_on,
    remember,
    reminded_until,
    serving,
    survives,
    visible,
)
from bot.agreement.own_matters import refuse_elsewhere
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.agreement.standing import standing
from bot.agreement.transitions import move


@dataclass(frozen=True, kw_only=True)
class Grievance:
    """What a party writes down of a dispute."""

    title: str
    clauses: Sequence[str]
    about: str
    sought: str


@dataclass(frozen=True, kw_only=True)
class DisputeDrafted(DisputeEvent):
    """A party wrote a dispute down for itself."""


@dataclass(frozen=True, kw_only=True)
class DisputeDraftChanged(DisputeEvent):
    """A party changed its own draft."""


@dataclass(frozen=True, kw_only=True)
class DisputeDiscarded(DisputeEvent):
    """A party gave its own draft up."""


@dataclass(frozen=True, kw_only=True)
class DisputeRaised(DisputeEvent):
    """A dispute was sent to the other party."""


def draft(desk: Desk, *, grievance: Grievance, people: Sequence[int], through: str) -> DisputeDrafted:
    """Write a dispute down for one's own party only; `through` is the party whose app carries the words."""
    require(desk.session, desk.person, Act.RAISE_DISPUTE)
    refuse_elsewhere(desk, through, DraftThroughOtherApp)
    row = _write(desk, grievance, people, DisputeStatus.DRAFT)
    remember(desk, row, DisputeDeed.DRAFTED)
    return DisputeDrafted(**facts(desk, row, DisputeDeed.DRAFTED))


def raise_now(desk: Desk, *, grievance: Grievance, people: Sequence[int]) -> DisputeRaised:
    """Write a dispute down and send it to the other party in one act."""
    require(desk.session, desk.person, Act.RAISE_DISPUTE)
    refuse_after_survival(desk)
    row = _write(desk, grievance, people, DisputeStatus.RAISED)
    row.year, row.seq = desk.today.year, _next_seq(desk.session, desk.today.year)
    row.sent_at = desk.now
    desk.session.add(row)
    desk.session.flush()
    return _raised(desk, row)


def refuse_after_survival(desk: Desk) -> None:
    """Refuse to raise a dispute once the reading of the clause's survival says that it is over."""
    over, until = standing(desk.session, desk.today).ends_on, reminded_until(desk)
    if over and until and not survives(desk):
        raise SurvivalOver(over, until)


def _write(desk: Desk, grievance: Grievance, people: Sequence[int], status: DisputeStatus) -> Dispute:
    values = _checked(desk, grievance)
    named = serving(desk, people, desk.person.party)
    who: dict[str, Any] = {"party": desk.person.party, "author_id": desk.person.key, "written_at": desk.now}
    row = Dispute(status=status, **who, **values)
    desk.session.add(row)
    desk.session.flush()
    name_people(desk, row, DisputeLevel.WORKING_LEVEL, [one.key for one in named])
    return row


def _checked(desk: Desk, grievance: Grievance) -> dict[str, Any]:
    for field, text in (
        ("subject", grievance.title),
        ("about", grievance.about),
        ("sought", grievance.sought),
    ):
        if not text.strip():
            raise DisputeBlank(field)
    known = [clause.id for clause in desk.definition.clauses]
    if not grievance.clauses:
        raise DisputeBlank("clauses")
    if not set(grievance.clauses) <= set(known):
        raise ClauseNotKnown("clauses")
    return {
        "title": grievance.title.strip(),
        "clauses": " ".join(each for each in known if each in grievance.clauses),
        "about": grievance.about.strip(),
        "sought": grievance.sought.strip(),
    }


def change(
    desk: Desk, *, dispute_id: int, grievance: Grievance, seen: int, through: str
) -> DisputeDraftChanged:
    """Change the own draft; whoever saw an older version of it is told who changed it."""
    row = _own_draft(desk, dispute_id, through)
    values = _checked(desk, grievance)
    mine = (col(Dispute.id) == row.key) & (col(Dispute.version) == seen)
    still = col(Dispute.status) == DisputeStatus.DRAFT
    done = desk.session.exec(update(Dispute).where(mine, still).values(version=seen + 1, **values))
    desk.session.refresh(row)
    if done.rowcount != 1:
        raise moved_on(desk, row)
    remember(desk, row, DisputeDeed.CHANGED)
    return DisputeDraftChanged(**facts(desk, row, DisputeDeed.CHANGED))


def send(desk: Desk, *, dispute_id: int, seen: int, through: str) -> DisputeRaised:
    """Send the own draft to the other party, as it was seen; it gets its number now."""
    row = _own_draft(desk, dispute_id, through)
    refuse_after_survival(desk)
    as_seen = col(Dispute.version) == seen
    year = desk.today.year
    number = {"year": year, "seq": _next_seq(desk.session, year), "sent_at": desk.now}
    move(desk, row, MACHINE, "send", lambda: moved_on(desk, row), as_seen, **number)
    return _raised(desk, row)


def discard(desk: Desk, *, dispute_id: int, through: str) -> DisputeDiscarded:
    """Give the own draft up."""
    row = _own_draft(desk, dispute_id, through)
    move(desk, row, MACHINE, "discard", lambda: moved_on(desk, row))
    remember(desk, row, DisputeDeed.DISCARDED)
    return DisputeDiscarded(**facts(desk, row, DisputeDeed.DISCARDED))


def _own_draft(desk: Desk, dispute_id: int, through: str) -> Dispute:
    row = visible(desk, dispute_id, through)
    # What was a draft of the other party is none of this party's affairs, sent or not.
    if row.party != desk.person.party:
        raise NoSuchDispute
    require(desk.session, desk.person, Act.RAISE_DISPUTE)
    return row


def _raised(desk: Desk, row: Dispute) -> DisputeRaised:
    remember(desk, row, DisputeDeed.RAISED)
    plan(desk, row)
    return DisputeRaised(**facts(desk, row, DisputeDeed.RAISED))


def _next_seq(session: Session, year: int) -> int:
    return (session.exec(select(func.max(Dispute.seq)).where(Dispute.year == year)).one() or 0) + 1
