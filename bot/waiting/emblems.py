"""VI.1 and VI.3: requests to decide on, and questions to answer, as they wait for one person."""

from collections.abc import Callable
from typing import Any

from bot import overview
from bot.agreement import emblem_drafts
from bot.agreement.desk import Desk
from bot.agreement.emblem_uses import to_take_down
from bot.agreement.emblems import EmblemRequest, EmblemStatus, pending
from bot.agreement.people import may, passes_elsewhere
from bot.agreement.rights import Act


def decisions(desk: Desk) -> list[dict[str, Any]]:
    """The requests that the person may decide on."""
    return _requests(desk, EmblemStatus.SUBMITTED, Act.DECIDE_EMBLEM)


def questions(desk: Desk) -> list[dict[str, Any]]:
    """The questions that the person may answer."""
    return _requests(desk, EmblemStatus.MORE_INFORMATION, Act.ANSWER_EMBLEM)


def _requests(desk: Desk, status: EmblemStatus, act: Act) -> list[dict[str, Any]]:
    rows = [row for row in pending(desk.session) if row.status is status]
    return [overview.request_facts(desk, row) for row in rows if may(desk.session, desk.person, act, row)]


def uses(desk: Desk) -> list[dict[str, Any]]:
    """The approved uses of which the person may say that they began."""
    granted = (EmblemStatus.APPROVED, EmblemStatus.APPROVED_WITH_CONDITIONS)
    return _in_use(desk, Act.REPORT_EMBLEM_USE, lambda row: row.status in granted)


def proofs(desk: Desk) -> list[dict[str, Any]]:
    """The uses under way of which the person may file the first proof."""
    return _in_use(desk, Act.REPORT_EMBLEM_USE, lambda row: row.status is EmblemStatus.IN_USE)


def take_downs(desk: Desk) -> list[dict[str, Any]]:
    """The uses that are to be over, and of which the person may confirm it."""

    def due(row: EmblemRequest) -> bool:
        return row.must_come_down and (row.down_by or desk.today) <= desk.today

    return _in_use(desk, Act.TAKE_DOWN_EMBLEM, due)


def _in_use(desk: Desk, act: Act, chosen: Callable[[EmblemRequest], bool]) -> list[dict[str, Any]]:
    rows = [row for row in to_take_down(desk.session, desk.today) if chosen(row)]
    mine = [row for row in rows if may(desk.session, desk.person, act, row)]
    return [
        {**overview.request_facts(desk, row), "use_from": row.use_from, "use_until": row.use_until}
        for row in mine
    ]


def drafts(desk: Desk) -> list[dict[str, Any]]:
    """The drafts of the person's own party that they may change, submit or drop; by its own app alone."""
    if passes_elsewhere(desk.session, desk.person):
        return []
    rows = emblem_drafts.drafts(desk.session, desk.person.party)
    mine = [row for row in rows if may(desk.session, desk.person, Act.CHANGE_EMBLEM, row)]
    return [overview.request_facts(desk, row) for row in mine]
