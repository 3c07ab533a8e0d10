"""V.1: each party tells its field offices about the Agreement, and each office confirms that it has been told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, col, select

from bot.agreement import follow_ups
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.follow_ups import FollowedUp, Waiting, mark_followed_up
from bot.agreement.fulfilments import fulfil
from bot.agreement.ledger import NothingToSay
from bot.agreement.numbering import NumberedRow, next_seq
from bot.agreement.office_register import CLAUSE, get_office, in_the_field
from bot.agreement.offices import Office, all_offices, office_of
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import Person, Refusal, require, require_clause
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type

SILENT = "office_silent"
"""The follow-up that asks an office again."""
LANGUAGES = ("en", "fr", "es")
"""The languages in which the note to an office is kept."""


class DistributionStatus(StrEnum):
    """Where the telling of one office stands."""

    SENT = "sent"
    """The office has been told and has not confirmed it yet."""
    ACKNOWLEDGED = "acknowledged"
    """The office confirmed it, or its party put on record that it did."""


class Distribution(NumberedRow, table=True):
    """One office was told of the Agreement while one person headed it; a new head is told anew."""

    __table_args__ = (
        UniqueConstraint("year", "seq"),
        UniqueConstraint("office_id", "head", "head_since"),
    )

    party: str
    office_id: int = Field(foreign_key="office.id")
    head: str = ""
    head_since: str = ""
    language: str
    note: str = ""
    sent_by: int = Field(foreign_key="person.id")
    sent_at: datetime
    status: DistributionStatus = Field(sa_type=status_type(DistributionStatus))
    acknowledged_by: int | None = Field(default=None, foreign_key="person.id")
    acknowledged_at: datetime | None = None
    acknowledger: str = ""
    evidence: str = ""

    def side_of(self, party: str) -> Side:
        """The telling is the office's own party's matter."""
        return OwnMatter(self.party).side_of(party)


@dataclass(frozen=True, kw_only=True)
class OfficesTold(Event):
    """A party told some of its offices about the Agreement, each under a number of its own."""

    distributions: tuple[int, ...]
    numbers: tuple[str, ...]
    offices: tuple[str, ...]
    party: str
    party_id: str
    by: str
    by_id: int
    language: str


@dataclass(frozen=True, kw_only=True)
class DistributionAcknowledged(Event):
    """An office confirmed that it has been told; `on_behalf` says that its party put that on record."""

    distribution_id: int
    number: str
    office: str
    party: str
    by: str
    on_behalf: bool
    evidence: str
    settled: bool
    told: int
    offices: int


@dataclass(frozen=True, kw_only=True)
class OfficeSilent(FollowedUp):
    """An office has been told and is silent; `last` says that it is not asked again."""

    office: str
    party: str
    party_id: str
    sent_on: date
    last: bool
    people: tuple[int, ...]


@dataclass
class AlreadyTold(Refusal):
    """The office has been told while this person heads it."""

    routine = "contacts"
    office: str
    number: str
    by: str
    at: datetime
    zone: str


@dataclass
class OfficeHasAcknowledged(Refusal):
    """Somebody confirmed for the office first."""

    routine = "contacts"
    office: str
    number: str
    by: str
    at: datetime
    zone: str


@dataclass
class NotOfThisOffice(Refusal):
    """The person works in another office than the one that was told."""

    routine = "contacts"
    office: str
    works_in: str
    party: str


@dataclass
class NotToBeTold(AgreementError):
    """The office is at headquarters or is closed: it is not told of the Agreement."""

    routine = "contacts"
    office: str


@dataclass
class NoOfficeChosen(FieldError):
    """No office was chosen to be told."""

    routine = "contacts"


@dataclass
class AcknowledgerMissing(FieldError):
    """What an office answered elsewhere is recorded only with who answered."""

    routine = "contacts"


@dataclass
class AcknowledgementEvidenceMissing(FieldError):
    """What an office answered elsewhere is recorded only with where the answer is kept."""

    routine = "contacts"


@dataclass
class NoSuchDistribution(AgreementError):
    """No office was told under this number."""

    routine = "contacts"


def tell_offices(desk: Desk, *, office_ids: Sequence[int], language: str, note: str = "") -> OfficesTold:
    """Tell offices of one's own party about the Agreement; their staff on the roster are asked to confirm.

    What has been told already is left out; where that is all of them, the first is named.
    """
    if not office_ids:
        raise NoOfficeChosen("offices")
    offices = [_to_be_told(desk, office_id) for office_id in office_ids]
    new = [office for office in offices if told(desk, office) is None]
    if not new:
        raise _already_told(desk, offices[0])
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    rows = [_tell(desk, office, spoken, note.strip()) for office in new]
    return OfficesTold(
        clause=CLAUSE,
        subject=f"distribution:{rows[0].key}",
        distributions=tuple(row.key for row in rows),
        numbers=tuple(row.number for row in rows),
        offices=tuple(office.name for office in new),
        party=desk.definition.party(desk.person.party).abbreviation,
        party_id=desk.person.party,
        by=desk.person.name,
        by_id=desk.person.key,
        language=spoken,
    )


def _to_be_told(desk: Desk, office_id: int) -> Office:
    office = get_office(desk.session, office_id)
    require(desk.session, desk.person, Act.DISTRIBUTE, OwnMatter(office.party))
    require_clause(desk.session, "V.1")
    if not (in_the_field(office) and office.is_open_on(desk.today)):
        raise NotToBeTold(office.name)
    return office


def _tell(desk: Desk, office: Office, language: str, note: str) -> Distribution:
    for earlier in _unanswered(desk, office):
        # Told under an earlier head, it is asked again of what it is told now.
        follow_ups.drop(desk.session, f"distribution:{earlier.key}", SILENT)
    row = _row(desk, office, language, note)
    desk.session.add(row)
    desk.session.flush()
    steps = [f"+P{days}D" for days in desk.days("distribution.chase_days")]
    follow_ups.foresee(desk, f"distribution:{row.key}", SILENT, desk.today, steps)
    return row


def _row(desk: Desk, office: Office, language: str, note: str) -> Distribution:
    year = desk.today.year
    return Distribution(
        year=year,
        seq=next_seq(desk.session, Distribution, year),
        party=office.party,
        office_id=office.key,
        head=office.head,
        head_since=_since(office),
        language=language,
        note=note,
        sent_by=desk.person.key,
        sent_at=desk.now,
        status=DistributionStatus.SENT,
    )


def _since(office: Office) -> str:
    """A day kept as text: two that are empty are the same, which to a database two missing days are not."""
    return office.head_since.isoformat() if office.head_since else ""


def told(desk: Desk, office: Office) -> Distribution | None:
    """How the office was told under the head it has now, if it was."""
    query = select(Distribution).where(
        Distribution.office_id == office.key,
        Distribution.head == office.head,
        Distribution.head_since == _since(office),
    )
    return desk.session.exec(query).first()


def _already_told(desk: Desk, office: Office) -> AlreadyTold:
    row = told(desk, office)
    assert row is not None, "asked only of offices that were told"
    by = desk.session.get_one(Person, row.sent_by).name
    return AlreadyTold(office.name, row.number, by, row.sent_at, desk.definition.tz)


def _unanswered(desk: Desk, office: Office) -> Sequence[Distribution]:
    query = select(Distribution).where(
        Distribution.office_id == office.key, Distribution.status == DistributionStatus.SENT
    )
    return desk.session.exec(query.order_by(col(Distribution.id))).all()


def staff_of(desk: Desk, office: Office) -> list[Person]:
    """Who works in an office and serves today, by name."""
    query = select(Person).where(Person.party == office.party, Person.office == office.name)
    people = desk.session.exec(query.order_by(Person.name)).all()
    return [person for person in people if person.serves_on(desk.today)]


def acknowledge_telling(desk: Desk, *, distribution_id: int) -> DistributionAcknowledged:
    """Confirm for one's own office that it has been told; the first confirmation stands."""
    row = get_distribution(desk, distribution_id)
    require(desk.session, desk.person, Act.ACKNOWLEDGE_DISTRIBUTION, row)
    office = get_office(desk.session, row.office_id)
    if desk.person.office != office.name:
        party = desk.definition.party(row.party).abbreviation
        raise NotOfThisOffice(office.name, desk.person.office, party)
    return _acknowledge(desk, row, office, desk.person.name, "")


def record_acknowledgement(
    desk: Desk, *, distribution_id: int, acknowledger: str, evidence: str
) -> DistributionAcknowledged:
    """Put on record, for the own party, that an office confirmed elsewhere, by whom, and where that is kept."""
    row = get_distribution(desk, distribution_id)
    require(desk.session, desk.person, Act.DISTRIBUTE, row)
    if not acknowledger.strip():
        raise AcknowledgerMissing("acknowledger")
    if not evidence.strip():
        raise AcknowledgementEvidenceMissing("evidence")
    office = get_office(desk.session, row.office_id)
    return _acknowledge(desk, row, office, acknowledger.strip(), evidence.strip())


def _acknowledge(
    desk: Desk, row: Distribution, office: Office, name: str, evidence: str
) -> DistributionAcknowledged:
    waiting = (col(Distribution.id) == row.key) & (col(Distribution.status) == DistributionStatus.SENT)
    first = {"acknowledged_by": desk.person.key, "acknowledged_at": desk.now, "acknowledger": name}
    values = {"status": DistributionStatus.ACKNOWLEDGED, "evidence": evidence, **first}
    done = desk.session.exec(update(Distribution).where(waiting).values(**values))
    desk.session.refresh(row)
    if done.rowcount != 1:
        at = row.acknowledged_at or desk.now
        raise OfficeHasAcknowledged(office.name, row.number, row.acknowledger, at, desk.definition.tz)
    follow_ups.drop(desk.session, f"distribution:{row.key}", SILENT)
    settled = _fulfil(desk)
    mine = standing(desk, row.party)
    return DistributionAcknowledged(
        clause=CLAUSE,
        subject=f"distribution:{row.key}",
        distribution_id=row.key,
        number=row.number,
        office=office.name,
        party=desk.definition.party(row.party).abbreviation,
        by=name,
        on_behalf=bool(evidence),
        evidence=evidence,
        settled=settled,
        told=sum(_acknowledged(one) for _, one in mine),
        offices=len(mine),
    )


def _acknowledged(row: Distribution | None) -> bool:
    return row is not None and row.status is DistributionStatus.ACKNOWLEDGED


def _fulfil(desk: Desk) -> bool:
    """The duty is met once every field office of every party, open today, has confirmed."""
    sides = [standing(desk, party.id) for party in desk.definition.parties]
    rows = [row for side in sides for _, row in side]
    if not all(sides) or not all(map(_acknowledged, rows)):
        return False
    numbers = sorted((row.year, row.seq) for row in rows if row)
    evidence = ", ".join(f"{year}/{seq}" for year, seq in numbers)
    return fulfil(desk, clause=CLAUSE, on=desk.today, evidence=evidence) is not None


def standing(desk: Desk, party: str) -> Sequence[tuple[Office, Distribution | None]]:
    """The field offices of `party` that are open today, each with how it was told under its present head."""
    rows = desk.session.exec(select(Distribution).where(Distribution.party == party)).all()
    by_head = {(row.office_id, row.head, row.head_since): row for row in rows}
    offices = field_offices(desk, party)
    return [(office, by_head.get((office.key, office.head, _since(office)))) for office in offices]


def field_offices(desk: Desk, party: str) -> list[Office]:
    """The field offices of `party` that are open today, by level and name."""
    return [
        row
        for row in all_offices(desk.session)
        if row.party == party and in_the_field(row) and row.is_open_on(desk.today)
    ]


def remind_office(desk: Desk, *, waiting: Waiting) -> OfficeSilent:
    """Ask a silent office again, and tell its party that it is silent. Raises NothingToSay."""
    row = get_distribution(desk, waiting.key)
    facts = mark_followed_up(desk, waiting)
    office = get_office(desk.session, row.office_id)
    if row.status is not DistributionStatus.SENT or not office.is_open_on(desk.today):
        raise NothingToSay
    return OfficeSilent(
        clause=CLAUSE,
        number=row.number,
        title=office.name,
        office=office.name,
        party=desk.definition.party(row.party).abbreviation,
        party_id=row.party,
        sent_on=facts["due_on"],
        last=waiting.step == f"+P{desk.days('distribution.chase_days')[-1]}D",
        people=tuple(person.key for person in staff_of(desk, office)),
        **facts,
    )


def get_distribution(desk: Desk, distribution_id: int) -> Distribution:
    """One telling of one office; refuses an unknown number."""
    row = desk.session.get(Distribution, distribution_id)
    if row is None:
        raise NoSuchDistribution
    return row


def waiting_for_office(desk: Desk) -> list[Distribution]:
    """The latest telling that the person at the desk may confirm for their own office."""
    office = office_of(desk.session, desk.person)
    return list(_unanswered(desk, office))[-1:] if office else []
