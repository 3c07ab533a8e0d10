"""How tests bring about the end of the Agreement: a row that the notice room writes once a notice is received."""

from dataclasses import dataclass
from datetime import date

from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.standing import AgreementEnd, forget
from tests.office import Office

LAST_DAY = date(2027, 1, 22)
"""Two months after Monday 23 November 2026, when the office opens, and one day less."""


@dataclass(frozen=True, kw_only=True)
class NoticeOnRecord(Event):
    """A notice was received; stands in for the notice room."""

    ends_on: date


def put_on_record(desk: Desk, *, ends_on: date) -> NoticeOnRecord:
    row = AgreementEnd(agreement=desk.definition.id, ends_on=ends_on, notice_id=1, recorded_at=desk.now)
    desk.session.add(row)
    desk.session.flush()
    forget(desk.session)
    return NoticeOnRecord(clause="VII.1-2", subject="notice:1", ends_on=ends_on)


def give_notice(office: Office, ends_on: date = LAST_DAY) -> None:
    office.act(None, put_on_record, ends_on=ends_on)
