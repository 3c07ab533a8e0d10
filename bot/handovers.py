"""What is handed over with a capacity: everything that waits for a person, key dates, and where things are."""

from dataclasses import replace
from typing import Any

from bot import overview
from bot.agreement.channels import all_channels
from bot.agreement.desk import Desk
from bot.agreement.people import Person, roles_of, take_roles
from bot.agreement.renewals import term_end
from bot.agreement.rights import Role
from bot.cards.facts import place_name
from bot.letters import Mrkdwn, say
from bot.waiting import KINDS, waiting

EACH = 10
DATES = 5


def pack(desk: Desk, leaving: Person, *more: Role) -> dict[str, Any]:
    """What was open for a person, as if they still held `more`; it is asked of each source in turn."""
    notice = overview.notice_days(desk)
    return {
        "leaving": leaving.name,
        "roles": sorted({*roles_of(desk.session, leaving), *more}),
        "items": _items(desk, leaving, frozenset(more)),
        "dates": overview.upcoming(desk, DATES),
        "notice": notice,
        "term_end": term_end(desk),
        "channels": [{"id": row.channel_id, "place": place_name(row)} for row in all_channels(desk.session)],
        "zone": desk.definition.tz,
    }


def _items(desk: Desk, leaving: Person, more: frozenset[Role]) -> list[Mrkdwn]:
    held = roles_of(desk.session, leaving)
    take_roles(desk.session, leaving, held | more)
    try:
        found = waiting(replace(desk, by=leaving))
    finally:
        take_roles(desk.session, leaving, held)
    said: list[Mrkdwn] = []
    for name, kind in KINDS.items():
        rows = [] if kind.personal else found[name]
        facts = [{"row": row, "zone": desk.definition.tz} for row in rows[:EACH]]
        said += [Mrkdwn(say("home/items", kind.words, fact)) for fact in facts]
        if len(rows) > EACH:
            said.append(Mrkdwn(say("home/items", "more", {"row": {"count": len(rows) - EACH}})))
    return said
