"""VI.1: the owner decides, once, in writing; what it does not answer lapses as not approved."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, update
from sqlmodel import Session, col, select

from bot.agreement.desk import Desk
from bot.agreement.emblem_history import EmblemDeed, keep_version
from bot.agreement.emblem_machine import MACHINE, entitled, go
from bot.agreement.emblem_plans import FieldEmpty
from bot.agreement.emblem_terms import Terms, granted_values
from bot.agreement.emblem_uses import expect_end, expect_take_down
from bot.agreement.emblems import (
    PENDING,
    VALID,
    EmblemDecided,
    EmblemEscalated,
    EmblemInformationGiven,
    EmblemQuestioned,
    EmblemRequest,
    EmblemStatus,
    answer_day,
    event_facts,
    get_request,
)
from bot.agreement.files import Attachment, keep
from bot.agreement.ledger import NothingToSay
from bot.agreement.time_limits import add_working_days

DECISIONS = {
    EmblemStatus.APPROVED: EmblemDeed.APPROVE,
    EmblemStatus.APPROVED_WITH_CONDITIONS: EmblemDeed.APPROVE_WITH_CONDITIONS,
    EmblemStatus.REFUSED: EmblemDeed.REFUSE,
}
AS_ASKED = Terms()


def decide(
    desk: Desk,
    *,
    request_id: int,
    status: EmblemStatus,
    reason: str = "",
    version: int | None = None,
    terms: Terms = AS_ASKED,
) -> EmblemDecided:
    """Approve, approve with conditions or refuse; only the owner's approvers can, and the first one wins.

    Conditions and refusals need their words in `reason`. `version` is the version of the material that the
    approver saw: a decision about an earlier one does not count.
    """
    deed = DECISIONS[status]
    row = entitled(desk, request_id, deed)
    if status is not EmblemStatus.APPROVED and not reason.strip():
        raise FieldEmpty("reason")
    return settle(desk, row, deed, reason=reason, version=version, terms=terms)


def settle(
    desk: Desk, row: EmblemRequest, deed: EmblemDeed, *, reason: str, version: int | None, terms: Terms
) -> EmblemDecided:
    """Let the person's decision stand if it is the first; whoever calls this has checked the right to take it."""
    values = {"reason": reason.strip(), "decided_by": desk.person.key, "decided_at": desk.now}
    if MACHINE.moves[deed].target in VALID:
        values |= granted_values(desk, row, terms)
    go(desk, row, deed, *_seen(version), seen=version, note=reason.strip(), **values)
    _plan(desk, row)
    return _decided(desk, row)


def _seen(version: int | None) -> list[ColumnElement[bool]]:
    return [] if version is None else [col(EmblemRequest.version) == version]


def _plan(desk: Desk, row: EmblemRequest) -> None:
    if row.status in VALID:
        expect_end(desk, row)
    elif row.must_come_down:
        expect_take_down(desk, row, desk.today)


def ask_for_more(
    desk: Desk, *, request_id: int, question: str, version: int | None = None
) -> EmblemQuestioned:
    """Ask the other side for what the decision still needs; its time to answer starts anew."""
    row = entitled(desk, request_id, EmblemDeed.ASK_FOR_MORE)
    if not question.strip():
        raise FieldEmpty("question")
    go(
        desk,
        row,
        EmblemDeed.ASK_FOR_MORE,
        *_seen(version),
        seen=version,
        question=question.strip(),
        answer_by=answer_day(desk),
        escalated_on=None,
    )
    return EmblemQuestioned(question=row.question, answer_by=row.answer_by, **event_facts(desk, row))


def give_information(
    desk: Desk, *, request_id: int, information: str, mockup: Attachment | None = None, text: str = ""
) -> EmblemInformationGiven:
    """Answer the owner's question; its time to decide starts anew.

    A new mock-up or text makes a new version of the material; nobody can decide on the earlier one any more.
    """
    row = entitled(desk, request_id, EmblemDeed.GIVE_INFORMATION)
    replaced = mockup is not None and row.mockup_file_id is not None
    if not information.strip():
        raise FieldEmpty("information")
    new = _new_material(desk, row, mockup, text)
    go(
        desk,
        row,
        EmblemDeed.GIVE_INFORMATION,
        information=information.strip(),
        answer_by=answer_day(desk),
        escalated_on=None,
        **new,
    )
    if new:
        keep_version(desk, row.key, row.version, row.mockup_text, row.mockup_file_id)
    return EmblemInformationGiven(
        information=row.information,
        answer_by=row.answer_by,
        mockup_given=mockup is not None,
        mockup_replaced=replaced,
        version=row.version,
        **event_facts(desk, row),
    )


def _new_material(desk: Desk, row: EmblemRequest, mockup: Attachment | None, text: str) -> dict[str, Any]:
    if mockup is None and text.strip() in ("", row.mockup_text.strip()):
        return {}
    return {
        "version": row.version + 1,
        "mockup_text": text if text.strip() else row.mockup_text,
        "mockup_file_id": keep(desk.session, mockup) or row.mockup_file_id,
    }


def escalate(desk: Desk, *, request_id: int) -> EmblemEscalated:
    """Remind whoever has to answer, and their contact point, once, that the time has passed."""
    row = get_request(desk.session, request_id)
    overdue = (
        (col(EmblemRequest.id) == row.key)
        & col(EmblemRequest.status).in_(PENDING)
        & (col(EmblemRequest.status) == row.status)
        & col(EmblemRequest.escalated_on).is_(None)
    )
    done = desk.session.exec(update(EmblemRequest).where(overdue).values(escalated_on=desk.today))
    if done.rowcount != 1:
        raise NothingToSay
    desk.session.refresh(row)
    return EmblemEscalated(
        status=row.status, answer_by=row.answer_by, lapses_on=lapse_day(desk, row), **event_facts(desk, row)
    )


def lapse_day(desk: Desk, row: EmblemRequest) -> date:
    """The day after which an unanswered request lapses as not approved (policy)."""
    (days,) = desk.days("permission.escalation_working_days")
    return add_working_days(lapse_from(desk, row), days, desk.calendar)


def lapse_from(desk: Desk, row: EmblemRequest) -> date:
    """The day from which a request's last days are counted: that by which an answer was due.

    Where the reminder came late, since the clock had stood still, they are counted from it: whoever was not
    reminded in time loses nothing by it.
    """
    in_time = add_working_days(row.answer_by, 1, desk.calendar)
    reminded = row.escalated_on or in_time
    return reminded if reminded > in_time else row.answer_by


def lapse(desk: Desk, *, request_id: int) -> EmblemDecided:
    """Close a request that was not answered: not approved, since silence is never consent.

    Which party was to answer stays on the row: the owner, or the asking party if the owner had asked for more.
    """
    row = get_request(desk.session, request_id)
    awaited = row.owner_party if row.status is EmblemStatus.SUBMITTED else row.asking_party
    still = col(EmblemRequest.status) == row.status
    go(desk, row, EmblemDeed.LAPSE, still, decided_at=desk.now, awaited=awaited)
    _plan(desk, row)
    return _decided(desk, row)


def overdue(session: Session, today: date) -> list[EmblemRequest]:
    """The undecided requests whose day for an answer has passed."""
    return list(session.exec(_OVERDUE, params={"today": today}).all())


_OVERDUE = (
    select(EmblemRequest)
    .where(col(EmblemRequest.status).in_(PENDING), EmblemRequest.answer_by < bindparam("today"))
    .order_by(col(EmblemRequest.id))
)


def _decided(desk: Desk, row: EmblemRequest) -> EmblemDecided:
    awaited = desk.definition.party(row.awaited).abbreviation if row.awaited else ""
    return EmblemDecided(
        status=row.status, reason=row.reason, at=desk.now, awaited=awaited, **event_facts(desk, row)
    )
