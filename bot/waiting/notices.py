"""VII.1-2: what waits for one person about notices; a draft only for its own side, in its own party's app."""

from collections.abc import Callable
from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.people import THROUGH, may
from bot.agreement.rights import Act
from bot.agreement.terminations import (
    GIVEN,
    MACHINE,
    Termination,
    TerminationStatus,
    approvals,
    known_to_both,
    room_of,
)
from bot.cards.notices import notice_facts


def to_agree(desk: Desk) -> list[dict[str, Any]]:
    """The draft of the person's own party to which they have not agreed."""
    return [notice_facts(desk, row) for row in _own(desk, TerminationStatus.DRAFT) if not _agreed(desk, row)]


def to_send(desk: Desk) -> list[dict[str, Any]]:
    """The notice of the person's own party that may be sent, and is not on record as sent."""
    return [notice_facts(desk, row) for row in _own(desk, TerminationStatus.APPROVED)]


def _own(desk: Desk, status: TerminationStatus) -> list[Termination]:
    # Another party's app must not carry it: nor where nobody said by which app it is read.
    own = desk.person.party
    if desk.session.info.get(THROUGH) != own or not may(desk.session, desk.person, Act.OPEN_NOTICE):
        return []
    row = room_of(desk.session, own)
    return [row] if row and row.status is status else []


def _agreed(desk: Desk, row: Termination) -> bool:
    return any(each.person_id == desk.person.key for each in approvals(desk.session, row))


def to_acknowledge(desk: Desk) -> list[dict[str, Any]]:
    """The notices of the other party whose receipt is not acknowledged."""
    waits = MACHINE.moves["acknowledge"].sources
    return _known(desk, Act.ACKNOWLEDGE_NOTICE, lambda row: row.status in waits)


def to_confirm(desk: Desk) -> list[dict[str, Any]]:
    """The letters that are said to be of the person's own party, to which they have not answered."""
    stated = TerminationStatus.STATED
    return _known(desk, Act.APPROVE_NOTICE, lambda row: row.status is stated and not _agreed(desk, row))


def withdrawals(desk: Desk) -> list[dict[str, Any]]:
    """What the other side proposes to withdraw."""
    own = desk.person.party
    return _known(
        desk,
        Act.WITHDRAW_NOTICE,
        lambda row: row.status in GIVEN and row.withdrawal_party not in {"", own},
    )


def _known(desk: Desk, act: Act, waits: Callable[[Termination], bool]) -> list[dict[str, Any]]:
    rows = [row for row in known_to_both(desk.session) if waits(row)]
    return [notice_facts(desk, row) for row in rows if may(desk.session, desk.person, act, row)]
