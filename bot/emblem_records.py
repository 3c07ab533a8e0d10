"""The written record of a decision under VI.1: made in the act's own transaction, numbered per owner and year."""

from datetime import UTC
from hashlib import sha256
from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.emblems import EmblemDecided, EmblemStatus, get_request
from bot.agreement.files import Record, next_seq, record_number
from bot.agreement.people import Person, roles_of
from bot.cards import emblem_facts
from bot.journal import Entry
from bot.letters import day, instant, say, term
from bot.records import EmblemRecord, Outcome, Signatory, render

OUTCOMES = {
    EmblemStatus.APPROVED: Outcome.APPROVED,
    EmblemStatus.APPROVED_WITH_CONDITIONS: Outcome.APPROVED_WITH_CONDITIONS,
    EmblemStatus.REFUSED: Outcome.REFUSED,
    EmblemStatus.LAPSED: Outcome.NOT_APPROVED,
}


def write_record(desk: Desk, entry: Entry, event: EmblemDecided) -> Record:
    """Make, number and store the record of one decision."""
    row = get_request(desk.session, event.request_id)
    year = desk.today.year
    seq = next_seq(desk.session, row.owner_party, year)
    number = record_number(row.owner_party, year, seq)
    content = render("emblem", _facts(desk, entry, number, event).facts())
    record = Record(
        party=row.owner_party,
        year=year,
        seq=seq,
        subject=event.subject,
        name=f"{number.replace('/', '-')}.pdf",
        sha256=sha256(content).hexdigest(),
        content=content,
        made_at=desk.now,
    )
    desk.session.add(record)
    desk.session.flush()
    return record


def _facts(desk: Desk, entry: Entry, number: str, event: EmblemDecided) -> EmblemRecord:
    row = get_request(desk.session, event.request_id)
    facts = emblem_facts(desk, row.key)
    zone = desk.definition.tz
    return EmblemRecord(
        number=number,
        agreement=desk.definition.title,
        clause=row.clause,
        rule=desk.definition.clause(row.clause).summary,
        parties=tuple(sorted(party.name for party in desk.definition.parties)),
        owner=desk.definition.party(row.owner_party).name,
        marks=(row.mark.value,),
        purpose=row.purpose,
        product=row.product,
        audience=row.audience,
        period_from=day(row.use_from),
        period_until=day(row.use_until),
        other_logos=row.other_logos,
        who_pays=row.payer or say("emblems/record", "payer", facts),
        asked_by=_signatory(desk, row.asked_by, ""),
        asked_at=instant(row.asked_at, zone),
        outcome=OUTCOMES[event.status],
        decided_by=_signatory(desk, row.decided_by, row.clause) if row.decided_by else None,
        decided_at=instant(event.at, zone),
        decided_at_utc=instant(event.at, "UTC"),
        decided_iso=event.at.astimezone(UTC).isoformat(timespec="seconds"),
        journal_entry=entry.id or 0,
        journal_hash=entry.hash,
        workings=(say("emblems/record", "answer_by", facts),),
        **_material(facts),
        **_words(event),
    )


def _material(facts: dict[str, Any]) -> dict[str, str]:
    material = "\n\n".join(text for text in (facts["mockup_text"], facts["information"]) if text)
    file = facts["mockup"] or {"name": "", "sha256": ""}
    return {
        "material_text": material,
        "mock_up_name": file["name"],
        "mock_up_sha256": file["sha256"],
    }


def _words(event: EmblemDecided) -> dict[str, str]:
    conditional = event.status is EmblemStatus.APPROVED_WITH_CONDITIONS
    return {"conditions": event.reason if conditional else "", "reason": "" if conditional else event.reason}


def _signatory(desk: Desk, person_id: int | None, clause: str) -> Signatory:
    person = desk.session.get_one(Person, person_id)
    party = desk.definition.party(person.party)
    capacity = ", ".join(term(role) for role in sorted(roles_of(desk.session, person)))
    mandate = (
        say("emblems/record", "mandate", {"clause": clause, "party": party.abbreviation}) if clause else ""
    )
    return Signatory(name=person.name, capacity=capacity, party=party.name, mandate=mandate)
