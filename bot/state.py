"""What every transaction looks at first: where the record ends, and whether some rare things are in it."""

from dataclasses import dataclass

from sqlalchemy import exists
from sqlmodel import Session, col, select

from bot.agreement.amendments import BINDING, Amendment
from bot.agreement.changed_sides import expect_no_boxes_left
from bot.agreement.people import MOVED, Person
from bot.agreement.standing import AgreementEnd, expect_none
from bot.journal import BEGINNING, Entry


@dataclass(frozen=True)
class State:
    """The journal's last seal, which stands for the whole record, and whether any amendment was ever signed."""

    seal: str
    amended: bool


def look(session: Session) -> State:
    """How the record stands now; what is seen later in this transaction may be newer, and never older."""
    seal, amended, ending, moved = session.connection().execute(_LOOK).one()
    if not ending:
        expect_none(session)
    if not moved:
        expect_no_boxes_left(session)
    return State(seal or BEGINNING, amended)


_LOOK = select(
    select(Entry.hash).order_by(col(Entry.id).desc()).limit(1).scalar_subquery(),
    exists().where(col(Amendment.status).in_(BINDING)),
    exists().where(col(AgreementEnd.agreement).is_not(None)),
    exists().where(col(Person.user_id).contains(MOVED)),
)
