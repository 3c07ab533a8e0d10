"""IV.5: whoever leads an item is reminded before it is due, on the day, and asked once it is overdue."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from bot.agreement import follow_ups
from bot.agreement.desk import Desk
from bot.agreement.follow_ups import FollowedUp, Waiting, foresee, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.offices import works_in
from bot.agreement.people import Person, holders
from bot.agreement.rights import Role
from bot.agreement.workplan_contents import agreed_item
from bot.agreement.workplan_items import CLOSED, ItemStatus, WorkplanItem, get_item, items_of
from bot.agreement.workplans import clause_of, current

KIND = "workplan_item_due"
FOCAL = frozenset({Role.FIELD_FOCAL_POINT})
CONTACT = frozenset({Role.CONTACT_POINT})


@dataclass(frozen=True, kw_only=True)
class ItemReminded(FollowedUp):
    """The day of an item comes near, or has passed; `people` are told, and `agreed` says that it is in force."""

    item_id: int
    scope: str
    channel_id: str
    agreed: bool
    lead: str
    people: tuple[int, ...]


def plan_reminders(desk: Desk, row: WorkplanItem) -> None:
    """Plan anew what is said of an item's day: of the day in force or, where none is, of the one drafted."""
    follow_ups.drop(desk.session, row.subject, KIND)
    due_on = agreed_day(desk, row)
    if due_on and not _settled(desk, row):
        foresee(desk, row.subject, KIND, due_on, _steps(desk))


def replan(desk: Desk, scope: str) -> None:
    """Plan anew what is said of all items of a workplan, since another version is in force."""
    for row in items_of(desk.session, scope):
        plan_reminders(desk, row)


def agreed_day(desk: Desk, row: WorkplanItem) -> date | None:
    """When an item is due: as in force, else as it is drafted."""
    agreed = agreed_item(desk, row)
    if agreed is None:
        return row.due_on
    return date.fromisoformat(agreed["due_on"]) if agreed["due_on"] else None


def due_items(desk: Desk, until: date) -> list[WorkplanItem]:
    """The items that are still to be done and due on or before `until`, the earliest first."""
    rows = desk.session.exec(select(WorkplanItem).where(col(WorkplanItem.status).not_in(CLOSED))).all()
    dated = [(day, row.key, row) for row in rows if (day := agreed_day(desk, row)) and day <= until]
    return [row for _, _, row in sorted(dated, key=lambda one: one[:2])]


def _steps(desk: Desk) -> tuple[str, ...]:
    steps = desk.definition.policy("workplan.item_steps")
    return tuple(str(step) for step in steps)


def _settled(desk: Desk, row: WorkplanItem) -> bool:
    """Whether nothing is asked of an item any more; one that is in force is not dropped by one side alone."""
    if row.status is ItemStatus.DROPPED:
        return agreed_item(desk, row) is None
    return row.status in CLOSED


def remind_of_item(desk: Desk, *, waiting: Waiting) -> ItemReminded:
    """Say that an item comes due, or ask how it went. Raises NothingToSay when it is settled meanwhile."""
    row = get_item(desk.session, waiting.key)
    facts = mark_followed_up(desk, waiting)
    if _settled(desk, row):
        raise NothingToSay
    plan = current(desk.session, row.scope)
    return ItemReminded(
        clause=clause_of(row.scope),
        number=row.number,
        title=row.title,
        item_id=row.key,
        scope=row.scope,
        channel_id=plan.channel_id,
        agreed=agreed_item(desk, row) is not None,
        lead=desk.definition.party(row.lead_party).abbreviation if row.lead_party else "",
        people=tuple(person.key for person in asked(desk, row)),
        **facts,
    )


def asked(desk: Desk, row: WorkplanItem) -> list[Person]:
    """Who is asked about an item: its lead person, else the leading side's focal points or contact points."""
    lead = desk.session.get(Person, row.lead_person_id) if row.lead_person_id else None
    if lead and lead.serves_on(desk.today):
        return [lead]
    parties = [row.lead_party] if row.lead_party else [party.id for party in desk.definition.parties]
    return [person for party in parties for person in _of_side(desk, party, row)]


def _of_side(desk: Desk, party: str, row: WorkplanItem) -> list[Person]:
    scope = row.scope or row.country
    field = holders(desk.session, party, FOCAL, desk.today) if scope else []
    there = [person for person in field if works_in(desk.session, person, scope)]
    return there or holders(desk.session, party, CONTACT, desk.today)
