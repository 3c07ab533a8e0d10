"""VI.1: the owner decides, once, in writing; what it does not answer lapses as not approved."""

from datetime import date

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from bot.agreement.desk import Desk
from bot.agreement.emblems import (
    DECIDED,
    PENDING,
    EmblemDecided,
    EmblemEscalated,
    EmblemInformationGiven,
    EmblemQuestioned,
    EmblemRequest,
    EmblemStatus,
    FieldEmpty,
    NotAwaited,
    already_decided,
    answer_day,
    event_facts,
    get_request,
)
from bot.agreement.files import Attachment, keep
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.agreement.time_limits import add_working_days


def decide(desk: Desk, *, request_id: int, status: EmblemStatus, reason: str = "") -> EmblemDecided:
    """Approve, approve with conditions or refuse; only the owner's approvers can, and the first one wins.

    Conditions and refusals need their words in `reason`.
    """
    row = get_request(desk.session, request_id)
    require(desk.session, desk.person, Act.DECIDE_EMBLEM, row)
    if status is not EmblemStatus.APPROVED and not reason.strip():
        raise FieldEmpty("reason")
    return decide_row(desk, row, status, reason)


def decide_row(desk: Desk, row: EmblemRequest, status: EmblemStatus, reason: str) -> EmblemDecided:
    """Let the person's decision stand if it is the first; whoever calls this has checked the right to take it."""
    _move(
        desk,
        row,
        EmblemStatus.SUBMITTED,
        status=status,
        reason=reason.strip(),
        decided_by=desk.person.key,
        decided_at=desk.now,
    )
    return _decided(desk, row)


def ask_for_more(desk: Desk, *, request_id: int, question: str) -> EmblemQuestioned:
    """Ask the other side for what the decision still needs; its time to answer starts anew."""
    row = get_request(desk.session, request_id)
    require(desk.session, desk.person, Act.DECIDE_EMBLEM, row)
    if not question.strip():
        raise FieldEmpty("question")
    _move(
        desk,
        row,
        EmblemStatus.SUBMITTED,
        status=EmblemStatus.MORE_INFORMATION,
        question=question.strip(),
        answer_by=answer_day(desk),
        escalated_on=None,
    )
    return EmblemQuestioned(question=row.question, answer_by=row.answer_by, **event_facts(desk, row))


def give_information(
    desk: Desk, *, request_id: int, information: str, mockup: Attachment | None = None
) -> EmblemInformationGiven:
    """Answer the owner's question; its time to decide starts anew."""
    row = get_request(desk.session, request_id)
    require(desk.session, desk.person, Act.ANSWER_EMBLEM, row)
    replaced = mockup is not None and row.mockup_file_id is not None
    if not information.strip():
        raise FieldEmpty("information")
    _move(
        desk,
        row,
        EmblemStatus.MORE_INFORMATION,
        status=EmblemStatus.SUBMITTED,
        information=information.strip(),
        answer_by=answer_day(desk),
        escalated_on=None,
        **({"mockup_file_id": keep(desk.session, mockup)} if mockup else {}),
    )
    return EmblemInformationGiven(
        information=row.information,
        answer_by=row.answer_by,
        mockup_given=mockup is not None,
        mockup_replaced=replaced,
        **event_facts(desk, row),
    )


def escalate(desk: Desk, *, request_id: int) -> EmblemEscalated:
    """Remind whoever has to answer, and their contact point, once, that the time has passed."""
    row = get_request(desk.session, request_id)
    overdue = _row(row, row.status) & col(EmblemRequest.escalated_on).is_(None)
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
    _move(desk, row, row.status, status=EmblemStatus.LAPSED, decided_at=desk.now, awaited=awaited)
    return _decided(desk, row)


def overdue(session: Session, today: date) -> list[EmblemRequest]:
    """The undecided requests whose day for an answer has passed."""
    late = select(EmblemRequest).where(
        col(EmblemRequest.status).in_(PENDING), EmblemRequest.answer_by < today
    )
    return list(session.exec(late.order_by(col(EmblemRequest.id))).all())


def _decided(desk: Desk, row: EmblemRequest) -> EmblemDecided:
    awaited = desk.definition.party(row.awaited).abbreviation if row.awaited else ""
    return EmblemDecided(
        status=row.status, reason=row.reason, at=desk.now, awaited=awaited, **event_facts(desk, row)
    )


def _row(row: EmblemRequest, expected: EmblemStatus) -> ColumnElement[bool]:
    return (col(EmblemRequest.id) == row.key) & (col(EmblemRequest.status) == expected)


def _move(desk: Desk, row: EmblemRequest, expected: EmblemStatus, **values: object) -> None:
    """Change the row if it still stands where it is expected to; else say who was first."""
    done = desk.session.exec(update(EmblemRequest).where(_row(row, expected)).values(**values))
    desk.session.refresh(row)
    if done.rowcount == 1:
        return
    if row.status in DECIDED:
        raise already_decided(desk, row)
    raise NotAwaited(row.number, row.status)
