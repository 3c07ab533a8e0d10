"""The doors of IV.5 for spreadsheets: items go out as a file into the thread, and come in whole or not at all."""

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from bot.agreement.channels import get_channel
from bot.agreement.errors import FieldError
from bot.agreement.rights import Act
from bot.agreement.rows import ImportRefused, NothingNew, Row, RowRefused
from bot.agreement.workplan_checks import TextMissing
from bot.agreement.workplan_files import (
    COLUMNS,
    PLAN_OF_ACTION,
    export_workplan,
    import_items,
    table_of,
    template_csv,
)
from bot.agreement.workplans import current, get_workplan
from bot.csv_files import FileFault, FileUnreadable, rows_of
from bot.letters import Mrkdwn, say, words
from bot.secretariat import AlreadyReceived
from bot.shapes import message
from bot.workplan_places import scope_named
from bot.workplan_sheets import MOST_ROWS, read_items, sheet
from handlers.calls import Call, Reply, Tell, row_number
from handlers.workplan_forms import IMPORT, place_of, places

KINDS = ("csv", "xlsx")
FILE = "file"
FIRST = 8
"""How many bad cells are named beside the field; with more of them people would not find the first."""


@dataclass
class RowsRefused(FieldError):
    """Cells of a file cannot be accepted; `lines` name the first of them, each with its cure."""

    routine = "workplans"
    lines: tuple[str, ...]
    count: int


@dataclass
class SheetUnreadable(FieldError):
    """A file cannot be read as a table of items."""

    routine = "workplans"
    reason: FileFault
    most: int


@dataclass
class NothingToImport(FieldError):
    """A file says only what is on record already."""

    routine = "workplans"
    rows: int


class Source(StrEnum):
    """Where items are taken from."""

    FILE = "file"
    """A file that a person hands in."""
    PLAN_OF_ACTION = PLAN_OF_ACTION
    """The table of the 2017 plan of action, which comes with the bot."""


def open_import(call: Call) -> Reply:
    """Open the form that takes a file, or begins with the plan of action of 2017."""
    with call.reading(Act.DRAFT_WORKPLAN) as desk:
        known = row_number(call.value)
        scope = (
            get_workplan(desk.session, known).scope if known else scope_named(desk, call.text, call.channel)
        )
        options = {
            "place": places(desk),
            "source": [
                (Source.FILE.value, say("workplans/import_form", "from_file", {})),
                (Source.PLAN_OF_ACTION.value, say("workplans/import_form", "from_plan_of_action", {})),
            ],
        }
        initial = {"place": place_of(desk, scope), "source": Source.FILE.value}
    facts = {"columns": COLUMNS, "most": MOST_ROWS}
    call.open(IMPORT.view(facts, options=options, initial=initial))
    return None


def submit_import(call: Call) -> Reply:
    """Bring the items in, all of them or none; each bad cell is named beside the field."""
    with call.reading() as desk:
        scope = get_channel(desk.session, call.answers["place"]).scope
    try:
        name, rows = _rows(call)
        call.act(import_items, scope=scope, rows=rows, source=name)
    except ImportRefused as refused:
        lines = tuple(Mrkdwn(_line(problem)) for problem in refused.problems[:FIRST])
        raise RowsRefused(FILE, lines, len(refused.problems)) from None
    except FileUnreadable as unreadable:
        raise SheetUnreadable(FILE, unreadable.reason, MOST_ROWS) from None
    except NothingNew as nothing:
        raise NothingToImport(FILE, nothing.rows) from None
    return None


def _rows(call: Call) -> tuple[str, list[Row]]:
    if call.answers["source"] == Source.PLAN_OF_ACTION.value:
        rows = rows_of(template_csv(PLAN_OF_ACTION), COLUMNS)
        return PLAN_OF_ACTION, rows or []
    attachment = call.attachment(FILE)
    if attachment is None:
        raise TextMissing(FILE)
    return attachment.name, read_items(attachment)


def _line(problem: RowRefused) -> str:
    facts = problem.facts()
    return f"{say('cli/rows', 'place', facts)} {say('cli/rows', problem.reason.value, facts)}"


def export(call: Call) -> Reply:
    """Put the items as a file into the thread of the workplan's card: a workbook, unless CSV is asked for."""
    place, kind = _wanted(call.text)
    with call.reading(Act.DRAFT_WORKPLAN) as desk:
        known = row_number(call.value)
        plan = (
            get_workplan(desk.session, known)
            if known
            else current(desk.session, scope_named(desk, place, call.channel))
        )
        name = f"workplan-{plan.scope.replace(' ', '-') or 'global'}-{desk.today.isoformat()}.{kind}"
        rows = table_of(desk, plan.scope)
    # The same file twice in one thread says nothing more: a second press is told where the first one is.
    once = sha256(repr((plan.key, name, rows)).encode()).hexdigest()
    with suppress(AlreadyReceived):
        facts = {"workplan_id": plan.key, "file": sheet(name, rows)}
        call.house.secretariat.act(call.who, export_workplan, once=f"export:{once}", **facts)
    return Tell(message(words("workplans/exported", {"name": name, "channel": plan.channel_id})))


def _wanted(text: str) -> tuple[str, str]:
    *place, last = text.split() or [""]
    return (" ".join(place), last.lower()) if last.lower() in KINDS else (text, "xlsx")
