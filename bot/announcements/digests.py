"""IV.1, IV.6-1: a digest is one letter in the channel it is of."""

from typing import Any

from bot.agreement.channels import Channel
from bot.agreement.desk import Desk
from bot.agreement.digests import DigestSaid
from bot.agreement.exchanges import Exchange, get_exchange
from bot.agreement.project_lines import ProjectLine
from bot.agreement.projects import get_project
from bot.agreement.replies import Reply
from bot.announcements.audiences import Reactions
from bot.cards.facts import person_facts, place_name
from bot.cards.projects import line_facts, project_facts
from bot.post import Post
from bot.shapes import Button

MOST = 8
"""How many of each kind one digest names; it says how many more there are."""


def digest(post: Post, event: DigestSaid) -> None:
    """The channel reads who shared what, and the global one also how much there was elsewhere."""
    desk, to = post.desk, post.channel(event.channel_id)
    facts = {
        **event.facts(),
        "most": MOST,
        "exchanges": [_shared(desk, get_exchange(desk.session, key)) for key in event.exchanges],
        "replies": [_replied(desk, desk.session.get_one(Reply, key)) for key in event.replies],
        "entered": [project_facts(desk, get_project(desk.session, key)) for key in event.entered],
        "lines": [_said(desk, desk.session.get_one(ProjectLine, key)) for key in event.lines],
        "elsewhere": [_counted(desk, *counts) for counts in event.elsewhere],
    }
    buttons = (Button("exchanges.list", "all", "list"), Button("projects.list", "all", "projects"))
    post.letter("digests/digest_said", to, facts, buttons=buttons)


def _shared(desk: Desk, row: Exchange) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "author": person_facts(desk, row.author_id),
        "acknowledger": person_facts(desk, row.acknowledged_by),
        "status": row.status,
    }


def _replied(desk: Desk, row: Reply) -> dict[str, Any]:
    number = get_exchange(desk.session, row.exchange_id).number
    return {"number": number, "speaker": person_facts(desk, row.speaker_id), "text": row.text}


def _said(desk: Desk, row: ProjectLine) -> dict[str, Any]:
    project = get_project(desk.session, row.project_id)
    return {**line_facts(desk, row), "number": project.number, "title": project.title, "kind": project.kind}


def _counted(desk: Desk, channel_id: str, shares: int, entered: int, lines: int) -> dict[str, Any]:
    place = place_name(desk.session.get_one(Channel, channel_id))
    return {"place": place, "shares": shares, "entered": entered, "lines": lines}


REACTIONS: Reactions = {
    DigestSaid: (digest,),
}
