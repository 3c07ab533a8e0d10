"""`comity outbox`: the messages that need an operator's word, and what to do after a database came back."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

import typer

from bot import outbox, outbox_desk, restorations
from bot.agreement.errors import AgreementError
from bot.clock import SystemClock
from bot.commands import opening
from bot.commands.printing import tell

family = typer.Typer(
    no_args_is_help=True, help="Messages on their way to Slack that need an operator's word."
)


TS_HELP = "Where it is in Slack: the digits after the p in its link, with a point before the last six."


@dataclass
class ChooseOneOutcome(AgreementError):
    """Neither or both of the two outcomes of a message were given."""

    routine: ClassVar[str] = "cli"


@dataclass
class InstantWanted(AgreementError):
    """An instant with its offset is wanted, and this is none."""

    routine: ClassVar[str] = "cli"

    value: str


@dataclass
class InstantInFuture(AgreementError):
    """A copy cannot have been made at a time that has not come."""

    routine: ClassVar[str] = "cli"

    value: str


@family.command("list", epilog="Example: comity outbox list")
def list_undecided() -> None:
    """List the messages in doubt and those Slack will never take, each with what to do."""
    chosen = opening.settings()
    zone = opening.definition(chosen).tz
    with closing(opening.migrated(chosen)) as database, database.reading() as session:
        rows = outbox.undecided(session)
        for row in [*rows, *outbox.held_back(session)]:
            tell("cli/outbox", "item", {"row": row, "zone": zone, "since": row.tried_at or row.created_at})
            typer.echo()
    tell("cli/outbox", "summary", {"count": len(rows)})


@family.command(epilog="Example: comity outbox settle 1042 --arrived")
def settle(
    number: Annotated[
        int, typer.Argument(metavar="NUMBER", help="The message's number, from “outbox list”.")
    ],
    arrived: Annotated[bool, typer.Option("--arrived", help="People can see it in Slack.")] = False,
    send_again: Annotated[bool, typer.Option("--send-again", help="They cannot: send it again.")] = False,
    ts: Annotated[str, typer.Option(metavar="TS", help=TS_HELP)] = "",
) -> None:
    """Say what became of a message, once somebody has looked in Slack; what you say is journalled."""
    if arrived == send_again:
        raise ChooseOneOutcome
    with opening.house(opening.settings()) as house:
        house.secretariat.act(None, outbox_desk.settle, number=number, arrived=arrived, ts=ts)
    tell("cli/outbox", "settled", {"number": number, "arrived": arrived})


@family.command(epilog="Example: comity outbox reread --since 2026-11-22T20:00:00Z")
def reread(
    since: Annotated[str, typer.Option(metavar="INSTANT", help="When the copy was made, with its offset.")],
) -> None:
    """After an older copy was put back with pg_restore: say nothing again that Slack has had since it was made.

    “comity restore” does the same by itself.
    """
    copied_at, now = _instant(since), SystemClock().now()
    if copied_at > now:
        raise InstantInFuture(since)
    chosen = opening.settings()
    zone = opening.definition(chosen).tz
    with closing(opening.migrated(chosen)) as database, database.writing() as session:
        restorations.note(session, copied_at, now)
    tell("cli/outbox", "reread", {"since": copied_at, "zone": zone})


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InstantWanted(text) from None
    if found.utcoffset() is None:
        raise InstantWanted(text)
    return found
