"""VII.1-2: what was open when the Agreement ended, and was closed by that; kept so that no card forgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.standing import end_of
from bot.agreement.storage import status_type

NAMED = "*"
"""Kept to those who may see the funding log (IV.11), of either party."""


class Routine(StrEnum):
    """What kind of thing was open."""

    LEDGER = "ledger"
    """Due dates of the Agreement that would have come later."""
    EXCHANGES = "exchanges"
    """Information that waits to be acknowledged."""
    DOCUMENTS = "documents"
    """Publications that wait to be acknowledged."""
    CONSULTATIONS = "consultations"
    """Consultations that are not concluded."""
    PROJECTS = "projects"
    """Projects whose lines are asked for."""
    MEETINGS = "meetings"
    """Meetings to be held, or held and without joint minutes."""
    ACTIONS = "actions"
    """Action items of meetings."""
    INVITATIONS = "invitations"
    """Own meetings, and invitations to them."""
    WORKPLANS = "workplans"
    """Workplans in force, proposed or in preparation."""
    ITEMS = "items"
    """Items of workplans."""
    EMBLEMS = "emblems"
    """Requests for a name, an emblem or a link that are not decided."""
    COMMUNICATIONS = "communications"
    """Joint communications that are not released."""
    EVENT_NOTES = "event_notes"
    """Notes on joint events that are not confirmed."""
    REVIEWS = "reviews"
    """Dossiers of a general review."""
    MATTERS = "matters"
    """Matters that one party noted for itself."""
    TELLINGS = "tellings"
    """Offices that were told about the Agreement and have not answered."""
    LEADS = "leads"
    """Funding leads."""
    EMBLEM_DRAFTS = "emblem_drafts"
    """Requests for a name, an emblem or a link that were not submitted."""
    FORMULAS = "formulas"
    """The wording that acknowledges the collaboration, agreed or proposed."""
    AMENDMENTS = "amendments"
    """Amendments that are not in force."""
    NOTICES = "notices"
    """Notices beside the one that ends the Agreement."""


@dataclass(frozen=True)
class Line:
    """One thing that is open: what people call it, and the clause it hangs on.

    `kept_to` is empty for what both parties know of, a party for what is private to it, or `NAMED`. `count`
    is how many due dates a line of the ledger stands for.
    """

    routine: Routine
    subject: str
    number: str
    title: str
    clause: str
    kept_to: str = ""
    count: int = 1


class ClosedCase(SQLModel, table=True):
    """One line, as it stood when the Agreement ended."""

    __table_args__ = (UniqueConstraint("agreement", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    agreement: str
    routine: Routine = Field(sa_type=status_type(Routine))
    subject: str = Field(index=True)
    number: str
    title: str
    clause: str
    kept_to: str = ""
    count: int = 1
    closed_at: datetime

    @property
    def line(self) -> Line:
        """The same as it was found."""
        return Line(
            self.routine, self.subject, self.number, self.title, self.clause, self.kept_to, self.count
        )


def closed_lines(session: Session) -> list[Line]:
    """Everything that the end of the Agreement closed, in the order in which it was closed."""
    return [row.line for row in session.exec(select(ClosedCase).order_by(col(ClosedCase.id))).all()]


def is_closed(session: Session) -> bool:
    """Whether the Agreement has ended and its routines are closed; looked up once in a transaction."""
    end = end_of(session)
    return end is not None and end.closed_at is not None


def closed_case(session: Session, subject: str) -> ClosedCase | None:
    """The line about one case, if the end of the Agreement closed it."""
    if not is_closed(session):
        return None
    return session.exec(select(ClosedCase).where(ClosedCase.subject == subject)).first()


def shown(lines: Sequence[Line], party: str = "", *, named: bool = False) -> list[Line]:
    """The lines that a party may read; without one, those that both may.

    `named`: the reader may see the funding log.
    """
    kept = {"", *([party] if party else []), *([NAMED] if named else [])}
    return [line for line in lines if line.kept_to in kept]


def counted(lines: Sequence[Line]) -> tuple[tuple[Routine, int], ...]:
    """How many there are of each routine, in the order of the routines."""
    totals = {routine: sum(line.count for line in lines if line.routine is routine) for routine in Routine}
    return tuple((routine, total) for routine, total in totals.items() if total)
