"""IV.6-3 and V.3-1: what of the meetings waits for one person."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.meeting_actions import open_actions
from bot.agreement.meeting_dates import agreements
from bot.agreement.meeting_minutes import MinutesStatus, latest
from bot.agreement.meetings import DATED, POLLING, Meeting, live, may_here
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.cards.meetings import basic_facts, minutes_facts
from bot.meeting_agendas import action_line


def times(desk: Desk) -> list[dict[str, Any]]:
    """The meetings to a time of which the person may agree, and their party has not."""
    found = []
    for row in live(desk.session):
        given = {each.party for each in agreements(desk.session, row)}
        waits = row.status in POLLING and desk.person.party not in given
        if waits and may_here(desk, Act.AGREE_MEETING, row):
            agreed = [desk.definition.party(party).abbreviation for party in sorted(given)]
            found.append({**basic_facts(desk, row), "agreed": agreed})
    return found


def minutes_to_write(desk: Desk) -> list[dict[str, Any]]:
    """The meetings whose day has passed, of which the person may write the minutes."""
    passed = [row for row in live(desk.session) if _is_over(desk, row)]
    return [
        {**basic_facts(desk, row), "starts_at": row.starts_at}
        for row in passed
        if _waits_to_be_written(desk, row) and may_here(desk, Act.WRITE_MINUTES, row)
    ]


def _is_over(desk: Desk, row: Meeting) -> bool:
    return row.status in DATED and row.day is not None and row.day < desk.today


def _waits_to_be_written(desk: Desk, row: Meeting) -> bool:
    newest = latest(desk.session, row)
    return newest is None or newest.status is MinutesStatus.RETURNED


def minutes_to_confirm(desk: Desk) -> list[dict[str, Any]]:
    """The minutes that the other party wrote and this person may confirm."""
    found = []
    for row in live(desk.session):
        newest = latest(desk.session, row)
        waits = newest is not None and newest.status is MinutesStatus.PROPOSED
        if newest and waits and may_here(desk, Act.CONFIRM_MINUTES, row, newest):
            said = {"minutes": minutes_facts(desk, newest), "minutes_id": newest.key}
            found.append({**basic_facts(desk, row), **said})
    return found


def actions(desk: Desk) -> list[dict[str, Any]]:
    """The open action items that this person owns."""
    mine = [row for row in open_actions(desk.session) if row.owner_id == desk.person.key]
    return [action_line(desk, row) for row in mine if may(desk.session, desk.person, Act.CLOSE_ACTION, row)]
