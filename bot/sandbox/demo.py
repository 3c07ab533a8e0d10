"""The demonstration: a local Slack, the bot and a clock in one process, with people who might be there."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import sleep
from zoneinfo import ZoneInfo

from slack_bolt import App
from sqlmodel import col, func, select
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.agreement.civil_days import shift
from bot.agreement.definition import Definition
from bot.agreement.emblem_decisions import lapse_day
from bot.agreement.emblems import PENDING, EmblemRequest
from bot.agreement.exchanges import Exchange
from bot.agreement.follow_ups import next_follow_up_on
from bot.agreement.ledger import next_reminder_on
from bot.agreement.standing import end_of
from bot.bootstrap import House, build
from bot.clock import MovableClock
from bot.database import Database
from bot.health import Health
from bot.letters import say
from bot.migrations import upgrade
from bot.occupation import occupied
from bot.outbox import Lane, OutboxRow, OutboxState
from bot.running import delivering, ticking, ticking_every
from bot.sandbox.app import make_app as make_slack_app
from bot.sandbox.seed import ilo_iom
from bot.sandbox.server import Serving
from bot.sandbox.slack import LocalSlack
from bot.secretariat import Secretariat
from bot.slack import Installation
from bot.web import make_web

MORNING = time(9, 30)
"""When the clock stops on each day it passes: inside working hours in the agreement's zone."""
PATIENCE = 200
"""Looks into the outbox, a twentieth of a second apart, before the next day begins all the same."""


def installations(slack: LocalSlack) -> dict[str, Installation]:
    """The two apps of the local Slack, as an operator would set them."""
    return {
        app.path.split("/")[2]: Installation(
            app.path.split("/")[2], app.team_id, app.token, app.signing_secret
        )
        for app in slack.state.apps.values()
    }


def join(slack: LocalSlack, web: Starlette) -> ASGIApp:
    """The local Slack and the bot behind one address."""
    return Starlette(routes=[*web.routes, Mount("/", make_slack_app(slack))])


def clock_at(store: Path, today: date | None, zone: str) -> MovableClock:
    """The clock as it was left, or set to `today` at half past nine; it never goes back."""
    kept = datetime.fromisoformat(store.read_text()) if store.exists() else None
    wanted = datetime.combine(today, MORNING, ZoneInfo(zone)) if today else None
    clock = MovableClock(wanted) if wanted and not kept else MovableClock()
    for instant in filter(None, (kept, wanted)):
        clock.move_to(instant)
    return clock


@dataclass(frozen=True)
class Passage:
    """Lets time pass in the demonstration as it does in life: day by day, with everything said on its day."""

    house: House
    slack: LocalSlack
    clock: MovableClock
    run_due: Callable[[], object]
    health: Health
    store: Path

    def move(self, instant: datetime) -> None:
        """Go to `instant`, stopping every morning on the way."""
        for morning in self._mornings(instant):
            self._stop_at(morning)
        self._stop_at(instant)
        self.keep()
        self.slack.state.changed()

    def keep(self) -> None:
        """Remember where the clock stands, for the next start."""
        self.store.write_text(self.clock.now().isoformat())

    def next_due(self) -> tuple[str, date] | None:
        """The next day on which the bot will have something to say, and what."""
        with self.house.secretariat.reading() as desk:
            reminder = next_reminder_on(desk.session)
            nudge = desk.session.exec(select(func.min(Exchange.nudge_on))).one()
            waiting = desk.session.exec(
                select(EmblemRequest).where(col(EmblemRequest.status).in_(PENDING))
            ).all()
            answers = [
                shift(lapse_day(desk, row) if row.escalated_on else row.answer_by, 1) for row in waiting
            ]
            found = [
                ("reminder", reminder.on if reminder else None),
                ("nudge", nudge),
                ("answer", min(answers, default=None)),
                # What falls after the end on record waits unsaid, in case the notice is withdrawn.
                (
                    "follow_up",
                    next_follow_up_on(desk.session, desk.today if end_of(desk.session) else date.min),
                ),
            ]
            calendar = desk.calendar
        dated = [(calendar.next_working(day), name) for name, day in found if day]
        if not dated:
            return None
        day, name = min(dated)
        return say("sandbox/next_due", name, {}), day

    def _mornings(self, until: datetime) -> list[datetime]:
        zone = ZoneInfo(self.house.secretariat.definition.tz)
        now, last = self.clock.now().astimezone(zone), until.astimezone(zone)
        days = (shift(now.date(), n) for n in range((last.date() - now.date()).days + 1))
        stops = (datetime.combine(day, MORNING, zone) for day in days)
        return [stop for stop in stops if now < stop < last]

    def _stop_at(self, instant: datetime) -> None:
        self.clock.move_to(instant)
        self.run_due()
        self.health.beat("clock")
        self._wait_for_post()

    def _wait_for_post(self) -> None:
        for _ in range(PATIENCE):
            with self.house.database.reading() as session:
                free = select(Lane.key).where(Lane.key == OutboxRow.lane, Lane.error == "").exists()
                moving = col(OutboxRow.state).in_((OutboxState.READY, OutboxState.SENDING))
                waiting = select(OutboxRow.id).where(moving, free)
                if session.exec(waiting.limit(1)).first() is None:
                    return
            sleep(0.05)


SPEED = timedelta(0)
"""No pause between two messages in a channel: the local Slack does not mind, and nobody likes to wait."""


class Stage:
    """The application behind an address that must be known before the application can be made."""

    app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""
        assert self.app is not None, "nothing is served before it is made"
        await self.app(scope, receive, send)


@dataclass(frozen=True)
class Troupe:
    """What only the command line can bring: the doors, the clock's questions, and the move into the house."""

    doors: Callable[[House, str], App]
    run_due: Callable[[Secretariat], object]
    move_in: Callable[[Secretariat], object]


@contextmanager
def running(
    data: Path, definition: Definition, troupe: Troupe, *, port: int = 0, today: date | None = None
) -> Iterator[str]:
    """The whole demonstration behind one address, which is yielded; it goes on where `data` left off.

    `today` sets the clock on the first start, in the agreement's zone. Raises OSError when the port is taken.
    """
    data.mkdir(parents=True, exist_ok=True)
    with occupied(data / "comity.db"):
        yield from _stage(data, definition, troupe, port, today)


def _stage(
    data: Path, definition: Definition, troupe: Troupe, port: int, today: date | None
) -> Iterator[str]:
    clock = clock_at(data / "clock", today, definition.tz)
    slack = LocalSlack(ilo_iom(), clock, data / "slack.db")
    stage = Stage()
    with Serving(stage, port) as server, closing(Database(f"sqlite:///{data / 'comity.db'}")) as database:
        house = build(
            definition=definition,
            database=database,
            clock=clock,
            installations=installations(slack),
            api_url=f"{server.url}/api/",
            data=data,
            pace=SPEED,
        )
        stage.app = _application(house, slack, troupe)
        slack.attach(server.url, server.url)
        with _alive(house, slack, clock, troupe, data / "clock"), closing(slack):
            yield server.url


def _application(house: House, slack: LocalSlack, troupe: Troupe) -> ASGIApp:
    apps = {party: troupe.doors(house, party) for party in house.installations}
    return join(
        slack,
        make_web(apps, Health(house.database, house.secretariat.clock, house.secretariat.definition.tz)),
    )


@contextmanager
def _alive(
    house: House, slack: LocalSlack, clock: MovableClock, troupe: Troupe, store: Path
) -> Iterator[None]:
    health = Health(house.database, clock, house.secretariat.definition.tz)
    passage = Passage(house, slack, clock, lambda: troupe.run_due(house.secretariat), health, store)
    slack.on_clock, slack.next_due = passage.move, passage.next_due
    upgrade(house.database)
    troupe.move_in(house.secretariat)
    tick = ticking(house, passage.run_due, health)
    with delivering(house), ticking_every(tick, house.secretariat.definition.tz):
        try:
            yield
        finally:
            passage.keep()
