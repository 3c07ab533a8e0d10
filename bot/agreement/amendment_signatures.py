"""VII.3: the other party agrees to exactly one version or declines; both sign it, and both stand by the file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col

from bot.agreement.amendment_drafts import EFFECT, SIGNATURE, check_effect
from bot.agreement.amendment_moves import effective_day
from bot.agreement.amendments import (
    MACHINE,
    Amendment,
    AmendmentDeed,
    AmendmentEvent,
    AmendmentFieldEmpty,
    AmendmentSignature,
    SignedFile,
    as_signed,
    moved_on,
    remember,
    seen_amendment,
    signatures,
    unsigned,
)
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.files import Attachment, keep
from bot.agreement.follow_ups import drop, foresee
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.agreement.transitions import move


@dataclass(frozen=True, kw_only=True)
class AmendmentAgreed(AmendmentEvent):
    """The other party agreed to exactly the version with this SHA-256."""

    digest: str


@dataclass(frozen=True, kw_only=True)
class AmendmentDeclined(AmendmentEvent):
    """The other party declined the amendment."""


@dataclass(frozen=True, kw_only=True)
class AmendmentPartySigned(AmendmentEvent):
    """A party's signature was put on record; `complete` says that none is missing any more."""

    signatory: str
    signed_on: date
    complete: bool


@dataclass(frozen=True, kw_only=True)
class AmendmentFiled(AmendmentEvent):
    """A party handed in the signed file; the other is to confirm it."""

    file_id: int


@dataclass(frozen=True, kw_only=True)
class AmendmentSealed(AmendmentEvent):
    """Both have signed and stand by the file: the amendment counts from `in_force_on`."""

    in_force_on: date


@dataclass
class SignatureDayOutside(FieldError):
    """Nobody has signed on a day that is still to come, or before there was an Agreement to amend."""

    routine = "amendments"
    since: date
    today: date


@dataclass
class AmendmentNotReady(AgreementError):
    """A signature or the signed file is not on record yet."""

    routine = "amendments"
    number: str
    unsigned: tuple[str, ...]
    file_missing: bool


def agree(desk: Desk, *, amendment_id: int, seen: str) -> AmendmentAgreed:
    """Agree for the other party to exactly the version that was seen; it does not count before it is signed."""
    row = seen_amendment(desk, amendment_id)
    require(desk.session, desk.person, Act.ANSWER_AMENDMENT, row)
    check_effect(desk, row)
    as_seen = col(Amendment.digest) == seen
    by = {"agreed_by": desk.person.key, "agreed_at": desk.now}
    move(desk, row, MACHINE, "agree", lambda: moved_on(desk, row), as_seen, **by)
    drop(desk.session, row.subject)
    _expect(desk, row)
    return AmendmentAgreed(digest=row.digest, **remember(desk, row, AmendmentDeed.AGREED))


def decline(desk: Desk, *, amendment_id: int, reason: str, seen: str) -> AmendmentDeclined:
    """Decline for the other party the version that was seen, with a reason both read."""
    row = seen_amendment(desk, amendment_id)
    require(desk.session, desk.person, Act.ANSWER_AMENDMENT, row)
    if not reason.strip():
        raise AmendmentFieldEmpty("reason")
    as_seen = col(Amendment.digest) == seen
    move(desk, row, MACHINE, "decline", lambda: moved_on(desk, row), as_seen)
    drop(desk.session, row.subject)
    return AmendmentDeclined(**remember(desk, row, AmendmentDeed.DECLINED, reason.strip()))


def sign(
    desk: Desk,
    *,
    amendment_id: int,
    signatory: str,
    capacity: str,
    signed_on: date,
    seen: str,
    revision: int = 0,
) -> AmendmentPartySigned:
    """Put the own party's signature under the agreed version on record, or correct it until the file is confirmed.

    `revision` is that of the signature for whoever corrects it, and 0 for the first.
    """
    row = seen_amendment(desk, amendment_id)
    require(desk.session, desk.person, Act.SIGN_AMENDMENT)
    named: dict[str, Any] = {"signatory": signatory.strip(), "capacity": capacity.strip()}
    for field, text in named.items():
        if not text:
            raise AmendmentFieldEmpty(field)
    since = desk.definition.event("entry_into_force")
    if not since <= signed_on <= desk.today:
        raise SignatureDayOutside("signed_on", since, desk.today)
    known = signatures(desk.session, row).get(desk.person.party)
    if (known.revision if known else 0) != revision:
        raise moved_on(desk, row)
    move(desk, row, MACHINE, "sign", lambda: moved_on(desk, row), col(Amendment.digest) == seen)
    _store(desk, row, known, {**named, "signed_on": signed_on})
    _expect(desk, row)
    facts = remember(desk, row, AmendmentDeed.SIGNED, named["signatory"])
    complete = not unsigned(desk, row)
    return AmendmentPartySigned(signatory=named["signatory"], signed_on=signed_on, complete=complete, **facts)


def _store(desk: Desk, row: Amendment, known: AmendmentSignature | None, facts: dict[str, Any]) -> None:
    by: dict[str, Any] = {"recorded_by": desk.person.key, "recorded_at": desk.now}
    if known is None:
        own = desk.person.party
        known = AmendmentSignature(amendment_id=row.key, version=row.version, party=own, **facts, **by)
    else:
        for name, value in {**facts, **by, "revision": known.revision + 1}.items():
            setattr(known, name, value)
    desk.session.add(known)
    desk.session.flush()


def add_file(desk: Desk, *, amendment_id: int, file: Attachment | None, seen: int) -> AmendmentFiled:
    """Hand in the signed file; it is kept as it is, with its digest, and the other party confirms it.

    Until then the party that handed it in may hand in another in its place; `seen` is the one that it replaces.
    """
    row = seen_amendment(desk, amendment_id)
    require(desk.session, desk.person, Act.SIGN_AMENDMENT)
    if file is None:
        raise AmendmentFieldEmpty("file")
    own = desk.person.party
    wanted: ColumnElement[bool] = col(Amendment.file_id).is_(None)
    if seen:
        wanted = (col(Amendment.file_id) == seen) & (col(Amendment.file_by) == own)
    by = {"file_id": keep(desk.session, file), "file_by": own}
    move(desk, row, MACHINE, "add_file", lambda: moved_on(desk, row), wanted, **by)
    _expect(desk, row)
    return AmendmentFiled(file_id=row.file_id or 0, **remember(desk, row, AmendmentDeed.FILED, file.name))


def confirm_file(desk: Desk, *, amendment_id: int, seen: str) -> AmendmentSealed:
    """Confirm the other party's signed file, and the signatures, as they were seen: the amendment is then binding.

    It counts from the day of the later signature, or from the later day stated in it.
    """
    row = seen_amendment(desk, amendment_id)
    require(desk.session, desk.person, Act.CONFIRM_AMENDMENT, SignedFile(row.file_by))
    if as_signed(desk.session, row) != seen:
        raise moved_on(desk, row)
    check_ready(desk, row)
    check_effect(desk, row)
    as_seen = col(Amendment.file_id) == row.file_id
    by = {"confirmed_by": desk.person.key, "confirmed_at": desk.now, "in_force_on": effective_day(desk, row)}
    move(desk, row, MACHINE, "confirm_file", lambda: moved_on(desk, row), as_seen, **by)
    drop(desk.session, row.subject)
    on = row.in_force_on or desk.today
    foresee(desk, row.subject, EFFECT, on, desk.definition.policy("amendment.effect_steps"))
    return AmendmentSealed(in_force_on=on, **remember(desk, row, AmendmentDeed.CONFIRMED))


def check_ready(desk: Desk, row: Amendment) -> None:
    """Refuse to confirm before both signatures and the signed file are on record."""
    missing = unsigned(desk, row)
    if missing or row.file_id is None:
        raise AmendmentNotReady(row.number, missing, row.file_id is None)


def _expect(desk: Desk, row: Amendment) -> None:
    """Ask again, from today, for whatever is still missing before the amendment is binding."""
    drop(desk.session, row.subject, SIGNATURE)
    foresee(desk, row.subject, SIGNATURE, desk.today, desk.definition.policy("amendment.sign_steps"))
