"""The written record of a decision under VI.1: made in the act's own transaction, numbered per owner and year.

It is written in the language of the case; what people typed stays as they typed it.
"""

from datetime import UTC
from typing import Any

from bot.agreement.delegated_roles import RoleDelegation
from bot.agreement.desk import Desk
from bot.agreement.emblem_cases import language_of
from bot.agreement.emblem_letters import EmblemLetter, letter_of
from bot.agreement.emblem_plans import CostBearer, Mark
from bot.agreement.emblems import EmblemDecided, EmblemRequest, EmblemStatus, get_request
from bot.agreement.files import Record, StoredFile, file_record
from bot.agreement.people import Person, own_roles
from bot.agreement.time_limits import civil_day
from bot.cards.emblem_owners import used_delegation
from bot.cards.emblems import emblem_facts
from bot.emblem_questions import Asked
from bot.journal import Line
from bot.record_words import RecordWords, record_words
from bot.records import EmblemRecord, LetterFacts, Outcome, Question, Signatory, render

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
        language=language_of(desk.session, row.key).value,
        party=row.owner_party,
        subject=event.subject,
        made_at=desk.now,
        year=desk.today.year,
        make=lambda number: render("emblem", _facts(desk, entry, number, event).facts()),
    )


def _facts(desk: Desk, entry: Line, number: str, event: EmblemDecided) -> EmblemRecord:
    row = get_request(desk.session, event.request_id)
    facts = emblem_facts(desk, row.key)
    said = record_words(facts["owner_side"]["language"].value)
    zone, definition = desk.definition.tz, desk.definition
    return EmblemRecord(
        language=said.language,
        number=number,
        request=row.number,
        agreement=said.title(definition),
        clause=row.clause,
        rule=said.rule(definition, row.clause),
        parties=tuple(sorted(said.party(definition, party.id)["name"] for party in definition.parties)),
        owner=said.party(definition, row.owner_party)["name"],
        marks=("other" if row.mark is Mark.IP else row.mark.value,),
        purpose=row.purpose,
        product=row.product,
        audience=row.audience,
        period_from=said.day(row.use_from),
        period_until=said.day(row.use_until),
        other_logos=row.other_logos,
        who_pays=_payer(desk, said, row),
        needed_by=said.day(row.needed_by),
        asked_by=_signatory(desk, said, row.asked_by),
        asked_at=said.instant(row.asked_at, zone),
        outcome=OUTCOMES.get(event.status) or _lapse(row),
        decided_at=said.instant(event.at, zone),
        decided_at_utc=said.instant(event.at, "UTC"),
        decided_iso=event.at.astimezone(UTC).isoformat(timespec="seconds"),
        journal_entry=entry.id,
        journal_hash=entry.hash,
        questions=_questions(desk, said, row, facts),
        workings=_workings(desk, said, row, facts),
        version=row.version,
        instructions=_instructions(desk, said, facts),
        **_decision(desk, said, row),
        **_material(said, facts),
        **_words(event),
    )


def _payer(desk: Desk, said: RecordWords, row: EmblemRequest) -> str:
    """Who bears the cost (VI.2), and on which written basis where that is not the party that asks alone."""
    asking, owner = (_short(desk, said, party) for party in (row.asking_party, row.owner_party))
    if row.cost is CostBearer.ASKING:
        return row.payer or said.say("said", "payer", party=asking)
    name = "payer_shared" if row.cost is CostBearer.SHARED else "payer_owner"
    return said.say("said", name, asking=asking, owner=owner, payer=row.payer)


def _short(desk: Desk, said: RecordWords, party: str) -> str:
    return said.party(desk.definition, party)["abbreviation"]


def _lapse(row: EmblemRequest) -> Outcome:
    return Outcome.NOT_APPROVED if row.awaited == row.owner_party else Outcome.NOT_INFORMED


def _decision(desk: Desk, said: RecordWords, row: EmblemRequest) -> dict[str, Any]:
    """Who decided: an approver, a delegate, or whoever signed a letter, with who put that on record."""
    letter = letter_of(desk.session, row)
    if row.decided_by is None:
        return {"decided_by": None}
    if letter is None:
        return {"decided_by": _signatory(desk, said, row.decided_by, _mandate(desk, said, row))}
    party = said.party(desk.definition, row.owner_party)
    mandate = said.say("said", "mandate_letter", party=party["abbreviation"], clause=row.clause)
    signer = Signatory(name=letter.signer, capacity=letter.capacity, party=party["name"], mandate=mandate)
    return {
        "decided_by": signer,
        "letter": _letter(desk, said, letter),
        "recorded_by": _signatory(desk, said, letter.recorded_by),
    }


def _letter(desk: Desk, said: RecordWords, letter: EmblemLetter) -> LetterFacts:
    file = desk.session.get_one(StoredFile, letter.file_id)
    form = said.say("said", letter.form.value)
    return LetterFacts(
        form=said.say("said", "letter", form=form, dated=said.day(letter.dated)),
        address=letter.address,
        name=file.name,
        sha256=file.sha256,
    )


def _mandate(desk: Desk, said: RecordWords, row: EmblemRequest) -> str:
    under = used_delegation(desk, row)
    party = _short(desk, said, row.owner_party)
    if under is None:
        return said.say("said", "mandate", party=party, clause=row.clause)
    return _delegated(desk, said, row, under)


def _delegated(desk: Desk, said: RecordWords, row: EmblemRequest, under: RoleDelegation) -> str:
    return said.say(
        "said",
        "delegated",
        approver=desk.session.get_one(Person, under.approver_id).name,
        maker=desk.session.get_one(Person, under.made_by).name,
        party=_short(desk, said, row.owner_party),
        clause=row.clause,
        made=said.day(civil_day(under.made_at, desk.definition.tz)),
        first=said.day(under.first_day),
        last=said.day(under.last_day),
    )


def _workings(desk: Desk, said: RecordWords, row: EmblemRequest, facts: dict[str, Any]) -> tuple[str, ...]:
    party = _short(desk, said, row.awaited or row.owner_party)
    answer = said.say(
        "said", "answer_by", party=party, day=said.day(row.answer_by), days=facts["answer_days"]
    )
    if row.status is not EmblemStatus.LAPSED:
        return (answer,)
    days, start = facts["lapse_days"], said.day(facts["lapse_from"])
    return answer, said.say("said", "lapse", day=said.day(facts["lapses_on"]), days=days, start=start)


def _instructions(desk: Desk, said: RecordWords, facts: dict[str, Any]) -> str:
    read = facts["owner_side"]["instructions"]
    if read is None:
        return ""
    return said.say(
        "said",
        "instructions",
        version=read["version"],
        day=said.day(read["valid_from"]),
        who=read["by"],
        at=said.instant(read["at"], desk.definition.tz),
    )


def _questions(
    desk: Desk, said: RecordWords, row: EmblemRequest, facts: dict[str, Any]
) -> tuple[Question, ...]:
    zone = desk.definition.tz

    def made(given: Asked) -> Question:
        answered = said.instant(given.answered_at, zone) if given.answered_at else ""
        return Question(
            owner=_short(desk, said, row.owner_party),
            question=given.question,
            asked=f"{given.asked_by}, {said.instant(given.asked_at, zone)}",
            asking=_short(desk, said, row.asking_party),
            answer=given.answer,
            answered=f"{given.answered_by}, {answered}" if given.answer else "",
        )

    return tuple(made(given) for given in facts["questions"])


def _material(said: RecordWords, facts: dict[str, Any]) -> dict[str, Any]:
    file = facts["mockup"] or {"name": "", "sha256": ""}
    return {
        "material_text": facts["mockup_text"],
        "mock_up_name": file["name"],
        "mock_up_sha256": file["sha256"],
        "material_sha256": facts["text_sha256"],
        "link_from": facts["link_from"],
        "link_to": facts["link_to"],
        "series": facts["series"] if facts["whole_series"] else "",
        "asked_until": said.day(facts["asked_until"]) if facts["asked_until"] else "",
    }


def _words(event: EmblemDecided) -> dict[str, Any]:
    conditional = event.status is EmblemStatus.APPROVED_WITH_CONDITIONS
    return {"conditions": event.reason if conditional else "", "reason": "" if conditional else event.reason}


def _signatory(desk: Desk, said: RecordWords, person_id: int | None, mandate: str = "") -> Signatory:
    """A person in the capacities held of their own right; without any, the delegation is their mandate."""
    person = desk.session.get_one(Person, person_id)
    held = [said.say("roles", role.value) for role in sorted(own_roles(desk.session, person))]
    return Signatory(
        name=person.name,
        capacity=said.listed(held),
        party=said.party(desk.definition, person.party)["name"],
        mandate=mandate,
    )
