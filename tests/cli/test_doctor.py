"""`comity doctor`: every fault an operator can cure is named with its cure, and nothing else is."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel, col, select

from bot import outbox
from bot.agreement.people import Mandate, Person
from bot.agreement.rights import Role
from bot.clock import SystemClock
from bot.database import Database
from bot.health import Heartbeat
from bot.outbox import Address, Lane, Message, OutboxRow, OutboxState
from bot.sandbox import seed
from bot.sandbox.app import make_app
from bot.sandbox.seed import SCOPES, ilo_iom
from bot.sandbox.server import Serving
from bot.sandbox.slack import LocalSlack
from tests.cli.conftest import CommandLine

SECRETS = ("xoxb-ilo-local", "xoxb-iom-local", "ilo-local-signing-secret", "iom-local-signing-secret")
FINDING, UNKNOWN = "✗ to be put right · ", "? not known · "


@dataclass(frozen=True)
class Clinic:
    """An installation in which all is well, to be made ill, and the local Slack it speaks to."""

    comity: CommandLine
    slack: LocalSlack

    def put(self, *rows: SQLModel) -> None:
        with closing(self.opened()) as database, database.writing() as session:
            for row in rows:
                session.merge(row)

    def opened(self) -> Database:
        file = self.comity.folder / "data" / "comity.db"
        return Database(self.comity.settings["DATABASE_URL"] or f"sqlite:///{file}")

    def queue(self, state: OutboxState, age: timedelta) -> None:
        then = datetime.now(UTC) - age
        with closing(self.opened()) as database, database.writing() as session:
            words = Message("An update was shared.")
            number = outbox.put(
                session, key="k", to=Address("ilo", "C0LIAISON"), message=words, letter="card", now=then
            )
            row = session.get_one(OutboxRow, number)
            row.state, row.tried_at = state, then

    def lane(self, **values: object) -> None:
        with closing(self.opened()) as database, database.writing() as session:
            lane = session.get_one(Lane, "ilo:C0LIAISON")
            for name, value in values.items():
                setattr(lane, name, value)

    def without_role(self, role: Role) -> None:
        with closing(self.opened()) as database, database.writing() as session:
            query = select(Mandate).join(Person, col(Person.id) == Mandate.person_id)
            for row in session.exec(query.where(Mandate.role == role, Person.party == "iom")).all():
                session.delete(row)

    def room(self, **changes: object) -> None:
        self.slack.state.put_channel(replace(self.slack.state.channels["C0KENYA"], **changes))

    def app(self, **changes: object) -> None:
        app = next(app for app in self.slack.state.apps.values() if "ilo" in app.path)
        self.slack.state.apps[app.id] = replace(app, **changes)


@pytest.fixture
def slack() -> Iterator[tuple[LocalSlack, str]]:
    local = LocalSlack(ilo_iom(), SystemClock())
    with Serving(make_app(local)) as server:
        local.attach(server.url, None)
        yield local, f"{server.url}/api/"
        local.close()


@pytest.fixture
def clinic(comity: CommandLine, slack: tuple[LocalSlack, str]) -> Clinic:
    """Both parties installed, on SQLite."""
    return made_well(comity, *slack)


@pytest.fixture
def clinic_on_postgres(comity: CommandLine, slack: tuple[LocalSlack, str], postgres_url: str) -> Clinic:
    """The same on PostgreSQL."""
    comity.settings["DATABASE_URL"] = postgres_url
    return made_well(comity, *slack)


def made_well(comity: CommandLine, local: LocalSlack, api: str) -> Clinic:
    comity.settings.update(SLACK_API_URL=api, COMITY_BASE_URL="https://comity.example")
    for party in ("ilo", "iom"):
        prefix = f"SLACK_{party.upper()}"
        comity.settings[f"{prefix}_TEAM_ID"] = f"T0{party.upper()}"
        comity.settings[f"{prefix}_BOT_TOKEN"] = f"xoxb-{party}-local"
        comity.settings[f"{prefix}_SIGNING_SECRET"] = f"{party}-local-signing-secret"
        write_calendars(comity.folder, party)
    comity.done("migrate")
    comity.done("contacts", "import", comity.file("people.csv", seed.contacts_csv()))
    comity.done("channels", "import", comity.file("channels.csv", seed.channels_csv()))
    made = Clinic(comity, local)
    with closing(made.opened()) as database, database.writing() as session:
        for row in session.exec(select(OutboxRow)).all():
            row.state = OutboxState.SENT
    made.put(Heartbeat(part="clock", at=datetime.now(UTC)))
    return made


def write_calendars(folder: Path, party: str) -> None:
    calendars = folder / "data" / "calendars"
    calendars.mkdir(parents=True, exist_ok=True)
    year = datetime.now(UTC).year
    for each in range(year - 1, year + 3):
        (calendars / f"{party}-{each}.toml").write_text("closed = []\n")


def lines(clinic: Clinic, begin: str) -> list[str]:
    found = clinic.comity("doctor")
    assert found.exit_code == (1 if FINDING in found.stdout else 0), found.output
    assert not any(secret in found.output for secret in SECRETS)
    return [line.removeprefix(begin) for line in found.stdout.splitlines() if line.startswith(begin)]


def test_where_all_is_well_every_line_says_so_and_no_secret_is_shown(clinic: Clinic) -> None:
    result = clinic.comity("doctor")

    shown = result.stdout.splitlines()
    assert result.exit_code == 0, result.output
    assert [line for line in shown[:-1] if not line.startswith("✓ fine · ")] == []
    assert shown[-1] == f"All is well: {len(shown) - 1} checks."
    assert not any(secret in result.output for secret in SECRETS)
    for said in (
        "16 people on the roster",
        "3 registered channels",
        "agrees with Slack's",
        "ILO's bot token is valid",
    ):
        assert said in result.stdout


@pytest.mark.postgres
def test_on_postgresql_its_clock_is_compared_too(clinic_on_postgres: Clinic) -> None:
    result = clinic_on_postgres.comity("doctor")

    assert result.exit_code == 0, result.output
    assert "✓ fine · This machine's clock agrees with the database server's." in result.stdout


ILLS: dict[str, tuple[Callable[[Clinic], object], str]] = {
    "token_revoked": (
        lambda clinic: clinic.slack.state.revoked.add("xoxb-ilo-local"),
        "Slack does not accept ILO's bot token (account_inactive): install the app",
    ),
    "other_workspace": (
        lambda clinic: clinic.comity.settings.update(SLACK_ILO_TEAM_ID="T0OTHER"),
        "ILO's bot token belongs to the workspace “ILO” (T0ILO), and SLACK_ILO_TEAM_ID is T0OTHER",
    ),
    "scopes": (
        lambda clinic: clinic.app(scopes=tuple(scope for scope in SCOPES if scope != "im:history")),
        "ILO's app lacks the scope im:history: add it under “OAuth & Permissions”",
    ),
    "no_way_in": (
        lambda clinic: clinic.comity.settings.update(COMITY_BASE_URL="", SLACK_IOM_APP_TOKEN="xapp-1"),
        "How ILO's people reach the bot is not set: give COMITY_BASE_URL",
    ),
    "archived": (
        lambda clinic: clinic.room(archived=True),
        "The channel #ilo-iom-east-africa (C0KENYA) is archived: bring it back",
    ),
    "not_member": (
        lambda clinic: clinic.room(members=("U0ILOOTIENO",)),
        "IOM's app is not in #ilo-iom-east-africa (C0KENYA): invite it there",
    ),
    "channel_gone": (
        lambda clinic: clinic.slack.state.channels.pop("C0KENYA"),
        "IOM's app finds no channel C0KENYA: invite the app if the channel is private",
    ),
    "no_contact_point": (
        lambda clinic: clinic.without_role(Role.CONTACT_POINT),
        "IOM has nobody who serves today as contact point: add them",
    ),
    "no_administrator": (
        lambda clinic: clinic.without_role(Role.ADMINISTRATOR),
        "IOM has nobody who serves today as administrator: add them",
    ),
    "no_approver": (
        lambda clinic: clinic.without_role(Role.EMBLEM_APPROVER),
        "IOM has nobody who serves today as emblem approver: add them",
    ),
    "deactivated": (
        lambda clinic: clinic.slack.state.people.update(
            U0IOMCOSTA=replace(clinic.slack.state.people["U0IOMCOSTA"], deactivated=True)
        ),
        "Helena Costa of IOM is on the roster and deactivated in Slack: end the designation",
    ),
    "unknown_person": (
        lambda clinic: clinic.slack.state.people.pop("U0IOMCOSTA"),
        "Helena Costa of IOM is on the roster with the number U0IOMCOSTA, which Slack does not know",
    ),
    "no_calendar": (
        lambda clinic: [file.unlink() for file in (clinic.comity.folder / "data/calendars").glob("iom-*")],
        "IOM has no calendar for ",
    ),
    "clock_stopped": (
        lambda clinic: clinic.put(Heartbeat(part="clock", at=datetime.now(UTC) - timedelta(hours=1))),
        "The clock has not asked what is due since ",
    ),
    "stuck": (
        lambda clinic: clinic.queue(OutboxState.READY, timedelta(hours=1)),
        "One message waits to be sent, the oldest for 60 minutes",
    ),
    "dead": (
        lambda clinic: clinic.queue(OutboxState.DEAD, timedelta(minutes=1)),
        "One message needs your word: ",
    ),
    "trouble": (
        lambda clinic: (
            clinic.queue(OutboxState.READY, timedelta(minutes=1)),
            clinic.lane(error="is_archived", error_since=datetime.now(UTC)),
        ),
        "ILO's app cannot speak in C0LIAISON since ",
    ),
    "token_missing": (
        lambda clinic: clinic.comity.settings.update(SLACK_IOM_BOT_TOKEN=""),
        "The setting SLACK_IOM_BOT_TOKEN is missing beside SLACK_IOM_SIGNING_SECRET",
    ),
    "bad_port": (
        lambda clinic: clinic.comity.settings.update(PORT="many"),
        "The setting PORT is “many”, which is not a port",
    ),
    "database_away": (
        lambda clinic: clinic.comity.settings.update(DATABASE_URL="postgresql://127.0.0.1:1/comity"),
        "The setting DATABASE_URL names postgresql://127.0.0.1:1/comity, and that database does not answer",
    ),
    "no_database": (
        lambda clinic: clinic.comity.settings.update(DATABASE_URL="sqlite:///nowhere.db"),
        "There is no database at nowhere.db yet: run “comity migrate”.",
    ),
    "slack_away": (
        lambda clinic: clinic.comity.settings.update(SLACK_API_URL="http://127.0.0.1:1/api/"),
        "Slack does not answer for ILO at http://127.0.0.1:1/api/ (URLError): check",
    ),
}


@pytest.mark.parametrize(("illness", "said"), ILLS.values(), ids=ILLS)
def test_each_fault_is_named_with_its_cure(
    clinic: Clinic, illness: Callable[[Clinic], object], said: str
) -> None:
    illness(clinic)

    assert [line for line in lines(clinic, FINDING) if line.startswith(said)] != []


def test_a_token_without_reading_scopes_leaves_the_channels_unknown_and_says_so(clinic: Clinic) -> None:
    clinic.app(scopes=("chat:write",))

    assert any(
        "may speak in C0LIAISON was not found out (Slack says: missing_scope)" in line
        for line in lines(clinic, UNKNOWN)
    )


def test_the_doctor_waits_as_long_as_slack_asks(clinic: Clinic) -> None:
    clinic.slack.faults.next("users.info", "rate_limited", amount=1)

    assert clinic.comity("doctor").exit_code == 0


def test_the_doctor_does_not_wait_for_ever(clinic: Clinic) -> None:
    clinic.slack.faults.next("auth.test", "rate_limited", amount=3600)

    assert any("Slack asks for patience with ILO's app" in line for line in lines(clinic, UNKNOWN))


def test_a_slack_that_falls_silent_is_not_asked_about_everybody(clinic: Clinic) -> None:
    clinic.slack.faults.next("users.info", "lost_answer")

    shown = lines(clinic, UNKNOWN)
    asked = [call for call in clinic.slack.state.calls if call.method == "users.info"]
    assert any(" was not found out (Slack says: " in line for line in shown)
    assert len({call.args["user"] for call in asked}) < 14
