"""Two organisations with their Slack, their people and the bot, for tests that go through the door."""

from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

from slack_bolt import App

from bot.agreement.channels import Channel, Level
from bot.agreement.definition import load
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.people import Identity, Mandate, Person
from bot.agreement.rights import Role
from bot.bootstrap import House, build
from bot.clock import MovableClock
from bot.database import Database
from bot.health import Health
from bot.sandbox.app import make_app as make_slack_app
from bot.sandbox.demo import Stage
from bot.sandbox.seed import LEVELS, ROLES, ilo_iom, offices
from bot.sandbox.server import Serving
from bot.sandbox.slack import LocalSlack
from bot.sandbox.world import World
from bot.slack import Installation
from bot.tables import create_all
from bot.web import make_web
from handlers.bolt import make_app
from schedules.timetable import run_due

ZURICH = ZoneInfo("Europe/Zurich")
START = datetime(2026, 11, 23, 10, 0, tzinfo=ZURICH)
DEFINITION = load("ilo-iom-2020")
PATIENCE = 60.0
"""Seconds the local Slack waits for the bot."""


class Servers:
    """Two addresses, one for the local Slack and one for the bot, that outlive the offices behind them."""

    def __init__(self) -> None:
        self.slack_stage, self.bot_stage = Stage(), Stage()
        self.slack, self.bot = Serving(self.slack_stage), Serving(self.bot_stage)

    def __enter__(self) -> Self:
        self.slack.start()
        self.bot.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bot.stop()
        self.slack.stop()


class Office:
    """The whole of it, running: what people do goes in by signed HTTP, what the bot says comes out in Slack."""

    def __init__(
        self,
        data: Path,
        url: str,
        servers: Servers,
        start: datetime = START,
        parties: tuple[str, ...] = ("ilo", "iom"),
        world: World | None = None,
        levels: tuple[tuple[str, str, str, str], ...] = LEVELS,
    ) -> None:
        """Everything in `data`; `parties` have the app installed; `levels` are the shared channels of `world`."""
        self.clock = MovableClock(start)
        self.levels = levels
        self.slack = LocalSlack(world or ilo_iom(), self.clock)
        self.slack.courier.retries = (0.0, 0.0, 0.0)
        # A busy machine is not what these tests are about; Slack's three seconds are tried where they matter.
        self.slack.courier.timeout = PATIENCE
        self.slack.state.trigger_life = timedelta(seconds=PATIENCE)
        self.servers = servers
        servers.slack_stage.app = make_slack_app(self.slack)
        self.database = Database(url)
        create_all(self.database)
        self.house = self._house(data, parties)
        self.health = Health(self.database, self.clock)
        apps: dict[str, App] = {party: make_app(self.house, party) for party in self.house.installations}
        servers.bot_stage.app = make_web(apps, self.health)
        self.slack.attach(servers.slack.url, servers.bot.url)
        self._ids = {person.name: person.id for person in self.slack.state.people.values()}

    def _house(self, data: Path, parties: tuple[str, ...]) -> House:
        installed = {
            party: Installation(party, app.team_id, app.token, app.signing_secret)
            for app in self.slack.state.apps.values()
            if (party := app.path.split("/")[2]) in parties
        }
        return build(
            definition=DEFINITION,
            database=self.database,
            clock=self.clock,
            installations=installed,
            api_url=f"{self.servers.slack.url}/api/",
            data=data,
            pace=timedelta(0),
            look_again=timedelta(0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.slack.close()
        self.database.close()

    def move_in(self) -> Self:
        """Put the people and the channels of both sides on record, and enter what is due."""
        with self.database.writing() as session:
            for row in self.levels:
                session.add(
                    Channel(
                        channel_id=row[0],
                        level=Level(row[1]),
                        scope=row[2],
                        posting_party=row[3],
                        since=self.today,
                    )
                )
            session.add_all(offices())
            for user_id, (office, roles) in ROLES.items():
                known = self.slack.state.people[user_id]
                person = Person(
                    party=known.team_id.removeprefix("T0").lower(),
                    name=known.name,
                    team_id=known.team_id,
                    user_id=user_id,
                    office=office,
                )
                session.add(person)
                session.flush()
                session.add_all(Mandate(person_id=person.key, role=Role(role)) for role in roles)
        self.tick()
        return self

    @property
    def today(self) -> date:
        return self.clock.now().astimezone(ZURICH).date()

    def id(self, name: str) -> str:
        return self._ids[name]

    def who(self, name: str) -> Identity:
        return Identity(self.slack.state.people[self.id(name)].team_id, self.id(name))

    def person(self, name: str) -> Person:
        with self.reading() as desk:
            from bot.agreement.people import find

            found = find(desk.session, self.who(name))
        assert found is not None
        return found

    def command(self, name: str, words: str, channel: str = "ilo-iom-liaison") -> str:
        """Type a slash command and return all that the person is told, as text."""
        command, _, text = words.partition(" ")
        reply = self.slack.command(self.id(name), self._room(channel), command, text)
        assert reply.error is None, reply.error
        return "\n".join(
            [reply.text, *texts(reply.blocks), *(said for m in reply.said for said in everything(m))]
        )

    def modal(self, name: str) -> dict[str, Any]:
        view = self.slack.modal(self.id(name))
        assert view is not None, f"{name} has no form open"
        return view

    def submit(self, name: str, values: dict[str, Any]) -> Any:
        return self.slack.submit(self.id(name), values)

    def click(
        self, name: str, action_id: str, value: str | None = None, where: str = "ilo-iom-liaison"
    ) -> str:
        """Press the latest such button in a channel (or "direct", "home"); returns what the person is told."""
        if where == "home":
            view = self.slack.home(self.id(name))
            assert view is not None
            outcome = self.slack.click(self.id(name), view["id"], None, action_id, value)
        else:
            room = self._direct_room(name) if where == "direct" else self._room(where)
            ts = self._latest(room, action_id, value)
            outcome = self.slack.click(self.id(name), room, ts, action_id, value)
        assert outcome.error is None, outcome.error
        return "\n".join(said for message in outcome.said for said in everything(message))

    def _latest(self, room: str, action_id: str, value: str | None) -> str:
        for message in reversed(self.slack.messages(room)):
            for block in message.get("blocks") or []:
                for element in block.get("elements", []) if block["type"] == "actions" else []:
                    if element["action_id"] == action_id and value in (None, element.get("value")):
                        return str(message["ts"])
        raise AssertionError(f"no button {action_id} in {room}")

    def _room(self, channel: str) -> str:
        return self.slack.channel_id(channel if channel.startswith(("C", "D")) else f"#{channel}")

    def _direct_room(self, name: str) -> str:
        app = self.slack.app_of(self.slack.state.people[self.id(name)].team_id)
        assert app is not None
        return self.slack.dm(app.bot_user, self.id(name))

    def deliver(self) -> None:
        """Send everything that is queued."""
        for _ in range(500):
            if not self.house.delivery.round():
                return
        raise AssertionError("the outbox does not empty")

    def tick(self) -> int:
        """One tick of the clock, and the post it makes."""
        said = run_due(self.house.secretariat)
        self.deliver()
        return said

    def pass_to(self, day: date) -> None:
        """Let the days go by, one morning after the other, until `day` at ten."""
        while self.today < day:
            tomorrow = self.today + timedelta(days=1)
            self.clock.move_to(datetime.combine(tomorrow, time(10), ZURICH))
            self.tick()

    def channel(self, name: str) -> list[dict[str, Any]]:
        return self.slack.messages(self._room(name))

    def direct(self, name: str) -> list[dict[str, Any]]:
        return self.slack.messages(self._direct_room(name))

    def told(self, name: str) -> list[dict[str, Any]]:
        return self.slack.ephemerals(self.id(name))

    def home(self, name: str) -> dict[str, Any]:
        view = self.slack.open_home(self.id(name))
        assert view is not None
        return view

    def act(self, name: str | None, verb: Any, **facts: object) -> Event:
        event = self.house.secretariat.act(self.who(name) if name else None, verb, **facts)
        self.deliver()
        return event

    def reading(self) -> AbstractContextManager[Desk]:
        return self.house.secretariat.reading()


def texts(blocks: list[dict[str, Any]]) -> list[str]:
    """Every word in some blocks, in reading order."""
    found: list[str] = []
    for block in blocks:
        for part in (block.get("text"), block.get("label"), block.get("hint"), *block.get("elements", [])):
            if isinstance(part, dict):
                text = part.get("text")
                found.append(text if isinstance(text, str) else (text or {}).get("text", ""))
        found += [field["text"] for field in block.get("fields", [])]
        accessory = block.get("accessory") or {}
        if isinstance(accessory.get("text"), dict):
            found.append(accessory["text"]["text"])
    return [text for text in found if text]


def everything(message: dict[str, Any]) -> list[str]:
    """Every word of one message, the notification first."""
    return [message.get("text", ""), *texts(message.get("blocks") or [])]


def words_of(messages: list[dict[str, Any]]) -> str:
    """Every word of several messages."""
    return "\n".join(text for message in messages for text in everything(message))
