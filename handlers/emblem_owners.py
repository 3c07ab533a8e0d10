"""What the owner's side adds to the form of a request and to the list: instructions, languages, who is away."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.emblem_cases import CaseLanguage
from bot.agreement.emblem_instructions import current
from bot.cards.approval_cover import cover_facts
from bot.cards.emblem_instructions import version_facts
from bot.letters import say, term


def request_facts(desk: Desk, owner: str) -> dict[str, Any]:
    """For the head of the form: whether nobody can approve now, and the owner's instructions in force."""
    row = current(desk.session, owner, desk.today)
    return {
        "cover": cover_facts(desk, owner),
        "instructions": version_facts(desk, row) if row else None,
    }


def request_options(desk: Desk, owner: str) -> dict[str, list[tuple[str, str]]]:
    """The tick that the instructions were read, left out where there are none, and the languages."""
    row = current(desk.session, owner, desk.today)
    facts = {"owner": desk.definition.party(owner).abbreviation, "version": row.version if row else 0}
    tick = [(str(row.version), say("emblem_instructions/tick", "tick", facts))] if row else []
    return {
        "instructions_read": tick,
        "language": [(language.value, term(language)) for language in CaseLanguage],
    }


def uncovered(desk: Desk) -> list[dict[str, Any]]:
    """The parties for which nobody can approve now."""
    found = (cover_facts(desk, party.id) for party in desk.definition.parties)
    return [cover for cover in found if cover]
