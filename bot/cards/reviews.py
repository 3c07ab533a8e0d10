"""V.3-2: what the dossier of a general review looks like now: how far it is, never what a draft says."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.files import record_of
from bot.agreement.review_signatures import signatures
from bot.agreement.review_windows import CLAUSE, schedule
from bot.agreement.reviews import Review, ReviewSection, ReviewStatus, contributions, get_review, name_of
from bot.agreement.time_limits import civil_day
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message


def review_facts(desk: Desk, row: Review) -> dict[str, Any]:
    """Everything the words about one dossier may need."""
    when, opened_on = schedule(desk, row.window), civil_day(row.opened_at, desk.definition.tz)
    record = record_of(desk.session, f"review:{row.key}")
    return {
        "clause": CLAUSE,
        "number": row.number,
        "title": desk.definition.clause(CLAUSE).title,
        "status": row.status,
        "when": when,
        "reading": str(desk.definition.policy("review.reading")),
        "scheduling": str(desk.definition.policy("review.scheduling")),
        "sections": _sections(desk, row),
        "day": row.day,
        "day_party": desk.definition.party(row.day_party).abbreviation if row.day_party else "",
        "day_agreed": row.day_agreed,
        "others": _others(desk, row),
        "held_on": row.held_on,
        "opened_on": opened_on,
        "opened_late": row.opened_by is None and opened_on > when.opens_on,
        "version": row.version,
        "signatures": _signed(desk, row),
        "signed_at": row.signed_at,
        "record_number": record.number if record else "",
        "zone": desk.definition.tz,
    }


def _sections(desk: Desk, row: Review) -> list[dict[str, Any]]:
    written = contributions(desk.session, row.key)
    names = {party.id: party.abbreviation for party in desk.definition.parties}
    return [
        {
            "section": section,
            "submitted": [names[one.party] for one in written if one.section is section and one.submitted_at],
            "wanted": [
                names[one.party] for one in written if one.section is section and not one.submitted_at
            ],
        }
        for section in ReviewSection
    ]


def _others(desk: Desk, row: Review) -> tuple[str, ...]:
    return tuple(party.abbreviation for party in desk.definition.parties if party.id != row.day_party)


def _signed(desk: Desk, row: Review) -> list[dict[str, Any]]:
    return [
        {
            "name": name_of(desk, signed.person_id),
            "party": desk.definition.party(signed.party).abbreviation,
            "at": signed.at,
        }
        for signed in signatures(desk.session, row.key)
    ]


def review_buttons(row: Review) -> list[Button]:
    """What can be done with a dossier as it stands; each click is checked against the person's rights."""
    key = str(row.key)
    dossier = Button("reviews.dossier", key, "dossier", confirm=True)
    if row.status is ReviewStatus.SIGNED:
        return [dossier]
    agree = Button("reviews.agree", f"{key}@{row.revision}", "agree", "primary", confirm=True)
    return [
        Button("reviews.contribute", key, "contribute", None if row.held_on else "primary"),
        Button("reviews.contributor", key, "contributor"),
        *([agree] if row.day and not (row.day_agreed or row.held_on) else []),
        *([] if row.held_on else [Button("reviews.day", key, "propose")]),
        Button("reviews.held", key, "held"),
        *([Button("reviews.sign", key, "sign", "primary")] if row.held_on else []),
        dossier,
    ]


def review_card(desk: Desk, review_id: int) -> Message:
    """The card of one dossier."""
    row = get_review(desk.session, review_id)
    return message(words("reviews/card", review_facts(desk, row)), review_buttons(row))
