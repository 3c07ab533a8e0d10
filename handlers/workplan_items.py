"""The doors of IV.5 for items: writing, changing, dropping them, and saying how they go."""

from collections.abc import Callable

from bot.agreement import workplan_edits, workplan_progress
from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.rights import Act
from bot.agreement.workplan_edits import ItemAdded
from bot.agreement.workplan_items import Funding, Progress, WorkplanItem, get_item, item_by_number
from bot.agreement.workplans import get_workplan
from bot.cards import card
from bot.letters import term
from bot.workplan_places import scope_named
from handlers.calls import Call, Door, Replace, Reply, Tell, row_number
from handlers.workplan_forms import REPORT, essentials, more, stored

PLAN = "plan-"
"""Begins the value of a button that writes an item into the workplan of this row."""
Verb = Callable[..., Event]


def open_add(call: Call) -> Reply:
    """Open the form for a new item, of the workplan the button is on or of the place that was typed."""
    with call.reading(Act.DRAFT_WORKPLAN) as desk:
        view = essentials(desk, _scope(call, desk), None)
    call.open(view)
    return None


def _scope(call: Call, desk: Desk) -> str:
    if call.value.startswith(PLAN):
        return get_workplan(desk.session, row_number(call.value.removeprefix(PLAN))).scope
    return scope_named(desk, call.text, call.channel)


def submit_add(call: Call) -> Reply:
    """Write the item, and offer the rest of its fields."""
    answers = call.answers
    with call.reading() as desk:
        scope = get_channel(desk.session, answers["place"]).scope
    event = call.act(workplan_edits.add_item, scope=scope, values=stored(answers))
    assert isinstance(event, ItemAdded)
    with call.reading() as desk:
        return Replace(more(desk, get_item(desk.session, event.item_id), added=True))


def open_update(call: Call) -> Reply:
    """Open the essentials of an item, by its number or its button."""
    with call.reading(Act.DRAFT_WORKPLAN) as desk:
        row = _asked(call, desk)
        view = essentials(desk, row.scope, row)
    call.open(view)
    return None


def open_more(call: Call) -> Reply:
    """Open the rest of an item's fields."""
    with call.reading(Act.DRAFT_WORKPLAN) as desk:
        view = more(desk, _asked(call, desk))
    call.open(view)
    return None


def _asked(call: Call, desk: Desk) -> WorkplanItem:
    if call.value:
        return get_item(desk.session, row_number(call.value))
    return item_by_number(desk.session, call.text)


def submit_update(call: Call) -> Reply:
    """Change the item, if nobody else has meanwhile."""
    key, _, revision = call.private.partition("@")
    call.act(
        workplan_edits.update_item,
        item_id=row_number(key),
        revision=row_number(revision),
        values=stored(call.answers),
    )
    return None


def show(call: Call) -> Reply:
    """One item as it stands."""
    with call.reading() as desk:
        return Tell(card(desk, _asked(call, desk).subject))


def drop(call: Call) -> Reply:
    """Take an item out of the workplan."""
    return _done(call, workplan_edits.drop_item)


def take_up(call: Call) -> Reply:
    """Put a dropped item back."""
    return _done(call, workplan_edits.take_up_item)


def _done(call: Call, verb: Verb, **facts: object) -> Reply:
    item_id = row_number(call.value)
    call.act(verb, item_id=item_id, **facts)
    return call.again(f"item:{item_id}")


def report(progress: Progress) -> Door:
    """The door of a button that says in one tap how an item goes."""

    def door(call: Call) -> Reply:
        return _done(call, workplan_progress.report_progress, progress=progress)

    return door


def open_report(call: Call) -> Reply:
    """Open the form that says how an item goes, with a note."""
    return _open_report(call, "")


def open_not_funded(call: Call) -> Reply:
    """The same for an item whose money or staff are missing: its reason is asked for (III.1)."""
    return _open_report(call, Progress.NOT_FUNDED.value)


def _open_report(call: Call, chosen: str) -> Reply:
    with call.reading() as desk:
        row = get_item(desk.session, row_number(call.value))
    with call.reading(Act.REPORT_PROGRESS, row) as desk:
        facts = {"number": row.number, "title": row.title, "funding": row.funding is Funding.NOT_FUNDED}
    options = {"progress": [(each.value, term(each)) for each in Progress]}
    initial = {"progress": chosen or (row.progress.value if row.progress else "")}
    call.open(REPORT.view(facts, options=options, initial=initial, private=str(row.key)))
    return None


def submit_report(call: Call) -> Reply:
    """Say how the item goes, in the words of whoever leads it."""
    answers = call.answers
    call.act(
        workplan_progress.report_progress,
        item_id=row_number(call.private),
        progress=Progress(answers["progress"]),
        note=answers["note"],
    )
    return None
