"""VII.3: what an amendment looks like now: both texts, the dates it moves with their working, and who signed."""

from typing import Any

from bot.agreement import amendments
from bot.agreement.amending import ChangedPart, Target
from bot.agreement.amendment_moves import Effect, Moved, effect, moves
from bot.agreement.amendment_repeals import left_under
from bot.agreement.amendments import Amendment, AmendmentChange, AmendmentStatus
from bot.agreement.definition import Definition
from bot.agreement.definition_values import OPEN_TERM, Basis
from bot.agreement.desk import Desk
from bot.agreement.duty_rules import kept_facts
from bot.agreement.errors import AgreementError
from bot.agreement.files import StoredFile
from bot.agreement.new_duties import read_duty
from bot.agreement.planning import Planned
from bot.cards.facts import person_facts
from bot.letters import Mrkdwn, Say, say, words
from bot.outbox import Message
from bot.shapes import Button, message

LONGEST_HISTORY = 10
SETTLED = frozenset({AmendmentStatus.DECLINED, AmendmentStatus.WITHDRAWN})


def amendment_facts(desk: Desk, amendment_id: int) -> dict[str, Any]:
    """Everything the words about one amendment may need."""
    row = amendments.get_amendment(desk.session, amendment_id)
    file = desk.session.get(StoredFile, row.file_id) if row.file_id else None
    return {
        **row.model_dump(),
        **amendments.about(row),
        "party": desk.definition.party(row.party).abbreviation,
        "answering": tuple(party.abbreviation for party in desk.definition.others(row.party)),
        "changes": [change_facts(desk, each) for each in amendments.changes(desk.session, row)],
        "signatures": _signatures(desk, row),
        "unsigned": amendments.unsigned(desk, row),
        "file": {"name": file.name, "sha256": file.sha256} if file else None,
        "file_by": desk.definition.party(row.file_by).abbreviation if row.file_by else "",
        "proposer": person_facts(desk, row.proposed_by),
        "agreer": person_facts(desk, row.agreed_by),
        "confirmer": person_facts(desk, row.confirmed_by),
        "history": _history(desk, row),
        "agreement": desk.definition.short_title,
        "zone": desk.definition.tz,
        **moves_facts(desk, row),
    }


def change_facts(desk: Desk, row: AmendmentChange) -> dict[str, Any]:
    """One change in words: what stands now, and what is to stand there."""
    target = row.change.target
    if target.part is ChangedPart.NEW:
        return _new_clause(desk, row)
    return {
        **row.model_dump(),
        "clause_title": desk.definition.clause(row.clause).title,
        "target": target_words(desk.definition, target),
        "present": value_words(target.part, row.present),
        "value": value_words(target.part, row.value),
        "opens": row.value == OPEN_TERM,
        "left": left_under(desk, row.clause) if target.part is ChangedPart.REPEAL else None,
    }


def _new_clause(desk: Desk, row: AmendmentChange) -> dict[str, Any]:
    """A clause that comes with the amendment: nothing stands in its place now."""
    return {
        **row.model_dump(),
        "clause_title": row.title,
        "target": say("amendments/targets", row.part.value, {}),
        "value": duty_words(desk.definition, row.value),
        "opens": False,
        "left": None,
    }


def duty_words(definition: Definition, text: str, said: Say = say) -> str:
    """What falls due under a new clause, as people say it; `said` says it in another language."""
    duty = read_duty(text)
    month, _, day_of_month = duty.month_day.partition("-")
    facts = {
        **vars(duty),
        "day": duty.stated_day,
        "month": int(month or 1),
        "day_of_month": int(day_of_month or 1),
        "owed_by": definition.party(duty.by).abbreviation if duty.by else "",
    }
    return said("amendments/values", "duty", facts)


def target_words(definition: Definition, target: Target) -> str:
    """What is changed, as people say it."""
    duty = definition.duty(target.duty) if target.duty else None
    level = next((one.title for one in definition.levels if one.id == target.level), "")
    return say("amendments/targets", target.part.value, {"title": duty.title if duty else "", "level": level})


def value_words(part: ChangedPart, value: str) -> str:
    """A value as people say it: a length of time, several of them, or whose rule it is."""
    basis = Basis(value) if part is ChangedPart.BASIS and value else None
    return say("amendments/values", "value", {"value": value, "basis": basis}) if value else ""


def moves_facts(desk: Desk, row: Amendment) -> dict[str, Any]:
    """From which day it counts, and what it moves; `moves` is None where it could not be kept any more."""
    if row.status in SETTLED:
        return {"counts_from": None, "certain": False, "moves": []}
    try:
        found = effect(desk, row)
    except AgreementError:
        return {"counts_from": None, "certain": False, "moves": None}
    lines = [move_facts(found, each) for each in moves(desk, found)]
    return {"counts_from": found.on, "certain": found.certain, "moves": lines}


def move_facts(found: Effect, move: Moved) -> dict[str, Any]:
    """One date that moves, with the working of both."""
    return {
        "clause": move.clause,
        "title": move.now.title,
        "level": move.level,
        "scope": move.scope,
        "old": move.old.due_on if move.old else None,
        "new": move.new.due_on if move.new else None,
        "was": _why(found.before, move.old),
        "now": _why(found.after, move.new),
        "more": move.more,
    }


def _why(definition: Definition, planned: Planned | None) -> str:
    if planned is None:
        return ""
    days = {"due_on": planned.due_on, "window_start": planned.window_start}
    return Mrkdwn(
        say("amendments/why", "why", {**kept_facts(definition, planned.duty, planned.level), **days})
    )


def _signatures(desk: Desk, row: Amendment) -> list[dict[str, Any]]:
    """Each party with its signature, or without one yet."""
    known = amendments.signatures(desk.session, row)
    return [
        {"party": party.abbreviation, "known": known[party.id].model_dump() if party.id in known else None}
        for party in desk.definition.parties
    ]


def _history(desk: Desk, row: Amendment) -> list[dict[str, Any]]:
    steps = amendments.history(desk.session, row)[-LONGEST_HISTORY:]
    return [{**step.model_dump(), "by": person_facts(desk, step.by)} for step in steps]


def amendment_card(desk: Desk, amendment_id: int) -> Message:
    """The card that both parties see; while a new version is drafted, nothing of the draft is on it."""
    row = amendments.get_amendment(desk.session, amendment_id)
    buttons = [Button(f"amendments.{name}", str(row.key), name, style) for name, style in _buttons(desk, row)]
    return message(words("amendments/card", amendment_facts(desk, amendment_id)), buttons)


def draft_card(desk: Desk, amendment_id: int) -> Message:
    """The draft, which only the party that writes it sees."""
    row = amendments.get_amendment(desk.session, amendment_id)
    facts = amendment_facts(desk, amendment_id)
    named: list[tuple[str, str | None]] = []
    if row.status is AmendmentStatus.DRAFTING:
        filled = [("propose", "primary"), ("drop", None), ("moves", None)] if facts["changes"] else []
        named = [("add", None), *filled, ("correct", None), ("withdraw", "danger")]
    buttons = [Button(f"amendments.{name}", str(row.key), name, style) for name, style in named]
    return message(words("amendments/draft_card", facts), buttons)


def _buttons(desk: Desk, row: Amendment) -> list[tuple[str, str | None]]:
    ways: list[tuple[str, str | None]]
    match row.status:
        case AmendmentStatus.PROPOSED:
            ways = [("agree", "primary"), ("decline", None)]
        case AmendmentStatus.AGREED:
            ways = _signing(desk, row)
        case AmendmentStatus.SIGNED | AmendmentStatus.IN_FORCE:
            return [("moves", None)]
        case _:
            return []
    return [*ways, ("moves", None), ("revise", None), ("withdraw", "danger")]


def _signing(desk: Desk, row: Amendment) -> list[tuple[str, str | None]]:
    """What is missing comes first; a signature or file that is wrong can be put right until it is confirmed."""
    if amendments.unsigned(desk, row):
        return [("sign", "primary"), ("file", None)]
    if row.file_id is None:
        return [("file", "primary"), ("sign", None)]
    return [("confirm", "primary"), ("sign", None), ("file", None)]
