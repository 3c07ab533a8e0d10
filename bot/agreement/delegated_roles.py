"""Capacities that a person holds for a time on behalf of a colleague: the rows that `people` counts as held."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import bindparam
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.rights import Role
from bot.agreement.storage import status_type


class DelegationStatus(StrEnum):
    """Where a delegation stands; whether it holds on a day is a matter of its dates as well."""

    GIVEN = "given"
    """It holds on the days it was given for."""
    ENDED = "ended"
    """It was ended before its last day, or before its first."""


class RoleDelegation(SQLModel, table=True):
    """One colleague acts for another of the same party, in one capacity, on the days from first to last.

    `approver_id` is whoever holds the capacity of their own right; `made_by` is they themselves or their
    party's contact point. Rows are never removed: a record made under one must go on naming it.
    """

    id: int | None = Field(default=None, primary_key=True)
    party: str = Field(index=True)
    approver_id: int = Field(foreign_key="person.id")
    delegate_id: int = Field(foreign_key="person.id", index=True)
    role: Role = Field(sa_type=status_type(Role))
    first_day: date
    last_day: date
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime
    status: DelegationStatus = Field(sa_type=status_type(DelegationStatus))
    ended_by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = None

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the delegation is not stored yet")
        return self.id

    def covers(self, day: date) -> bool:
        """Whether it was given for `day`, both ends included."""
        return self.first_day <= day <= self.last_day


def given_to(session: Session, person_id: int) -> Sequence[RoleDelegation]:
    """What was ever delegated to this person, the oldest first."""
    mine = select(RoleDelegation).where(RoleDelegation.delegate_id == person_id)
    return session.exec(mine.order_by(col(RoleDelegation.id))).all()


def given_within(
    session: Session, parties: Collection[str], roles: Iterable[Role]
) -> Sequence[RoleDelegation]:
    """What the people of each party delegated among themselves of these capacities, and did not end."""
    return session.exec(_GIVEN, params={"parties": list(parties), "roles": list(roles)}).all()


_GIVEN = (
    select(RoleDelegation)
    .where(
        col(RoleDelegation.party).in_(bindparam("parties", expanding=True)),
        col(RoleDelegation.status) == DelegationStatus.GIVEN,
        col(RoleDelegation.role).in_(bindparam("roles", expanding=True)),
    )
    .order_by(col(RoleDelegation.first_day), col(RoleDelegation.id))
)
