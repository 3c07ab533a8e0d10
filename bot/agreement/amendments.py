"""VII.3: amendments of the Agreement, from a draft of one party to the day from which they count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from json import dumps
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.amending import Change, ChangedPart, Target
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.numbering import NumberedRow
from bot.agreement.own_matters import refuse_elsewhere
from bot.agreement.people import Person, Refusal
from bot.agreement.rights import Act, Side
from bot.agreement.signed_papers import SignatureRow, StepRow
from bot.agreement.storage import status_type
from bot.agreement.transitions import Machine, Move

CLAUSE = "VII.3"


class AmendmentStatus(StrEnum):
    """Where one amendment stands."""

    DRAFTING = "drafting"
    """One party drafts it, or a new version of it; the other does not see the draft."""
    PROPOSED = "proposed"
    """One party put a version to the other."""
    AGREED = "agreed"
    """The other party agreed to exactly that version; it is to be signed by both."""
    SIGNED = "signed"
    """Both parties have signed and stand by the signed file; its day has still to come."""
    IN_FORCE = "in_force"
    """Its day has come: the Agreement is what it makes of it."""
    DECLINED = "declined"
    """The other party said no."""
    WITHDRAWN = "withdrawn"
    """The proposing party gave it up before both had signed."""


class AmendmentDeed(StrEnum):
    """What was done to an amendment, for its history."""

    DRAFTED = "drafted"
    """A draft was begun."""
    PROPOSED = "proposed"
    """A version was put to the other party."""
    REVISED = "revised"
    """The proposing party took the version back to change it."""
    AGREED = "agreed"
    """The other party agreed to the version."""
    SIGNED = "signed"
    """A party's signature was put on record."""
    FILED = "filed"
    """The signed file was put on record."""
    CONFIRMED = "confirmed"
    """The other party confirmed the signed file."""
    BEGAN = "began"
    """Its day came."""
    DECLINED = "declined"
    """The other party declined it."""
    WITHDRAWN = "withdrawn"
    """The proposing party gave it up."""


S = AmendmentStatus
MACHINE = Machine(
    "amendments",
    frozenset({S.DRAFTING}),
    {
        "propose": Move(frozenset({S.DRAFTING}), S.PROPOSED, Act.CHANGE_AMENDMENT),
        "revise": Move(frozenset({S.PROPOSED, S.AGREED}), S.DRAFTING, Act.CHANGE_AMENDMENT),
        "agree": Move(frozenset({S.PROPOSED}), S.AGREED, Act.ANSWER_AMENDMENT),
        "decline": Move(frozenset({S.PROPOSED}), S.DECLINED, Act.ANSWER_AMENDMENT),
        "sign": Move(frozenset({S.AGREED}), S.AGREED, Act.SIGN_AMENDMENT),
        "add_file": Move(frozenset({S.AGREED}), S.AGREED, Act.SIGN_AMENDMENT),
        "confirm_file": Move(frozenset({S.AGREED}), S.SIGNED, Act.CONFIRM_AMENDMENT, written=True),
        "take_effect": Move(frozenset({S.SIGNED}), S.IN_FORCE),
        "withdraw": Move(frozenset({S.DRAFTING, S.PROPOSED, S.AGREED}), S.WITHDRAWN, Act.CHANGE_AMENDMENT),
    },
)
"""How an amendment moves; nobody's silence moves it, and it counts only once both signatures are on record."""
DRAFT_ROWS = 10
"""Drafts count below nought, each party in a row of tens of its own: so none learns of the other's by its own."""
BINDING = frozenset({S.SIGNED, S.IN_FORCE})
OPEN = frozenset({S.DRAFTING, S.PROPOSED, S.AGREED})


class Amendment(NumberedRow, table=True):
    """One amendment. `party` proposes it; `version` counts what it put to the other, 0 for a first draft.

    A first draft is numbered among its own party's alone; it gets the number that both quote when it is proposed.

    `digest` is the SHA-256 of that version. `effective_on` is the day stated in it, and `in_force_on` the one from
    which it counts once both have signed. `file_by` is the party that handed in the signed file.
    """

    __table_args__ = (UniqueConstraint("year", "seq"),)

    party: str
    title: str
    purpose: str
    channel_id: str = Field(foreign_key="channel.channel_id")
    effective_on: date | None = None
    drafted_by: int = Field(foreign_key="person.id")
    drafted_at: datetime
    status: AmendmentStatus = Field(sa_type=status_type(AmendmentStatus), index=True)
    version: int = 0
    digest: str = ""
    proposed_by: int | None = Field(default=None, foreign_key="person.id")
    proposed_at: datetime | None = None
    agreed_by: int | None = Field(default=None, foreign_key="person.id")
    agreed_at: datetime | None = None
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    file_by: str = ""
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = None
    in_force_on: date | None = None
    told_at: datetime | None = None

    @property
    def number(self) -> str:
        """What people call it: one number while only its party knows of it, and another once both do."""
        if self.seq > 0:
            return f"{self.year}/{self.seq}"
        return f"{self.party.upper()}-{self.year}/{-self.seq // DRAFT_ROWS}"

    @property
    def subject(self) -> str:
        """What its cards in shared places are of."""
        return f"amendment:{self.key}"

    @property
    def draft(self) -> str:
        """What the cards that only the drafting party sees are of."""
        return f"amendment_draft:{self.key}"

    def side_of(self, party: str) -> Side:
        """The party that proposes it began; the other answers."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


@dataclass(frozen=True)
class SignedFile:
    """The signed file of an amendment: one party handed it in, and the other confirms it."""

    by: str

    def side_of(self, party: str) -> Side:
        """Whoever handed it in began."""
        return Side.INITIATING if party == self.by else Side.RESPONDING


class AmendmentChange(SQLModel, table=True):
    """One change of one clause in an amendment; `present` and `present_words` are what it replaces."""

    __table_args__ = (UniqueConstraint("amendment_id", "clause", "part", "duty", "level"),)

    id: int | None = Field(default=None, primary_key=True)
    amendment_id: int = Field(foreign_key="amendment.id", index=True)
    clause: str
    part: ChangedPart = Field(sa_type=status_type(ChangedPart))
    duty: str = ""
    level: str = ""
    present: str = ""
    value: str = ""
    present_words: str
    title: str = ""
    summary: str = ""
    rule: str = ""

    @property
    def change(self) -> Change:
        """What it changes."""
        target = Target(self.part, self.duty, self.level)
        return Change(self.clause, target, self.value, self.title, self.summary, self.rule)


class AmendmentSignature(SignatureRow, table=True):
    """One party's signature under one version."""

    __table_args__ = (UniqueConstraint("amendment_id", "version", "party"),)

    amendment_id: int = Field(foreign_key="amendment.id", index=True)
    version: int


class AmendmentStep(StepRow, table=True):
    """One line of an amendment's history."""

    amendment_id: int = Field(foreign_key="amendment.id", index=True)
    deed: AmendmentDeed = Field(sa_type=status_type(AmendmentDeed))


@dataclass(frozen=True, kw_only=True)
class AmendmentEvent(Event):
    """Something happened to an amendment; `others` are the parties that did not do it."""

    amendment_id: int
    number: str
    title: str
    version: int
    status: AmendmentStatus
    deed: AmendmentDeed
    by: str
    by_party: str
    others: tuple[str, ...]
    note: str = ""


@dataclass
class NoSuchAmendment(AgreementError):
    """No amendment has this number, or it is a draft of the other party."""

    routine = "amendments"
    number: str


@dataclass
class AmendmentFieldEmpty(FieldError):
    """A field without which it is not clear what is agreed was left empty."""

    routine = "amendments"


@dataclass
class RuleAsBefore(FieldError):
    """A length of time changes, and the words of the clause's time rule would go on naming the old one."""

    routine = "amendments"
    rule: str


@dataclass
class AmendmentMovedOn(Refusal):
    """Somebody did something first; `deed` is the last thing that was done."""

    routine = "amendments"
    number: str
    deed: AmendmentDeed
    status: AmendmentStatus
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class DraftElsewhere(Refusal):
    """A draft is the party's own, and must not pass through the other party's app."""

    routine = "amendments"
    party: str


def remember(desk: Desk, row: Amendment, deed: AmendmentDeed, note: str = "") -> dict[str, Any]:
    """Add a line to the history, and return what every event about an amendment says."""
    by = desk.by.key if desk.by else None
    desk.session.add(AmendmentStep(amendment_id=row.key, deed=deed, by=by, at=desk.now, note=note))
    desk.session.flush()
    return told(desk, row, deed, note)


def told(desk: Desk, row: Amendment, deed: AmendmentDeed, note: str = "") -> dict[str, Any]:
    """What every event about an amendment says."""
    own = desk.by.party if desk.by else ""
    parties = desk.definition.others(own) if own else desk.definition.parties
    return {
        **about(row),
        "deed": deed,
        "by": desk.by.name if desk.by else "",
        "by_party": desk.definition.party(own).abbreviation if own else "",
        "others": tuple(party.abbreviation for party in parties),
        "note": note,
    }


def about(row: Amendment) -> dict[str, Any]:
    """What names an amendment in any event, list or form about it."""
    return {
        "clause": CLAUSE,
        "subject": row.subject,
        "amendment_id": row.key,
        "number": row.number,
        "title": row.title,
        "version": row.version,
        "status": row.status,
    }


def history(session: Session, row: Amendment) -> Sequence[AmendmentStep]:
    """What was done, the first thing first."""
    query = select(AmendmentStep).where(AmendmentStep.amendment_id == row.key)
    return session.exec(query.order_by(col(AmendmentStep.id))).all()


def changes(session: Session, row: Amendment) -> Sequence[AmendmentChange]:
    """What it changes, in the order in which it was entered."""
    query = select(AmendmentChange).where(AmendmentChange.amendment_id == row.key)
    return session.exec(query.order_by(col(AmendmentChange.id))).all()


def signatures(session: Session, row: Amendment) -> dict[str, AmendmentSignature]:
    """The signatures under its present version, by party."""
    query = select(AmendmentSignature).where(
        AmendmentSignature.amendment_id == row.key, AmendmentSignature.version == row.version
    )
    return {each.party: each for each in session.exec(query).all()}


def as_signed(session: Session, row: Amendment) -> str:
    """Which file and which signatures are on record, so that nobody confirms what they have not seen."""
    known = signatures(session, row)
    return ".".join([str(row.file_id or 0), *(f"{party}{known[party].revision}" for party in sorted(known))])


def unsigned(desk: Desk, row: Amendment) -> tuple[str, ...]:
    """The parties whose signature is not on record."""
    signed = signatures(desk.session, row)
    return tuple(party.abbreviation for party in desk.definition.parties if party.id not in signed)


def digest(session: Session, row: Amendment, version: int) -> str:
    """The SHA-256 of all that a version says: nobody agrees to anything else."""
    fields = ("clause", "part", "duty", "level", "present", "value", "title", "summary", "rule")
    said = [each.model_dump(mode="json", include=set(fields)) for each in changes(session, row)]
    day = row.effective_on.isoformat() if row.effective_on else ""
    whole = [row.number, version, row.title, row.purpose, day, said]
    return sha256(dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def moved_on(desk: Desk, row: Amendment) -> AmendmentMovedOn:
    """What was done last, by whom, and when."""
    last = history(desk.session, row)[-1]
    by = desk.session.get(Person, last.by) if last.by else None
    party = desk.definition.party(by.party).abbreviation if by else ""
    name = by.name if by else ""
    return AmendmentMovedOn(row.number, last.deed, row.status, name, party, last.at, desk.definition.tz)


def get_amendment(session: Session, amendment_id: int) -> Amendment:
    """One amendment; refuses an unknown key."""
    row = session.get(Amendment, amendment_id)
    if row is None:
        raise NoSuchAmendment(str(amendment_id or ""))
    return row


def shown(desk: Desk, row: Amendment) -> bool:
    """Whether a person may know of it: a first draft is only for the party that writes it."""
    return bool(row.version) or row.party == desk.person.party


def own_draft(desk: Desk, amendment_id: int, through: str) -> Amendment:
    """A draft of the person's own party; `through` is the party whose app carries the words."""
    row = seen_amendment(desk, amendment_id)
    refuse_elsewhere(desk, through, DraftElsewhere)
    return row


def seen_amendment(desk: Desk, amendment_id: int) -> Amendment:
    """An amendment that was put to both; a first draft of the other party does not exist for anybody else."""
    row = get_amendment(desk.session, amendment_id)
    if not shown(desk, row):
        raise NoSuchAmendment(str(amendment_id))
    return row
