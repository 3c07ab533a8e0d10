"""IV.4: how each side has invited the other, year of the Agreement by year; by side, never by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.invitations import Invitation, InvitationReply, InvitationStatus, clause_of
from bot.agreement.time_limits import Period, end


@dataclass(frozen=True)
class Counts:
    """What one side did for the other in one year; what the other side may not know of is None.

    `announced` and `of_interest` belong to the convening side; the rest is known to both.
    """

    party: str
    clause: str
    announced: int | None
    of_interest: int | None
    invited: int
    accepted: int
    attended: int


@dataclass(frozen=True)
class YearCounts:
    """One year of the Agreement, both days included."""

    opens: date
    closes: date
    sides: tuple[Counts, ...]


def agreement_years(definition: Definition, today: date) -> tuple[tuple[date, date], ...]:
    """The year of the Agreement that holds `today`, and the one before; each from one anniversary to the next."""
    start = definition.event(definition.term.starts)
    years = today.year - start.year
    if _anniversary(start, years) > today:
        years -= 1
    return tuple(
        (_anniversary(start, n), date.fromordinal(_anniversary(start, n + 1).toordinal() - 1))
        for n in (years, years - 1)
        if n >= 0
    )


def _anniversary(start: date, years: int) -> date:
    return end(start, Period(months=12 * years)).date if years > 0 else start


def reciprocity(desk: Desk) -> list[YearCounts]:
    """Both sides in this year and the last, a meeting counting for the year in which it begins.

    Meetings that were cancelled are left out.
    """
    rows = desk.session.exec(select(Invitation).where(Invitation.status != InvitationStatus.CANCELLED)).all()
    return [
        YearCounts(opens, closes, tuple(_counts(desk, party.id, held) for party in desk.definition.parties))
        for opens, closes in agreement_years(desk.definition, desk.today)
        for held in [[row for row in rows if opens <= row.starts_on <= closes]]
    ]


def _counts(desk: Desk, party: str, held: Sequence[Invitation]) -> Counts:
    mine, own = [row for row in held if row.party == party], desk.person.party == party
    return Counts(
        party=desk.definition.party(party).abbreviation,
        clause=clause_of(desk.definition, party),
        announced=len(mine) if own else None,
        of_interest=sum(row.of_interest is True for row in mine) if own else None,
        invited=sum(row.issued_at is not None for row in mine),
        accepted=sum(row.reply is InvitationReply.ACCEPTED for row in mine),
        attended=sum(bool(row.attended) for row in mine),
    )
