"""The composition root: the one place that knows the doors and the schedules as well as the house."""

from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bot import logs, migrations
from bot.agreement.definition import load
from bot.bootstrap import House
from bot.commands import (
    agenda,
    agreements,
    copying,
    deadlines,
    doctoring,
    exporting,
    imports,
    manifests,
    opening,
    packing,
    posting,
    reporting,
    simulating,
    surviving,
    verifying,
    workplans,
)
from bot.commands.front import Front
from bot.commands.printing import a_day, tell
from bot.running import Role, stop_asked
from bot.running import run as run_roles
from handlers.bolt import make_app
from schedules import ledger
from schedules.timetable import run_due

app = typer.Typer(
    cls=Front,
    name="comity",
    help="A secretariat for an agreement between institutions, living in Slack.",
    epilog="Example: comity demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(agreements.family, name="agreement")
app.add_typer(imports.contacts, name="contacts")
app.add_typer(imports.channels, name="channels")
app.add_typer(imports.history_family(ledger.enter), name="history")
app.add_typer(posting.family, name="outbox")
app.add_typer(workplans.family, name="workplan")
app.add_typer(reporting.family, name="report")
app.command(epilog="Example: comity doctor")(doctoring.doctor)
app.command(epilog=f"Example: {' · '.join(verifying.EXAMPLES)}")(verifying.verify)
app.command(epilog="Example: comity export archive-ilo --party ilo")(exporting.export)
app.command(epilog="Example: comity packs --write archives")(packing.packs)
app.command(epilog="Example: comity backup comity-2026-11-22.zip")(copying.backup)
app.command(epilog="Example: comity restore comity-2026-11-22.zip")(copying.restore)
app.command(epilog="Example: comity manifest --party ilo --url https://comity.example")(manifests.manifest)
app.command(epilog="Example: comity due --until 2027-12-31")(agenda.due)
app.command(epilog="Example: comity deadline --latest 2030-10-23 P2M")(deadlines.deadline)
app.command(epilog="Example: comity survivors 2027-01-22")(surviving.survivors)
app.command(epilog="Example: comity simulate --from 2020-10-23 --until 2030-10-23")(simulating.simulate)


@app.command(epilog="Example: comity migrate")
def migrate() -> None:
    """Bring the database up to date; several that start at once wait for one another."""
    with closing(opening.database(opening.settings())) as database:
        before = migrations.revision(database)
        after = migrations.upgrade(database)
    tell("cli/migrations", "migrated", {"before": before, "after": after})


@app.command(epilog="Example: comity run")
def run() -> None:
    """Run everything in one process: HTTP and Socket Mode, the clock and the delivery."""
    _run({Role.WEB, Role.CLOCK, Role.DELIVER}, with_sockets=True)


@app.command(epilog="Example: PORT=8080 comity web")
def web() -> None:
    """Answer Slack over HTTP; any number of these may run against one PostgreSQL."""
    _run({Role.WEB})


@app.command(epilog="Example: SLACK_ILO_APP_TOKEN=xapp-… comity socket")
def socket() -> None:
    """Answer Slack over Socket Mode, for the parties that have an app token."""
    _run({Role.SOCKET}, with_sockets=True)


@app.command(epilog="Example: comity clock")
def clock() -> None:
    """Ask what is due; of several clocks one speaks at a time, and another takes over."""
    _run({Role.CLOCK})


@app.command(epilog="Example: comity deliver")
def deliver() -> None:
    """Send what is queued; any number of these may run against one PostgreSQL."""
    _run({Role.DELIVER})


def _run(roles: Collection[Role], *, with_sockets: bool = False) -> None:
    chosen = opening.settings()
    with opening.running_house(chosen) as house:
        callers = [party for party in house.installations.values() if party.app_token]
        if Role.SOCKET in roles and not callers:
            raise opening.no_app_token(house)
        logs.configure(chosen)
        roles = {*roles, Role.SOCKET} if with_sockets and callers else roles
        with opening.alone(house.database):
            _serve(house, roles, chosen.port)


def _serve(house: House, roles: Collection[Role], port: int) -> None:
    try:
        run_roles(house, roles, doors=make_app, run_due=run_due, port=port)
    except OSError:
        raise opening.PortTaken("PORT", port) from None


@app.command(epilog="Example: comity demo --port 8765 --today 2026-11-23")
def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port of the page.")] = 8765,
    data: Annotated[Path | None, typer.Option(metavar="DIR", help="Where to keep what happens.")] = None,
    today: Annotated[str, typer.Option(metavar="DATE", help="The day on which it begins.")] = "",
) -> None:
    """Show everything in the browser: two workspaces, their people, the bot and a clock to move."""
    # Imported here so that no other command loads the local Slack.
    from bot.sandbox.demo import Troupe, running

    stopped = stop_asked()
    chosen = opening.settings()
    logs.configure(chosen)
    troupe = Troupe(make_app, run_due, imports.move_in)
    start = a_day(today) if today else None
    folder = data or chosen.comity_data / "demo"
    try:
        with running(folder, load("ilo-iom-2020"), troupe, port=port, today=start) as address:
            tell("cli/demo", "running", {"address": address, "data": folder})
            stopped.wait()
    except OSError:
        raise opening.PortTaken("--port", port) from None


def main() -> None:
    """What the command `comity` runs."""
    app(prog_name="comity")


if __name__ == "__main__":
    main()
