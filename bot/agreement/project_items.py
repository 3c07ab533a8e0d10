"""IX.1(b): who answers for what in a joint project, item by item, with the history of every hand-over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.people import Person, Refusal, require
from bot.agreement.project_answers import (
    GateChanged,
    GateConfirmed,
    NothingListed,
    expect,
    gate_facts,
    get_gate,
    moved_on,
    settle,
)
from bot.agreement.project_gates import GATES, Gate, GateStatus, gates_of
from bot.agreement.projects import JointProject, NotFilledIn, get_gated
from bot.agreement.rights import Act
from bot.agreement.transitions import move


class ProjectItem(SQLModel, table=True):
    """One item of a project; who answers for it stands in its history."""

    __table_args__ = (UniqueConstraint("project_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="jointproject.id", index=True)
    seq: int
    item: str
    entered_at: datetime
    dropped_by: int | None = Field(default=None, foreign_key="person.id")
    dropped_at: datetime | None = None

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        return self.id or 0


class ItemOwner(SQLModel, table=True):
    """Who answered for one item from an instant on: a person, and their party."""

    __table_args__ = (UniqueConstraint("item_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="projectitem.id", index=True)
    seq: int
    party: str
    person_id: int = Field(foreign_key="person.id")
    named_by: int = Field(foreign_key="person.id")
    named_at: datetime


@dataclass(frozen=True, kw_only=True)
class ItemsChanged(GateChanged):
    """The list of who answers for what was changed; `asks` says that the other party is newly asked to confirm."""

    item: str
    owner: str
    owner_party: str
    dropped: bool
    asks: bool


@dataclass
class OwnerUnknown(FieldError):
    """An item needs a person of one of the parties who serves today."""

    routine = "projects"


@dataclass
class ItemMovedOn(Refusal):
    """Somebody changed the item first."""

    routine = "projects"
    number: str
    item: str
    by: str
    at: datetime
    zone: str


def add_item(desk: Desk, *, project_id: int, item: str, owner_id: int) -> ItemsChanged:
    """Put an item on the list, with the person who answers for it and thereby their party."""
    require(desk.session, desk.person, Act.KEEP_PROJECTS)
    row = get_gated(desk, project_id)
    if not item.strip():
        raise NotFilledIn("item")
    owner = _serving(desk, owner_id)
    new = ProjectItem(
        project_id=row.key, seq=_next(desk.session, row), item=item.strip(), entered_at=desk.now
    )
    desk.session.add(new)
    desk.session.flush()
    _name(desk, new, owner, 1)
    return _changed(desk, row, new, owner)


def _next(session: Session, row: JointProject) -> int:
    query = select(ProjectItem.seq).where(ProjectItem.project_id == row.key)
    return max(session.exec(query).all(), default=0) + 1


def _serving(desk: Desk, owner_id: int) -> Person:
    owner = desk.session.get(Person, owner_id)
    if owner is None or not owner.serves_on(desk.today):
        raise OwnerUnknown("owner")
    return owner


def _name(desk: Desk, item: ProjectItem, owner: Person, seq: int) -> None:
    named: dict[str, Any] = {"named_by": desk.person.key, "named_at": desk.now}
    desk.session.add(ItemOwner(item_id=item.key, seq=seq, party=owner.party, person_id=owner.key, **named))
    desk.session.flush()


def assign_item(desk: Desk, *, item_id: int, owner_id: int, seen: int) -> ItemsChanged:
    """Hand an item over to another person; within one's own party that takes nobody's confirmation."""
    require(desk.session, desk.person, Act.KEEP_PROJECTS)
    item, row = _open_item(desk, item_id)
    owner = _serving(desk, owner_id)
    before = owners(desk.session, item.key)
    if len(before) != seen:
        raise _was_changed(desk, row, item)
    _name(desk, item, owner, seen + 1)
    within = owner.party == before[-1].party == desk.person.party
    return _changed(desk, row, item, owner, within=within)


def drop_item(desk: Desk, *, item_id: int) -> ItemsChanged:
    """Take an item off the list."""
    require(desk.session, desk.person, Act.KEEP_PROJECTS)
    item, row = _open_item(desk, item_id)
    mine = (col(ProjectItem.id) == item.key) & col(ProjectItem.dropped_at).is_(None)
    dropping = update(ProjectItem).where(mine).values(dropped_by=desk.person.key, dropped_at=desk.now)
    desk.session.exec(dropping)
    desk.session.refresh(item)
    owner = desk.session.get_one(Person, owners(desk.session, item.key)[-1].person_id)
    return _changed(desk, row, item, owner)


def _open_item(desk: Desk, item_id: int) -> tuple[ProjectItem, JointProject]:
    """An item that stands, and its project."""
    item = desk.session.get(ProjectItem, item_id)
    row = get_gated(desk, item.project_id if item else 0)
    found = desk.session.get_one(ProjectItem, item_id)
    if found.dropped_at:
        raise _was_changed(desk, row, found)
    return found, row


def _was_changed(desk: Desk, row: JointProject, item: ProjectItem) -> ItemMovedOn:
    last = owners(desk.session, item.key)[-1]
    by = desk.session.get_one(Person, item.dropped_by or last.named_by).name
    return ItemMovedOn(row.number, item.item, by, item.dropped_at or last.named_at, desk.definition.tz)


def _changed(
    desk: Desk, row: JointProject, item: ProjectItem, owner: Person, *, within: bool = False
) -> ItemsChanged:
    """The list waits for the other party, unless a party only chose another person of its own."""
    gate = gates_of(desk.session, row.key)[Gate.ITEMS]
    asks = not within and (gate.status is not GateStatus.PROPOSED or gate.stated_by != desk.person.party)
    if not within:
        stated = {"stated_by": desk.person.party, "proposed_by": desk.person.key, "proposed_at": desk.now}
        version = gate.version + 1
        move(desk, gate, GATES, "change_items", lambda: moved_on(desk, row, gate), version=version, **stated)
        expect(desk, gate)
    return ItemsChanged(
        **gate_facts(desk, row, gate),
        item=item.item,
        owner=owner.name,
        owner_party=desk.definition.party(owner.party).abbreviation,
        dropped=item.dropped_at is not None,
        asks=asks,
    )


def confirm_items(desk: Desk, *, gate_id: int, seen: int) -> GateConfirmed:
    """Confirm who answers for what, as the other party put it last and as it was seen."""
    gate, row = get_gate(desk, gate_id)
    require(desk.session, desk.person, Act.CONFIRM_ITEMS, gate)
    if gate.gate is not Gate.ITEMS:
        raise moved_on(desk, row, gate)
    if not items_of(desk.session, row.key):
        raise NothingListed(row.number, gate.gate)
    return settle(desk, row, gate, "confirm_items", seen)


def items_of(session: Session, project_id: int) -> Sequence[ProjectItem]:
    """The items that stand, in their order."""
    query = select(ProjectItem).where(
        ProjectItem.project_id == project_id, col(ProjectItem.dropped_at).is_(None)
    )
    return session.exec(query.order_by(col(ProjectItem.seq))).all()


def owners(session: Session, item_id: int) -> Sequence[ItemOwner]:
    """Everybody who ever answered for one item, the first one first."""
    query = select(ItemOwner).where(ItemOwner.item_id == item_id)
    return session.exec(query.order_by(col(ItemOwner.seq))).all()
