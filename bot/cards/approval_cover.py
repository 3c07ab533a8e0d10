"""VI.1: that nobody can approve for a party now, as facts for the words in `approvers/cover.j2`."""

from typing import Any

from bot.agreement import approval_cover
from bot.agreement.desk import Desk


def cover_facts(desk: Desk, party: str) -> dict[str, Any] | None:
    """From when somebody can approve for a party again, if nobody can now: said before it is asked."""
    found = approval_cover.nobody_now(desk, party)
    if found is None:
        return None
    return {"party": desk.definition.party(party).abbreviation, "until": found.until}
