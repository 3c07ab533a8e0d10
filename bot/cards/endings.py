"""VII.1-2 and VII.2: what the end of the Agreement left, and the cards of what it closed."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.agreement.archive_packs import made_packs, readers_without
from bot.agreement.closed_cases import ClosedCase, Line, closed_lines, counted, shown
from bot.agreement.desk import Desk
from bot.agreement.files import record_of
from bot.agreement.standing import end_of
from bot.agreement.supersessions import replaced_by
from bot.agreement.survivors import Survivor, survivors, tasks
from bot.letters import Mrkdwn, Say, environment, escape, say, words
from bot.outbox import Message
from bot.resources import resource
from bot.shapes import Button, message, small_print

STATUS = Button("terminations.status", "now", "status")
INSTRUMENTS = Button("instruments.list", "list", "instruments")
ARRANGEMENTS = Button("arrangements.list", "list", "arrangements")
OFFERED = (STATUS, INSTRUMENTS, ARRANGEMENTS)
"""What the letters about the end offer: how it stands, and the registers that live on."""
LIVING = frozenset({"projects.data", "projects.close"})
"""What a closed card still offers: personal data stay protected (IX.1(d)), and how a project ended may be said."""


def life(survivor: Survivor) -> Mrkdwn:
    """What a clause means after the end; for one without words of its own, or amended, its summary."""
    block = clause_block(survivor)
    known = block in _said() and not survivor.amended
    return Mrkdwn(say("endings/clauses", block, {}) if known else escape(survivor.summary))


def clause_block(survivor: Survivor) -> str:
    """How templates name what a clause means after the end."""
    return re.sub(r"[^a-z0-9]+", "_", survivor.clause.lower()).strip("_")


def _said() -> Mapping[str, object]:
    return environment(resource("templates")).get_template("endings/clauses.j2").blocks


def ending_facts(desk: Desk, ends_on: date, lines: list[Line]) -> dict[str, Any]:
    """What ended and what lives on, as any letter, card or report tells it; `lines` are those it may name."""
    return {
        "agreement": desk.definition.short_title,
        "parties": tuple(party.abbreviation for party in desk.definition.parties),
        "ends_on": ends_on,
        **basis_facts(desk),
        "lines": lines,
        "closed": counted(lines),
        "survivors": [{**vars(each), "says": life(each)} for each in survivors(desk, ends_on)],
        "tasks": tasks(desk, ends_on),
        "zone": desk.definition.tz,
    }


def archive_facts(desk: Desk, ends_on: date, own: str = "") -> dict[str, Any]:
    """The archive packs of an end; the hash of a party's pack is nobody's but that of the party `own`."""
    called = {party.id: party.abbreviation for party in desk.definition.parties}
    made = made_packs(desk.session, desk.definition.id, ends_on)
    unmade = readers_without(desk.session, desk.definition)
    return {
        "packs": [
            {
                "party": called.get(row.reader, ""),
                "made_at": row.made_at,
                "sha256": row.sha256 if row.reader in ("", own) else "",
            }
            for row in made
        ],
        "unmade": [called.get(reader, "") for reader in unmade],
    }


def basis_facts(desk: Desk) -> dict[str, Any]:
    """By which clause and why the Agreement ends, or would end, for a letter or card."""
    facts = basis_in(desk, say)
    return {**facts, "ended_by": Mrkdwn(facts["ended_by"])}


def basis_in(desk: Desk, said: Say) -> dict[str, Any]:
    """The same in one language: by a notice, unless another agreement takes its place."""
    by = replaced_by(desk.session)
    why = said("endings/ended_by", "superseded" if by else "notice", by or {})
    return {"superseded": by, "basis": "X.2" if by else "VII.1-2", "ended_by": why}


def ending_card(desk: Desk, notice_id: int) -> Message:
    """How the Agreement ended by a notice: one card in the global channel, with the report in its thread."""
    return _card(desk, f"ending:{notice_id}")


def superseded_card(desk: Desk, instrument_id: int) -> Message:
    """The same, where a new agreement took its place (X.2)."""
    return _card(desk, f"superseded:{instrument_id}")


def _card(desk: Desk, subject: str) -> Message:
    end = end_of(desk.session)
    ends_on = end.ends_on if end else desk.today
    record = record_of(desk.session, subject)
    facts = ending_facts(desk, ends_on, shown(closed_lines(desk.session)))
    facts |= {"record_number": record.number if record else "", **archive_facts(desk, ends_on)}
    return message(words("endings/card", facts), OFFERED)


def over(desk: Desk, drawn: Message, closed: ClosedCase) -> Message:
    """The card of a case that the end of the Agreement closed: with the reason, and buttons for what lives on."""
    end = end_of(desk.session)
    ends_on = end.ends_on if end else desk.today
    facts = {"ends_on": ends_on, "routine": closed.routine, **basis_facts(desk)}
    said = words("endings/over", facts)
    bare = [{name: part for name, part in block.items() if name != "accessory"} for block in _living(drawn)]
    return Message(f"{drawn.text} {said['notice']}", [*bare, small_print(said["footer"])])


def _living(drawn: Message) -> Iterator[dict[str, Any]]:
    for block in drawn.blocks:
        if block["type"] != "actions":
            yield block
        elif kept := [each for each in block["elements"] if each["action_id"] in LIVING]:
            yield {**block, "elements": kept}
