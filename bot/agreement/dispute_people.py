"""VIII: whom a party names for a dispute, level by level; each party names its own people and no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from bot.agreement.desk import Desk
from bot.agreement.disputes import (
    OPEN,
    PRIVATE,
    Dispute,
    DisputeDeed,
    DisputeEvent,
    DisputeLevel,
    DisputePerson,
    facts,
    moved_on,
    remember,
    serving,
    visible,
)
from bot.agreement.people import Person, require
from bot.agreement.rights import Act


@dataclass(frozen=True, kw_only=True)
class DisputePeopleNamed(DisputeEvent):
    """A party named its people for one level; `people` are those it has named for it now."""

    level: DisputeLevel
    party: str
    people: tuple[int, ...]


def name(
    desk: Desk, *, dispute_id: int, level: DisputeLevel, people: Sequence[int], through: str
) -> DisputePeopleNamed:
    """Name the own party's people of one level, in place of those it named for it before."""
    row = visible(desk, dispute_id, through)
    require(desk.session, desk.person, Act.NAME_IN_DISPUTE)
    if row.status not in OPEN | PRIVATE:
        raise moved_on(desk, row)
    chosen = serving(desk, people, desk.person.party)
    name_people(desk, row, level, [one.key for one in chosen])
    remember(desk, row, DisputeDeed.NAMED, ", ".join(one.name for one in chosen))
    keys = tuple(one.key for one in chosen)
    event = facts(desk, row, DisputeDeed.NAMED)
    return DisputePeopleNamed(level=level, party=desk.person.party, people=keys, **event)


def own_people(desk: Desk) -> list[Person]:
    """Everybody on the own party's roster who may be named today, by name."""
    mine = select(Person).where(Person.party == desk.person.party).order_by(Person.name, col(Person.id))
    return [one for one in desk.session.exec(mine).all() if one.serves_on(desk.today)]


def name_people(desk: Desk, row: Dispute, level: DisputeLevel, people: Sequence[int]) -> None:
    """Put the own party's people of one level on record; whoever is not among them any more sees nothing more."""
    mine = (col(DisputePerson.dispute_id) == row.key) & (col(DisputePerson.level) == level)
    own = select(Person.id).where(Person.party == desk.person.party)
    mine &= col(DisputePerson.person_id).in_(own)
    known = desk.session.exec(select(DisputePerson.person_id).where(mine)).all()
    desk.session.exec(delete(DisputePerson).where(mine, col(DisputePerson.person_id).not_in(people)))
    who: dict[str, Any] = {
        "dispute_id": row.key,
        "level": level,
        "named_by": desk.person.key,
        "named_at": desk.now,
    }
    desk.session.add_all(DisputePerson(person_id=key, **who) for key in people if key not in known)
    desk.session.flush()
