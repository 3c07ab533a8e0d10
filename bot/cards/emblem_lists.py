"""VI.1, VI.3 and IX.2-2: the register of requests by where they stand, and the drafts of one's own party."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from bot.agreement import emblem_mentions, emblems
from bot.agreement.desk import Desk
from bot.agreement.emblem_drafts import drafts
from bot.agreement.emblems import VALID, EmblemRequest, EmblemStatus
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.letters import say
from bot.shapes import Block, Button, entry, section

MOST = 10
"""How many drafts are listed."""


def emblem_listing(desk: Desk) -> dict[str, Any]:
    """The latest requests by where they stand, and the latest mentions."""
    order = list(EmblemStatus)
    rows = sorted(emblems.listing(desk.session), key=lambda row: order.index(row.status))
    groups = [
        {"status": status, "rows": [_line(desk, row) for row in group]}
        for status, group in groupby(rows, key=lambda row: row.status)
    ]
    own = desk.definition.party(desk.person.party)
    return {
        "groups": groups,
        "mentions": [_mention(desk, row) for row in emblem_mentions.mentions(desk.session, MOST)],
        "asking": own.abbreviation,
        "owner": desk.definition.other(own.id).abbreviation,
        "zone": desk.definition.tz,
        "clause": emblems.CLAUSE,
    }


def _line(desk: Desk, row: EmblemRequest) -> dict[str, Any]:
    return {
        **emblems.event_facts(desk, row),
        "use_until": row.use_until,
        "holds": row.status in VALID,
        "must_come_down": row.must_come_down,
        "down_by": row.down_by,
    }


def _mention(desk: Desk, row: emblem_mentions.EmblemMention) -> dict[str, Any]:
    return {
        "number": row.number,
        "asking": desk.definition.party(row.using_party).abbreviation,
        "owner": desk.definition.party(row.owner_party).abbreviation,
        "product": row.product,
        "noted_at": row.noted_at,
    }


def draft_blocks(desk: Desk, parts: Mapping[str, str]) -> list[Block]:
    """The drafts of the person's own party, each with its button; nothing where there are none."""
    rows = drafts(desk.session, desk.person.party)[:MOST]
    lines = [
        entry(
            say("emblems/draft_line", "line", {**row.model_dump(), **emblems.event_facts(desk, row)}),
            parts,
            Button("emblems.open_draft", str(row.key), "open_draft")
            if may(desk.session, desk.person, Act.CHANGE_EMBLEM, row)
            else None,
            spoken=row.product,
        )
        for row in rows
    ]
    return [section(parts["drafts"]), *lines] if lines else []
