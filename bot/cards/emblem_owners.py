"""VI.1 and IX.2-3: what the owner's side adds to a request: its language, instructions, delegations, letters."""

from typing import Any

from bot.agreement.approvers import acted_under
from bot.agreement.delegated_roles import RoleDelegation
from bot.agreement.desk import Desk
from bot.agreement.emblem_cases import language_of
from bot.agreement.emblem_instructions import read_for
from bot.agreement.emblem_letters import letter_facts, letter_of
from bot.agreement.emblems import EmblemRequest
from bot.agreement.people import Person
from bot.agreement.time_limits import civil_day


def owner_side_facts(desk: Desk, row: EmblemRequest) -> dict[str, Any]:
    """For the card, the thread and the record: each is None where there is nothing to say."""
    letter = letter_of(desk.session, row)
    return {
        "language": language_of(desk.session, row.key),
        "instructions": _instructions(desk, row),
        "letter": letter_facts(desk, letter) if letter else None,
        "delegation": None if letter else _delegation(desk, row),
    }


def _instructions(desk: Desk, row: EmblemRequest) -> dict[str, Any] | None:
    found = next(iter(read_for(desk.session, row.key)), None)
    if found is None:
        return None
    read, version = found
    by = desk.session.get_one(Person, read.person_id).name
    return {"version": version.version, "valid_from": version.valid_from, "by": by, "at": read.at}


def _delegation(desk: Desk, row: EmblemRequest) -> dict[str, Any] | None:
    under = used_delegation(desk, row)
    if under is None:
        return None
    approver = desk.session.get_one(Person, under.approver_id)
    maker = desk.session.get_one(Person, under.made_by)
    return {"approver": approver.name, "maker": maker.name, "made_at": under.made_at}


def used_delegation(desk: Desk, row: EmblemRequest) -> RoleDelegation | None:
    """The delegation under which a request was decided, if it was decided under one."""
    if row.decided_by is None or row.decided_at is None:
        return None
    person = desk.session.get_one(Person, row.decided_by)
    day = civil_day(row.decided_at, desk.definition.tz)
    return acted_under(desk.session, person, row.decided_at, day)
