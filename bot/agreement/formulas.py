"""VI.4: how the parties acknowledge their collaboration, in three languages, agreed version by version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, Session, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.fulfilments import fulfil
from bot.agreement.numbering import NumberedRow, find_number, next_seq
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type
from bot.agreement.transitions import Machine, Move, move

CLAUSE = "VI.4-1"
CONSULTATION = "VI.4-2"
WORDINGS = ("short_en", "short_fr", "short_es", "long_en", "long_fr", "long_es")
"""The forms of a formula: a short and a long one in each of the three languages."""


class FormulaStatus(StrEnum):
    """Where one version of the formula stands."""

    PROPOSED = "proposed"
    """One party proposed it; it is not to be used as agreed."""
    IN_FORCE = "in_force"
    """Both parties agreed to it, and it holds until another takes its place."""
    REPLACED = "replaced"
    """Both parties agreed to another."""
    NOT_AGREED = "not_agreed"
    """The other party did not agree to it."""
    WITHDRAWN = "withdrawn"
    """The party that proposed it took it back."""


PROPOSED, IN_FORCE = frozenset({FormulaStatus.PROPOSED}), frozenset({FormulaStatus.IN_FORCE})
MACHINE = Machine(
    name="formulas",
    begins=PROPOSED,
    moves={
        "agree": Move(
            PROPOSED,
            FormulaStatus.IN_FORCE,
            Act.ANSWER_FORMULA,
            written=True,
        ),
        "decline": Move(PROPOSED, FormulaStatus.NOT_AGREED, Act.ANSWER_FORMULA),
        "withdraw": Move(PROPOSED, FormulaStatus.WITHDRAWN, Act.WITHDRAW_FORMULA),
        "replace": Move(IN_FORCE, FormulaStatus.REPLACED, Act.ANSWER_FORMULA),
    },
)


class Formula(NumberedRow, table=True):
    """One version of the formula; its words never change, so that its hash names it."""

    __table_args__ = (
        UniqueConstraint("year", "seq"),
        # One waits for an answer at a time, and one is in force.
        Index(
            "ix_formula_standing",
            "agreement",
            "status",
            unique=True,
            sqlite_where=text("status IN ('proposed', 'in_force')"),
            postgresql_where=text("status IN ('proposed', 'in_force')"),
        ),
    )

    agreement: str
    party: str
    proposed_by: int = Field(foreign_key="person.id")
    proposed_at: datetime
    short_en: str
    short_fr: str
    short_es: str
    long_en: str
    long_fr: str
    long_es: str
    used_where: str
    sha256: str
    status: FormulaStatus = Field(sa_type=status_type(FormulaStatus))
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None
    note: str = ""

    @property
    def subject(self) -> str:
        """How the record names it."""
        return f"formula:{self.key}"

    def side_of(self, party: str) -> Side:
        """The party that proposed it began; the other answers."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


@dataclass(frozen=True, kw_only=True)
class FormulaEvent(Event):
    """Something was said about one version of the formula."""

    formula_id: int
    number: str
    status: FormulaStatus
    sha256: str
    by: str
    by_party: str
    others: tuple[str, ...]
    at: datetime
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FormulaProposed(FormulaEvent):
    """A party proposed a wording."""


@dataclass(frozen=True, kw_only=True)
class FormulaAgreed(FormulaEvent):
    """The other party agreed to it; `replaced` is the number of the one before, `met` the due date it settles."""

    replaced: str
    replaced_id: int
    met: date | None


@dataclass(frozen=True, kw_only=True)
class FormulaDeclined(FormulaEvent):
    """The other party did not agree to it."""


@dataclass(frozen=True, kw_only=True)
class FormulaWithdrawn(FormulaEvent):
    """The party that proposed it took it back."""


@dataclass
class FormulaBlank(FieldError):
    """A form of the formula, or where it is used, was left empty."""

    routine = "formulas"


@dataclass
class FormulaAwaitsAnswer(Refusal):
    """A wording waits for an answer, and another can be proposed after that."""

    routine = "formulas"
    number: str
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class FormulaMovedOn(Refusal):
    """It was answered or taken back first, or is not the version that was seen."""

    routine = "formulas"
    number: str
    status: FormulaStatus
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class NoSuchFormula(AgreementError):
    """There is no such version."""

    routine = "formulas"


def digest(wordings: Mapping[str, str], used_where: str) -> str:
    """The hash by which exactly these words are agreed to."""
    lines = [f"{name}: {wordings[name]}" for name in WORDINGS]
    return sha256("\n".join([*lines, f"used: {used_where}"]).encode()).hexdigest()


def propose(desk: Desk, *, wordings: Mapping[str, str], used_where: str) -> FormulaProposed:
    """Propose a wording in every form, and where it is used, for the other party to agree to."""
    require(desk.session, desk.person, Act.PROPOSE_FORMULA)
    words = {name: wordings[name].strip() for name in WORDINGS}
    empty = next((name for name, said in {**words, "used_where": used_where.strip()}.items() if not said), "")
    if empty:
        raise FormulaBlank(empty)
    refuse_second(desk)
    row = _row(desk, words, used_where.strip())
    desk.session.add(row)
    desk.session.flush()
    return FormulaProposed(**facts(desk, row, CLAUSE))


def refuse_second(desk: Desk) -> None:
    """Refuse another proposal while one waits for its answer."""
    waiting = proposed(desk)
    if waiting:
        by = desk.session.get_one(Person, waiting.proposed_by).name
        party = desk.definition.party(waiting.party).abbreviation
        raise FormulaAwaitsAnswer(waiting.number, by, party, waiting.proposed_at, desk.definition.tz)


def _row(desk: Desk, words: dict[str, Any], used_where: str) -> Formula:
    year = desk.today.year
    return Formula(
        year=year,
        seq=next_seq(desk.session, Formula, year),
        agreement=desk.definition.id,
        party=desk.person.party,
        proposed_by=desk.person.key,
        proposed_at=desk.now,
        used_where=used_where,
        sha256=digest(words, used_where),
        status=FormulaStatus.PROPOSED,
        **words,
    )


def agree(desk: Desk, *, formula_id: int, seen: str) -> FormulaAgreed:
    """Agree to exactly the words whose hash is `seen`; they are in force, and the consultation is met by them."""
    row = get_formula(desk, formula_id)
    require(desk.session, desk.person, Act.ANSWER_FORMULA, row)
    before = in_force(desk)
    if seen != row.sha256 or row.status is not FormulaStatus.PROPOSED:
        raise moved_on(desk, row)
    if before:
        move(desk, before, MACHINE, "replace", lambda: moved_on(desk, row))
    move(desk, row, MACHINE, "agree", lambda: moved_on(desk, row), **_answered(desk))
    met = fulfil(desk, clause=CONSULTATION, on=desk.today, evidence=evidence(row))
    due_on = met.due_on if met else None
    earlier = (before.number, before.key) if before else ("", 0)
    return FormulaAgreed(replaced=earlier[0], replaced_id=earlier[1], met=due_on, **facts(desk, row, CLAUSE))


def decline(desk: Desk, *, formula_id: int, reason: str) -> FormulaDeclined:
    """Leave the other party's wording without agreement, and say why."""
    row = get_formula(desk, formula_id)
    require(desk.session, desk.person, Act.ANSWER_FORMULA, row)
    if not reason.strip():
        raise FormulaBlank("reason")
    said = {**_answered(desk), "note": reason.strip()}
    move(desk, row, MACHINE, "decline", lambda: moved_on(desk, row), **said)
    return FormulaDeclined(note=row.note, **facts(desk, row, CLAUSE))


def withdraw(desk: Desk, *, formula_id: int) -> FormulaWithdrawn:
    """Take back a wording that the own party proposed."""
    row = get_formula(desk, formula_id)
    require(desk.session, desk.person, Act.WITHDRAW_FORMULA, row)
    move(desk, row, MACHINE, "withdraw", lambda: moved_on(desk, row), **_answered(desk))
    return FormulaWithdrawn(**facts(desk, row, CLAUSE))


def _answered(desk: Desk) -> dict[str, object]:
    return {"answered_by": desk.person.key, "answered_at": desk.now}


def get_formula(desk: Desk, formula_id: int) -> Formula:
    """One version; refuses an unknown key."""
    row = desk.session.get(Formula, formula_id)
    if row is None:
        raise NoSuchFormula
    return row


def by_number(desk: Desk, number: str) -> Formula:
    """One version by the number people quote; refuses one that does not exist."""
    found = find_number(desk.session, Formula, number)
    if found is None:
        raise NoSuchFormula
    return found


def in_force(desk: Desk) -> Formula | None:
    """The version both parties agreed to last."""
    return _standing(desk, FormulaStatus.IN_FORCE)


def proposed(desk: Desk) -> Formula | None:
    """The version that waits for an answer."""
    return _standing(desk, FormulaStatus.PROPOSED)


def _standing(desk: Desk, status: FormulaStatus) -> Formula | None:
    mine = select(Formula).where(Formula.agreement == desk.definition.id, Formula.status == status)
    return desk.session.exec(mine).first()


def versions(session: Session, limit: int = 20) -> Sequence[Formula]:
    """Every version, the newest first."""
    return session.exec(select(Formula).order_by(col(Formula.id).desc()).limit(limit)).all()


def evidence(row: Formula) -> str:
    """Where the evidence of the consultation is: the version, and the words that were agreed to."""
    return f"/agreement acknowledgement {row.number}, SHA-256 {row.sha256}"


def facts(desk: Desk, row: Formula, clause: str) -> dict[str, Any]:
    """What every event about a formula says."""
    own = desk.person.party
    return {
        "clause": clause,
        "subject": row.subject,
        "formula_id": row.key,
        "number": row.number,
        "status": row.status,
        "sha256": row.sha256,
        "by": desk.person.name,
        "by_party": desk.definition.party(own).abbreviation,
        "others": tuple(party.abbreviation for party in desk.definition.others(own)),
        "at": desk.now,
    }


def moved_on(desk: Desk, row: Formula) -> FormulaMovedOn:
    """Who answered first, and how."""
    by = desk.session.get_one(Person, row.answered_by or row.proposed_by)
    party = desk.definition.party(by.party).abbreviation
    at = row.answered_at or row.proposed_at
    return FormulaMovedOn(row.number, row.status, by.name, party, at, desk.definition.tz)
