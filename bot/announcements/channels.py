"""Channels: what a new one reads first."""

from bot.agreement.channels import get_channel
from bot.agreement.registrations import ChannelRegistered
from bot.announcements.audiences import Reactions
from bot.post import Post
from bot.shapes import Button


def welcome(post: Post, event: ChannelRegistered) -> None:
    """A new channel reads once what it is for, and where people begin."""
    definition = post.desk.definition
    for number in event.added:
        to = post.channel(number)
        facts = {
            "title": definition.short_title,
            "parties": tuple(party.abbreviation for party in definition.parties),
            "scope": get_channel(post.desk.session, number).scope,
            "speaker": definition.party(to.party).abbreviation,
        }
        post.letter("channels/welcome", to, facts, buttons=(Button("menu.open", "menu", "menu"),))


REACTIONS: Reactions = {ChannelRegistered: (welcome,)}
