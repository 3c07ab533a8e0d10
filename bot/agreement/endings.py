"""VII.1-2: at the end of its last day the Agreement ends, by itself and once, and its routines are closed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from bot.agreement import (
    amendment_effects,
    communication_drafts,
    communication_releases,
    dispute_nudges,
    emblem_uses,
    event_notes,
    funding,
    instrument_dates,
    invitation_reminders,
    matters,
    meeting_actions,
    meeting_dates,
    meeting_minutes,
    notice_receipts,
    office_register,
    project_answers,
    project_holdings,
    projects,
    report_series,
    restricted,
    reviews,
    workplan_reminders,
)
from bot.agreement.closed_cases import ClosedCase, Line, Routine, counted, shown
from bot.agreement.closings import close_all, to_be_cancelled
from bot.agreement.desk import Desk
from bot.agreement.distributions import SILENT
from bot.agreement.events import Event
from bot.agreement.follow_ups import FollowUp
from bot.agreement.ledger import NothingToSay, Occurrence, Reminder
from bot.agreement.standing import AgreementEnd, end_of, forget, standing

CLAUSE = "VII.1-2"
SURVIVING_KINDS = frozenset(
    {
        *instrument_dates.VERBS,
        restricted.PURGE,
        *emblem_uses.VERBS,
        dispute_nudges.QUIET,
        *project_holdings.VERBS,
    }
)
"""What is planned with a case that outlives the Agreement: other agreements on their own terms (VII.2), the purge
of what was restricted (IV.2-3), the end of approved uses (VI.1), disputes for as long as they are read to live on
(VIII), and personal data of projects (IX.1(d))."""
ENDING_KINDS = frozenset(
    {
        *amendment_effects.VERBS,
        communication_drafts.CLEARANCE_NEAR,
        communication_releases.PROOF,
        "designation_ends",
        "designation_over",
        event_notes.UNCONFIRMED,
        funding.DEADLINE,
        *invitation_reminders.KINDS,
        matters.NEAR,
        meeting_actions.DUE,
        meeting_dates.HELD,
        meeting_dates.NEAR,
        meeting_dates.OPEN,
        meeting_minutes.CONFIRM,
        notice_receipts.COUNTDOWN,
        office_register.OPENS,
        SILENT,
        projects.BEGUN,
        projects.GATES_WANTED,
        projects.LINE,
        project_answers.CONFIRMATION,
        report_series.PROMPT,
        reviews.PROMPT,
        workplan_reminders.KIND,
    }
)
"""What is planned with a case that ends with the Agreement. Every kind is in one of the two sets."""


@dataclass(frozen=True, kw_only=True)
class AgreementEnded(Event):
    """The last day of the Agreement is over, and its routines are closed.

    `closed` counts what both parties know of; what is private to one is told to that one alone. `meetings` are
    those that were called off, with the time that was fixed for each, if any. It ended by a notice, or because
    the instrument `instrument_id` took its place (X.2).
    """

    notice_id: int | None
    instrument_id: int | None = None
    ends_on: date
    late: bool
    closed: tuple[tuple[Routine, int], ...]
    subjects: tuple[str, ...]
    meetings: tuple[int, ...]

    @property
    def once(self) -> str:
        """An agreement ends once."""
        return f"{self.name}:{self.ends_on}"


def is_over(session: Session, today: date) -> bool:
    """Whether the last day of the Agreement has passed."""
    return not standing(session, today).in_force


def to_be_closed(desk: Desk) -> bool:
    """Whether the last day has passed and nobody has closed what it leaves."""
    end = end_of(desk.session)
    return end is not None and end.closed_at is None and desk.today > end.ends_on


def end_agreement(desk: Desk) -> AgreementEnded:
    """Close every routine, once, after the last day. Raises NothingToSay when it is not over, or was closed."""
    end = _close(desk)
    dated = tuple(row.key for row in to_be_cancelled(desk, end.ends_on) if row.starts_at)
    lines = close_all(desk, end.ends_on)
    desk.session.add_all(_kept(desk, line) for line in lines)
    _say_no_more(desk)
    return AgreementEnded(
        clause=end.clause,
        subject=end.subject,
        notice_id=end.notice_id,
        instrument_id=end.instrument_id,
        ends_on=end.ends_on,
        late=(desk.today - end.ends_on).days > 1,
        closed=counted(shown(lines)),
        subjects=tuple(line.subject for line in shown(lines)),
        meetings=dated,
    )


def _say_no_more(desk: Desk) -> None:
    """What was planned to be said of what ended is beside the point, reminders of due dates among it."""
    unsaid = col(FollowUp.said_at).is_(None) & col(FollowUp.kind).in_(ENDING_KINDS)
    desk.session.exec(delete(FollowUp).where(unsaid))
    mine = select(Occurrence.id).where(Occurrence.agreement == desk.definition.id)
    waiting = col(Reminder.said_at).is_(None) & col(Reminder.occurrence_id).in_(mine)
    desk.session.exec(delete(Reminder).where(waiting))
    desk.session.flush()


def _close(desk: Desk) -> AgreementEnd:
    """Take the closing upon oneself: of two clocks one does."""
    if not to_be_closed(desk):
        raise NothingToSay
    mine = (col(AgreementEnd.agreement) == desk.definition.id) & col(AgreementEnd.closed_at).is_(None)
    if desk.session.exec(update(AgreementEnd).where(mine).values(closed_at=desk.now)).rowcount != 1:
        raise NothingToSay
    forget(desk.session)
    return desk.session.get_one(AgreementEnd, desk.definition.id)


def _kept(desk: Desk, line: Line) -> ClosedCase:
    return ClosedCase(
        agreement=desk.definition.id,
        routine=line.routine,
        subject=line.subject,
        number=line.number,
        title=line.title,
        clause=line.clause,
        kept_to=line.kept_to,
        count=line.count,
        closed_at=desk.now,
    )
