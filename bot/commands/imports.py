"""`comity contacts|channels|history import`: what the operator brings in from files, whole or not at all."""

import getpass
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from bot.agreement import histories, registrations, rosters
from bot.agreement.events import Event
from bot.agreement.offices import register_offices
from bot.agreement.rows import NothingNew
from bot.bootstrap import House
from bot.commands import opening
from bot.commands.front import sentence
from bot.commands.printing import tell
from bot.csv_files import read_rows, rows_of
from bot.secretariat import Secretariat

File = Annotated[Path, typer.Argument(metavar="FILE.csv", help="A CSV file in UTF-8; see the header below.")]
SEED = "demonstration"
contacts = typer.Typer(no_args_is_help=True, help="The roster: who acts for which party.")
channels = typer.Typer(no_args_is_help=True, help="The shared channels the bot speaks in.")


@contacts.command(
    "import", epilog=f"Example: comity contacts import roster.csv · Header: {','.join(rosters.COLUMNS)}"
)
def import_contacts(file: File) -> None:
    """Bring the roster up to date from a file; nobody is removed by being left out."""
    with opening.house(opening.settings()) as house:
        bring_in(house.secretariat, file, rosters.COLUMNS, rosters.import_roster)


@channels.command(
    "import",
    epilog=f"Example: comity channels import channels.csv · Header: {','.join(registrations.COLUMNS)}",
)
def import_channels(file: File) -> None:
    """Give the bot its channels; each new one is greeted once."""
    with opening.house(opening.settings()) as house:
        bring_in(house.secretariat, file, registrations.COLUMNS, registrations.import_channels)
        _warn_of_silence(house)


def history_family(enter: Callable[[Secretariat], object]) -> typer.Typer:
    """The commands about the past; `enter` brings the ledger up to date, so that it has dates to settle."""
    family = typer.Typer(no_args_is_help=True, help="What was done before the bot came.")

    @family.command(
        "import", epilog=f"Example: comity history import history.csv · Header: {','.join(histories.COLUMNS)}"
    )
    def import_history(file: File) -> None:
        """Settle earlier due dates as met, each with its evidence."""
        with opening.house(opening.settings()) as house:
            enter(house.secretariat)
            bring_in(house.secretariat, file, histories.COLUMNS, histories.import_history)

    # With a second command the word "import" stays part of the command line.
    family.callback()(lambda: None)
    return family


def bring_in(
    secretariat: Secretariat, file: Path, columns: Sequence[str], verb: Callable[..., Event]
) -> None:
    """Let the operator do `verb` with the rows of `file`, and say what came of it."""
    rows = read_rows(file, columns)
    try:
        event = secretariat.act(None, verb, rows=rows, operator=getpass.getuser())
    except NothingNew as nothing:
        typer.echo(sentence(nothing))
        return
    tell("cli/imports", event.name, event.facts())


def _warn_of_silence(house: House) -> None:
    """Say which channels nobody can speak in yet, because their party has no installation."""
    with house.secretariat.reading() as desk:
        for channel in registrations.silent(desk, house.installations):
            party = desk.definition.party(channel.posting_party)
            facts = {"channel_id": channel.channel_id, "party": party.abbreviation, "id": party.id.upper()}
            tell("cli/imports", "silent_channel", facts)


def move_in(secretariat: Secretariat) -> None:
    """Bring in the people and channels of the demonstration; a second time changes nothing."""
    from bot.sandbox import seed

    with suppress(NothingNew):
        secretariat.act(None, register_offices, offices=seed.offices(), operator=SEED)
    brought = (
        (seed.contacts_csv(), rosters.COLUMNS, rosters.import_roster),
        (seed.channels_csv(), registrations.COLUMNS, registrations.import_channels),
    )
    for text, columns, verb in brought:
        with suppress(NothingNew):
            secretariat.act(None, verb, rows=rows_of(text, columns), operator=SEED)
