"""`comity doctor`: everything an operator can put right, one line each, with the cure."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import typer
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot import migrations
from bot.agreement.channels import Channel, all_channels
from bot.agreement.definition import Definition
from bot.agreement.errors import AgreementError
from bot.agreement.people import Person
from bot.agreement.time_limits import civil_day
from bot.clock import Clock, SystemClock
from bot.commands import opening
from bot.commands.front import FINDINGS, sentence
from bot.commands.printing import tell
from bot.database import Database
from bot.doctor.apps import examine_app, examine_way_in
from bot.doctor.asking import Asker
from bot.doctor.checks import Check, Verdict, finding, fine
from bot.doctor.rooms import examine_channels
from bot.doctor.roster import examine_people, examine_roster, serving
from bot.doctor.upkeep import (
    examine_calendars,
    examine_database_clock,
    examine_journal,
    examine_outbox,
    examine_packs,
    examine_ticks,
)
from bot.letters import say
from bot.settings import Settings
from bot.shapes import plain
from bot.slack import Installation, SlackClient

PATIENT = {"connect_timeout": "5", "options": "-c statement_timeout=15s"}
"""How long to wait for PostgreSQL: for a connection, in seconds, and for the answer to one question."""


def doctor() -> None:
    """Examine the settings, the calendars, the database, the roster, the clock, the post and both Slack apps.

    One line for each check, with the cure for each finding; secrets are never shown, and nothing is changed.
    """
    count = dict.fromkeys(Verdict, 0)
    for check in _checks():
        count[check.verdict] += 1
        typer.echo(line(check))
    tell("cli/doctor", "summary", {name.value: number for name, number in count.items()})
    if count[Verdict.FINDING]:
        raise typer.Exit(FINDINGS)


def line(check: Check) -> str:
    """One check as people read it: its mark, its verdict and its sentence."""
    verdict = say("cli/doctor", check.verdict.value, {})
    facts = {**check.facts, "verdict": check.verdict.value}
    return f"{verdict} · {plain(say('cli/doctor', check.block, facts))}"


def _checks() -> Iterator[Check]:
    try:
        chosen = opening.settings()
        agreement = opening.definition(chosen)
        installed = opening.installed(agreement)
        where = opening.address(chosen).render_as_string(hide_password=True)
    except AgreementError as refused:
        yield finding("refused", sentence=sentence(refused))
        return
    yield fine("settings", chosen=chosen, agreement=agreement.short_title, database=where)
    yield from _Round(chosen, agreement, installed).checks()


@dataclass
class _Round:
    """One examination, in the order in which things rest on each other."""

    chosen: Settings
    agreement: Definition
    installed: Mapping[str, Installation]
    clock: Clock = field(default_factory=SystemClock)
    channels: list[Channel] | None = None
    people: Sequence[Person] = ()

    def checks(self) -> Iterator[Check]:
        yield from self._installations()
        today = civil_day(self.clock.now(), self.agreement.tz)
        yield from examine_calendars(self.agreement, self.chosen.comity_data / "calendars", today)
        yield from self._database()
        yield from self._slack()

    def _installations(self) -> Iterator[Check]:
        if not self.installed:
            yield finding("nobody_installed", party=self.agreement.parties[0].id.upper())
        for party in self.agreement.parties:
            if installed := self.installed.get(party.id):
                yield fine("installation", party=party.abbreviation, installed=installed)
                yield examine_way_in(installed, self.chosen.comity_base_url)
            elif self.installed:
                yield fine("not_installed", party=party.abbreviation, id=party.id.upper())

    def _database(self) -> Iterator[Check]:
        if not opening.exists(self.chosen):
            yield finding("no_database", file=opening.address(self.chosen).database)
            return
        try:
            with closing(opening.database(_patient(self.chosen))) as database:
                yield from self._record(database)
        except opening.SettingRefused as refused:
            if refused.reason is opening.SettingReason.UNREACHABLE:
                refused.value = opening.address(self.chosen).render_as_string(hide_password=True)
            yield finding("refused", sentence=sentence(refused))
        except SQLAlchemyError as fault:
            yield finding("database_fault", kind=type(fault).__name__)

    def _record(self, database: Database) -> Iterator[Check]:
        known, wanted = migrations.revision(database), migrations.newest()
        yield (fine if known == wanted else finding)("schema", known=known or "", wanted=wanted)
        with database.reading() as session:
            if not database.is_sqlite:
                yield examine_database_clock(session, self.clock)
            if known == wanted:
                yield from self._kept(session)

    def _kept(self, session: Session) -> Iterator[Check]:
        now = self.clock.now()
        today = civil_day(now, self.agreement.tz)
        self.channels, self.people = all_channels(session), serving(session, today)
        yield from examine_roster(session, self.agreement, today)
        yield examine_ticks(session, now)
        yield from examine_outbox(session, now)
        yield examine_journal(session)
        yield from examine_packs(session, self.agreement, now)

    def _slack(self) -> Iterator[Check]:
        clients = {party: SlackClient(each, self.chosen.api_url) for party, each in self.installed.items()}
        askers = {party: Asker(client) for party, client in clients.items()}
        for asker in askers.values():
            yield from examine_app(asker, self.clock)
        if self.channels is not None:
            yield from examine_channels(self.channels, askers)
        yield from examine_people(self.people, askers)


def _patient(chosen: Settings) -> Settings:
    """The same settings with a PostgreSQL that does not keep the doctor waiting; SQLite never does."""
    address = opening.address(chosen)
    if address.get_backend_name() == "sqlite":
        return chosen
    kept = {name: value for name, value in PATIENT.items() if name not in address.query}
    patient = address.update_query_dict(kept).render_as_string(hide_password=False)
    return chosen.model_copy(update={"database_url": patient})
