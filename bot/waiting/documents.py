"""IV.2-1: documents to acknowledge, and series to offer, as they wait for one person."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.documents import not_acknowledged
from bot.agreement.people import may
from bot.agreement.report_series import series_of
from bot.agreement.rights import Act
from bot.cards.documents import document_facts, series_facts


def documents(desk: Desk) -> list[dict[str, Any]]:
    """What the other party offered and the person may acknowledge."""
    rows = not_acknowledged(desk.session)
    mine = [row for row in rows if may(desk.session, desk.person, Act.ACKNOWLEDGE_DOCUMENT, row)]
    return [document_facts(desk, row.key) for row in mine]


def series(desk: Desk) -> list[dict[str, Any]]:
    """The series of the person's own party of which an issue is expected and none has been offered."""
    rows = [row for row in series_of(desk.session, desk.person.party) if row.awaited_on <= desk.today]
    mine = [row for row in rows if may(desk.session, desk.person, Act.KEEP_SERIES, row)]
    return [series_facts(desk, row) for row in mine]
