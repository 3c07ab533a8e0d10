"""How tests bring about the end of the Agreement: a row that the notice room writes once a notice is received."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.standing import AgreementEnd, forget
from tests import planning
from tests.clauses import drafting, exchanging, test_iv_11_funding
from tests.clauses.test_iv_1_matters import note as note_matter
from tests.clauses.test_iv_6_1_projects import add as add_project
from tests.clauses.test_iv_6_2_consultations import consult
from tests.clauses.test_iv_8_event_notes import note as note_event
from tests.clauses.test_v_1_offices import tell
from tests.handlers import meeting_days, offering, reviewing, test_emblems, test_invitations
from tests.office import ZURICH, Office

LAST_DAY = date(2026, 11, 27)
"""The Friday after the Monday on which the office opens: what is begun then is still open."""
PRIVATE_TO_ILO = ("A new corridor", "Committee on Labour Migration")
"""What the ILO noted for itself in `everything_open`."""


@dataclass(frozen=True, kw_only=True)
class NoticeOnRecord(Event):
    """A notice was received; stands in for the notice room."""

    ends_on: date


def put_on_record(desk: Desk, *, ends_on: date, notice_id: int = 1) -> NoticeOnRecord:
    facts = {"agreement": desk.definition.id, "ends_on": ends_on, "notice_id": notice_id}
    row = AgreementEnd(**facts, recorded_at=desk.now)
    desk.session.add(row)
    desk.session.flush()
    forget(desk.session)
    return NoticeOnRecord(clause="VII.1-2", subject=f"notice:{notice_id}", ends_on=ends_on)


def give_notice(office: Office, ends_on: date = LAST_DAY, notice_id: int = 1) -> None:
    office.act(None, put_on_record, ends_on=ends_on, notice_id=notice_id)


def everything_open(office: Office) -> None:
    """One open case of every routine, begun by the ILO; a matter and a meeting of its own are private to it."""
    exchanging.share(office)
    offering.offer(office)
    consult(office)
    add_project(office)
    meeting_days.fixed(office)
    test_invitations.announce(office)
    planning.add(office)
    planning.propose(office)
    test_emblems.ask(office)
    drafting.draft(office)
    note_event(office)
    note_matter(office)
    test_iv_11_funding.log(office)
    reviewing.opened(office)
    tell(office, "Amina Diallo", "Nairobi", "ilo")


def after(office: Office, ends_on: date = LAST_DAY, at: time = time(0), days: int = 1) -> int:
    """Let the last day pass and the clock tick; returns how much it said."""
    office.clock.move_to(datetime.combine(ends_on + timedelta(days=days), at, ZURICH))
    return office.tick()


def ended(office: Office) -> None:
    """Everything was open, and the Agreement has ended."""
    everything_open(office)
    give_notice(office)
    after(office)
