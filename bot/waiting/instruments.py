"""IV.3 and IX.1(a): agreements to sign and to confirm, as they wait for one person."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.instruments import about, drafts, signatures, unconfirmed
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.agreement.supersessions import confirming, signing


def to_confirm(desk: Desk) -> list[dict[str, Any]]:
    """The records that the person may confirm."""
    return _instruments(desk, ending=False)


def endings(desk: Desk) -> list[dict[str, Any]]:
    """The early ends that the person may confirm."""
    return _instruments(desk, ending=True)


def _instruments(desk: Desk, *, ending: bool) -> list[dict[str, Any]]:
    return [
        about(row)
        for row in unconfirmed(desk.session)
        if bool(row.ending_by) is ending
        and may(desk.session, desk.person, Act.CONFIRM_INSTRUMENT if ending else confirming(row), row)
    ]


def to_sign(desk: Desk) -> list[dict[str, Any]]:
    """The drafts on which the signature of the person's party is not on record."""
    mine = desk.person.party
    return [
        about(row)
        for row in drafts(desk.session)
        if mine not in signatures(desk.session, row) and may(desk.session, desk.person, signing(row))
    ]
