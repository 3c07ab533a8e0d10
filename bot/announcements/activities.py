"""I.2, I.4 and IV.7: what is asked of both parties once for each new activity."""

from bot.agreement.activities import ActivityRelated, ChannelsConsidered, activity_of
from bot.agreement.channels import channel_for
from bot.agreement.events import Event
from bot.announcements.audiences import Reactions, refresh_card
from bot.post import Post


def ask_about_activity(post: Post, event: Event) -> None:
    """Ask, in the channel of its place, about the activity that the case of `event` brought, if it brought one."""
    ask_about(post, event.subject)


def ask_about(post: Post, subject: str) -> None:
    """The same for any case by its subject."""
    row = activity_of(post.desk.session, subject)
    if row:
        place = channel_for(post.desk.session, row.scope)
        post.cards(f"activity:{row.key}", [post.channel(place.channel_id)])


REACTIONS: Reactions = {ActivityRelated: (refresh_card,), ChannelsConsidered: (refresh_card,)}
