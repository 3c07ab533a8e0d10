"""IV.3 and IX.1(a): what an instrument between the parties looks like now, with its days and their working."""

from typing import Any

from bot.agreement import instruments
from bot.agreement.desk import Desk
from bot.agreement.files import StoredFile
from bot.agreement.instrument_dates import notice_days
from bot.agreement.instruments import OPEN, Instrument, InstrumentStatus
from bot.agreement.supersessions import last_day, replaces
from bot.cards.facts import person_facts
from bot.cards.workings import working
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message

LONGEST_HISTORY = 8


def instrument_facts(desk: Desk, instrument_id: int) -> dict[str, Any]:
    """Everything the words about one instrument may need."""
    row = instruments.get_instrument(desk.session, instrument_id)
    file = desk.session.get(StoredFile, row.file_id) if row.file_id else None
    return {
        **row.model_dump(),
        **instruments.about(row),
        "confirmed": row.is_confirmed,
        "last_day": row.last_day,
        "signatures": _signatures(desk, row),
        "file": {"name": file.name, "sha256": file.sha256} if file else None,
        "stated_by": desk.definition.party(row.stated_by).abbreviation,
        "confirming": tuple(party.abbreviation for party in desk.definition.others(row.stated_by)),
        "confirmer": person_facts(desk, row.confirmed_by),
        "ending_by": desk.definition.party(row.ending_by).abbreviation if row.ending_by else "",
        "ending_confirmer": person_facts(desk, row.ending_confirmed_by),
        "notice_days": _notice(desk, row),
        "history": _history(desk, row),
        "replaces": replaces(row),
        "agreement_ends_on": last_day(row) if replaces(row) and row.effective_on else None,
        "agreement": desk.definition.short_title,
        "zone": desk.definition.tz,
    }


def _signatures(desk: Desk, row: Instrument) -> list[dict[str, Any]]:
    """Each party with its signature, or without one yet."""
    known = instruments.signatures(desk.session, row)
    return [
        {"party": party.abbreviation, "known": known[party.id].model_dump() if party.id in known else None}
        for party in desk.definition.parties
    ]


def _notice(desk: Desk, row: Instrument) -> dict[str, Any] | None:
    days = notice_days(desk, row)
    if days is None:
        return None
    safe, latest = days.safe, days.latest
    return {"safe": safe.date, "latest": latest.date, "working": working(safe, desk.definition.tz)}


def _history(desk: Desk, row: Instrument) -> list[dict[str, Any]]:
    steps = instruments.history(desk.session, row)[-LONGEST_HISTORY:]
    return [{**step.model_dump(), "by": person_facts(desk, step.by)} for step in steps]


def instrument_card(desk: Desk, instrument_id: int) -> Message:
    """The card of one instrument."""
    row = instruments.get_instrument(desk.session, instrument_id)
    buttons = [Button(f"instruments.{name}", str(row.key), name, style) for name, style in _buttons(row)]
    return message(words("instruments/card", instrument_facts(desk, instrument_id)), buttons)


def _buttons(row: Instrument) -> list[tuple[str, str | None]]:
    named: list[tuple[str, str | None]] = []
    if row.status is InstrumentStatus.SIGNED and not row.is_confirmed:
        named.append(("confirm", "primary"))
    if row.status in OPEN and not row.is_confirmed:
        named += [("sign", None), ("correct", None)]
    if row.ending_by and not row.ending_confirmed_by:
        named += [("confirm_ending", "primary"), ("drop_ending", None)]
    if row.status is InstrumentStatus.IN_FORCE and not row.ending_by:
        named.append(("end", None))
    if row.file_id is None and not row.kept_at and row.status is not InstrumentStatus.WITHDRAWN:
        named.append(("file", None))
    if row.status is InstrumentStatus.DRAFTING:
        named.append(("withdraw", "danger"))
    return named
