"""VI.1: a decision that the owner gave outside Slack, in a letter or an e-mail, recorded by its own side.

What counts as written is a working rule: a typed, named and stored record, which can be read again later.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, Session, SQLModel

from bot.agreement.desk import Desk
from bot.agreement.emblem_decisions import AS_ASKED, settle
from bot.agreement.emblem_history import EmblemDeed
from bot.agreement.emblem_machine import MACHINE, entitled, objection
from bot.agreement.emblem_plans import FieldEmpty
from bot.agreement.emblem_terms import Terms
from bot.agreement.emblems import EmblemDecided, EmblemRequest, EmblemStatus
from bot.agreement.errors import FieldError
from bot.agreement.files import Attachment, StoredFile, keep
from bot.agreement.people import holders
from bot.agreement.rights import Role
from bot.agreement.storage import status_type

ACCEPTED = "written.accepts"
"""The policy that lists the forms in which a decision from outside counts as written."""
WRITING = frozenset({Role.EMBLEM_APPROVER, Role.SIGNATORY, Role.CONTACT_POINT})
"""From whose registered addresses an e-mail of the owner counts as written."""
ANSWERS = {
    EmblemStatus.APPROVED: EmblemDeed.LETTER_APPROVES,
    EmblemStatus.APPROVED_WITH_CONDITIONS: EmblemDeed.LETTER_APPROVES_WITH_CONDITIONS,
    EmblemStatus.REFUSED: EmblemDeed.LETTER_REFUSES,
}
"""What a letter may say, and the way that a request then takes."""


class WrittenForm(StrEnum):
    """In which form the owner wrote from outside Slack."""

    SIGNED_LETTER = "signed_letter"
    """A letter with a signature."""
    EMAIL = "email_from_registered_address"
    """An e-mail from an address on the owner's roster."""


class EmblemLetter(SQLModel, table=True):
    """The letter or e-mail that decided on one version of a request's material: who signed it, and the file."""

    request_id: int = Field(foreign_key="emblemrequest.id", primary_key=True)
    version: int = Field(primary_key=True)
    form: WrittenForm = Field(sa_type=status_type(WrittenForm))
    signer: str
    capacity: str
    dated: date
    address: str = ""
    file_id: int = Field(foreign_key="storedfile.id")
    recorded_by: int = Field(foreign_key="person.id")
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class EmblemDecidedByLetter(EmblemDecided):
    """The owner decided in a letter or an e-mail; `by` is who put it on record, `signer` who signed it."""

    form: WrittenForm
    signer: str
    capacity: str
    dated: date
    address: str
    file: str
    sha256: str


@dataclass
class LetterMissing(FieldError):
    """The letter or e-mail itself is what makes the decision written."""

    routine = "emblem_letters"


@dataclass
class LetterDayMissing(FieldError):
    """The date that the letter bears is needed."""

    routine = "emblem_letters"


@dataclass
class LetterDayNotPossible(FieldError):
    """A letter cannot bear a date to come, nor decide before the Agreement took effect."""

    routine = "emblem_letters"
    today: date
    since: date


@dataclass
class AddressMissing(FieldError):
    """An e-mail counts by the address it came from."""

    routine = "emblem_letters"


@dataclass
class AddressNotRegistered(FieldError):
    """No approver, signatory or contact point of the owner has this address on the roster."""

    routine = "emblem_letters"
    address: str
    party: str


@dataclass
class FormNotAccepted(FieldError):
    """By the working rule of both parties this form does not count as written."""

    routine = "emblem_letters"


@dataclass
class NotAnAnswer(FieldError):
    """A letter approves, approves with conditions, or refuses."""

    routine = "emblem_letters"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What the owner's side says of the letter, as it filled in the form."""

    form: WrittenForm
    signer: str
    capacity: str
    dated: date | None
    address: str = ""


def record_letter(
    desk: Desk,
    *,
    request_id: int,
    status: EmblemStatus,
    reason: str,
    letter: Letter,
    file: Attachment | None,
    version: int | None = None,
    terms: Terms = AS_ASKED,
) -> EmblemDecidedByLetter:
    """Put on record how the owner decided in writing outside Slack; by its own side only, and once.

    A question of the owner that waits for an answer is closed by it. `version` is the version of the material
    that the person saw beside the letter.
    """
    deed = ANSWERS.get(status)
    row = entitled(desk, request_id, deed or EmblemDeed.LETTER_APPROVES)
    if deed is None:
        raise NotAnAnswer("answer")
    if row.status not in MACHINE.moves[deed].sources:
        raise objection(desk, row, deed, version)
    kept = _check(desk, row, status, reason, letter, file)
    event = settle(desk, row, deed, reason=reason, version=version, terms=terms)
    desk.session.add(kept)
    desk.session.flush()
    return EmblemDecidedByLetter(**vars(event), **letter_facts(desk, kept))


def _check(
    desk: Desk,
    row: EmblemRequest,
    status: EmblemStatus,
    reason: str,
    letter: Letter,
    file: Attachment | None,
) -> EmblemLetter:
    if status is not EmblemStatus.APPROVED and not reason.strip():
        raise FieldEmpty("reason")
    for name in ("signer", "capacity"):
        if not getattr(letter, name).strip():
            raise FieldEmpty(name)
    _check_form(desk, row, letter)
    dated = _dated(desk, letter.dated)
    stored = keep(desk.session, file)
    if stored is None:
        raise LetterMissing("letter_file")
    return EmblemLetter(
        request_id=row.key,
        version=row.version,
        form=letter.form,
        signer=letter.signer.strip(),
        capacity=letter.capacity.strip(),
        dated=dated,
        address=letter.address.strip(),
        file_id=stored,
        recorded_by=desk.person.key,
        recorded_at=desk.now,
    )


def accepted(desk: Desk) -> list[WrittenForm]:
    """The forms that count as written by the working rule of both parties."""
    value = desk.definition.policy(ACCEPTED)
    named = {str(each) for each in (value if isinstance(value, list | tuple) else [value])}
    return [form for form in WrittenForm if form.value in named]


def _check_form(desk: Desk, row: EmblemRequest, letter: Letter) -> None:
    if letter.form not in accepted(desk):
        raise FormNotAccepted("form")
    address = letter.address.strip()
    if letter.form is not WrittenForm.EMAIL:
        return
    if not address:
        raise AddressMissing("address")
    if address.casefold() not in _registered(desk, row.owner_party):
        party = desk.definition.party(row.owner_party).abbreviation
        raise AddressNotRegistered("address", address, party)


def _registered(desk: Desk, party: str) -> set[str]:
    people = holders(desk.session, party, WRITING, desk.today)
    return {person.email.strip().casefold() for person in people if person.email.strip()}


def _dated(desk: Desk, day: date | None) -> date:
    since = desk.definition.event(desk.definition.term.starts)
    if day is None:
        raise LetterDayMissing("dated")
    if not since <= day <= desk.today:
        raise LetterDayNotPossible("dated", desk.today, since)
    return day


def letter_of(session: Session, row: EmblemRequest) -> EmblemLetter | None:
    """The letter in which a request was decided, as its material stands, if it was."""
    return session.get(EmblemLetter, (row.key, row.version))


def letter_facts(desk: Desk, row: EmblemLetter) -> dict[str, Any]:
    """What is said of the letter in which a request was decided."""
    file = desk.session.get_one(StoredFile, row.file_id)
    return {
        "form": row.form,
        "signer": row.signer,
        "capacity": row.capacity,
        "dated": row.dated,
        "address": row.address,
        "file": file.name,
        "sha256": file.sha256,
    }
