"""V.2-2: a party without a serving contact point is told at once, and the other after some working days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import Mandate, Person, capacities
from bot.agreement.rights import Role
from bot.agreement.time_limits import add_working_days

CLAUSE = "V.2-2"


class Vacancy(SQLModel, table=True):
    """A time in which a party has no serving contact point; `others_on` is the day for telling the other."""

    __table_args__ = (UniqueConstraint("party", "since"),)

    id: int | None = Field(default=None, primary_key=True)
    party: str
    since: date
    others_on: date
    own_told_at: datetime
    others_told_at: datetime | None = None
    closed_on: date | None = None

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the vacancy is not stored yet")
        return self.id


@dataclass(frozen=True, kw_only=True)
class ContactPointVacant(Event):
    """A party has no serving contact point since `since`; `others` says that the other side is told now."""

    party: str
    party_id: str
    since: date
    others_on: date
    days: int
    others: bool
    planned_for: date
    late: bool

    @property
    def once(self) -> str:
        """The party, the first day without a contact point, and who is told."""
        return f"vacancy:{self.party_id}:{self.since}:{'others' if self.others else 'own'}"


@dataclass(frozen=True, kw_only=True)
class VacancyFilled(Event):
    """A party has a serving contact point again, though nobody designated one here today."""

    party: str
    party_id: str
    since: date

    @property
    def once(self) -> str:
        """The party and the first day it had been without."""
        return f"vacancy:{self.party_id}:{self.since}:filled"


def is_vacant(desk: Desk, party: str) -> bool:
    """Whether a party that has people on the roster has no serving contact point today."""
    return party in vacant_parties(capacities(desk.session, desk.today))


def vacant_parties(held: Mapping[str, frozenset[Role]]) -> frozenset[str]:
    """The parties of which that is so, by the capacities that are held for each."""
    return frozenset(party for party, roles in held.items() if Role.CONTACT_POINT not in roles)


def vacant_since(desk: Desk, party: str) -> date:
    """The first day without a contact point: the day after the last one served, or today where none had.

    It comes after the day on which an earlier vacancy was filled, so that no two begin on one day.
    """
    rows = desk.session.exec(
        select(Person, Mandate)
        .join(Mandate, col(Mandate.person_id) == col(Person.id))
        .where(Person.party == party, Mandate.role == Role.CONTACT_POINT)
    ).all()
    ends = [min(p.valid_until or date.max, m.valid_until or date.max) for p, m in rows]
    filled = desk.session.exec(select(Vacancy).where(Vacancy.party == party)).all()
    past = [day for day in ends if day < desk.today] + [row.closed_on for row in filled if row.closed_on]
    return max(past) + timedelta(days=1) if past else desk.today


def open_vacancies(session: Session) -> dict[str, Vacancy]:
    """The vacancies that are on record and not closed, by party."""
    return {row.party: row for row in session.exec(_OPEN).all()}


_OPEN = select(Vacancy).where(col(Vacancy.closed_on).is_(None))


def raise_vacancy(desk: Desk, *, party: str) -> ContactPointVacant:
    """Tell the party's own people that it has no contact point. Raises NothingToSay where that is said."""
    if not is_vacant(desk, party) or party in open_vacancies(desk.session):
        raise NothingToSay
    since = vacant_since(desk, party)
    if since > desk.today:
        raise NothingToSay
    row = Vacancy(party=party, since=since, others_on=_others_on(desk, since), own_told_at=desk.now)
    desk.session.add(row)
    desk.session.flush()
    return _vacant(desk, row, others=False)


def _others_on(desk: Desk, since: date) -> date:
    """The day after the working days in which a vacancy is to be filled, counted from its first day."""
    days = desk.days("contacts.vacancy_working_days")[0]
    last = add_working_days(since - timedelta(days=1), days, desk.calendar)
    return desk.calendar.next_working(last + timedelta(days=1))


def tell_others(desk: Desk, *, vacancy_id: int) -> ContactPointVacant:
    """Tell the other side, once, of a vacancy that was not filled in time. Raises NothingToSay."""
    row = desk.session.get_one(Vacancy, vacancy_id)
    unsaid = (col(Vacancy.id) == row.key) & col(Vacancy.others_told_at).is_(None)
    still = unsaid & col(Vacancy.closed_on).is_(None) & (col(Vacancy.others_on) <= desk.today)
    done = desk.session.exec(update(Vacancy).where(still).values(others_told_at=desk.now))
    if done.rowcount != 1 or not is_vacant(desk, row.party):
        raise NothingToSay
    return _vacant(desk, row, others=True)


def _vacant(desk: Desk, row: Vacancy, *, others: bool) -> ContactPointVacant:
    planned_for = row.others_on if others else desk.calendar.next_working(row.since)
    return ContactPointVacant(
        clause=CLAUSE,
        subject=f"vacancy:{row.key}",
        party=desk.definition.party(row.party).abbreviation,
        party_id=row.party,
        since=row.since,
        others_on=row.others_on,
        days=desk.days("contacts.vacancy_working_days")[0],
        others=others,
        planned_for=planned_for,
        late=planned_for < desk.today,
    )


def close_vacancy(desk: Desk, party: str) -> bool:
    """Close a party's vacancy if it has a contact point today; returns whether there was one to close."""
    row = open_vacancies(desk.session).get(party)
    if row is None or is_vacant(desk, party):
        return False
    row.closed_on = desk.today
    desk.session.add(row)
    desk.session.flush()
    return True


def note_filled(desk: Desk, *, party: str) -> VacancyFilled:
    """Close a vacancy that was filled by a day or by the roster. Raises NothingToSay."""
    row = open_vacancies(desk.session).get(party)
    if row is None or not close_vacancy(desk, party):
        raise NothingToSay
    abbreviation = desk.definition.party(party).abbreviation
    return VacancyFilled(
        clause=CLAUSE,
        subject=f"vacancy:{row.key}",
        party=abbreviation,
        party_id=party,
        since=row.since,
    )
