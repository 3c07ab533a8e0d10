"""Event → audience → letter: who is told what when something happens. The table is the product."""

from bot.agreement.events import Event
from bot.announcements import channels, emblems, exchanges, ledger, reviews
from bot.announcements.audiences import Reactions
from bot.post import Post
from bot.trouble_letters import lane_blocked
from bot.troubles import LaneBlocked

ANNOUNCEMENTS: Reactions = {
    **channels.REACTIONS,
    **emblems.REACTIONS,
    **exchanges.REACTIONS,
    **ledger.REACTIONS,
    **reviews.REACTIONS,
    LaneBlocked: (lane_blocked,),
}


def announce(post: Post, event: Event) -> None:
    """Queue everything that is to be said about `event`, in the transaction that journals it."""
    for react in ANNOUNCEMENTS.get(type(event), ()):
        react(post, event)
