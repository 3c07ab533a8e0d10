"""VII.3: how amendments are numbered: among its own party's while it is a first draft, among all once proposed."""

from sqlmodel import func, select

from bot.agreement.amendments import DRAFT_ROWS, Amendment
from bot.agreement.desk import Desk


def next_draft(desk: Desk) -> int:
    """Where the next first draft of the person's party counts; from the numbers nobody else can tell of it."""
    mine = (Amendment.party == desk.person.party, Amendment.year == desk.today.year, Amendment.seq < 0)
    least = desk.session.exec(select(func.min(Amendment.seq)).where(*mine)).one()
    parties = [party.id for party in desk.definition.parties]
    return -((-(least or 0) // DRAFT_ROWS + 1) * DRAFT_ROWS + parties.index(desk.person.party))


def next_number(desk: Desk, row: Amendment) -> dict[str, int]:
    """The number that both parties quote, for an amendment that is put to the other for the first time."""
    if row.seq > 0:
        return {}
    put = (Amendment.year == desk.today.year, Amendment.seq > 0)
    last = desk.session.exec(select(func.max(Amendment.seq)).where(*put)).one()
    return {"year": desk.today.year, "seq": (last or 0) + 1}
