"""`comity simulate`: everything the bot would say over the years, without Slack and without a database."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from bot.commands import opening
from bot.commands.printing import a_day, as_json, tell
from bot.letters import say
from bot.simulation import Saying, occasions, speak


def simulate(
    since: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day.")],
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="The last day.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """List every reminder and prompt of a period, with its date, clause and words.

    One channel of each level is assumed, and that nobody settles anything before its day.
    """
    first, last = a_day(since), a_day(until)
    if last < first:
        raise opening.PeriodBackwards(first, last)
    count = 0
    for saying in _sayings(first, last):
        count += 1
        if json:
            as_json(asdict(saying), indent=None)
        else:
            tell("cli/simulate", "line", asdict(saying))
    if not json:
        tell("cli/simulate", "summary", {"count": count, "since": first, "until": last})


def _sayings(since: date, until: date) -> Iterator[Saying]:
    chosen = opening.settings()
    agreement = opening.definition(chosen)
    planned = occasions(agreement, opening.calendar(chosen, agreement), since, until)
    bar = track(
        planned,
        description=say("cli/simulate", "progress", {}),
        console=Console(stderr=True),
        transient=True,
    )
    for occasion in bar:
        yield from speak(agreement, occasion)
