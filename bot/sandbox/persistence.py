"""Lets a killed and restarted demonstration show the same channels: every change goes to a SQLite file."""

import json
import sqlite3
from pathlib import Path
from typing import Any

JSON = dict[str, Any]

SCHEMA = """
CREATE TABLE IF NOT EXISTS items (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS contents (key TEXT PRIMARY KEY, data BLOB NOT NULL);
"""


class Store:
    """Items by kind and key, kept in a file; without a path nothing is kept. Callers lock."""

    def __init__(self, path: Path | None) -> None:
        """Open or create the file at `path`."""
        self._db: sqlite3.Connection | None = None
        if path is not None:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=OFF")
            self._db.executescript(SCHEMA)

    def put(self, kind: str, key: str, body: JSON) -> None:
        """Keep one item, replacing what had its key."""
        if self._db is not None:
            self._db.execute("INSERT OR REPLACE INTO items VALUES (?, ?, ?)", (kind, key, json.dumps(body)))

    def drop(self, kind: str, key: str) -> None:
        """Forget one item."""
        if self._db is not None:
            self._db.execute("DELETE FROM items WHERE kind = ? AND key = ?", (kind, key))

    def items(self, kind: str) -> list[tuple[str, JSON]]:
        """All items of one kind, by key."""
        if self._db is None:
            return []
        rows = self._db.execute("SELECT key, body FROM items WHERE kind = ? ORDER BY key", (kind,))
        return [(key, json.loads(body)) for key, body in rows]

    def put_bytes(self, key: str, data: bytes) -> None:
        """Keep the contents of a file."""
        if self._db is not None:
            self._db.execute("INSERT OR REPLACE INTO contents VALUES (?, ?)", (key, data))

    def bytes_of(self, key: str) -> bytes | None:
        """The contents of a file, if it was kept."""
        if self._db is None:
            return None
        row = self._db.execute("SELECT data FROM contents WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """Let the file go."""
        if self._db is not None:
            self._db.close()
            self._db = None
