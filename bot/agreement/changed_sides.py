"""Whoever goes over to the other party is somebody new there: the row of before ends, and keeps what they did.

Old cards and records name people by their rows, so that a row never changes its party.
"""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from bot.agreement import follow_ups
from bot.agreement.approvers import end_all_of
from bot.agreement.at_hand import at_hand
from bot.agreement.designations import OVER, Designation
from bot.agreement.desk import Desk
from bot.agreement.people import MOVED, Identity, Mandate, Person
from bot.agreement.rights import Role
from bot.agreement.roster_terms import ENDS

BOXES = "boxes left"


def end_row(desk: Desk, person: Person) -> None:
    """End what somebody was for the party they leave: yesterday was the last day, for all of it.

    The number in Slack is given up to the row that begins; nothing is sent under what is left of it.
    """
    last = desk.today - timedelta(days=1)
    person.user_id = f"{person.user_id}{MOVED}{person.key}"
    person.valid_until = min(person.valid_until or date.max, last)
    desk.session.add(person)
    _end_capacities(desk.session, person, last)
    _end_designations(desk, person, last)
    end_all_of(desk, person)
    follow_ups.drop(desk.session, f"person:{person.key}", ENDS)
    desk.session.flush()
    desk.session.info.pop(BOXES, None)


def _end_capacities(session: Session, person: Person, last: date) -> None:
    for row in session.exec(select(Mandate).where(Mandate.person_id == person.key)).all():
        row.valid_until = min(row.valid_until or date.max, last)
        session.add(row)
    session.info.pop(("roles", person.key), None)


def _end_designations(desk: Desk, person: Person, last: date) -> None:
    for row in desk.session.exec(select(Designation).where(Designation.person_id == person.key)).all():
        follow_ups.drop(desk.session, f"designation:{row.key}", ENDS, OVER)
        if (row.valid_until or date.max) > last:
            row.valid_until, row.ended_at = last, desk.now
            desk.session.add(row)


def capacities_left(session: Session, person: Person) -> frozenset[Role]:
    """What somebody had been for the party they left."""
    mandates = session.exec(select(Mandate).where(Mandate.person_id == person.key)).all()
    return frozenset(mandate.role for mandate in mandates)


def row_left(session: Session, who: Identity) -> int | None:
    """The row that whoever has this number in Slack left last, if they ever changed sides."""
    rows = session.exec(
        select(Person).where(Person.team_id == who.team_id).order_by(col(Person.id).desc())
    ).all()
    return next((row.key for row in rows if row.user_id.startswith(f"{who.user_id}{MOVED}")), None)


def rows_left(session: Session, person: Person) -> list[Person]:
    """What somebody was before, for each party they left, the latest first."""
    found: list[Person] = []
    key = person.moved_from
    while key is not None:
        found.append(session.get_one(Person, key))
        key = found[-1].moved_from
    return found


def boxes_left(session: Session) -> frozenset[tuple[str, str]]:
    """The direct messages, as party and number in Slack, that belong to somebody of another party now."""

    def read() -> frozenset[tuple[str, str]]:
        rows = session.exec(select(Person).where(col(Person.user_id).contains(MOVED))).all()
        return frozenset((row.party, row.user_id.partition(MOVED)[0]) for row in rows)

    return at_hand(session, BOXES, read)


def expect_no_boxes_left(session: Session) -> None:
    """Take it for this transaction that nobody ever changed sides, until somebody does."""
    session.info[BOXES] = frozenset()
