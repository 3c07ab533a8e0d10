"""What waits for a person, drawn: each thing in its own words, with the buttons that deal with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.agreement.desk import Desk
from bot.letters import say, words
from bot.shapes import Block, Button, actions, blocks, section
from bot.waiting import KINDS, evidence_wanted, waiting
from handlers.waiting_doors import WAITING, Waiting

EACH = 5
"""How many of each kind are shown before the rest are only counted."""
MOST = 20
"""How many are shown in all: Slack takes a hundred blocks, and the buttons below must find their place."""


def how_many(desk: Desk) -> int:
    """How many things wait for this person; what is to be said of earlier dates is one of them."""
    return sum(len(found) for found in waiting(desk).values()) + bool(evidence_wanted(desk))


def listed(desk: Desk) -> list[Block]:
    """Everything that waits for this person, the most pressing kinds first; empty when nothing does."""
    found, labels = waiting(desk), words("menu/labels", {})
    made: list[Block] = []
    room = MOST
    for kind in WAITING:
        made += _items(kind, found[kind.kind], min(EACH, room), desk.definition.tz, labels)
        room -= min(EACH, room, len(found[kind.kind]))
    wanted = evidence_wanted(desk)
    if wanted:
        made.append(section(say("home/items", "evidence", {"row": {"count": wanted}})))
        made.append(actions(labels, [Button("settlements.list", "settle", "settle")]))
    return made


def _items(
    kind: Waiting, rows: Sequence[Mapping[str, Any]], most: int, zone: str, labels: Mapping[str, str]
) -> list[Block]:
    made: list[Block] = []
    for row in rows[:most]:
        made += blocks({"body": say("home/items", KINDS[kind.kind].words, {"row": row, "zone": zone})})
        made.append(
            actions(
                labels,
                [Button(action, str(row[fact]), label, style) for action, fact, label, style in kind.buttons],
            )
        )
    if len(rows) > most:
        made.append(section(say("home/items", "more", {"row": {"count": len(rows) - most}})))
    return made
