"""IV.2-1: the other party confirms that a document arrived; what both confirmed meets the year's date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.agreement.acknowledgements import AlreadyAcknowledged, Nudged, acknowledge_first, ask_again
from bot.agreement.desk import Desk
from bot.agreement.documents import Document, get_document
from bot.agreement.events import Event
from bot.agreement.exchanges import ExchangeStatus
from bot.agreement.fulfilments import fulfil
from bot.agreement.ledger import UNSETTLED, Occurrence
from bot.agreement.people import require
from bot.agreement.report_series import CLAUSE, series_of
from bot.agreement.rights import Act


@dataclass(frozen=True, kw_only=True)
class DocumentAcknowledged(Event):
    """The other party confirmed that a document arrived; `year_to` is the end of the year it completes, if any."""

    document_id: int
    number: str
    by: str
    party: str
    title: str
    at: datetime
    year_to: date | None


@dataclass(frozen=True, kw_only=True)
class DocumentNudged(Nudged):
    """The other party was reminded of a document it has not acknowledged."""

    document_id: int
    offered_at: datetime

    @property
    def once(self) -> str:
        """The document, and how many times it has been asked for."""
        return f"document:{self.number}:{self.offered_at.isoformat()}:{self.nudges}"


@dataclass
class DocumentHasArrived(AlreadyAcknowledged):
    """Somebody acknowledged the document first."""

    routine = "documents"


def acknowledge(desk: Desk, *, document_id: int) -> DocumentAcknowledged:
    """Confirm that the other party's document has arrived; the first confirmation stands."""
    row = get_document(desk.session, document_id)
    require(desk.session, desk.person, Act.ACKNOWLEDGE_DOCUMENT, row)
    acknowledge_first(desk, row, DocumentHasArrived)
    return DocumentAcknowledged(
        clause=CLAUSE,
        subject=f"document:{row.key}",
        document_id=row.key,
        number=row.number,
        by=desk.person.name,
        party=desk.definition.party(desk.person.party).abbreviation,
        title=row.title,
        at=desk.now,
        year_to=_complete_year(desk),
    )


def nudge(desk: Desk, *, document_id: int) -> DocumentNudged:
    """Remind the other side of a document as `acknowledgements.nudge` does of a share. Raises NothingToSay."""
    row = get_document(desk.session, document_id)
    facts = ask_again(desk, row)
    subject = f"document:{row.key}"
    return DocumentNudged(
        clause=CLAUSE, subject=subject, document_id=row.key, offered_at=row.offered_at, **facts
    )


def _complete_year(desk: Desk) -> date | None:
    """Meet the ledger's date of the year of the agreement today is in, if both sides have exchanged all there was.

    The text permits the exchange and sets no measure. This is ours: of every party at least one document
    offered in the year is acknowledged, none waits to be, and no issue of a series of either party is awaited
    before the year is over.
    """
    year = _year(desk)
    if year is None:
        return None
    given = [
        row for row in _acknowledged_since(desk.session, year.window_start) if row.offered_on <= year.due_on
    ]
    parties = desk.definition.parties
    if not all(_has_given_all(desk.session, party.id, given, year.due_on) for party in parties):
        return None
    numbers = ", ".join(row.number for row in given)
    met = fulfil(desk, clause=CLAUSE, on=desk.today, evidence=f"/exchange documents {numbers}")
    return met.due_on if met else None


def _year(desk: Desk) -> Occurrence | None:
    waiting = select(Occurrence).where(
        Occurrence.agreement == desk.definition.id,
        Occurrence.clause == CLAUSE,
        col(Occurrence.status).in_(UNSETTLED),
        Occurrence.window_start <= desk.today,
        Occurrence.due_on >= desk.today,
    )
    return desk.session.exec(waiting.order_by(col(Occurrence.due_on))).first()


def _acknowledged_since(session: Session, day: date) -> list[Document]:
    # The day of an anniversary still belongs to the year it ends.
    done = select(Document).where(Document.offered_on > day, Document.status == ExchangeStatus.ACKNOWLEDGED)
    return list(session.exec(done.order_by(col(Document.id))).all())


def _has_given_all(session: Session, party: str, given: Iterable[Document], until: date) -> bool:
    open_ones = select(Document).where(Document.party == party, Document.status == ExchangeStatus.SHARED)
    return (
        any(row.party == party for row in given)
        and session.exec(open_ones).first() is None
        and all(row.awaited_on > until for row in series_of(session, party))
    )
