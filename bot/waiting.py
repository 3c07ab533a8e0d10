"""What waits for one person: each routine's own question, asked in the order in which it matters to them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot import overview
from bot.agreement.definition_values import Scope
from bot.agreement.desk import Desk
from bot.agreement.emblems import EmblemStatus, pending
from bot.agreement.exchange_periods import waiting_for
from bot.agreement.instruments import about, drafts, signatures, unconfirmed
from bot.agreement.invitations import InvitationReply, InvitationStatus, standing_at, waiting_facts
from bot.agreement.ledger import Occurrence
from bot.agreement.people import may
from bot.agreement.rights import Act

ANSWER_SOON = timedelta(days=14)
"""How long before the end of a period it is shown to those who may answer for it."""
Finder = Callable[[Desk], list[dict[str, Any]]]
"""Finds what of one kind waits for the person at the desk, as facts for the words in `home/items`."""


def waiting(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Everything that waits for this person, kind by kind."""
    return {kind: find(desk) for kind, find in WAITING.items()}


def evidence_wanted(desk: Desk) -> int:
    """How many due dates of before the secretariat came this person may still account for."""
    return len(overview.evidence_wanted(desk)) if may(desk.session, desk.person, Act.SETTLE) else 0


def _decisions(desk: Desk) -> list[dict[str, Any]]:
    return _requests(desk, EmblemStatus.SUBMITTED, Act.DECIDE_EMBLEM)


def _questions(desk: Desk) -> list[dict[str, Any]]:
    return _requests(desk, EmblemStatus.MORE_INFORMATION, Act.ANSWER_EMBLEM)


def _overdue(desk: Desk) -> list[dict[str, Any]]:
    if not may(desk.session, desk.person, Act.SETTLE):
        return []
    asked = {row["occurrence_id"] for row in _periods(desk)}
    late = [row for row in overview.overdue(desk) if row.key not in asked and not _left_to_others(desk, row)]
    return overview.rows(desk, late)


def _left_to_others(desk: Desk, occurrence: Occurrence) -> bool:
    """Whether a period of exchange waits for the other side alone, since the person's party has answered."""
    per_channel = desk.definition.duty(occurrence.duty).per is Scope.CHANNEL
    mine = desk.definition.party(desk.person.party).abbreviation
    return per_channel and mine not in waiting_for(desk, occurrence.key)


def _requests(desk: Desk, status: EmblemStatus, act: Act) -> list[dict[str, Any]]:
    rows = [row for row in pending(desk.session) if row.status is status]
    return [overview.request_facts(desk, row) for row in rows if may(desk.session, desk.person, act, row)]


def _acknowledgements(desk: Desk) -> list[dict[str, Any]]:
    mine = (
        row
        for row in overview.unacknowledged(desk.session)
        if may(desk.session, desk.person, Act.ACKNOWLEDGE_UPDATE, row)
    )
    return [overview.share_facts(desk, row) for row in mine]


def _periods(desk: Desk) -> list[dict[str, Any]]:
    """The periods of exchange that end soon and for which the person's party has not answered."""
    if not may(desk.session, desk.person, Act.SHARE_UPDATE):
        return []
    party = desk.definition.party(desk.person.party).abbreviation
    until = desk.today + ANSWER_SOON
    kept_by_channel = {duty.id for duty in desk.definition.duties if duty.per is Scope.CHANNEL}
    soon = overview.still_open(desk, Occurrence.due_on <= until)
    mine = [row for row in soon if row.duty in kept_by_channel and party in waiting_for(desk, row.key)]
    return overview.rows(desk, mine)


def _interest(desk: Desk) -> list[dict[str, Any]]:
    return _ahead(_meetings(desk, InvitationStatus.ANNOUNCED, Act.DECIDE_INTEREST))


def _to_be_issued(desk: Desk) -> list[dict[str, Any]]:
    return _ahead(_meetings(desk, InvitationStatus.OF_INTEREST, Act.ISSUE_INVITATION))


def _invitations(desk: Desk) -> list[dict[str, Any]]:
    issued = _ahead(_meetings(desk, InvitationStatus.ISSUED, Act.REPLY_INVITATION))
    return [row for row in issued if row["reply"] in (None, InvitationReply.TENTATIVE)]


def _ahead(meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the meetings that have begun, for which nothing can be prepared any more."""
    return [row for row in meetings if not row["begun"]]


def _attendance(desk: Desk) -> list[dict[str, Any]]:
    issued = _meetings(desk, InvitationStatus.ISSUED, Act.ISSUE_INVITATION)
    return [row for row in issued if row["ends_on"] < desk.today]


def _meetings(desk: Desk, status: InvitationStatus, act: Act) -> list[dict[str, Any]]:
    rows = [row for row in standing_at(desk.session, status) if may(desk.session, desk.person, act, row)]
    return [waiting_facts(desk, row) for row in rows]


def _confirmations(desk: Desk) -> list[dict[str, Any]]:
    return _instruments(desk, ending=False)


def _endings(desk: Desk) -> list[dict[str, Any]]:
    return _instruments(desk, ending=True)


def _instruments(desk: Desk, *, ending: bool) -> list[dict[str, Any]]:
    return [
        about(row)
        for row in unconfirmed(desk.session)
        if bool(row.ending_by) is ending and may(desk.session, desk.person, Act.CONFIRM_INSTRUMENT, row)
    ]


def _signatures(desk: Desk) -> list[dict[str, Any]]:
    """The drafts on which the signature of the person's party is not on record."""
    if not may(desk.session, desk.person, Act.SIGN_INSTRUMENT):
        return []
    mine = desk.person.party
    return [about(row) for row in drafts(desk.session) if mine not in signatures(desk.session, row)]


WAITING: Mapping[str, Finder] = {
    "decisions": _decisions,
    "questions": _questions,
    "acknowledgements": _acknowledgements,
    "interest": _interest,
    "invitations_to_issue": _to_be_issued,
    "invitations": _invitations,
    "attendance": _attendance,
    "instruments": _confirmations,
    "instrument_endings": _endings,
    "instrument_signatures": _signatures,
    "periods": _periods,
    "overdue": _overdue,
}
