"""VII.3: amendments to answer, to sign and to confirm, as they wait for one person."""

from typing import Any

from bot.agreement.amendment_lookups import standing_at
from bot.agreement.amendments import (
    Amendment,
    AmendmentStatus,
    SignedFile,
    about,
    signatures,
    unsigned,
)
from bot.agreement.desk import Desk
from bot.agreement.people import may
from bot.agreement.rights import Act


def answers(desk: Desk) -> list[dict[str, Any]]:
    """The proposals that the person may agree to or decline."""
    rows = standing_at(desk.session, AmendmentStatus.PROPOSED)
    return [
        {**about(row), "party": desk.definition.party(row.party).abbreviation}
        for row in rows
        if may(desk.session, desk.person, Act.ANSWER_AMENDMENT, row)
    ]


def to_sign(desk: Desk) -> list[dict[str, Any]]:
    """The agreed amendments on which the signature of the person's party is not on record."""
    return [about(row) for row in _agreed(desk) if desk.person.party not in signatures(desk.session, row)]


def to_file(desk: Desk) -> list[dict[str, Any]]:
    """The amendments both parties signed, of which the signed file is still wanted."""
    return [about(row) for row in _agreed(desk) if not row.file_id and not unsigned(desk, row)]


def _agreed(desk: Desk) -> list[Amendment]:
    if not may(desk.session, desk.person, Act.SIGN_AMENDMENT):
        return []
    return list(standing_at(desk.session, AmendmentStatus.AGREED))


def to_confirm(desk: Desk) -> list[dict[str, Any]]:
    """The signed files of the other party that the person may confirm."""
    return [
        {**about(row), "party": desk.definition.party(row.file_by).abbreviation}
        for row in standing_at(desk.session, AmendmentStatus.AGREED)
        if row.file_id
        and not unsigned(desk, row)
        and may(desk.session, desk.person, Act.CONFIRM_AMENDMENT, SignedFile(row.file_by))
    ]
