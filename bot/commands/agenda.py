"""`comity due`: what is due and why, what was said about it, and what was met."""

from contextlib import closing
from datetime import date
from typing import Annotated, Any

import typer

from bot import agendas, migrations
from bot.agreement.amended_versions import on_day
from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.ledger import Occurrence, Reminder
from bot.agreement.time_limits import civil_day
from bot.clock import SystemClock
from bot.commands import opening
from bot.commands.printing import a_day, as_json, tell
from bot.letters import say
from bot.settings import Settings
from bot.shapes import plain


def due(
    on: Annotated[str, typer.Option(metavar="DATE", help="The day to look from; today if not given.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="How far to look; 90 days if not given.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List what is due, why it is due on that day, what was said about it and how it was met.

    Without a database the dates are computed from the definition alone.
    """
    chosen = opening.settings()
    agreement = opening.definition(chosen)
    now = SystemClock().now()
    first = a_day(on) if on else civil_day(now, agreement.tz)
    last = a_day(until) if until else first + agendas.HORIZON
    if last < first:
        raise opening.PeriodBackwards(first, last)
    items, wanted, kept = _items(chosen, agreement, first, last)
    if json:
        as_json([_as_json(item) for item in items])
        return
    for item in items:
        tell("cli/due", "item", {"row": item, "zone": agreement.tz})
        typer.echo()
    tell(
        "cli/due",
        "summary",
        {"count": len(items), "wanted": wanted, "kept": kept, "on": first, "until": last},
    )


def _items(
    chosen: Settings, agreement: Definition, on: date, until: date
) -> tuple[list[dict[str, Any]], int, bool]:
    """The dates as facts, how many earlier ones nobody accounted for, and whether a ledger says so."""
    calendar = opening.calendar(chosen, agreement)
    if opening.exists(chosen):
        with closing(opening.database(chosen)) as database, database.reading() as session:
            if migrations.is_current(database):
                # The text of the last day knows those before it: an amendment may come in between.
                desk = Desk(session, SystemClock().now(), on_day(session, agreement, until), calendar)
                if agendas.is_entered(desk):
                    return (*_written(desk, on, until), True)
    rows = agendas.computed(agreement, calendar, on, until)
    return [_item(agreement, row, on, []) for row in rows], 0, False


def _written(desk: Desk, on: date, until: date) -> tuple[list[dict[str, Any]], int]:
    rows = agendas.written(desk, on, until)
    said = agendas.said(desk, rows)
    items = [_item(desk.definition, row, on, said[row.key]) for row in rows]
    return items, agendas.evidence_wanted(desk, on)


def _item(agreement: Definition, row: Occurrence, on: date, said: list[Reminder]) -> dict[str, Any]:
    facts = agendas.facts(agreement, row, on)
    why = plain(say("cli/due", "why", facts))
    return {**facts, "why": why, "said": [(step.on, step.step, step.said_at) for step in said]}


def _as_json(item: dict[str, Any]) -> dict[str, Any]:
    said = [{"planned_for": on, "step": step, "said_at": at} for on, step, at in item["said"]]
    keys = ("clause", "scope", "due_on", "window_start", "status", "why", "reading")
    more = ("duty", "title", "level", "basis", "reading_value", "met_on", "evidence", "note")
    return {**{key: item[key] for key in (*keys, *more)}, "said": said}
