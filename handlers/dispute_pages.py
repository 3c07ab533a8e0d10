"""VIII: what somebody reads of a dispute, in a modal only: its words, its log, and what they may do next."""

from typing import Any

from bot.agreement import dispute_notes
from bot.agreement.desk import Desk
from bot.agreement.disputes import (
    DEALT_WITH,
    OPEN,
    PRIVATE,
    REFERRALS,
    Dispute,
    DisputeStatus,
    DisputeStep,
    log,
    named,
)
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.cards.disputes import dispute_facts
from bot.cards.facts import person_facts
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Block, Button, actions, blocks, section
from handlers.quoting import quoted

EACH = 12
"""How many steps one page shows: a modal takes a hundred blocks, and a step may need several."""
Named = tuple[str, str | None, bool]
"""A button by the last word of its action, with its style, and whether Slack asks first."""


def page(desk: Desk, row: Dispute, skipped: int = 0) -> Message:
    """The dispute as somebody who may see it reads it; `skipped` of the newest steps are on an earlier page."""
    facts = page_facts(desk, row)
    parts = words("disputes/page", facts)
    steps = list(reversed(log(desk.session, row)))
    shown, more = steps[skipped : skipped + EACH], len(steps) - skipped - EACH
    made = [] if skipped else _about(row, facts, parts)
    made.append(section(parts["log"]))
    made += [block for step in shown for block in _step(desk, step)]
    found = [] if skipped else [_button(row, each) for each in _buttons(desk, row)]
    if more > 0:
        found.append(Button("disputes.read", f"{row.key}@{skipped + EACH}", "earlier"))
    if found:
        made.append(actions(parts, found))
    made += blocks({"footer": parts["footer"]})
    return Message(parts["notice"], made)


def page_facts(desk: Desk, row: Dispute) -> dict[str, Any]:
    """What the words around the people's own words may need."""
    return {
        **dispute_facts(desk, row),
        "author": person_facts(desk, row.author_id),
        "clauses": row.clauses.split(),
        "people": [
            {**person_facts(desk, each.person_id), "level": each.level} for each in named(desk.session, row)
        ],
        "private": row.status in PRIVATE,
    }


def _about(row: Dispute, facts: dict[str, Any], parts: dict[str, str]) -> list[Block]:
    return [
        *blocks({"body": parts["body"]}),
        *quoted(row.title),
        section(parts["about"]),
        *quoted(row.about),
        section(parts["sought"]),
        *quoted(row.sought),
        *(blocks({"body": parts["people"]}) if facts["people"] else []),
    ]


def _step(desk: Desk, step: DisputeStep) -> list[Block]:
    facts = {**step.model_dump(), "person": person_facts(desk, step.by), "zone": desk.definition.tz}
    return [section(words("disputes/line", facts)["line"]), *(quoted(step.text) if step.text else [])]


def _button(row: Dispute, named: Named) -> Button:
    name, style, asks = named
    value = f"{row.key}@{row.version}" if name == "send" else str(row.key)
    return Button(f"disputes.{name}", value, name, style, asks)


def _buttons(desk: Desk, row: Dispute) -> list[Named]:
    if row.status is DisputeStatus.DRAFT:
        return _draft_buttons(desk)
    if row.status not in OPEN:
        return []
    note = dispute_notes.pending(desk.session, row)
    answers = note is not None and may(desk.session, desk.person, Act.CONFIRM_SETTLEMENT, note)
    writes = row.status in DEALT_WITH and (note is None or note.party == desk.person.party)
    ways: list[tuple[bool, Named]] = [
        (
            _may(desk, Act.TAKE_UP_DISPUTE, row, row.status is DisputeStatus.RAISED),
            ("take_up", "primary", False),
        ),
        (answers, ("confirm", "primary", False)),
        (answers, ("give_back", None, False)),
        (row.status in DEALT_WITH, ("step", None, False)),
        (_may(desk, Act.WRITE_SETTLEMENT, row, writes), ("note", None, False)),
        (_may(desk, Act.REFER_DISPUTE, row, row.status in REFERRALS), ("refer", None, False)),
        (_may(desk, Act.NAME_IN_DISPUTE, row, True), ("name", None, False)),
        (_may(desk, Act.WITHDRAW_DISPUTE, row, True), ("withdraw", "danger", False)),
    ]
    return [named for offered, named in ways if offered]


def _draft_buttons(desk: Desk) -> list[Named]:
    if not may(desk.session, desk.person, Act.RAISE_DISPUTE):
        return []
    return [
        ("send", "primary", True),
        ("change", None, False),
        ("name", None, False),
        ("discard", "danger", True),
    ]


def _may(desk: Desk, act: Act, row: Dispute, now: bool) -> bool:
    return now and may(desk.session, desk.person, act, row)
