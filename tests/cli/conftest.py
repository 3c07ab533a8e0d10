"""The real command line, run in this process, with settings and a data directory of its own."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.database import Database
from bot.sandbox import seed

NOBODY = {
    f"SLACK_{party}_{part}": ""
    for party in ("ILO", "IOM")
    for part in ("TEAM_ID", "BOT_TOKEN", "SIGNING_SECRET", "APP_TOKEN")
}


@dataclass(frozen=True)
class CommandLine:
    """`comity …` as an operator types it."""

    folder: Path
    settings: dict[str, str]

    def __call__(self, *words: str, **settings: str) -> Result:
        runner = CliRunner(env={**self.settings, **settings, "COLUMNS": "200"})
        return runner.invoke(app, list(words), prog_name="comity")

    def done(self, *words: str, **settings: str) -> str:
        """What a command prints that must succeed."""
        result = self(*words, **settings)
        assert result.exit_code == 0, result.output
        return result.stdout

    def refused(self, *words: str, **settings: str) -> str:
        """The one sentence with which a command is refused."""
        result = self(*words, **settings)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        lines = result.stderr.strip().splitlines()
        assert len(lines) == 1, lines
        return lines[0]

    def findings(self, *words: str) -> list[str]:
        """What a command finds wrong, line by line."""
        result = self(*words)
        assert result.exit_code == 1, result.output
        return result.output.strip().splitlines()

    def json(self, *words: str) -> Any:
        """What a command prints as JSON."""
        return self.json_of(*words, "--json")

    def json_of(self, *words: str, **settings: str) -> Any:
        """What a command prints that has no other form than JSON."""
        return json.loads(self.done(*words, **settings))

    def file(self, name: str, text: str, encoding: str = "utf-8") -> str:
        """A file to give to a command."""
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return str(path)

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """The record as the commands left it."""
        address = self.settings["DATABASE_URL"] or f"sqlite:///{self.folder / 'data' / 'comity.db'}"
        with closing(Database(address)) as database, database.reading() as session:
            yield session


@pytest.fixture
def comity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line on a fresh machine: no database, no installation."""
    monkeypatch.chdir(tmp_path)
    fresh = {"COMITY_DATA": str(tmp_path / "data"), "DATABASE_URL": "", "COMITY_AGREEMENT": "ilo-iom-2020"}
    return CommandLine(tmp_path, {**fresh, **NOBODY})


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def migrated(request: pytest.FixtureRequest, comity: CommandLine) -> CommandLine:
    """The same with a database that is up to date, of either kind."""
    if request.param == "postgres":
        comity.settings["DATABASE_URL"] = request.getfixturevalue("postgres_url")
    comity.done("migrate")
    return comity


@pytest.fixture
def moved_in(migrated: CommandLine) -> CommandLine:
    """The same with the people and channels of both parties."""
    migrated.done("contacts", "import", migrated.file("people.csv", seed.contacts_csv()))
    migrated.done("channels", "import", migrated.file("channels.csv", seed.channels_csv()))
    return migrated


@pytest.fixture
def with_line() -> Callable[[str, str], str]:
    """A CSV text with one more line."""
    return lambda text, line: f"{text.rstrip()}\n{line}\n"
