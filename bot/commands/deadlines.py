"""`comity deadline`: a time limit with its working."""

from typing import Annotated

import typer

from bot.agreement.time_limits import Period, Profile, Result, Step, act_by, end, latest_notice, parse_start
from bot.cards.workings import said_step
from bot.commands import opening
from bot.commands.printing import as_json
from bot.shapes import plain

PROFILES = ", ".join(Profile)


def deadline(
    start: Annotated[str, typer.Argument(help="A date (2026-12-31) or an instant (2030-08-23T22:30:00Z).")],
    period: Annotated[str, typer.Argument(help="An ISO 8601 period: P2M, P10Y, P30D, P2W or P1.5M.")],
    act: Annotated[
        bool, typer.Option("--act", help="The last day for an act: moved off closed days.")
    ] = False,
    latest: Annotated[
        bool, typer.Option("--latest", help="START is the end of the term: the last day for a notice.")
    ] = False,
    profile: Annotated[str, typer.Option(help=f"How to count: {PROFILES}.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Work out a time limit and show how: 2026-12-31 P2M is 2027-02-28."""
    if act and latest:
        raise opening.OptionsClash("--act", "--latest")
    chosen = opening.settings()
    agreement = opening.definition(chosen)
    day, instant = parse_start(start, agreement.tz)
    method = opening.choose("--profile", profile, Profile) if profile else agreement.profile
    length = Period.parse(period)
    if latest:
        result = latest_notice(day, length, method)
    elif act:
        result = act_by(day, length, opening.calendar(chosen, agreement), method)
    else:
        result = end(day, length, method)
    _print(result, period, (*([instant] if instant else []), *result.working), agreement.tz, json)


def _print(result: Result, period: str, steps: tuple[Step, ...], zone: str, json: bool) -> None:
    working = [plain(said_step(step, zone)) for step in steps]
    if json:
        facts = {
            "date": result.date,
            "start": result.start,
            "period": period,
            "profile": result.profile.value,
        }
        as_json({**facts, "working": working})
        return
    typer.echo(result.date.isoformat())
    for line in working:
        typer.echo(line)
