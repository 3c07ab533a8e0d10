"""What an operator sets, from the environment or `.env`; secrets stay secret in every printout."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.slack import Installation


class LogFormat(StrEnum):
    """How log lines look."""

    JSON = "json"
    """One JSON object a line, for machines."""
    TEXT = "text"
    """Coloured words, for people."""


class Settings(BaseSettings):
    """The program's settings; the names in the environment are those of the fields in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    database_url: str = ""
    comity_data: Path = Path(".comity")
    comity_agreement: str = "ilo-iom-2020"
    comity_base_url: str = ""
    port: int = Field(default=3000, ge=1, le=65535)
    log_level: str = "INFO"
    log_format: LogFormat = LogFormat.TEXT
    slack_api_url: str = "https://slack.com/api/"

    @property
    def database(self) -> str:
        """The database's address; without one, a SQLite file in the data directory."""
        return self.database_url or f"sqlite:///{self.comity_data / 'comity.db'}"

    @property
    def api_url(self) -> str:
        """Slack's Web API, ending in a slash as the client wants it."""
        return self.slack_api_url.rstrip("/") + "/"


class PartySettings(BaseSettings):
    """One party's installation: `SLACK_ILO_TEAM_ID` and its siblings."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    team_id: str = ""
    bot_token: SecretStr = SecretStr("")
    signing_secret: SecretStr = SecretStr("")
    app_token: SecretStr = SecretStr("")


def installations(parties: Sequence[str]) -> dict[str, Installation]:
    """The parties whose workspace has the app: those with a bot token."""
    found = {party: PartySettings(_env_prefix=f"SLACK_{party.upper()}_") for party in parties}
    return {
        party: Installation(
            party=party,
            team_id=settings.team_id,
            bot_token=settings.bot_token.get_secret_value(),
            signing_secret=settings.signing_secret.get_secret_value(),
            app_token=settings.app_token.get_secret_value(),
        )
        for party, settings in found.items()
        if settings.bot_token.get_secret_value()
    }
