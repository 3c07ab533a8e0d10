"""I.2, I.3, I.4 and IV.7: what is new is compared with what there is, and existing channels are thought of.

A routine that takes in something new, such as an item of the workplan or a joint project, calls `take_in` in its
own verb; the questions that follow are asked of both parties once for each activity.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, col, or_, select

from bot.agreement.desk import Desk
from bot.agreement.storage import status_type


class Relation(StrEnum):
    """How an activity stands to similar ones (I.2)."""

    JOINT = "joint"
    """It is, or will be, done together with them."""
    COMPLEMENTARY = "complementary"
    """It completes them without doing the same twice."""
    SEPARATE = "separate"
    """It has nothing to do with them."""


class Activity(SQLModel, table=True):
    """Something that is planned or under way; `subject` is the case that brought it, such as `item:12`.

    `scope` is a country (ISO 3166), a region, or empty for what is global. `channels` are the inter-agency
    channels that were thought of (IV.7), `framework` the country team's item it belongs to, or why none (I.4).
    """

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(unique=True)
    clause: str
    number: str
    title: str
    party: str
    scope: str = Field(index=True)
    area: str
    starts_on: date
    ends_on: date | None = None
    taken_in_by: int = Field(foreign_key="person.id")
    taken_in_at: datetime
    relation: Relation | None = Field(default=None, sa_type=status_type(Relation))
    relation_note: str = ""
    related_by: int | None = Field(default=None, foreign_key="person.id")
    related_at: datetime | None = None
    channels: str = ""
    channels_note: str = ""
    framework: str = ""
    considered_by: int | None = Field(default=None, foreign_key="person.id")
    considered_at: datetime | None = None

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the activity is not stored yet")
        return self.id


@dataclass(frozen=True)
class NewActivity:
    """What a routine says of something new that it takes in; without an end it goes on."""

    subject: str
    clause: str
    number: str
    title: str
    scope: str
    area: str
    starts_on: date
    ends_on: date | None = None


def take_in(desk: Desk, new: NewActivity) -> Activity:
    """Put a new activity beside those there are; called inside the verb that begins it."""
    row = Activity(**vars(new), party=desk.person.party, taken_in_by=desk.person.key, taken_in_at=desk.now)
    desk.session.add(row)
    desk.session.flush()
    return row


def look_alikes(desk: Desk, row: Activity) -> Sequence[Activity]:
    """The activities in the same place and area whose time overlaps, the oldest first (I.2)."""
    overlapping = or_(col(Activity.ends_on).is_(None), col(Activity.ends_on) >= row.starts_on)
    query = select(Activity).where(
        Activity.scope == row.scope, Activity.area == row.area, Activity.id != row.id, overlapping
    )
    if row.ends_on:
        query = query.where(Activity.starts_on <= row.ends_on)
    return desk.session.exec(query.order_by(col(Activity.id))).all()
