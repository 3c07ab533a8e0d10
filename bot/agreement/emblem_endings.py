"""VI.1: how a permission ends before or after its period: withdrawn, voided, revoked, and the use taken down."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, or_

from bot.agreement.desk import Desk
from bot.agreement.emblem_history import EmblemDeed, file_fingerprint, fingerprint, keep_version
from bot.agreement.emblem_machine import entitled, go
from bot.agreement.emblem_plans import DayPassed, FieldEmpty, MockupMissing, NotYet
from bot.agreement.emblem_terms import PeriodOver
from bot.agreement.emblem_uses import UseTooEarly, expect_take_down
from bot.agreement.emblems import (
    OVER,
    EmblemEvent,
    EmblemRequest,
    answer_day,
    event_facts,
)
from bot.agreement.errors import FieldError
from bot.agreement.files import Attachment, keep
from bot.agreement.follow_ups import drop
from bot.agreement.time_limits import civil_day


@dataclass(frozen=True, kw_only=True)
class EmblemWithdrawn(EmblemEvent):
    """The asking side took its request back before it was decided."""


@dataclass(frozen=True, kw_only=True)
class EmblemMaterialChanged(EmblemEvent):
    """The material of an approved use changed: the approval is void, and the owner is asked anew."""

    version: int
    answer_by: date
    mockup_given: bool
    in_use: bool


@dataclass(frozen=True, kw_only=True)
class EmblemRevoked(EmblemEvent):
    """The owner revoked its approval."""

    reason: str
    effect_on: date
    down_by: date


@dataclass(frozen=True, kw_only=True)
class EmblemTakenDown(EmblemEvent):
    """The asking side confirmed that the use is over."""

    down_on: date
    note: str


@dataclass
class MaterialUnchanged(FieldError):
    """The text and the file are those that were approved."""

    routine = "emblems"


@dataclass
class EffectAfterUse(FieldError):
    """The approved use is over by then anyway."""

    routine = "emblems"
    use_until: date


def withdraw(desk: Desk, *, request_id: int) -> EmblemWithdrawn:
    """Take back a request that the owner has not decided."""
    row = entitled(desk, request_id, EmblemDeed.WITHDRAW)
    go(desk, row, EmblemDeed.WITHDRAW)
    if row.must_come_down:
        expect_take_down(desk, row, desk.today)
    return EmblemWithdrawn(**event_facts(desk, row))


def change_material(
    desk: Desk, *, request_id: int, text: str = "", mockup: Attachment | None = None
) -> EmblemMaterialChanged:
    """Put a new file or text to the owner: what it approved was the one before, so that approval is void."""
    row = entitled(desk, request_id, EmblemDeed.CHANGE_MATERIAL)
    if row.use_until < desk.today:
        raise PeriodOver(row.number, row.use_until)
    new = _new_material(desk, row, text, mockup)
    go(desk, row, EmblemDeed.CHANGE_MATERIAL, **new, **_asked_anew(desk, row))
    drop(desk.session, row.subject)
    keep_version(desk, row.key, row.version, row.mockup_text, row.mockup_file_id)
    return EmblemMaterialChanged(
        version=row.version,
        answer_by=row.answer_by,
        mockup_given=mockup is not None,
        in_use=row.use_began_on is not None,
        **event_facts(desk, row),
    )


def _new_material(desk: Desk, row: EmblemRequest, text: str, mockup: Attachment | None) -> dict[str, Any]:
    wording = text if text.strip() else row.mockup_text
    if not text.strip() and mockup is None:
        raise MockupMissing("mockup_text")
    file_id = keep(desk.session, mockup) or row.mockup_file_id
    shown = (fingerprint(row.mockup_text), file_fingerprint(desk.session, row.mockup_file_id))
    if (fingerprint(wording), file_fingerprint(desk.session, file_id)) == shown:
        raise MaterialUnchanged("mockup_text")
    return {"version": row.version + 1, "mockup_text": wording, "mockup_file_id": file_id}


def _asked_anew(desk: Desk, row: EmblemRequest) -> dict[str, Any]:
    return {
        "use_from": max(row.use_from, desk.today),
        "needed_by": max(row.needed_by, desk.today),
        "answer_by": answer_day(desk),
        "escalated_on": None,
        "question": "",
        "information": "",
        "decided_by": None,
        "decided_at": None,
        "reason": "",
        "whole_series": False,
    }


def revoke(desk: Desk, *, request_id: int, reason: str, effect_on: date) -> EmblemRevoked:
    """Revoke an approval of one's own party from a day on, today at the earliest."""
    row = entitled(desk, request_id, EmblemDeed.REVOKE)
    if not reason.strip():
        raise FieldEmpty("reason")
    if effect_on < desk.today:
        raise DayPassed("effect_on", desk.today)
    if effect_on > row.use_until >= desk.today:
        raise EffectAfterUse("effect_on", row.use_until)
    go(
        desk,
        row,
        EmblemDeed.REVOKE,
        note=reason.strip(),
        revoked_from=effect_on,
        revocation=reason.strip(),
    )
    down_by = row.down_by or effect_on
    expect_take_down(desk, row, down_by)
    return EmblemRevoked(
        reason=row.revocation, effect_on=effect_on, down_by=down_by, **event_facts(desk, row)
    )


def take_down(desk: Desk, *, request_id: int, down_on: date, note: str = "") -> EmblemTakenDown:
    """Confirm for the asking side on which day the use was taken down."""
    row = entitled(desk, request_id, EmblemDeed.TAKE_DOWN)
    asked = civil_day(row.asked_at, desk.definition.tz)
    if down_on < asked:
        raise UseTooEarly("down_on", asked)
    if down_on > desk.today:
        raise NotYet("down_on", desk.today)
    used = or_(col(EmblemRequest.status).in_(OVER), col(EmblemRequest.use_began_on).is_not(None))
    go(desk, row, EmblemDeed.TAKE_DOWN, used, note=note.strip(), taken_down_on=down_on)
    drop(desk.session, row.subject)
    return EmblemTakenDown(down_on=down_on, note=note.strip(), **event_facts(desk, row))
