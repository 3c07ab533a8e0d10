"""VII.1-2 and VII.2: what the end of the Agreement left, and the cards of what it closed."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.agreement.closed_cases import ClosedCase, Line, closed_lines, counted, shown
from bot.agreement.desk import Desk
from bot.agreement.files import record_of
from bot.agreement.standing import end_of
from bot.agreement.survivors import Survivor, survivors, tasks
from bot.letters import Mrkdwn, environment, escape, say, words
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
        "lines": lines,
        "closed": counted(lines),
        "survivors": [{**vars(each), "says": life(each)} for each in survivors(desk, ends_on)],
        "tasks": tasks(desk, ends_on),
        "zone": desk.definition.tz,
    }


def ending_card(desk: Desk, notice_id: int) -> Message:
    """How the Agreement ended: one card in the global channel, with the survivor report in its thread."""
    end = end_of(desk.session)
    ends_on = end.ends_on if end else desk.today
    record = record_of(desk.session, f"ending:{notice_id}")
    facts = ending_facts(desk, ends_on, shown(closed_lines(desk.session)))
    facts["record_number"] = record.number if record else ""
    return message(words("endings/card", facts), OFFERED)


def over(desk: Desk, drawn: Message, closed: ClosedCase) -> Message:
    """The card of a case that the end of the Agreement closed: with the reason, and buttons for what lives on."""
    end = end_of(desk.session)
    facts = {"ends_on": end.ends_on if end else desk.today, "routine": closed.routine}
    said = words("endings/over", facts)
    bare = [{name: part for name, part in block.items() if name != "accessory"} for block in _living(drawn)]
    return Message(f"{drawn.text} {said['notice']}", [*bare, small_print(said["footer"])])


def _living(drawn: Message) -> Iterator[dict[str, Any]]:
    for block in drawn.blocks:
        if block["type"] != "actions":
            yield block
        elif kept := [each for each in block["elements"] if each["action_id"] in LIVING]:
            yield {**block, "elements": kept}
