"""`comity workplan import|export`: items of a workplan from and to a spreadsheet, at the command line."""

import getpass
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

import typer
from sqlmodel import or_, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.files import Attachment
from bot.agreement.people import Identity, Person
from bot.agreement.rows import NothingNew
from bot.agreement.workplan_files import COLUMNS, import_items, table_of
from bot.agreement.workplans import current
from bot.commands import opening
from bot.commands.front import sentence
from bot.commands.printing import tell
from bot.csv_files import FileFault, FileUnreadable
from bot.workplan_places import scope_named
from bot.workplan_sheets import read_items, sheet

family = typer.Typer(no_args_is_help=True, help="Workplans: items from and to a spreadsheet.")
File = Annotated[Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx), or a CSV file in UTF-8.")]
Place = Annotated[
    str, typer.Option("--place", metavar="PLACE", help="global, a country such as KE, or a region.")
]
By = Annotated[
    str, typer.Option("--by", metavar="PERSON", help="On whose behalf: a name or a Slack user ID.")
]


@dataclass
class PersonUnknown(AgreementError):
    """Nobody on the roster, or more than one, is called so."""

    routine: ClassVar[str] = "cli"

    person: str


@family.command(
    "import",
    epilog=f"Example: comity workplan import items.xlsx --place KE --by U023BECGF · Header: {','.join(COLUMNS)}",
)
def import_workplan(file: File, by: By, place: Place = "global") -> None:
    """Bring items into a draft, all rows or none, on behalf of somebody who may write them."""
    with opening.house(opening.settings()) as house:
        rows = read_items(_read(file))
        with house.secretariat.reading() as desk:
            scope, who = scope_named(desk, place), _person(desk, by)
        operator = getpass.getuser()
        try:
            event = house.secretariat.act(
                who, import_items, scope=scope, rows=rows, source=file.name, operator=operator
            )
        except NothingNew as nothing:
            typer.echo(sentence(nothing))
            return
        tell("cli/workplans", "items_imported", event.facts())


@family.command("export", epilog="Example: comity workplan export items.xlsx --place KE")
def export_workplan(file: File, place: Place = "global") -> None:
    """Write every item of a workplan into a file, which can be read in again."""
    with opening.house(opening.settings()) as house, house.secretariat.reading() as desk:
        scope = scope_named(desk, place)
        current(desk.session, scope)
        rows = table_of(desk, scope)
    try:
        file.write_bytes(sheet(file.name, rows).content)
    except OSError:
        raise FileUnreadable(str(file), FileFault.UNREADABLE, COLUMNS) from None
    tell("cli/workplans", "items_exported", {"file": file, "rows": len(rows)})


def _read(file: Path) -> Attachment:
    try:
        return Attachment(file.name, file.read_bytes())
    except FileNotFoundError:
        raise FileUnreadable(str(file), FileFault.MISSING, COLUMNS) from None
    except OSError:
        raise FileUnreadable(str(file), FileFault.UNREADABLE, COLUMNS) from None


def _person(desk: Desk, by: str) -> Identity:
    """Whoever is meant by a name or a Slack user ID. Raises PersonUnknown unless it is one person."""
    named = select(Person).where(or_(Person.user_id == by, Person.name == by))
    known = [person for person in desk.session.exec(named).all() if not person.has_moved]
    if len(known) != 1:
        raise PersonUnknown(by)
    return Identity(known[0].team_id, known[0].user_id)
