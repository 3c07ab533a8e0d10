"""VII.1-4: a decision on renewal, as it waits for one person of the party whose decision it is."""

from datetime import timedelta
from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.people import may, passes_elsewhere
from bot.agreement.renewal_rooms import (
    NothingToRenew,
    RenewalChoice,
    RenewalDayOver,
    RenewalRoom,
    RenewalStatus,
    days_in_time,
    room_of,
)
from bot.agreement.rights import Act
from bot.cards.renewals import days_facts


def decisions(desk: Desk) -> list[dict[str, Any]]:
    """What was prepared waits for the signatory; near the last day, a decision waits for whoever prepares it."""
    if passes_elsewhere(desk.session, desk.person) or not may(desk.session, desk.person, Act.PREPARE_RENEWAL):
        return []
    try:
        days = days_in_time(desk)
    except (NothingToRenew, RenewalDayOver):
        return []
    row = room_of(desk, desk.person.party, days.term_end)
    (ahead,) = desk.days("renewal.waits_days")
    near = desk.today >= days.safe.date - timedelta(days=ahead)
    if not _waits(desk, row, near=near):
        return []
    return [
        {
            **days_facts(days, desk.definition.tz),
            "clause": desk.definition.term.renewal_clause,
            "party": desk.definition.party(desk.person.party).abbreviation,
            "prepared": bool(row and row.status is RenewalStatus.PREPARED),
            "room": "room",
        }
    ]


def _waits(desk: Desk, row: RenewalRoom | None, *, near: bool) -> bool:
    if row and row.status is RenewalStatus.PREPARED:
        return may(desk.session, desk.person, Act.DECIDE_RENEWAL)
    return near and (row is None or row.choice in (None, RenewalChoice.UNDECIDED))
