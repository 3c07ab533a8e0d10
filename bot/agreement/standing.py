"""VII.1: whether the Agreement is in force today, and what may still be done once it is not (VII.2)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Field, Session, SQLModel, select

from bot.agreement.at_hand import at_hand

STANDING = "the end of the agreement"


class AgreementEnd(SQLModel, table=True):
    """When the Agreement ends: there is no such row without a paper that was signed and is on record.

    That is the notice of one party (VII.1-2), or the instrument of both that takes its place (X.2). `ends_on` is
    the last day on which the Agreement is in force (a civil day in its zone, to 24:00). `closed_at` is when its
    routines were closed after that day.
    """

    agreement: str = Field(primary_key=True)
    ends_on: date
    notice_id: int | None = Field(default=None, index=True)
    instrument_id: int | None = None
    recorded_at: datetime
    closed_at: datetime | None = None

    @property
    def clause(self) -> str:
        """The clause by which it ends."""
        return "X.2" if self.instrument_id else "VII.1-2"

    @property
    def subject(self) -> str:
        """What the card of the end, and its report, are of."""
        return f"superseded:{self.instrument_id}" if self.instrument_id else f"ending:{self.notice_id}"


def end_of(session: Session) -> AgreementEnd | None:
    """The end on record, to come or past; looked up once in a transaction."""
    return at_hand(session, STANDING, lambda: session.exec(_END).first())


_END = select(AgreementEnd)


def expect_none(session: Session) -> None:
    """Take it for this transaction that no end is on record, until it is looked up anew."""
    session.info[STANDING] = None


def forget(session: Session) -> None:
    """Look the end up anew: it was just put on record, or taken back."""
    session.info.pop(STANDING, None)


@dataclass(frozen=True)
class Standing:
    """How the Agreement stands on a day."""

    ends_on: date | None
    in_force: bool


def standing(session: Session, today: date) -> Standing:
    """Whether the Agreement is in force on `today`; renewed by silence, it is in force still (VII.1-4)."""
    end = end_of(session)
    if end is None:
        return Standing(None, True)
    return Standing(end.ends_on, today <= end.ends_on)


def expect_end(
    session: Session,
    agreement: str,
    *,
    ends_on: date,
    now: datetime,
    notice_id: int | None = None,
    instrument_id: int | None = None,
) -> None:
    """Put on record when the Agreement ends, and by which notice or instrument, in place of what was expected."""
    by = (ends_on, notice_id, instrument_id)
    row = session.get(AgreementEnd, agreement) or AgreementEnd(
        agreement=agreement, ends_on=ends_on, recorded_at=now
    )
    if (row.ends_on, row.notice_id, row.instrument_id) != by:
        row.ends_on, row.notice_id, row.instrument_id = by
        row.recorded_at = now
    session.add(row)
    session.flush()
    forget(session)


def take_back(session: Session, agreement: str) -> None:
    """Expect no end any more: no notice runs."""
    row = session.get(AgreementEnd, agreement)
    if row is not None:
        session.delete(row)
        session.flush()
    forget(session)
