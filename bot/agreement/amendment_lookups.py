"""VII.3: amendments found by the number that people quote, listed, and by how they stand."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from bot.agreement.amendments import Amendment, AmendmentStatus, NoSuchAmendment, shown
from bot.agreement.desk import Desk
from bot.agreement.numbering import find_number


def by_number(desk: Desk, number: str) -> Amendment:
    """One amendment by the number people quote; refuses one that does not exist for this person."""
    found = find_number(desk.session, Amendment, number) or _draft_called(desk, number.strip().upper())
    if found is None or not shown(desk, found):
        raise NoSuchAmendment(number.strip())
    return found


def _draft_called(desk: Desk, number: str) -> Amendment | None:
    """The draft of the person's own party that it calls so."""
    mine = select(Amendment).where(Amendment.party == desk.person.party, Amendment.seq < 0)
    return next((row for row in desk.session.exec(mine).all() if row.number == number), None)


def listing(desk: Desk) -> list[Amendment]:
    """Every amendment the person may know of, the latest first."""
    rows = desk.session.exec(select(Amendment).order_by(col(Amendment.id).desc())).all()
    return [row for row in rows if shown(desk, row)][:30]


def standing_at(session: Session, *statuses: AmendmentStatus) -> Sequence[Amendment]:
    """The amendments that stand so."""
    query = select(Amendment).where(col(Amendment.status).in_(statuses))
    return session.exec(query.order_by(col(Amendment.id))).all()
