"""Which plan of due dates the ledger holds, so that a tick with nothing new plans nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import bindparam
from sqlmodel import Field, SQLModel, select

from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.planning import Place
from bot.agreement.renewed_terms import RenewedTerm


class EnteredPlan(SQLModel, table=True):
    """The plan that was last entered: as long as its fingerprint is the same, no due date is missing."""

    agreement: str = Field(primary_key=True)
    fingerprint: str
    at: datetime


def fingerprint(
    definition: Definition, places: Sequence[Place], until: date, renewals: Sequence[RenewedTerm] = ()
) -> str:
    """What a plan up to `until` depends on: the dates and readings of the agreement, its terms and places."""
    readings = [(policy.key, policy.value) for policy in definition.policies]
    earlier = definition.earlier()
    # Of an amended agreement the days before count as they were, and its own begin on the amendment's day.
    amended = ((fingerprint(earlier[0], places, until, renewals), earlier[1]),) if earlier else ()
    rules = (*amended, definition.duties, definition.events, definition.term, definition.profile, readings)
    return sha256(repr((definition.id, rules, list(places), until, list(renewals))).encode()).hexdigest()


def is_entered(desk: Desk, plan: str) -> bool:
    """Whether the plan with this fingerprint is the one that was entered last; then nothing is missing."""
    return desk.session.exec(_STORED, params={"agreement": desk.definition.id}).first() == plan


_STORED = select(EnteredPlan.fingerprint).where(EnteredPlan.agreement == bindparam("agreement"))


def note_entered(desk: Desk, plan: str) -> None:
    """Put on record that the ledger holds this plan."""
    desk.session.merge(EnteredPlan(agreement=desk.definition.id, fingerprint=plan, at=desk.now))
