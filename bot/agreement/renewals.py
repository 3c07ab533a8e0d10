"""VII.1-4: at the end of its term the Agreement renews itself, unless a notice on record ends it by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.at_hand import at_hand
from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.ledger import NothingToSay
from bot.agreement.renewal_days import given_is_enough
from bot.agreement.renewed_terms import (
    RenewalLength,
    RenewedTerm,
    length_of,
    of_the_term,
    renewal_of,
    same_notice,
)
from bot.agreement.standing import AgreementEnd, end_of
from bot.agreement.storage import status_type
from bot.agreement.time_limits import civil_day

CLAUSE = "VII.1-4"
AT_HAND = "the renewals of the agreement"
COUNTED = "inclusive_of_signature_day"
"""The reading of the end of the term on which its first day is part of it."""


class AgreementRenewal(SQLModel, table=True):
    """A term that ended without a notice: the Agreement went on. There is one row for each such term.

    `length` is the agreed reading of that day, and `ends_on` the end of the new term; None where none is
    stated. `notice_ends_on` is when a notice takes effect that was on record, but not over by the term's end.
    """

    agreement: str = Field(primary_key=True)
    term_end: date = Field(primary_key=True)
    length: RenewalLength = Field(sa_type=status_type(RenewalLength))
    ends_on: date | None = None
    notice_ends_on: date | None = None
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class AgreementRenewed(Event):
    """The term ended, no notice had ended the Agreement by then, and it renewed itself by silence.

    `due_on` is the last day of the term, as the ledger calls it; `counted` says whether its first day is part
    of it (a reading), and `other_end` is its last day on the other reading.
    """

    duty: str = "term-end"
    scope: str = ""
    channel_id: str
    due_on: date
    other_end: date
    counted: bool
    length: RenewalLength
    ends_on: date | None
    same_notice: bool
    notice_ends_on: date | None
    late: bool

    @property
    def once(self) -> str:
        """The term that ended."""
        return f"renewed:{self.due_on}"


def renewals(session: Session) -> Sequence[AgreementRenewal]:
    """Every renewal on record, the first one first; looked up once in a transaction."""
    return at_hand(session, AT_HAND, lambda: session.exec(_RENEWALS).all())


_RENEWALS = select(AgreementRenewal).order_by(col(AgreementRenewal.term_end))


def renewed(session: Session) -> tuple[RenewedTerm, ...]:
    """The renewals on record as the planner wants them."""
    return tuple(RenewedTerm(row.term_end, row.ends_on) for row in renewals(session))


def term_end(desk: Desk) -> date | None:
    """The last day of the term that is running as far as is on record; None where it has no stated end."""
    known = renewals_of_the_term(desk)
    return known[-1].ends_on if known else desk.definition.term_end()


def renewals_of_the_term(desk: Desk) -> tuple[AgreementRenewal, ...]:
    """The renewals on record that carry on the term as it stands today."""
    return of_the_term(desk.definition, renewals(desk.session))


def ended_by_notice(end: AgreementEnd | None, last: date) -> bool:
    """Whether a notice on record ends the Agreement with its term or before."""
    return end is not None and end.ends_on <= last


def given_late(desk: Desk, last: date) -> AgreementEnd | None:
    """A notice on record that was given before `last`, the end of the term, and is over only after it."""
    end = end_of(desk.session)
    if (
        end is None
        or end.instrument_id
        or ended_by_notice(end, last)
        or civil_day(end.recorded_at, desk.definition.tz) > last
    ):
        return None
    return end


def due(desk: Desk) -> date | None:
    """The term that is over without a notice, and whose renewal is not on record yet.

    On the reading that a notice need only have been given by then, one that was given stands against renewal.
    """
    last = term_end(desk)
    if last is None or desk.today <= last or renewal_of(desk.definition, last) is None:
        return None
    late = given_late(desk, last)
    if ended_by_notice(end_of(desk.session), last) or (late and given_is_enough(desk.definition)):
        return None
    return last


def renew(desk: Desk, *, channel_id: str) -> AgreementRenewed:
    """Put on record that the Agreement renewed itself by silence. Raises NothingToSay where it did not."""
    last = due(desk)
    term = renewal_of(desk.definition, last) if last else None
    if last is None or term is None:
        raise NothingToSay
    late = given_late(desk, last)
    row = AgreementRenewal(
        agreement=desk.definition.id,
        term_end=last,
        length=length_of(desk.definition),
        ends_on=term.ends_on,
        notice_ends_on=late.ends_on if late else None,
        recorded_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    desk.session.info.pop(AT_HAND, None)
    return _event(desk, row, channel_id)


def _event(desk: Desk, row: AgreementRenewal, channel_id: str) -> AgreementRenewed:
    term = RenewedTerm(row.term_end, row.ends_on)
    late = desk.today > row.term_end + timedelta(days=1)
    return renewal_event(
        desk.definition, term, channel_id=channel_id, notice_ends_on=row.notice_ends_on, late=late
    )


def renewal_event(
    definition: Definition,
    term: RenewedTerm,
    *,
    channel_id: str = "",
    notice_ends_on: date | None = None,
    late: bool = False,
) -> AgreementRenewed:
    """What is said of one renewal; from the definition alone where there is no record (`comity simulate`)."""
    reading = definition.term.end_reading
    counted = bool(reading) and definition.policy(reading or "") == COUNTED
    return AgreementRenewed(
        clause=definition.term.renewal_clause or CLAUSE,
        subject=f"renewed:{definition.id}",
        channel_id=channel_id,
        due_on=term.term_end,
        other_end=term.term_end + timedelta(days=1 if counted else -1),
        counted=counted,
        length=length_of(definition),
        ends_on=term.ends_on,
        same_notice=same_notice(definition),
        notice_ends_on=notice_ends_on,
        late=late,
    )
