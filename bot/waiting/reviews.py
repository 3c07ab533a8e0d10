"""V.3-2: sections to write, days to agree to and dossiers to sign, as they wait for one person."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.people import may
from bot.agreement.review_prompts import whom_to_ask
from bot.agreement.review_signatures import signatures
from bot.agreement.reviews import open_reviews
from bot.agreement.rights import Act


def sections(desk: Desk) -> list[dict[str, Any]]:
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


def days(desk: Desk) -> list[dict[str, Any]]:
    """The days that the other party proposed and nobody of this one has agreed to."""
    return [
        {"review_id": f"{row.key}@{row.revision}", "number": row.number, "day": row.day}
        for row in open_reviews(desk)
        if row.day
        and not (row.day_agreed or row.held_on)
        and may(desk.session, desk.person, Act.AGREE_REVIEW_DAY, row)
    ]


def to_sign(desk: Desk) -> list[dict[str, Any]]:
    """The dossiers whose review was held and which this person's party has not signed off."""
    if not may(desk.session, desk.person, Act.SIGN_REVIEW):
        return []
    return [
        {"review_id": row.key, "number": row.number, "held_on": row.held_on}
        for row in open_reviews(desk)
        if row.held_on
        and desk.person.party not in {signed.party for signed in signatures(desk.session, row.key)}
    ]
