"""What a command needs before it can work, from the settings: each bad setting is refused by its name."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from pydantic import ValidationError
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot import migrations
from bot.agreement.calendars import JointCalendar, load_calendar
from bot.agreement.definition import Definition, DefinitionRefused, Problem, load, shipped
from bot.agreement.errors import AgreementError
from bot.bootstrap import House, build
from bot.clock import SystemClock
from bot.database import Database
from bot.occupation import occupied
from bot.settings import LogFormat, PartySettings, Settings, installations
from bot.slack import Installation

Choice = TypeVar("Choice", bound=StrEnum)
DIALECTS = ("sqlite", "postgresql", "postgresql+psycopg")


class SettingReason(StrEnum):
    """Why a setting cannot be used; each is a block of `templates/cli/settings.j2`."""

    NOT_A_PORT = "not_a_port"
    """A port is a number from 1 to 65535."""
    UNKNOWN_WORD = "unknown_word"
    """The setting takes one of a few words."""
    UNKNOWN_AGREEMENT = "unknown_agreement"
    """There is no such definition."""
    SEVERAL_AGREEMENTS = "several_agreements"
    """One process keeps one agreement."""
    NOT_A_URL = "not_a_url"
    """Slack's Web API is reached by an address that begins with https://."""
    NOT_AN_ADDRESS = "not_an_address"
    """The database's address cannot be read."""
    UNKNOWN_DATABASE = "unknown_database"
    """It is not a database that is supported."""
    UNREACHABLE = "unreachable"
    """The database does not answer."""
    NOT_A_FOLDER = "not_a_folder"
    """The data directory cannot be made or written."""
    NOT_MIGRATED = "not_migrated"
    """The database lacks the tables this version needs."""
    MISSING = "missing"
    """Half an installation: this setting is missing beside another one."""
    UNREADABLE = "unreadable"
    """The value has the wrong form."""
    NO_APP_TOKEN = "no_app_token"
    """Socket Mode needs an app token."""
    NO_INSTALLATION = "no_installation"
    """No party has an installation, so nobody could be heard or spoken to."""


@dataclass
class SettingRefused(AgreementError):
    """A setting cannot be used. `value` is shown, so it is left empty for anything that may hold a secret."""

    routine: ClassVar[str] = "cli"

    variable: str
    reason: SettingReason
    value: str = ""
    known: tuple[str, ...] = ()
    beside: str = ""


@dataclass
class PortTaken(AgreementError):
    """The port cannot be opened; `name` is the setting or option that chose it."""

    routine: ClassVar[str] = "cli"

    name: str
    port: int


@dataclass
class OptionsClash(AgreementError):
    """Two options that cannot be meant at once."""

    routine: ClassVar[str] = "cli"

    first: str
    second: str


@dataclass
class OptionUnknown(AgreementError):
    """An option takes one of a few words, and this is none of them."""

    routine: ClassVar[str] = "cli"

    option: str
    value: str
    known: tuple[str, ...]


@dataclass
class ClauseUnknown(AgreementError):
    """The agreement has no such clause; `nearest` are those that look alike."""

    routine: ClassVar[str] = "cli"

    wanted: str
    nearest: tuple[str, ...]


@dataclass
class PeriodBackwards(AgreementError):
    """The last day to look at comes before the first."""

    routine: ClassVar[str] = "cli"

    first: date
    last: date


def choose(option: str, value: str, words: type[Choice]) -> Choice:
    """The member that is meant by `value`, however it is capitalized. Raises OptionUnknown."""
    return words(choose_name(option, value, tuple(word.value for word in words)))


def choose_name(option: str, value: str, known: tuple[str, ...]) -> str:
    """The one of these names that is meant by `value`, however it is capitalized. Raises OptionUnknown."""
    if value.casefold() not in known:
        raise OptionUnknown(option, value, known)
    return value.casefold()


def settings() -> Settings:
    """The settings from the environment and `.env`. Raises SettingRefused."""
    try:
        found = Settings()
    except ValidationError as error:
        raise _refused(error) from None
    levels = tuple(name for name in logging.getLevelNamesMapping() if name not in ("NOTSET", "WARN", "FATAL"))
    if found.log_level.upper() not in levels:
        raise SettingRefused("LOG_LEVEL", SettingReason.UNKNOWN_WORD, found.log_level, levels)
    if not found.slack_api_url.startswith(("https://", "http://")):
        raise SettingRefused("SLACK_API_URL", SettingReason.NOT_A_URL, found.slack_api_url)
    return found


def _refused(error: ValidationError) -> SettingRefused:
    first = error.errors(include_url=False, include_context=False)[0]
    name, value = str(first["loc"][0]), str(first["input"])
    refuse = partial(SettingRefused, name.upper())
    if name == "port":
        return refuse(SettingReason.NOT_A_PORT, value)
    if name == "log_format":
        return refuse(SettingReason.UNKNOWN_WORD, value, tuple(LogFormat))
    return refuse(SettingReason.UNREADABLE)


def definition(chosen: Settings) -> Definition:
    """The agreement this installation keeps. Raises SettingRefused, and DefinitionRefused for a bad file."""
    name = chosen.comity_agreement.strip()
    refuse = partial(SettingRefused, "COMITY_AGREEMENT", value=name, known=shipped())
    if "," in name:
        raise refuse(reason=SettingReason.SEVERAL_AGREEMENTS)
    try:
        return load(name)
    except DefinitionRefused as refused:
        if refused.problems[0].problem in (Problem.FILE_MISSING, Problem.FILE_UNREADABLE):
            raise refuse(reason=SettingReason.UNKNOWN_AGREEMENT) from None
        raise


def calendar(chosen: Settings, agreement: Definition) -> JointCalendar:
    """When both sides work, from the files in the data directory. Raises CalendarFileRefused."""
    folder = chosen.comity_data / "calendars"
    return JointCalendar([load_calendar(folder, party.calendar) for party in agreement.parties])


def address(chosen: Settings) -> URL:
    """Where the database is. Raises SettingRefused."""
    try:
        found = make_url(chosen.database)
    except (ArgumentError, ValueError):
        raise SettingRefused("DATABASE_URL", SettingReason.NOT_AN_ADDRESS) from None
    if found.drivername not in DIALECTS:
        raise SettingRefused("DATABASE_URL", SettingReason.UNKNOWN_DATABASE, found.drivername)
    return found


def database(chosen: Settings) -> Database:
    """The database of the settings, which must answer; the data directory is made. Raises SettingRefused."""
    where = address(chosen).render_as_string(hide_password=True)
    try:
        chosen.comity_data.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise SettingRefused("COMITY_DATA", SettingReason.NOT_A_FOLDER, str(chosen.comity_data)) from None
    found = Database(chosen.database)
    try:
        with found.reading() as session:
            session.connection()
    except DBAPIError:
        found.close()
        raise SettingRefused("DATABASE_URL", SettingReason.UNREACHABLE, where) from None
    return found


def migrated(chosen: Settings) -> Database:
    """The same, with the tables this version needs. Raises SettingRefused."""
    found = database(chosen)
    if not migrations.is_current(found):
        found.close()
        where = address(chosen).render_as_string(hide_password=True)
        raise SettingRefused("DATABASE_URL", SettingReason.NOT_MIGRATED, where)
    return found


def exists(chosen: Settings) -> bool:
    """Whether there is a database to look into; none is made by asking."""
    where = address(chosen)
    return where.get_backend_name() != "sqlite" or Path(where.database or "").is_file()


def installed(agreement: Definition) -> Mapping[str, Installation]:
    """The parties' installations, none of them half. Raises SettingRefused."""
    parties = [party.id for party in agreement.parties]
    for party in parties:
        _check_installation(f"SLACK_{party.upper()}_")
    return installations(parties)


def _check_installation(prefix: str) -> None:
    found = PartySettings(_env_prefix=prefix)
    token, secret = found.bot_token.get_secret_value(), found.signing_secret.get_secret_value()
    app_token = found.app_token.get_secret_value()
    missing = partial(SettingRefused, reason=SettingReason.MISSING)
    if token and not found.team_id:
        raise missing(f"{prefix}TEAM_ID", beside=f"{prefix}BOT_TOKEN")
    if token and not secret and not app_token:
        raise missing(f"{prefix}SIGNING_SECRET", beside=f"{prefix}BOT_TOKEN")
    if not token and (secret or app_token):
        raise missing(f"{prefix}BOT_TOKEN", beside=f"{prefix}{'SIGNING_SECRET' if secret else 'APP_TOKEN'}")


@contextmanager
def house(chosen: Settings) -> Iterator[House]:
    """Everything that runs, on a migrated database, which is let go of at the end. Raises SettingRefused."""
    agreement = definition(chosen)
    parties = installed(agreement)
    with closing(migrated(chosen)) as ready:
        yield build(
            definition=agreement,
            database=ready,
            clock=SystemClock(),
            installations=parties,
            api_url=chosen.api_url,
            data=chosen.comity_data,
        )


@contextmanager
def running_house(chosen: Settings) -> Iterator[House]:
    """The same, for those who speak and listen: at least one party must have an installation."""
    with house(chosen) as made:
        if not made.installations:
            raise SettingRefused(f"SLACK_{_first_party(made)}_BOT_TOKEN", SettingReason.NO_INSTALLATION)
        yield made


@contextmanager
def alone(used: Database) -> Iterator[None]:
    """Hold a SQLite database for this process; PostgreSQL is for many. Raises Occupied."""
    if not used.is_sqlite:
        yield
        return
    with occupied(Path(used.engine.url.database or "")):
        yield


def no_app_token(made: House) -> SettingRefused:
    """The refusal to listen by Socket Mode without an app token."""
    return SettingRefused(f"SLACK_{_first_party(made)}_APP_TOKEN", SettingReason.NO_APP_TOKEN)


def _first_party(made: House) -> str:
    return next(iter(made.installations), made.secretariat.definition.parties[0].id).upper()
