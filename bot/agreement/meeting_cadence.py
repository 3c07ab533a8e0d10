"""IV.6-5: how many meetings were held in the field, and what is said where fewer were held than expected.

The text sets no number: two a year for an office that is marked active is a working rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.channels import NoChannel, channel_for
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.ledger import NothingToSay
from bot.agreement.meetings import Meeting, MeetingStatus
from bot.agreement.offices import Office, all_offices
from bot.agreement.planning import day_before
from bot.agreement.recurrences import Window, windows
from bot.agreement.time_limits import Period

CLAUSE = "IV.6-5"
POLICY = "meeting.field_per_year"


class FieldAlert(SQLModel, table=True):
    """One step that was said about the meetings of one place in the year that ends on a day; said once."""

    scope: str = Field(primary_key=True)
    year_ends: date = Field(primary_key=True)
    step: str = Field(primary_key=True)
    said_at: datetime


@dataclass(frozen=True)
class PlaceCount:
    """The meetings of one place in one agreement year; `offices` are those marked active there."""

    scope: str
    offices: tuple[tuple[str, str], ...]
    held: int
    planned: int
    expected: int
    year: Window


@dataclass(frozen=True)
class StepDue:
    """What is to be said of one place now: the last step whose day has come stands for those before it."""

    scope: str
    year_ends: date
    steps: tuple[str, ...]
    planned_for: date


@dataclass(frozen=True, kw_only=True)
class FieldMeetingsExpected(Event):
    """Fewer meetings were held in a place than the working rule expects, and the year ends soon."""

    scope: str
    channel_id: str
    offices: tuple[tuple[str, str], ...]
    held: int
    planned: int
    expected: int
    year_opens: date
    year_ends: date
    days_left: int
    planned_for: date
    late: bool

    @property
    def once(self) -> str:
        """The place, the year and the step."""
        return f"{self.name}:{self.scope}:{self.year_ends}:{self.planned_for}"


def agreement_year(desk: Desk) -> Window:
    """The agreement year in which today lies."""
    anchor = desk.definition.event("effective")
    years = windows(anchor, Period.parse("P1Y"), date(desk.today.year + 2, 1, 1))
    return next(year for year in years if desk.today <= year.closes)


def counts(desk: Desk) -> list[PlaceCount]:
    """The meetings of each place with an active office, in this agreement year."""
    places: dict[str, list[Office]] = {}
    for office in all_offices(desk.session):
        if office.active and office.is_open_on(desk.today):
            places.setdefault(office.country or office.region, []).append(office)
    places.pop("", None)
    return [_count(desk, scope, offices) for scope, offices in sorted(places.items())]


def _count(desk: Desk, scope: str, offices: Sequence[Office]) -> PlaceCount:
    year = agreement_year(desk)
    scopes = {office.region for office in offices} - {""} | {scope}
    rows = desk.session.exec(select(Meeting).where(col(Meeting.scope).in_(scopes))).all()
    held = [row for row in rows if row.held_on and year.opens <= row.held_on <= year.closes]
    planned = [row for row in rows if _is_planned(row, year)]
    (expected,) = desk.days(POLICY)
    names = tuple((desk.definition.party(office.party).abbreviation, office.name) for office in offices)
    return PlaceCount(scope, names, len(held), len(planned), expected, year)


def _is_planned(row: Meeting, year: Window) -> bool:
    fixed = row.status in (MeetingStatus.FIXED, MeetingStatus.MOVING)
    return fixed and row.day is not None and row.day <= year.closes


def to_be_alerted(desk: Desk) -> list[StepDue]:
    """The places of which it is to be said now that fewer meetings were held than expected."""
    come = _steps_come(desk)
    if not come:
        # For most of the year there is nothing to say, and then no table is asked.
        return []
    found = [_step(desk, place, come) for place in counts(desk) if place.held < place.expected]
    return [step for step in found if step]


def _steps_come(desk: Desk) -> dict[str, date]:
    """The steps before the end of this agreement year whose day has come."""
    closes = agreement_year(desk).closes
    steps = desk.definition.policy("meeting.field_remind")
    days = {step: desk.calendar.previous_working(day_before(closes, step)) for step in steps}
    return {step: day for step, day in days.items() if day <= desk.today}


def _step(desk: Desk, place: PlaceCount, come: Mapping[str, date]) -> StepDue | None:
    since = _since(desk.session, place.scope)
    if since is None:
        return None
    said = _said(desk.session, place)
    due = {step: day for step, day in come.items() if since <= day}
    last = max(due, key=lambda step: due[step], default=None)
    if last is None or last in said:
        return None
    return StepDue(place.scope, place.year.closes, tuple(set(due) - said), due[last])


def _since(session: Session, scope: str) -> date | None:
    try:
        return channel_for(session, scope).since
    except NoChannel:
        return None


def _said(session: Session, place: PlaceCount) -> set[str]:
    mine = select(FieldAlert.step).where(
        FieldAlert.scope == place.scope, FieldAlert.year_ends == place.year.closes
    )
    return set(session.exec(mine).all())


def alert(desk: Desk, *, due: StepDue) -> FieldMeetingsExpected:
    """Tell a place, once a step, that fewer meetings were held than expected. Raises NothingToSay."""
    place = next((each for each in counts(desk) if each.scope == due.scope), None)
    if place is None or place.held >= place.expected or _said(desk.session, place) & set(due.steps):
        raise NothingToSay
    for step in due.steps:
        desk.session.add(FieldAlert(scope=due.scope, year_ends=due.year_ends, step=step, said_at=desk.now))
    desk.session.flush()
    return FieldMeetingsExpected(
        clause=CLAUSE,
        subject=f"place:{due.scope}",
        scope=due.scope,
        channel_id=channel_for(desk.session, due.scope).channel_id,
        offices=place.offices,
        held=place.held,
        planned=place.planned,
        expected=place.expected,
        year_opens=place.year.opens,
        year_ends=due.year_ends,
        days_left=(due.year_ends - desk.today).days,
        planned_for=due.planned_for,
        late=due.planned_for < desk.today,
    )
