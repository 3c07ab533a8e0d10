"""What waits for one person: each routine's own question, asked in the order in which it matters to them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot import overview
from bot.agreement.definition_values import Scope
from bot.agreement.desk import Desk
from bot.agreement.emblems import EmblemStatus, pending
from bot.agreement.exchange_periods import waiting_for
from bot.agreement.ledger import Occurrence
from bot.agreement.people import may
from bot.agreement.review_prompts import whom_to_ask
from bot.agreement.review_signatures import signatures
from bot.agreement.reviews import open_reviews
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


def _review_sections(desk: Desk) -> list[dict[str, Any]]:
    """The sections of open dossiers for which this person is asked."""
    asked = [(row, whom_to_ask(desk, row.key).get(desk.person.key, [])) for row in open_reviews(desk)]
    return [
        {
            "review_id": row.key,
            "number": row.number,
            "sections": tuple(sections),
            "closes": row.window_closes,
        }
        for row, sections in asked
        if sections and may(desk.session, desk.person, Act.CONTRIBUTE_REVIEW)
    ]


def _review_days(desk: Desk) -> list[dict[str, Any]]:
    """The days that the other party proposed and nobody of this one has agreed to."""
    return [
        {"review_id": f"{row.key}@{row.revision}", "number": row.number, "day": row.day}
        for row in open_reviews(desk)
        if row.day
        and not (row.day_agreed or row.held_on)
        and may(desk.session, desk.person, Act.AGREE_REVIEW_DAY, row)
    ]


def _review_signatures(desk: Desk) -> list[dict[str, Any]]:
    """The dossiers whose review was held and which this person's party has not signed off."""
    if not may(desk.session, desk.person, Act.SIGN_REVIEW):
        return []
    return [
        {"review_id": row.key, "number": row.number, "held_on": row.held_on}
        for row in open_reviews(desk)
        if row.held_on
        and desk.person.party not in {signed.party for signed in signatures(desk.session, row.key)}
    ]


WAITING: Mapping[str, Finder] = {
    "decisions": _decisions,
    "questions": _questions,
    "acknowledgements": _acknowledgements,
    "periods": _periods,
    "review_sections": _review_sections,
    "review_days": _review_days,
    "review_signatures": _review_signatures,
    "overdue": _overdue,
}
