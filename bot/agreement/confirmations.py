"""V.2-2: each quarter each party confirms its own contact points; both words together settle the due date."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Field, SQLModel, col, select

from bot.agreement.channels import channel_for
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.ledger import DutyFacts, Occurrence, OccurrenceStatus, duty_facts, get
from bot.agreement.people import Mandate, Person, Refusal, holders, require
from bot.agreement.rights import Act, Role
from bot.agreement.settlements import close, refuse_settled

DUTY = "contact-points-confirmed"
"""The duty of the ledger that these confirmations settle."""
SOON = timedelta(days=14)
"""How long before its day a quarter is shown in the App Home to those who may confirm."""
CONFIRMED = (Role.CONTACT_POINT, Role.ALTERNATE, Role.FIELD_FOCAL_POINT)


class ContactConfirmation(SQLModel, table=True):
    """One party's word that its contact points are those on record; `people` names them as they were."""

    occurrence_id: int = Field(foreign_key="occurrence.id", primary_key=True)
    party: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime
    people: str


@dataclass(frozen=True, kw_only=True)
class ContactsConfirmed(DutyFacts):
    """A party confirmed its contact points for a quarter; `waiting_for` has still to."""

    occurrence_id: int
    channel_id: str
    by: str
    party: str
    people: str
    waiting_for: tuple[str, ...]


@dataclass
class AlreadyConfirmed(Refusal):
    """Somebody of the same party confirmed first."""

    routine = "contacts"
    party: str
    by: str
    at: datetime
    due_on: date
    zone: str


@dataclass
class NobodyToConfirm(AgreementError):
    """The party has no serving contact point: it designates one first."""

    routine = "contacts"
    party: str


@dataclass
class NotAConfirmation(AgreementError):
    """The due date is another duty's, or there is none to confirm for."""

    routine = "contacts"


def confirm_contacts(desk: Desk, *, occurrence_id: int) -> ContactsConfirmed:
    """Confirm one's own party's contact points for the quarter; the last party's word settles it."""
    require(desk.session, desk.person, Act.CONFIRM_CONTACTS)
    row = to_confirm(desk, occurrence_id)
    party = desk.definition.party(desk.person.party).abbreviation
    people = contact_people(desk, desk.person.party)
    if not any(fact["role"] is Role.CONTACT_POINT for fact in people):
        raise NobodyToConfirm(party)
    names = "; ".join(dict.fromkeys(fact["name"] for fact in people))
    # Both parties may confirm at once; whoever comes second must see the first one's word.
    desk.session.refresh(row, with_for_update=True)
    desk.session.add(
        ContactConfirmation(
            occurrence_id=row.key,
            party=desk.person.party,
            person_id=desk.person.key,
            at=desk.now,
            people=names,
        )
    )
    desk.session.flush()
    missing = waiting_parties(desk, row.key)
    if not missing:
        close(desk, row, OccurrenceStatus.MET, **_evidence(desk, row))
    return ContactsConfirmed(
        occurrence_id=row.key,
        channel_id=channel_for(desk.session, "").channel_id,
        by=desk.person.name,
        party=party,
        people=names,
        waiting_for=missing,
        **{**duty_facts(desk.definition, row), "subject": f"confirmation:{row.key}"},
    )


def _evidence(desk: Desk, row: Occurrence) -> dict[str, Any]:
    given = confirmations(desk, row.key)
    named = [f"{desk.definition.party(one.party).abbreviation}: {one.people}" for one in given]
    return {"met_on": desk.today, "evidence": " / ".join(named), "person_id": desk.person.key}


def to_confirm(desk: Desk, occurrence_id: int) -> Occurrence:
    """The quarter to confirm, if it is open and the person's party has not confirmed it."""
    row = get(desk.session, occurrence_id)
    if row.duty != DUTY:
        raise NotAConfirmation
    earlier = desk.session.get(ContactConfirmation, (occurrence_id, desk.person.party))
    if earlier:
        by = desk.session.get_one(Person, earlier.person_id).name
        party = desk.definition.party(earlier.party).abbreviation
        raise AlreadyConfirmed(party, by, earlier.at, row.due_on, desk.definition.tz)
    refuse_settled(desk, row)
    return row


def confirmations(desk: Desk, occurrence_id: int) -> list[ContactConfirmation]:
    """Which parties have confirmed for a quarter, in the parties' order."""
    found = (desk.session.get(ContactConfirmation, (occurrence_id, p.id)) for p in desk.definition.parties)
    return [row for row in found if row]


def answered(desk: Desk, occurrence_id: int) -> frozenset[str]:
    """The parties that have confirmed for the quarter."""
    return frozenset(row.party for row in confirmations(desk, occurrence_id))


def waiting_parties(desk: Desk, occurrence_id: int) -> tuple[str, ...]:
    """The abbreviations of the parties that have not confirmed for the quarter."""
    given = answered(desk, occurrence_id)
    return tuple(party.abbreviation for party in desk.definition.parties if party.id not in given)


def quarter_to_confirm(desk: Desk) -> Occurrence | None:
    """The earliest open quarter whose first reminder has come and that the person's party has not confirmed."""
    query = select(Occurrence).where(
        Occurrence.agreement == desk.definition.id,
        Occurrence.duty == DUTY,
        Occurrence.status == OccurrenceStatus.OPEN,
        Occurrence.due_on <= desk.today + SOON,
    )
    rows = desk.session.exec(query.order_by(col(Occurrence.due_on))).all()
    mine = desk.person.party
    return next((row for row in rows if not desk.session.get(ContactConfirmation, (row.key, mine))), None)


def contact_people(desk: Desk, party: str) -> list[dict[str, Any]]:
    """Who serves a party today as contact point, alternate or focal point, each with office and last day."""
    return [
        {"name": person.name, "role": role, "office": person.office, "until": last_day(desk, person, role)}
        for role in CONFIRMED
        for person in holders(desk.session, party, frozenset({role}), desk.today)
    ]


def last_day(desk: Desk, person: Person, role: Role) -> date | None:
    """The last day on which a person holds a capacity, if one is set."""
    mandate = desk.session.get(Mandate, (person.key, role))
    ends = [day for day in (person.valid_until, mandate.valid_until if mandate else None) if day]
    return min(ends, default=None)
