"""VI.4-2: the parties consult on the acknowledgement; where both say that it stays, the date is met."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.formulas import (
    CONSULTATION,
    Formula,
    FormulaEvent,
    NoSuchFormula,
    evidence,
    facts,
    in_force,
)
from bot.agreement.ledger import Occurrence, OccurrenceStatus, get
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act
from bot.agreement.settlements import close, refuse_settled

DUTY = "acknowledgement-consultation"


class FormulaKept(SQLModel, table=True):
    """One party's word, for one due date of VI.4-2, that a formula stays as it is; it takes every party's."""

    occurrence_id: int = Field(foreign_key="occurrence.id", primary_key=True)
    party: str = Field(primary_key=True)
    formula_id: int = Field(foreign_key="formula.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FormulaStays(FormulaEvent):
    """A party said that the formula stays; `waiting_for` has not said so yet, and without them the date is met."""

    occurrence_id: int
    waiting_for: tuple[str, ...]


@dataclass
class NothingAgreedYet(AgreementError):
    """No formula is in force that could stay."""

    routine = "formulas"


@dataclass
class KeptBefore(Refusal):
    """The person's party has said so already for this date."""

    routine = "formulas"
    number: str
    by: str
    at: datetime
    zone: str


def keep(desk: Desk, *, occurrence_id: int) -> FormulaStays:
    """Say for one's party, for a due date of VI.4-2, that the formula stays; the last party's word settles it."""
    require(desk.session, desk.person, Act.KEEP_FORMULA)
    due = consultation(desk, occurrence_id)
    row = in_force(desk)
    if row is None:
        raise NothingAgreedYet
    said = kept(desk, due, row)
    own = desk.person.party
    if own in said:
        by = desk.session.get_one(Person, said[own].person_id).name
        raise KeptBefore(row.number, by, said[own].at, desk.definition.tz)
    key: dict[str, Any] = {"occurrence_id": due.key, "party": own, "formula_id": row.key}
    desk.session.add(FormulaKept(**key, person_id=desk.person.key, at=desk.now))
    desk.session.flush()
    missing = tuple(each.abbreviation for each in desk.definition.parties if each.id not in {*said, own})
    if not missing:
        _settle(desk, due, row)
    return FormulaStays(occurrence_id=due.key, waiting_for=missing, **facts(desk, row, CONSULTATION))


def _settle(desk: Desk, due: Occurrence, row: Formula) -> None:
    met = {"met_on": desk.today, "evidence": evidence(row), "person_id": desk.person.key}
    # The date the letter was about, also when it is late: by its day, the next year's would be found.
    close(desk, due, OccurrenceStatus.MET, **met)


def consultation(desk: Desk, occurrence_id: int) -> Occurrence:
    """A due date of the consultation that is still to be settled; refuses every other."""
    due = get(desk.session, occurrence_id)
    if due.duty != DUTY:
        raise NoSuchFormula
    refuse_settled(desk, due)
    return due


def kept(desk: Desk, due: Occurrence, row: Formula) -> dict[str, FormulaKept]:
    """Which parties have said for a due date that this formula stays."""
    query = select(FormulaKept).where(FormulaKept.occurrence_id == due.key, FormulaKept.formula_id == row.key)
    return {each.party: each for each in desk.session.exec(query).all()}
