"""VII.3: one party drafts an amendment, puts a version to the other, takes it back, or gives it up."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlmodel import col

from bot.agreement.amending import PERIODS, amended, names_length
from bot.agreement.amendment_moves import check_later, effect
from bot.agreement.amendment_numbers import next_draft, next_number
from bot.agreement.amendment_values import Typed, change_of, field_of
from bot.agreement.amendments import (
    MACHINE,
    Amendment,
    AmendmentChange,
    AmendmentDeed,
    AmendmentEvent,
    AmendmentFieldEmpty,
    AmendmentStatus,
    DraftElsewhere,
    RuleAsBefore,
    changes,
    digest,
    moved_on,
    own_draft,
    remember,
    seen_amendment,
    signatures,
    told,
)
from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.follow_ups import drop, foresee
from bot.agreement.own_matters import refuse_elsewhere
from bot.agreement.people import Refusal, require
from bot.agreement.rights import Act
from bot.agreement.transitions import move

ANSWER, SIGNATURE, EFFECT = "amendment_answer", "amendment_signature", "amendment_effect"
MOST_CHANGES = 12


@dataclass(frozen=True, kw_only=True)
class AmendmentDrafted(AmendmentEvent):
    """A party began to draft an amendment; only that party is told."""


@dataclass(frozen=True, kw_only=True)
class AmendmentRedrafted(AmendmentEvent):
    """A party changed its draft; only that party is told."""


@dataclass(frozen=True, kw_only=True)
class AmendmentProposed(AmendmentEvent):
    """A version was put to the other party."""

    digest: str


@dataclass(frozen=True, kw_only=True)
class AmendmentRevised(AmendmentEvent):
    """The proposing party took its version back to change it; what was agreed or signed does not count."""

    voided: int


@dataclass(frozen=True, kw_only=True)
class AmendmentWithdrawn(AmendmentEvent):
    """The proposing party gave the amendment up; `told` says that the other party had seen it."""

    told: bool


@dataclass
class EffectPast(FieldError):
    """An amendment takes effect with the last signature or later, never before today."""

    routine = "amendments"
    today: date


@dataclass
class DayPassed(AgreementError):
    """The day from which the draft was to count has passed before it was proposed."""

    routine = "amendments"
    number: str
    effective_on: date


@dataclass
class DraftChanged(AgreementError):
    """Somebody of the own party changed the draft while this person looked at it."""

    routine = "amendments"
    number: str


@dataclass
class CannotTakeEffect(AgreementError):
    """Beside the amendments that count by then, this one cannot be kept as it is written."""

    routine = "amendments"
    number: str


@dataclass
class AmendmentEmpty(AgreementError):
    """An amendment that changes nothing cannot be proposed."""

    routine = "amendments"
    number: str


@dataclass
class AmendmentFull(AgreementError):
    """One amendment takes only so many changes here."""

    routine = "amendments"
    most: int


@dataclass
class ChangeRepeated(FieldError):
    """The draft changes this already."""

    routine = "amendments"
    clause: str


@dataclass
class BothSigned(Refusal):
    """Both parties have signed: neither can take it back alone."""

    routine = "amendments"
    number: str


def draft(
    desk: Desk, *, title: str, purpose: str, channel_id: str, effective_on: date | None, through: str
) -> AmendmentDrafted:
    """Begin a draft, which only the own party sees; `through` is the party whose app carries the words."""
    require(desk.session, desk.person, Act.DRAFT_AMENDMENT)
    refuse_elsewhere(desk, through, DraftElsewhere)
    for field, text in (("amendment", title), ("purpose", purpose)):
        if not text.strip():
            raise AmendmentFieldEmpty(field)
    if effective_on and effective_on < desk.today:
        raise EffectPast("effective_on", desk.today)
    get_channel(desk.session, channel_id)
    row = Amendment(
        year=desk.today.year,
        seq=next_draft(desk),
        party=desk.person.party,
        title=title.strip(),
        purpose=purpose.strip(),
        channel_id=channel_id,
        effective_on=effective_on,
        drafted_by=desk.person.key,
        drafted_at=desk.now,
        status=AmendmentStatus.DRAFTING,
    )
    desk.session.add(row)
    desk.session.flush()
    return AmendmentDrafted(**remember(desk, row, AmendmentDeed.DRAFTED))


def add_change(
    desk: Desk, *, amendment_id: int, clause: str, target: str, typed: Typed, through: str
) -> AmendmentRedrafted:
    """Add one change of one clause to a draft, if the agreement can be kept with it."""
    row = to_add(desk, amendment_id, through)
    new = change_of(desk, row, clause, target, typed)
    return put_in(desk, row, new, field_of(new.part))


def to_add(desk: Desk, amendment_id: int, through: str) -> Amendment:
    """A draft that takes one change more. Raises AmendmentFull."""
    row = _drafting(desk, amendment_id, through)
    if len(changes(desk.session, row)) >= MOST_CHANGES:
        raise AmendmentFull(MOST_CHANGES)
    return row


def put_in(desk: Desk, row: Amendment, new: AmendmentChange, field: str) -> AmendmentRedrafted:
    """Put a change into a draft, if the agreement can be kept with it; `field` of the form is told if not."""
    known = changes(desk.session, row)
    if new.change.target in [each.change.target for each in known if each.clause == new.clause]:
        raise ChangeRepeated(field, new.clause)
    on = max(row.effective_on or desk.today, desk.today)
    try:
        amended(desk.definition, [each.change for each in (*known, new)], on)
    except FieldError as error:
        # The form's fields are called otherwise, but for the day that a new clause states.
        error.field = error.field if error.field == "day" else field
        raise
    _check_rule(desk, new)
    desk.session.add(new)
    desk.session.flush()
    return _redrafted(desk, row)


def _check_rule(desk: Desk, new: AmendmentChange) -> None:
    if new.rule or new.part not in PERIODS:
        return
    stays = desk.definition.clause(new.clause).rule
    if names_length(stays, new.part, new.present):
        raise RuleAsBefore("rule", stays)


def drop_change(desk: Desk, *, amendment_id: int, change_id: int, through: str) -> AmendmentRedrafted:
    """Take one change out of a draft; one that is out already stays so."""
    row = _drafting(desk, amendment_id, through)
    mine = (col(AmendmentChange.id) == change_id) & (col(AmendmentChange.amendment_id) == row.key)
    if desk.session.exec(delete(AmendmentChange).where(mine)).rowcount != 1:
        raise DraftChanged(row.number)
    return _redrafted(desk, row)


def correct(
    desk: Desk, *, amendment_id: int, purpose: str, effective_on: date | None, seen: str, through: str
) -> AmendmentRedrafted:
    """Correct what the draft, as it was seen, is for, and from which day it is to count."""
    row = _drafting(desk, amendment_id, through)
    if not purpose.strip():
        raise AmendmentFieldEmpty("purpose")
    if effective_on and effective_on < desk.today:
        raise EffectPast("effective_on", desk.today)
    if digest(desk.session, row, row.version + 1) != seen:
        raise DraftChanged(row.number)
    row.purpose, row.effective_on = purpose.strip(), effective_on
    desk.session.flush()
    return _redrafted(desk, row)


def _drafting(desk: Desk, amendment_id: int, through: str) -> Amendment:
    row = own_draft(desk, amendment_id, through)
    require(desk.session, desk.person, Act.CHANGE_AMENDMENT, row)
    if row.status is not AmendmentStatus.DRAFTING:
        raise moved_on(desk, row)
    return row


def _redrafted(desk: Desk, row: Amendment) -> AmendmentRedrafted:
    """A change of a draft has no line in the history, which both parties read."""
    return AmendmentRedrafted(**told(desk, row, AmendmentDeed.DRAFTED))


def propose(desk: Desk, *, amendment_id: int, seen: str, through: str) -> AmendmentProposed:
    """Put the draft, as it was seen, to the other party as a new version."""
    row = _drafting(desk, amendment_id, through)
    if not changes(desk.session, row):
        raise AmendmentEmpty(row.number)
    version = row.version + 1
    if digest(desk.session, row, version) != seen:
        raise DraftChanged(row.number)
    if row.effective_on and row.effective_on < desk.today:
        raise DayPassed(row.number, row.effective_on)
    check_effect(desk, row)
    facts = {"version": version, "proposed_by": desk.person.key, "proposed_at": desk.now}
    move(desk, row, MACHINE, "propose", lambda: moved_on(desk, row), **facts, **next_number(desk, row))
    # Under the number that both parties quote: a first draft had another one.
    row.digest = digest(desk.session, row, version)
    desk.session.flush()
    foresee(desk, row.subject, ANSWER, desk.today, desk.definition.policy("amendment.answer_steps"))
    return AmendmentProposed(digest=row.digest, **remember(desk, row, AmendmentDeed.PROPOSED))


def check_effect(desk: Desk, row: Amendment) -> None:
    """Refuse what cannot be kept beside the amendments that count by then."""
    try:
        check_later(desk, effect(desk, row))
    except AgreementError as error:
        raise CannotTakeEffect(row.number) from error


def revise(desk: Desk, *, amendment_id: int, reason: str, through: str) -> AmendmentRevised:
    """Take the version back to change it: what was agreed, signed or handed in under it does not count."""
    row = own_draft(desk, amendment_id, through)
    require(desk.session, desk.person, Act.CHANGE_AMENDMENT, row)
    if not reason.strip():
        raise AmendmentFieldEmpty("reason")
    _refuse_both_signed(desk, row)
    void = {"agreed_by": None, "agreed_at": None, "file_id": None, "file_by": "", "digest": ""}
    move(desk, row, MACHINE, "revise", lambda: moved_on(desk, row), **void)
    drop(desk.session, row.subject)
    facts = remember(desk, row, AmendmentDeed.REVISED, reason.strip())
    return AmendmentRevised(voided=row.version, **facts)


def withdraw(desk: Desk, *, amendment_id: int, reason: str, through: str) -> AmendmentWithdrawn:
    """Give the amendment up, until both parties have signed; its record is kept."""
    row = seen_amendment(desk, amendment_id)
    if not row.version:
        refuse_elsewhere(desk, through, DraftElsewhere)
    require(desk.session, desk.person, Act.CHANGE_AMENDMENT, row)
    if not reason.strip():
        raise AmendmentFieldEmpty("reason")
    _refuse_both_signed(desk, row)
    move(desk, row, MACHINE, "withdraw", lambda: moved_on(desk, row))
    drop(desk.session, row.subject)
    facts = remember(desk, row, AmendmentDeed.WITHDRAWN, reason.strip())
    return AmendmentWithdrawn(told=bool(row.version), **facts)


def _refuse_both_signed(desk: Desk, row: Amendment) -> None:
    if len(signatures(desk.session, row)) == len(desk.definition.parties):
        raise BothSigned(row.number)
