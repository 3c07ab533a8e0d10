"""IV.4: meetings to decide on, invitations to issue and to answer, as they wait for one person."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.invitations import InvitationReply, InvitationStatus, standing_at, waiting_facts
from bot.agreement.people import may
from bot.agreement.rights import Act


def interest(desk: Desk) -> list[dict[str, Any]]:
    """The own meetings of which it is not decided whether they are of mutual interest."""
    return _ahead(_meetings(desk, InvitationStatus.ANNOUNCED, Act.DECIDE_INTEREST))


def to_be_issued(desk: Desk) -> list[dict[str, Any]]:
    """The own meetings of mutual interest to which nobody is invited yet."""
    return _ahead(_meetings(desk, InvitationStatus.OF_INTEREST, Act.ISSUE_INVITATION))


def invitations(desk: Desk) -> list[dict[str, Any]]:
    """The invitations that the person may answer."""
    issued = _ahead(_meetings(desk, InvitationStatus.ISSUED, Act.REPLY_INVITATION))
    return [row for row in issued if row["reply"] in (None, InvitationReply.TENTATIVE)]


def _ahead(meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the meetings that have begun, for which nothing can be prepared any more."""
    return [row for row in meetings if not row["begun"]]


def attendance(desk: Desk) -> list[dict[str, Any]]:
    """The own meetings that are over and of which attendance is not on record."""
    issued = _meetings(desk, InvitationStatus.ISSUED, Act.ISSUE_INVITATION)
    return [row for row in issued if row["ends_on"] < desk.today]


def _meetings(desk: Desk, status: InvitationStatus, act: Act) -> list[dict[str, Any]]:
    rows = [row for row in standing_at(desk.session, status) if may(desk.session, desk.person, act, row)]
    return [waiting_facts(desk, row) for row in rows]
