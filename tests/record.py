"""The record alone, without Slack: acts of people and ticks of the clock, and a way back to any point of it."""

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlmodel import col, func, select
from structlog.testing import capture_logs

from bot.agreement.calendars import JointCalendar, load_calendar
from bot.agreement.channels import Channel, Level
from bot.agreement.definition import load
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.people import Identity, Mandate, Person
from bot.agreement.rights import Role
from bot.database import Database
from bot.journal import Entry
from bot.sandbox.seed import LEVELS, PEOPLE, ROLES, offices
from bot.secretariat import Secretariat
from bot.tables import create_all
from schedules.timetable import run_due
from tests.office import START, ZURICH

DEFINITION = load("ilo-iom-2020")
PARTIES = ("ilo", "iom")
STRANGERS = ("Clara Novak", "Victor Lang")
"""Somebody whom no roster names, and somebody of a third organisation."""


@dataclass(frozen=True)
class Someone:
    """Somebody who may knock: their party by their workspace, and what the roster says of them, if anything."""

    name: str
    identity: Identity
    party: str
    roles: frozenset[str] = frozenset()
    office: str = ""
    listed: bool = True
    until: date | None = None


def demo_people() -> list[Someone]:
    """Everybody of the demonstration, strangers too."""
    return [
        Someone(
            known.name,
            Identity(known.team_id, known.id),
            known.team_id.removeprefix("T0").lower(),
            frozenset(ROLES.get(known.id, ("", ()))[1]),
            ROLES.get(known.id, ("", ()))[0],
            known.id in ROLES,
        )
        for known in PEOPLE
    ]


class WallClock:
    """A clock that stands until it is set, to an earlier instant too."""

    def __init__(self, start: datetime = START) -> None:
        """Stand at `start`."""
        self.instant = start

    def now(self) -> datetime:
        """Where it stands."""
        return self.instant


@dataclass(frozen=True)
class Point:
    """Everything on record at one instant."""

    content: sqlite3.Connection
    instant: datetime


class Record:
    """A secretariat with people, channels and offices; `people` are those on its roster and others."""

    def __init__(self, data: Path, people: Sequence[Someone], start: datetime = START, url: str = "") -> None:
        """An empty record with `people`; nothing of the past is entered before the first tick.

        It is on SQLite in `data`, or at `url`, and from there it cannot be put back.
        """
        self.file = data / "comity.db"
        self.clock = WallClock(start)
        self.database = Database(url or f"sqlite:///{self.file}")
        if self.database.is_sqlite:
            # What is tried here is not whether the disk keeps it when the power fails.
            event.listen(
                self.database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF")
            )
        create_all(self.database)
        self.people = {one.name: one for one in people}
        self.calendar = JointCalendar(
            [load_calendar(data / "calendars", party.calendar) for party in DEFINITION.parties]
        )
        self.secretariat = self._secretariat()
        self._move_in()

    def _secretariat(self) -> Secretariat:
        return Secretariat(
            database=self.database,
            clock=self.clock,
            definition=DEFINITION,
            calendar=self.calendar,
            installed=frozenset(PARTIES),
        )

    def _move_in(self) -> None:
        with self.database.writing() as session:
            for channel, level, scope, posting in LEVELS:
                row = {"level": Level(level), "scope": scope, "posting_party": posting, "since": self.today}
                session.add(Channel(channel_id=channel, **row))
            session.add_all(offices())
            for one in self.people.values():
                if one.listed:
                    who = {"team_id": one.identity.team_id, "user_id": one.identity.user_id}
                    person = Person(
                        party=one.party, name=one.name, office=one.office, valid_until=one.until, **who
                    )
                    session.add(person)
                    session.flush()
                    session.add_all(Mandate(person_id=person.key, role=Role(role)) for role in one.roles)

    @property
    def today(self) -> date:
        """The civil day in the Agreement's zone."""
        return self.clock.now().astimezone(ZURICH).date()

    def move_to(self, day: date, at: time = time(10)) -> None:
        """Set the clock, without a tick."""
        self.clock.instant = datetime.combine(day, at, ZURICH)

    def tick(self) -> int:
        """One tick of the clock, in which nothing may be left unsaid for a fault."""
        with capture_logs() as logs:
            said = run_due(self.secretariat)
        assert [line for line in logs if line["log_level"] == "error"] == []
        return said

    def act(self, name: str, verb: Any, **facts: Any) -> Any:
        """Let somebody act; raises what the verb raises."""
        return self.secretariat.act(self.people[name].identity, verb, **facts)

    def tried(self, name: str, verb: Any, **facts: Any) -> AgreementError | None:
        """What somebody was told who tried, or None if it was done."""
        try:
            self.act(name, verb, **facts)
        except AgreementError as error:
            return error
        return None

    def reading(self) -> AbstractContextManager[Desk]:
        """A desk to look from."""
        return self.secretariat.reading()

    def key(self, name: str) -> int:
        """The number of somebody on the roster."""
        with self.reading() as desk:
            return desk.session.exec(select(Person).where(Person.name == name)).one().key

    def journal(self, after: int = 0) -> list[Entry]:
        """The lines of the journal after the first `after`."""
        with self.reading() as desk:
            query = select(Entry).where(col(Entry.id) > after).order_by(col(Entry.id))
            return list(desk.session.exec(query).all())

    def lines(self) -> int:
        """The number of the journal's last line."""
        with self.reading() as desk:
            return desk.session.exec(select(func.max(Entry.id))).one() or 0

    def keep(self) -> Point:
        """Remember everything as it stands now."""
        content = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(self.file)) as now:
            now.backup(content)
        return Point(content, self.clock.instant)

    def back_to(self, point: Point) -> None:
        """Put everything back as it stood then."""
        with closing(sqlite3.connect(self.file)) as now:
            point.content.backup(now)
        self.clock.instant = point.instant
        self.secretariat = self._secretariat()

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()
