"""A Slack client that notes what it meets, in a file that outlives the process that is killed."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

from bot.slack import Installation, OutcomeUnknown, Posted, SlackClient, SlackLimited


class WatchedClient(SlackClient):
    """The product's client, with a note of every doubtful outcome and of every message found again."""

    def __init__(self, installation: Installation, api_url: str, notes: Path) -> None:
        """Note into `notes`, one word a line."""
        super().__init__(installation, api_url)
        self._notes = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def _note(self, word: str) -> None:
        # One short write at the end of a file is whole or absent, whenever the process is killed.
        os.write(self._notes, f"{word}\n".encode())

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """As the product calls; what did not end well is noted."""
        try:
            return super().call(method, **arguments)
        except OutcomeUnknown:
            self._note(f"unknown {method}")
            raise
        except SlackLimited:
            self._note(f"limited {method}")
            raise

    def find(self, *arguments: Any, **named: Any) -> Posted | None:
        """As the product looks for a message; whether it was there is noted."""
        found = super().find(*arguments, **named)
        self._note("message found" if found else "message missing")
        return found

    def has_file(self, *arguments: Any, **named: Any) -> bool:
        """As the product looks for a file; whether it was there is noted."""
        shown = super().has_file(*arguments, **named)
        self._note("file found" if shown else "file missing")
        return shown


def read(notes: Path) -> Counter[str]:
    """How often each note was made."""
    return Counter(notes.read_text().splitlines()) if notes.exists() else Counter()
