"""IV.2-1: what a document that was offered looks like now, and what each side has offered."""

from typing import Any

from bot.agreement import documents
from bot.agreement.channels import Channel
from bot.agreement.definition_parts import Party
from bot.agreement.desk import Desk
from bot.agreement.documents import Document
from bot.agreement.exchanges import ExchangeStatus
from bot.agreement.files import StoredFile
from bot.agreement.report_series import CLAUSE, ReportSeries, offer_days, series_of
from bot.cards.facts import person_facts, place_name
from bot.letters import say, words
from bot.outbox import Message
from bot.shapes import Button, message


def document_facts(desk: Desk, document_id: int) -> dict[str, Any]:
    """Everything the words about one document may need."""
    row = documents.get_document(desk.session, document_id)
    file = desk.session.get(StoredFile, row.file_id) if row.file_id else None
    series = desk.session.get(ReportSeries, row.series_id) if row.series_id else None
    return {
        **row.model_dump(),
        "document_id": row.key,
        "clause": CLAUSE,
        "number": row.number,
        "party": desk.definition.party(row.party).abbreviation,
        "receiving": tuple(party.abbreviation for party in desk.definition.others(row.party)),
        "author": person_facts(desk, row.author_id),
        "acknowledger": person_facts(desk, row.acknowledged_by),
        "series": series.title if series else "",
        "file": {"name": file.name, "sha256": file.sha256} if file else None,
        "place": place_name(desk.session.get_one(Channel, row.channel_id)),
        "offer_days": offer_days(desk),
        "zone": desk.definition.tz,
    }


def document_card(desk: Desk, document_id: int) -> Message:
    """The card of one document."""
    facts = document_facts(desk, document_id)
    waiting = facts["status"] is ExchangeStatus.SHARED
    acknowledge = Button("documents.acknowledge", str(document_id), "acknowledge", "primary")
    return message(words("documents/card", facts), [acknowledge] if waiting else [])


def series_facts(desk: Desk, row: ReportSeries) -> dict[str, Any]:
    """One series as a list shows it: what was offered of it last, and what is awaited."""
    last = documents.last_of(desk.session, row.key)
    return {
        **row.model_dump(),
        "series_id": row.key,
        "clause": CLAUSE,
        "party": desk.definition.party(row.party).abbreviation,
        "month_name": month_name(row.month),
        "last": _brief(last) if last else None,
        "outstanding": row.ended_on is None and row.awaited_on <= desk.today,
    }


def _brief(row: Document) -> dict[str, Any]:
    return {"number": row.number, "issue": row.issue, "offered_on": row.offered_on, "status": row.status}


def month_name(month: int) -> str:
    """A month as people say it."""
    return say("documents/months", f"month_{month}", {})


def side_facts(desk: Desk, party: Party) -> dict[str, Any]:
    """What one side offers, and how much of what it offered the other has not acknowledged."""
    waiting = [row for row in documents.not_acknowledged(desk.session) if row.party == party.id]
    return {
        "party": party.abbreviation,
        "party_id": party.id,
        "series": [series_facts(desk, row) for row in series_of(desk.session, party.id, ended=True)],
        "waiting": [document_facts(desk, row.key) for row in waiting],
    }
