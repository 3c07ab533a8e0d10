"""Where the templates and migrations lie: beside the packages in a checkout, inside `bot` in a wheel."""

from functools import cache
from pathlib import Path

BOT = Path(__file__).parent


@cache
def resource(name: str) -> Path:
    """The folder `name` ("templates" or "migrations") of this installation."""
    inside = BOT / name
    return inside if inside.is_dir() else BOT.parent / name
