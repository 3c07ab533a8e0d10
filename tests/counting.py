"""How many statements something costs: a number that no machine's load changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import Any

from sqlalchemy import event

from tests.office import Office


@contextmanager
def asked(office: Office, *, here: bool = True) -> Iterator[list[str]]:
    """Every statement that is sent to the database meanwhile: by this thread, or else by any."""
    found: list[str] = []
    mine = get_ident()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not here or get_ident() == mine:
            found.append(" ".join(statement.split()))

    event.listen(office.database.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(office.database.engine, "before_cursor_execute", note)
