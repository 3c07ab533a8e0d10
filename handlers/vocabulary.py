"""The words each slash command understands; the doors behind them are in `handlers.doors`."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, ...]] = {
    "/agreement": ("status", "due", "clause", "report", "help"),
    "/exchange": ("share", "list", "show", "help"),
    "/emblem": ("request", "list", "show", "help"),
}


def understood(line: str) -> bool:
    """Whether a line such as `/emblem request` can be typed today."""
    command, _, rest = line.partition(" ")
    return rest.split(" ")[0] in ("", *WORDS[command]) if command in WORDS else False
