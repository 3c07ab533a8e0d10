"""VII.3: the agreement on a day, as the amendments in force made it; built once for each set of amendments."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from sqlmodel import Session, col, select

from bot.agreement.amending import amended
from bot.agreement.amendments import BINDING, Amendment, changes
from bot.agreement.definition import Definition
from bot.agreement.standing import standing

Signed = tuple[int, date]
"""An amendment both parties signed: its number, and the day from which it counts."""


def original(definition: Definition) -> Definition:
    """The agreement before any amendment."""
    earlier = definition.earlier()
    return original(earlier[0]) if earlier else definition


def counting(session: Session, until: date) -> tuple[Signed, ...]:
    """The amendments that count on a civil day, in the order in which they take effect."""
    query = (
        select(col(Amendment.id), col(Amendment.in_force_on))
        .where(col(Amendment.status).in_(BINDING), col(Amendment.in_force_on) <= until)
        .order_by(col(Amendment.in_force_on), col(Amendment.confirmed_at), col(Amendment.id))
    )
    found = [(key, day) for key, day in session.exec(query).all() if key is not None and day is not None]
    # Once the agreement has ended there is nothing left that could be amended.
    return tuple(one for one in found if standing(session, one[1]).in_force)


def build(session: Session, base: Definition, signed: Sequence[Signed]) -> Definition:
    """The agreement as some amendments leave it, one after the other."""
    made = base
    for key, day in signed:
        row = session.get_one(Amendment, key)
        made = amended(made, [each.change for each in changes(session, row)], day, row.number)
    return made


def on_day(session: Session, base: Definition, day: date) -> Definition:
    """The agreement on a civil day, as both parties signed it by now; `base` is what it was concluded as."""
    return build(session, base, counting(session, day))


@dataclass
class Versions:
    """The versions of one agreement that were built before; safe in threads."""

    built: dict[tuple[Signed, ...], Definition] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def on(self, session: Session, base: Definition, day: date) -> Definition:
        """The agreement on a civil day."""
        signed = counting(session, day)
        if not signed:
            return base
        with self.lock:
            if signed not in self.built:
                self.built[signed] = build(session, base, signed)
            return self.built[signed]
