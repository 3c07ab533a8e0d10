"""VI.1: whether anybody could approve for a party, on which days, and who is told when nobody can.

The text says nothing of absence: that a gap is told of, and how long before, are working rules.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import UniqueConstraint, bindparam, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.approvers import APPROVER, CLAUSE, ApproverAbsence, absences
from bot.agreement.delegated_roles import RoleDelegation, given_within
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import Mandate, Person, stands

FAR = 366
"""Days that are looked at; whoever is away for longer is not coming back as an approver."""


class ApprovalGap(SQLModel, table=True):
    """A time in which nobody can approve for a party, from the day `since` on; said once to its contact point."""

    __table_args__ = (UniqueConstraint("party", "since"),)

    id: int | None = Field(default=None, primary_key=True)
    party: str
    since: date
    until: date | None = None
    told_at: datetime
    closed_on: date | None = None


@dataclass(frozen=True)
class Cover:
    """Nobody can approve from `since` (a working day) until `until`, the first day on which somebody can again.

    `until` is None when no day is in sight.
    """

    since: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class ApprovalUncovered(Event):
    """Nobody can approve for a party from `since` on, as far as is entered until `until`."""

    party: str
    party_id: str
    since: date
    until: date | None
    waiting: int

    @property
    def once(self) -> str:
        """The party and the first day without anybody."""
        return f"approval_gap:{self.party_id}:{self.since}"


@dataclass(frozen=True, kw_only=True)
class ApprovalCovered(Event):
    """Somebody can approve for a party again."""

    party: str
    party_id: str
    since: date

    @property
    def once(self) -> str:
        """The party and the day from which nobody could."""
        return f"approval_gap:{self.party_id}:{self.since}:closed"


@dataclass(frozen=True)
class _Roster:
    """Everything that decides who can approve for one party, read once for all the days looked at."""

    approvers: tuple[tuple[Person, Mandate], ...]
    delegations: tuple[tuple[Person, RoleDelegation], ...]
    absences: tuple[ApproverAbsence, ...]

    def present(self, session: Session, day: date) -> list[Person]:
        """Who could approve on `day`, by name."""
        own = [one for one, mandate in self.approvers if mandate.holds_on(day)]
        lent = [one for one, row in self.delegations if stands(session, row, day)]
        away = {absence.person_id for absence in self.absences if absence.covers(day)}
        there = {one.key: one for one in (*own, *lent) if one.serves_on(day) and one.key not in away}
        return sorted(there.values(), key=lambda one: (one.name, one.key))


_APPROVERS = (
    select(Person, Mandate)
    .join(Mandate, col(Mandate.person_id) == col(Person.id))
    .where(col(Person.party).in_(bindparam("parties", expanding=True)), Mandate.role == APPROVER)
)


def _rosters(desk: Desk, parties: Collection[str]) -> dict[str, _Roster]:
    rows = desk.session.exec(_APPROVERS, params={"parties": list(parties)}).all()
    given = given_within(desk.session, parties, (APPROVER,))
    lent = [
        (desk.session.get_one(Person, row.delegate_id), row) for row in given if row.last_day >= desk.today
    ]
    away = absences(desk.session, parties, desk.today)
    return {
        party: _Roster(
            tuple((person, mandate) for person, mandate in rows if person.party == party),
            tuple((person, row) for person, row in lent if row.party == party),
            tuple(row for row in away if row.party == party),
        )
        for party in parties
    }


def present(desk: Desk, party: str, day: date) -> list[Person]:
    """Who could approve for `party` on `day`, absences and delegations counted."""
    return _rosters(desk, (party,))[party].present(desk.session, day)


def gap(desk: Desk, party: str, within: int) -> Cover | None:
    """The next time without anybody who could approve, if it begins within so many working days of today.

    Days on which the party is closed are not counted: nobody is expected to approve then. 0: today alone, or
    where the party is closed today, its next working day.
    """
    return _gap(desk, party, within, _rosters(desk, (party,))[party])


def _gap(desk: Desk, party: str, within: int, roster: _Roster) -> Cover | None:
    near = islice(_working_days(desk, party), within + 1)
    since = next((day for day in near if not roster.present(desk.session, day)), None)
    if since is None:
        return None
    later = (day for day in _working_days(desk, party) if day > since)
    return Cover(since, next((day for day in later if roster.present(desk.session, day)), None))


def _working_days(desk: Desk, party: str) -> Iterator[date]:
    calendar = desk.definition.party(party).calendar
    days = (desk.today + timedelta(days=n) for n in range(FAR))
    return (day for day in days if calendar not in desk.calendar.closed_sides(day))


def nobody_now(desk: Desk, party: str) -> Cover | None:
    """The gap in which `party` is at present, if it is in one: said before anybody asks it for an approval."""
    return gap(desk, party, 0)


def open_gap(session: Session, party: str) -> ApprovalGap | None:
    """The gap of a party that was told of and is not closed."""
    return open_gaps(session).get(party)


def open_gaps(session: Session) -> dict[str, ApprovalGap]:
    """The gaps that were told of and are not closed, by party."""
    return {row.party: row for row in session.exec(_OPEN_GAPS).all()}


_OPEN_GAPS = select(ApprovalGap).where(col(ApprovalGap.closed_on).is_(None))


def looked_ahead(desk: Desk, party: str) -> Cover | None:
    """The gap that is to be told of now: it has begun, or begins within the days of the working rule."""
    return looked_ahead_for_each(desk, (party,))[party]


def looked_ahead_for_each(desk: Desk, parties: Collection[str]) -> dict[str, Cover | None]:
    """The same for several parties, in one look."""
    (days,) = desk.days("permission.cover_warning_working_days")
    return {party: _gap(desk, party, days, roster) for party, roster in _rosters(desk, parties).items()}


def tell_of_gap(desk: Desk, *, party: str, waiting: int) -> ApprovalUncovered:
    """Tell a party's contact point, once, that nobody can approve for it. Raises NothingToSay."""
    found = looked_ahead(desk, party)
    if found is None or open_gap(desk.session, party) or _told(desk.session, party, found.since):
        raise NothingToSay
    row = ApprovalGap(party=party, since=found.since, until=found.until, told_at=desk.now)
    desk.session.add(row)
    desk.session.flush()
    return ApprovalUncovered(
        **_facts(desk, party, row.id or 0), since=found.since, until=found.until, waiting=waiting
    )


def _told(session: Session, party: str, since: date) -> bool:
    """Whether the same days were told of before, and somebody was back meanwhile."""
    rows = select(ApprovalGap).where(ApprovalGap.party == party, ApprovalGap.since == since)
    return session.exec(rows).first() is not None


def close_gap(desk: Desk, *, party: str) -> ApprovalCovered:
    """Note that somebody can approve again. Raises NothingToSay."""
    row = open_gap(desk.session, party)
    if row is None or looked_ahead(desk, party):
        raise NothingToSay
    still = (col(ApprovalGap.id) == row.id) & col(ApprovalGap.closed_on).is_(None)
    if desk.session.exec(update(ApprovalGap).where(still).values(closed_on=desk.today)).rowcount != 1:
        raise NothingToSay
    return ApprovalCovered(**_facts(desk, party, row.id or 0), since=row.since)


def _facts(desk: Desk, party: str, key: int) -> dict[str, str]:
    abbreviation = desk.definition.party(party).abbreviation
    return {"clause": CLAUSE, "subject": f"approval_gap:{key}", "party": abbreviation, "party_id": party}
