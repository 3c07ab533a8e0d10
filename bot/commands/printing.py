"""How commands print: words from the templates without Slack's escapes, and JSON with ISO 8601 dates."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import typer

from bot.agreement.time_limits import DateReason, DateRefused, parse_start
from bot.letters import say
from bot.shapes import plain


def tell(template: str, block: str, facts: Mapping[str, object]) -> None:
    """Print one part of a template on standard output."""
    typer.echo(plain(say(template, block, facts)))


def as_json(value: object, *, indent: int | None = 2) -> None:
    """Print a value as JSON; a civil day as `2030-08-22`, an instant in UTC with `Z`."""
    typer.echo(json.dumps(value, default=_iso, ensure_ascii=False, indent=indent))


def _iso(value: object) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def a_day(text: str) -> date:
    """A civil day from the command line; an instant is refused, since only a day makes sense here."""
    found, instant = parse_start(text, "UTC")
    if instant:
        raise DateRefused(text, DateReason.NOT_A_DATE)
    return found
