"""IV.5: who is told of items, proposals, adoptions, progress and days that come near."""

from sqlmodel import select

from bot.agreement.people import Person
from bot.agreement.rights import RIGHTS
from bot.agreement.workplan_adoptions import (
    WorkplanAdopted,
    WorkplanProposed,
    adopting,
    adoptions,
)
from bot.agreement.workplan_edits import ItemAdded, ItemChanged, ItemDropped, ItemEvent, ItemTakenUp
from bot.agreement.workplan_files import ItemsImported, WorkplanExported
from bot.agreement.workplan_progress import ProgressReported
from bot.agreement.workplan_reminders import ItemReminded
from bot.agreement.workplans import (
    DraftEvent,
    PlanEvent,
    Workplan,
    WorkplanStatus,
    get_workplan,
    serves_place,
)
from bot.announcements.activities import ask_about
from bot.announcements.audiences import Reactions, serving
from bot.cards.workplan_items import item_facts, progress_buttons
from bot.letters import say
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button
from bot.workplan_records import write_workplan_record

GONE = frozenset({WorkplanStatus.REPLACED, WorkplanStatus.VOID})


def draft_changed(post: Post, event: DraftEvent) -> None:
    """The draft's card shows it, and its thread says who did what; what it makes void is said as well."""
    plan = get_workplan(post.desk.session, event.workplan_id)
    _redraw(post, event, apart_from=event.workplan_id if event.begun else 0)
    if event.begun:
        post.cards(event.subject, [post.channel(plan.channel_id)])
    if event.voided_id:
        _void(post, event)
    buttons: tuple[Button, ...] = ()
    if isinstance(event, ItemEvent):
        buttons = (Button("workplans.item", str(event.item_id), "open"),)
        post.refresh(f"item:{event.item_id}")
    _thread(post, event, f"workplans/{event.name}", buttons)


def compared(post: Post, event: ItemAdded) -> None:
    """A new item is compared with what there is in its place (I.2), and its channels are asked for (IV.7)."""
    ask_about(post, f"item:{event.item_id}")


def _thread(post: Post, event: PlanEvent, template: str, buttons: tuple[Button, ...] = ()) -> None:
    """A line in the thread of the version's card."""
    facts = {**event.facts(), "zone": post.desk.definition.tz}
    if isinstance(event, ItemChanged):
        facts["fields"] = [say("workplans/fields", name, {}) for name in event.fields]
    for row in post.channel_cards(f"workplan:{event.workplan_id}"):
        to = Address(row.party, row.channel)
        post.letter(template, to, facts, thread=row, buttons=buttons)


def _redraw(post: Post, event: PlanEvent, apart_from: int = 0) -> None:
    """Every version that still matters shows how it stands; so do the plans that follow a global one."""
    for plan in post.desk.session.exec(select(Workplan)).all():
        concerned = plan.scope == event.scope or not event.scope
        if concerned and plan.key != apart_from and plan.status not in GONE:
            post.refresh(plan.subject)


def _void(post: Post, event: DraftEvent) -> None:
    """Whoever adopted or proposed what was changed hears in person that it does not count any more."""
    plan = get_workplan(post.desk.session, event.voided_id)
    post.refresh(plan.subject)
    facts = {**event.facts(), "zone": post.desk.definition.tz}
    given = [row.person_id for row in adoptions(post.desk.session, plan.key)]
    for row in post.channel_cards(plan.subject):
        post.letter("workplans/voided", Address(row.party, row.channel), facts, thread=row)
    for key in dict.fromkeys([*given, plan.proposed_by]):
        person = post.desk.session.get_one(Person, key)
        if person.serves_on(post.desk.today):
            post.letter("workplans/voided", post.person(person, plan.channel_id), facts)


def items_imported(post: Post, event: ItemsImported) -> None:
    """What came from a file is told in one line, and every item that it changed shows it."""
    draft_changed(post, event)
    for key in event.items:
        post.refresh(f"item:{key}")


def workplan_proposed(post: Post, event: WorkplanProposed) -> None:
    """Both sides' people who may adopt it have the card in person; the exact content is in the thread."""
    plan = get_workplan(post.desk.session, event.workplan_id)
    post.refresh(event.subject)
    people = [post.person(person, plan.channel_id) for person in adopters(post, plan.scope)]
    post.cards(event.subject, people)
    _thread(post, event, "workplans/workplan_proposed")
    post.enclose(event.file_id, event.subject, "workplans/content_enclosed", event.facts())


def adopters(post: Post, scope: str) -> list[Person]:
    """Who may adopt a workplan of `scope`, of every party."""
    act = adopting(scope)
    people = [
        person
        for party in post.desk.definition.parties
        for person in serving(post, party.id, RIGHTS[act].roles)
    ]
    return [person for person in people if serves_place(post.desk, person, act, scope)]


def workplan_adopted(post: Post, event: WorkplanAdopted) -> None:
    """The thread says who adopted it; once both have, the joint record is handed over there."""
    _thread(post, event, "workplans/workplan_adopted")
    if event.complete:
        record = write_workplan_record(post.desk, post.entry, event)
        facts = {**event.facts(), "record_number": record.number}
        post.hand_over(record.id or 0, event.subject, "workplans/record_handed_over", facts)
    if event.replaced_id:
        post.refresh(f"workplan:{event.replaced_id}")
    _redraw(post, event)


def progress_reported(post: Post, event: ProgressReported) -> None:
    """The item shows it wherever it is, and so does its workplan, in whose thread it is told."""
    post.refresh(event.subject)
    _redraw(post, event)
    _thread(post, event, "workplans/progress_reported")


def item_reminded(post: Post, event: ItemReminded) -> None:
    """Whoever leads the item is reminded in person, with a button for each answer."""
    facts = {**item_facts(post.desk, event.item_id), **event.facts()}
    buttons = progress_buttons(str(event.item_id))
    for key in event.people:
        person = post.desk.session.get_one(Person, key)
        to = post.person(person, event.channel_id)
        post.letter("workplans/item_reminded", to, facts, buttons=buttons, subject=event.subject)


def workplan_exported(post: Post, event: WorkplanExported) -> None:
    """The file goes to the thread of the workplan's card, where both sides can open it."""
    post.enclose(event.file_id, event.subject, "workplans/file_enclosed", event.facts())


REACTIONS: Reactions = {
    ItemAdded: (draft_changed, compared),
    ItemChanged: (draft_changed,),
    ItemDropped: (draft_changed,),
    ItemTakenUp: (draft_changed,),
    ItemsImported: (items_imported,),
    WorkplanProposed: (workplan_proposed,),
    WorkplanAdopted: (workplan_adopted,),
    WorkplanExported: (workplan_exported,),
    ProgressReported: (progress_reported,),
    ItemReminded: (item_reminded,),
}
