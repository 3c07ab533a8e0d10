"""VII.1-2: what is open in each routine, and how the end of the Agreement closes it.

Nothing is decided for anybody: what was not acknowledged, confirmed or approved stays so, and is not asked for
any more. What a party does by itself, such as a meeting of its own, goes on without the Agreement.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import SQLModel, col, select

from bot.agreement import (
    communications,
    consultations,
    documents,
    emblems,
    event_notes,
    exchanges,
    funding,
    matters,
    meeting_actions,
    meetings,
    project_data,
    projects,
    treaty_closings,
    workplans,
)
from bot.agreement.closed_cases import NAMED, Line, Routine
from bot.agreement.closers import Close, Closer
from bot.agreement.communications import Communication, CommunicationStatus, current_version
from bot.agreement.consultations import Consultation, ConsultationStatus
from bot.agreement.desk import Desk
from bot.agreement.distributions import Distribution, DistributionStatus
from bot.agreement.documents import Document
from bot.agreement.emblem_history import EmblemDeed
from bot.agreement.emblem_machine import go
from bot.agreement.emblem_uses import expect_take_down
from bot.agreement.exchanges import Exchange, ExchangeStatus
from bot.agreement.follow_ups import drop
from bot.agreement.invitations import PRIVATE, UNDER_WAY, Invitation
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.meetings import LIVE, Meeting, MeetingStatus
from bot.agreement.offices import Office
from bot.agreement.project_registers import held
from bot.agreement.reviews import open_reviews
from bot.agreement.workplan_items import CLOSED as CLOSED_ITEMS
from bot.agreement.workplan_items import WorkplanItem
from bot.agreement.workplans import Workplan, WorkplanStatus


def _ledger(desk: Desk, ends_on: date) -> list[Line]:
    rows = desk.session.exec(select(Occurrence).where(*_later(desk, ends_on)).order_by(Occurrence.duty)).all()
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row.duty)]
    return [_duty(desk, group) for group in groups]


def _duty(desk: Desk, rows: Sequence[Occurrence]) -> Line:
    duty = desk.definition.duty(rows[0].duty)
    return Line(Routine.LEDGER, f"duty:{duty.id}", "", duty.title, duty.clause, count=len(rows))


def _later(desk: Desk, ends_on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Occurrence.agreement) == desk.definition.id,
        col(Occurrence.status) == OccurrenceStatus.OPEN,
        col(Occurrence.due_on) > ends_on,
    )


def _end_ledger(desk: Desk, ends_on: date) -> None:
    ending = update(Occurrence).where(*_later(desk, ends_on))
    desk.session.exec(ending.values(status=OccurrenceStatus.ENDED))


def _all(desk: Desk, table: Any, *wanted: ColumnElement[bool]) -> Sequence[Any]:
    return desk.session.exec(select(table).where(*wanted).order_by(col(table.id))).all()


def _exchanges(desk: Desk, _: date) -> list[Line]:
    rows = _all(desk, Exchange, col(Exchange.status) == ExchangeStatus.SHARED)
    clause = exchanges.CLAUSE
    return [Line(Routine.EXCHANGES, f"exchange:{row.key}", row.number, row.title, clause) for row in rows]


def _documents(desk: Desk, _: date) -> list[Line]:
    rows = documents.not_acknowledged(desk.session)
    return [Line(Routine.DOCUMENTS, f"document:{row.key}", row.number, row.title, "IV.2-1") for row in rows]


def _ask_no_more(table: Any) -> Close:
    """Nobody is asked again to acknowledge; that nobody did is what stays on record."""

    def close(desk: Desk, _: date) -> None:
        desk.session.exec(update(table).where(col(table.nudge_on).is_not(None)).values(nudge_on=None))

    return close


def _consultations(desk: Desk, _: date) -> list[Line]:
    rows, clause = consultations.not_closed(desk.session), consultations.CLAUSE
    return [Line(Routine.CONSULTATIONS, row.subject, row.number, row.topic, clause) for row in rows]


def _projects(desk: Desk, _: date) -> list[Line]:
    rows = projects.going_on(desk.session)
    return [Line(Routine.PROJECTS, row.subject, row.number, row.title, projects.CLAUSE) for row in rows]


def _start_no_more(desk: Desk, _: date) -> None:
    """A project in preparation is not started any more: without data of it nobody has to look again."""
    for row in projects.going_on(desk.session):
        if row.status is projects.ProjectStatus.PREPARING and not held(desk.session, row.key):
            for check in project_data.checks_of(desk.session, row.key).values():
                drop(desk.session, check.subject)


def _meetings(desk: Desk, _: date) -> list[Line]:
    rows, clause = _all(desk, Meeting, col(Meeting.status).in_(LIVE)), meetings.CLAUSE
    return [Line(Routine.MEETINGS, f"meeting:{row.key}", row.number, row.title, clause) for row in rows]


def to_be_cancelled(desk: Desk, ends_on: date) -> list[Meeting]:
    """The meetings that would come after the end; one whose day has passed may have been held."""
    rows = _all(desk, Meeting, col(Meeting.status).in_(LIVE))
    return [row for row in rows if row.day is None or row.day > ends_on]


def _cancel_meetings(desk: Desk, ends_on: date) -> None:
    keys = [row.key for row in to_be_cancelled(desk, ends_on)]
    ended = {"status": MeetingStatus.CANCELLED, "sequence": Meeting.sequence + 1, "ended_at": desk.now}
    desk.session.exec(update(Meeting).where(col(Meeting.id).in_(keys)).values(**ended))


def _actions(desk: Desk, _: date) -> list[Line]:
    rows, clause = meeting_actions.open_actions(desk.session), meeting_actions.CLAUSE
    return [Line(Routine.ACTIONS, f"action:{row.key}", row.number, row.text, clause) for row in rows]


def _invitations(desk: Desk, ends_on: date) -> list[Line]:
    rows = _all(desk, Invitation, col(Invitation.status).in_(UNDER_WAY), col(Invitation.ends_on) >= ends_on)
    return [
        Line(
            Routine.INVITATIONS,
            f"invitation:{row.key}",
            row.number,
            row.title,
            "IV.4",
            row.party if row.status in PRIVATE else "",
        )
        for row in rows
    ]


RUNNING_PLANS = (*workplans.PENDING, WorkplanStatus.DRAFT, WorkplanStatus.IN_FORCE)


def _workplans(desk: Desk, _: date) -> list[Line]:
    rows = _all(desk, Workplan, col(Workplan.status).in_(RUNNING_PLANS))
    return [Line(Routine.WORKPLANS, row.subject, str(row.version), row.scope, row.clause) for row in rows]


def _items(desk: Desk, _: date) -> list[Line]:
    rows = _all(desk, WorkplanItem, col(WorkplanItem.status).not_in(CLOSED_ITEMS))
    return [
        Line(
            Routine.ITEMS,
            row.subject,
            row.number,
            row.title,
            workplans.LOCAL_CLAUSE if row.scope else workplans.GLOBAL_CLAUSE,
        )
        for row in rows
    ]


def _emblems(desk: Desk, _: date) -> list[Line]:
    rows = emblems.pending(desk.session)
    return [Line(Routine.EMBLEMS, f"emblem:{row.key}", row.number, row.product, row.clause) for row in rows]


def _lapse_requests(desk: Desk, _: date) -> None:
    """What was not decided is not approved; what is in use under an approval that was voided comes down."""
    waiting = emblems.pending(desk.session)
    for row in waiting:
        go(desk, row, EmblemDeed.LAPSE, awaited="", decided_at=desk.now)
        if row.must_come_down:
            expect_take_down(desk, row, desk.today)


def _communications(desk: Desk, _: date) -> list[Line]:
    rows = _all(desk, Communication, col(Communication.status).in_(communications.UNRELEASED))
    return [
        Line(
            Routine.COMMUNICATIONS,
            row.subject,
            row.number,
            current_version(desk.session, row).title,
            row.clause,
        )
        for row in rows
    ]


def _event_notes(desk: Desk, _: date) -> list[Line]:
    rows = event_notes.unconfirmed(desk.session)
    return [Line(Routine.EVENT_NOTES, row.subject, row.number, row.title, row.clause) for row in rows]


def _reviews(desk: Desk, _: date) -> list[Line]:
    return [Line(Routine.REVIEWS, f"review:{row.key}", row.number, "", "V.3-2") for row in open_reviews(desk)]


def _matters(desk: Desk, _: date) -> list[Line]:
    table = matters.NotedMatter
    rows = _all(desk, table, col(table.status) == matters.MatterStatus.OPEN)
    return [
        Line(Routine.MATTERS, row.subject, row.number, row.title, matters.CLAUSE, row.party) for row in rows
    ]


def _tellings(desk: Desk, _: date) -> list[Line]:
    rows = _all(desk, Distribution, col(Distribution.status) == DistributionStatus.SENT)
    return [
        Line(
            Routine.TELLINGS,
            f"distribution:{row.key}",
            row.number,
            desk.session.get_one(Office, row.office_id).name,
            "V.1",
            row.party,
        )
        for row in rows
    ]


def _leads(desk: Desk, _: date) -> list[Line]:
    rows = _all(desk, funding.FundingLead, col(funding.FundingLead.status).in_(funding.OPEN))
    return [Line(Routine.LEADS, row.subject, row.number, row.title, funding.CLAUSE, NAMED) for row in rows]


def _become(table: type[SQLModel], among: Sequence[Any], **values: Any) -> Close:
    """Bring every case that stands at one of `among` to its end; what is callable is asked for its value."""

    def close(desk: Desk, _: date) -> None:
        columns: Any = table
        said = {name: value(desk) if callable(value) else value for name, value in values.items()}
        desk.session.exec(update(table).where(col(columns.status).in_(among)).values(**said))

    return close


def _now(desk: Desk) -> Any:
    return desk.now


CLOSERS: Mapping[Routine, Closer] = {
    Routine.LEDGER: Closer(_ledger, _end_ledger),
    Routine.EXCHANGES: Closer(_exchanges, _ask_no_more(Exchange)),
    Routine.DOCUMENTS: Closer(_documents, _ask_no_more(Document)),
    Routine.CONSULTATIONS: Closer(
        _consultations,
        _become(
            Consultation,
            (ConsultationStatus.OPEN, ConsultationStatus.READY),
            status=ConsultationStatus.CLOSED,
            closed_at=_now,
        ),
    ),
    Routine.PROJECTS: Closer(_projects, _start_no_more),
    Routine.MEETINGS: Closer(_meetings, _cancel_meetings),
    Routine.ACTIONS: Closer(_actions),
    Routine.INVITATIONS: Closer(_invitations),
    Routine.WORKPLANS: Closer(
        _workplans, _become(Workplan, tuple(workplans.PENDING), status=WorkplanStatus.VOID)
    ),
    Routine.ITEMS: Closer(_items),
    Routine.EMBLEMS: Closer(
        _emblems,
        _lapse_requests,
    ),
    Routine.COMMUNICATIONS: Closer(
        _communications,
        _become(
            Communication,
            tuple(communications.UNRELEASED),
            status=CommunicationStatus.WITHDRAWN,
            reason="",
            reason_by=None,
            reason_at=_now,
        ),
    ),
    Routine.EVENT_NOTES: Closer(_event_notes),
    Routine.REVIEWS: Closer(_reviews),
    Routine.MATTERS: Closer(_matters),
    Routine.TELLINGS: Closer(_tellings),
    Routine.LEADS: Closer(_leads),
    Routine.EMBLEM_DRAFTS: Closer(treaty_closings.emblem_drafts),
    Routine.FORMULAS: Closer(treaty_closings.formulas_standing),
    Routine.AMENDMENTS: Closer(treaty_closings.amendments_not_in_force),
    Routine.NOTICES: Closer(treaty_closings.other_notices, treaty_closings.lapse_notices),
}
"""Every routine, in the order in which people read what was open."""


def open_lines(desk: Desk, ends_on: date) -> list[Line]:
    """Everything that the end of the Agreement would close, if its last day were `ends_on`."""
    return [line for closer in CLOSERS.values() for line in closer.find(desk, ends_on)]


def close_all(desk: Desk, ends_on: date) -> list[Line]:
    """Close everything; returns what was closed, as it was called while it was open."""
    lines = open_lines(desk, ends_on)
    for closer in CLOSERS.values():
        if closer.close:
            closer.close(desk, ends_on)
    desk.session.expire_all()
    return lines
