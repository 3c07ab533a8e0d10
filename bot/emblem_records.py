"""The written record of a decision under VI.1: made in the act's own transaction, numbered per owner and year."""

from datetime import UTC
from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.emblem_plans import Mark
from bot.agreement.emblems import EmblemDecided, EmblemRequest, EmblemStatus, get_request
from bot.agreement.files import Record, file_record
from bot.agreement.people import Person, roles_of
from bot.cards.emblems import emblem_facts
from bot.emblem_questions import Asked
from bot.journal import Line
from bot.letters import day, instant, say, term
from bot.records import EmblemRecord, Outcome, Question, Signatory, render
from bot.shapes import plain

OUTCOMES = {
    EmblemStatus.APPROVED: Outcome.APPROVED,
    EmblemStatus.APPROVED_WITH_CONDITIONS: Outcome.APPROVED_WITH_CONDITIONS,
    EmblemStatus.REFUSED: Outcome.REFUSED,
}


def write_record(desk: Desk, entry: Line, event: EmblemDecided) -> Record:
    """Make, number and store the record of one decision."""
    row = get_request(desk.session, event.request_id)
    return file_record(
        desk.session,
        party=row.owner_party,
        subject=event.subject,
        made_at=desk.now,
        year=desk.today.year,
        make=lambda number: render("emblem", _facts(desk, entry, number, event).facts()),
    )


def _facts(desk: Desk, entry: Line, number: str, event: EmblemDecided) -> EmblemRecord:
    row = get_request(desk.session, event.request_id)
    facts = emblem_facts(desk, row.key)
    zone = desk.definition.tz
    return EmblemRecord(
        number=number,
        request=row.number,
        agreement=desk.definition.title,
        clause=row.clause,
        rule=desk.definition.clause(row.clause).summary,
        parties=tuple(sorted(party.name for party in desk.definition.parties)),
        owner=desk.definition.party(row.owner_party).name,
        marks=("other" if row.mark is Mark.IP else row.mark.value,),
        purpose=row.purpose,
        product=row.product,
        audience=row.audience,
        period_from=day(row.use_from),
        period_until=day(row.use_until),
        other_logos=row.other_logos,
        who_pays=say("emblems/record", "payer", facts),
        needed_by=day(row.needed_by),
        asked_by=_signatory(desk, row.asked_by, ""),
        asked_at=instant(row.asked_at, zone),
        outcome=OUTCOMES.get(event.status) or _lapse(row),
        decided_by=_signatory(desk, row.decided_by, row.clause) if row.decided_by else None,
        decided_at=instant(event.at, zone),
        decided_at_utc=instant(event.at, "UTC"),
        decided_iso=event.at.astimezone(UTC).isoformat(timespec="seconds"),
        journal_entry=entry.id,
        journal_hash=entry.hash,
        questions=_questions(facts),
        workings=_workings(facts),
        version=row.version,
        **_material(facts),
        **_words(event),
    )


def _lapse(row: EmblemRequest) -> Outcome:
    return Outcome.NOT_APPROVED if row.awaited == row.owner_party else Outcome.NOT_INFORMED


def _workings(facts: dict[str, Any]) -> tuple[str, ...]:
    parts = ("answer_by", "lapse") if facts["status"] is EmblemStatus.LAPSED else ("answer_by",)
    return tuple(say("emblems/record", part, facts) for part in parts)


def _questions(facts: dict[str, Any]) -> tuple[Question, ...]:
    def told(part: str, given: Asked) -> str:
        return plain(say("emblems/record", part, {**facts, "given": given}))

    return tuple(
        Question(
            owner=facts["owner"],
            question=given.question,
            asked=told("asked", given),
            asking=facts["asking"],
            answer=given.answer,
            answered=told("answered", given) if given.answer else "",
        )
        for given in facts["questions"]
    )


def _material(facts: dict[str, Any]) -> dict[str, str]:
    file = facts["mockup"] or {"name": "", "sha256": ""}
    return {
        "material_text": facts["mockup_text"],
        "mock_up_name": file["name"],
        "mock_up_sha256": file["sha256"],
        "material_sha256": facts["text_sha256"],
        "link_from": facts["link_from"],
        "link_to": facts["link_to"],
        "series": facts["series"] if facts["whole_series"] else "",
        "asked_until": day(facts["asked_until"]) if facts["asked_until"] else "",
    }


def _words(event: EmblemDecided) -> dict[str, str]:
    conditional = event.status is EmblemStatus.APPROVED_WITH_CONDITIONS
    return {"conditions": event.reason if conditional else "", "reason": "" if conditional else event.reason}


def _signatory(desk: Desk, person_id: int | None, clause: str) -> Signatory:
    person = desk.session.get_one(Person, person_id)
    party = desk.definition.party(person.party)
    roles = [term(role) for role in sorted(roles_of(desk.session, person))]
    capacity = say("emblems/record", "capacity", {"roles": roles})
    mandate = (
        say("emblems/record", "mandate", {"clause": clause, "party": party.abbreviation}) if clause else ""
    )
    return Signatory(name=person.name, capacity=capacity, party=party.name, mandate=mandate)
