"""VI.1 and VI.3: requests to decide on, and questions to answer, as they wait for one person."""

from typing import Any

from bot import overview
from bot.agreement.desk import Desk
from bot.agreement.emblems import EmblemStatus, pending
from bot.agreement.people import may
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
