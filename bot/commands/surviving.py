"""`comity survivors`: what the end of the Agreement closes, and what outlives it, on any day."""

from contextlib import closing
from typing import Annotated, Any

import typer

from bot.agreement.amended_versions import on_day
from bot.agreement.closed_cases import Line
from bot.agreement.desk import Desk
from bot.agreement.survivors import Task
from bot.agreement.time_limits import civil_day
from bot.clock import SystemClock
from bot.commands import opening
from bot.commands.printing import as_json, tell
from bot.letters import say
from bot.shapes import plain
from bot.simulated_ends import ending_on, the_day


def survivors(
    day: Annotated[
        str,
        typer.Argument(
            metavar="[DATE]", help="The last day; that of a notice on record, or today, if not given."
        ),
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what ends with the Agreement, what lives on and until when, and what is to be taken down (VII.2).

    Only what both parties may know of is shown; nothing is given, sent or changed.
    """
    chosen = opening.settings()
    agreement = opening.definition(chosen)
    calendar = opening.calendar(chosen, agreement)
    with closing(opening.migrated(chosen)) as database, database.reading() as session:
        now = SystemClock().now()
        amended = on_day(session, agreement, civil_day(now, agreement.tz))
        desk = Desk(session, now, amended, calendar)
        facts = ending_on(desk, the_day(desk, day))
    if json:
        as_json(_as_json(facts))
        return
    tell("cli/survivors", "all", facts)


def _as_json(facts: dict[str, Any]) -> dict[str, object]:
    return {
        "ends_on": facts["ends_on"],
        "on_record": facts["last_day"],
        "ended": facts["done"],
        "closed": [_line(line) for line in facts["lines"]],
        "survivors": [_survivor(row) for row in facts["survivors"]],
        "tasks": [_task(row) for row in facts["tasks"]],
    }


def _line(line: Line) -> dict[str, object]:
    named = plain(say("endings/report", "line", {"line": line}))
    return {
        "routine": line.routine,
        "number": line.number,
        "title": named,
        "clause": line.clause,
        "count": line.count,
    }


def _survivor(row: dict[str, Any]) -> dict[str, object]:
    entries = [{"number": each.number, "title": each.title, "until": each.until} for each in row["entries"]]
    return {
        "clause": row["clause"],
        "says": plain(row["says"]),
        "basis": row["basis"],
        "working_rule": row["by_policy"],
        "until": row["until"],
        "entries": entries,
    }


def _task(row: Task) -> dict[str, object]:
    return {
        "task": row.kind,
        "number": row.number,
        "title": row.title,
        "by": row.by,
        "clause": row.clause,
        "party": row.party,
    }
