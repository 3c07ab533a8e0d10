"""IV.5-1 and IV.5-4: what a workplan consists of, item by item, and the history of each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.numbering import NumberedRow, find_number
from bot.agreement.rights import Side
from bot.agreement.storage import status_type


class Funding(StrEnum):
    """Whether money and staff are there for an item, on which everything depends (III.1)."""

    NOT_SAID = "not_said"
    """Nobody has said yet."""
    FUNDED = "funded"
    """They are there."""
    PARTLY = "partly"
    """They are there in part, for a reason that is given."""
    NOT_FUNDED = "not_funded"
    """They are not there, for a reason that is given; the text allows that."""


class ItemStatus(StrEnum):
    """How far an item has come."""

    PLANNED = "planned"
    """Not begun."""
    UNDER_WAY = "under_way"
    """Being done."""
    DONE = "done"
    """Done."""
    NOT_DONE_RESOURCES = "not_done_resources"
    """Not done because money or staff were missing (III.1)."""
    DROPPED = "dropped"
    """No longer part of the workplan."""


class Progress(StrEnum):
    """What is said of an item when somebody asks."""

    ON_TRACK = "on_track"
    """It will be done in time."""
    DONE = "done"
    """It is done."""
    DELAYED = "delayed"
    """It will be done later."""
    NOT_FUNDED = "not_funded"
    """Money or staff are missing."""


class Constituent(StrEnum):
    """Whom an item involves (IV.5-4)."""

    GOVERNMENTS = "governments"
    """Governments, of the tripartite constituents of the ILO."""
    EMPLOYERS = "employers"
    """Employers' organizations."""
    WORKERS = "workers"
    """Workers' organizations."""
    MEMBER_STATES = "member_states"
    """Member States of IOM."""
    OTHERS = "others"
    """Others, such as migrants' associations."""


class Approach(StrEnum):
    """Who takes part in the whole (II)."""

    WHOLE_OF_GOVERNMENT = "whole_of_government"
    """All parts of government."""
    WHOLE_OF_SOCIETY = "whole_of_society"
    """Society at large."""


class ChangeKind(StrEnum):
    """What was done to an item, as its history tells it."""

    ADDED = "added"
    """It was written."""
    CHANGED = "changed"
    """Its words or dates were changed."""
    REPORTED = "reported"
    """Somebody said how it goes."""
    DROPPED = "dropped"
    """It was taken out of the workplan."""
    TAKEN_UP = "taken_up"
    """It was put back into it."""


CLOSED = frozenset({ItemStatus.DONE, ItemStatus.NOT_DONE_RESOURCES, ItemStatus.DROPPED})
CONTENT = (
    "title",
    "area",
    "themes",
    "priority",
    "means",
    "lead_party",
    "lead_person_id",
    "partner",
    "constituents",
    "country",
    "indicator",
    "target",
    "due_on",
    "maps_to",
    "tags",
)
"""What the parties adopt of an item; money and progress are reported, and change without a new version."""
FIELDS = (*CONTENT, "funding", "funding_reason", "status")
SEPARATOR = ";"


class WorkplanItem(NumberedRow, table=True):
    """One item of the workplan of `scope`, as it stands now; what was adopted of it lies with the version.

    `lead_party` is empty where both parties lead together. What may have several values holds them joined.
    """

    __table_args__ = (UniqueConstraint("year", "seq"),)

    scope: str = Field(index=True)
    title: str
    area: str
    themes: str = ""
    priority: str = ""
    means: str = ""
    lead_party: str = ""
    lead_person_id: int | None = Field(default=None, foreign_key="person.id")
    partner: str = ""
    constituents: str = ""
    country: str = ""
    indicator: str = ""
    target: str = ""
    due_on: date | None = None
    maps_to: int | None = Field(default=None, foreign_key="workplanitem.id")
    tags: str = ""
    funding: Funding = Field(default=Funding.NOT_SAID, sa_type=status_type(Funding))
    funding_reason: str = ""
    status: ItemStatus = Field(default=ItemStatus.PLANNED, sa_type=status_type(ItemStatus))
    progress: Progress | None = Field(default=None, sa_type=status_type(Progress))
    reported_by: int | None = Field(default=None, foreign_key="person.id")
    reported_at: datetime | None = None
    revision: int = 0

    @property
    def subject(self) -> str:
        """What its card is called, and its activity."""
        return f"item:{self.key}"

    def side_of(self, party: str) -> Side:
        """The leading party answers for an item; where both lead, each does."""
        return Side.INITIATING if self.lead_party in ("", party) else Side.RESPONDING


class ItemChange(SQLModel, table=True):
    """One line of an item's history. `changes` holds, as JSON, each field with what it said before and after."""

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="workplanitem.id", index=True)
    at: datetime
    person_id: int = Field(foreign_key="person.id")
    kind: ChangeKind = Field(sa_type=status_type(ChangeKind))
    progress: Progress | None = Field(default=None, sa_type=status_type(Progress))
    note: str = ""
    changes: str = ""


@dataclass
class NoSuchItem(AgreementError):
    """No item has this number."""

    routine = "workplans"
    number: str


def remember(
    desk: Desk,
    row: WorkplanItem,
    kind: ChangeKind,
    *,
    progress: Progress | None = None,
    note: str = "",
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Add a line to an item's history."""
    said = json.dumps(changes, ensure_ascii=False) if changes else ""
    person = desk.person.key
    desk.session.add(
        ItemChange(
            item_id=row.key,
            at=desk.now,
            person_id=person,
            kind=kind,
            progress=progress,
            note=note,
            changes=said,
        )
    )
    desk.session.flush()


def history(session: Session, row: WorkplanItem) -> Sequence[ItemChange]:
    """Everything that was done to an item, the oldest first."""
    return session.exec(
        select(ItemChange).where(ItemChange.item_id == row.key).order_by(col(ItemChange.id))
    ).all()


def items_of(session: Session, scope: str) -> Sequence[WorkplanItem]:
    """Every item that was ever written into the workplan of `scope`, in the order of their numbers."""
    query = select(WorkplanItem).where(WorkplanItem.scope == scope)
    return session.exec(query.order_by(col(WorkplanItem.year), col(WorkplanItem.seq))).all()


def standing_items(session: Session, scope: str) -> list[WorkplanItem]:
    """The items of a workplan that are not dropped."""
    return [row for row in items_of(session, scope) if row.status is not ItemStatus.DROPPED]


def get_item(session: Session, item_id: int) -> WorkplanItem:
    """One item; refuses an unknown key."""
    row = session.get(WorkplanItem, item_id)
    if row is None:
        raise NoSuchItem("")
    return row


def item_by_number(session: Session, number: str) -> WorkplanItem:
    """One item by the number people quote; refuses one that does not exist."""
    found = find_number(session, WorkplanItem, number)
    if found is None:
        raise NoSuchItem(number.strip())
    return found
