"""IV.1, IV.6-1: on the day a digest is due, its channel reads what was shared in it."""

from datetime import date

from bot.agreement.catching_up import Importance, Matter
from bot.agreement.channels import Channel
from bot.agreement.desk import Desk
from bot.agreement.digests import say_digest, waiting_digests


def due(desk: Desk) -> list[Matter]:
    """The digests to be said now, each by itself; one that has nothing in it is not said."""
    return [_matter(channel, day) for channel, day in waiting_digests(desk)]


def _matter(channel: Channel, day: date) -> Matter:
    # Never called late here: a digest is a letter of its own, and not one line in a list of what was missed.
    facts = {"channel_id": channel.channel_id, "due_on": day}
    return Matter(Importance.REST, day, f"digest {channel.channel_id}", say_digest, facts)
