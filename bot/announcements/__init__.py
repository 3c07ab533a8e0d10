"""Event → audience → letter: who is told what when something happens. The table is the product."""

from bot.agreement.events import Event
from bot.announcements import (
    activities,
    amendments,
    approvers,
    arrangements,
    channels,
    communications,
    consultations,
    contacts,
    costs,
    digests,
    disputes,
    distributions,
    documents,
    emblem_instructions,
    emblem_letters,
    emblem_uses,
    emblems,
    endings,
    event_notes,
    exchanges,
    formulas,
    funding,
    instruments,
    invitations,
    ledger,
    matters,
    meeting_minutes,
    meetings,
    notices,
    project_data,
    project_gates,
    projects,
    renewals,
    replies,
    restricted,
    reviews,
    workplans,
)
from bot.announcements.audiences import Reactions
from bot.post import Post
from bot.trouble_letters import lane_blocked
from bot.troubles import LaneBlocked

ANNOUNCEMENTS: Reactions = {
    **activities.REACTIONS,
    **channels.REACTIONS,
    **consultations.REACTIONS,
    **digests.REACTIONS,
    **contacts.REACTIONS,
    **distributions.REACTIONS,
    **communications.REACTIONS,
    **event_notes.REACTIONS,
    **funding.REACTIONS,
    **emblems.REACTIONS,
    **emblem_instructions.REACTIONS,
    **emblem_letters.REACTIONS,
    **approvers.REACTIONS,
    **emblem_uses.REACTIONS,
    **endings.REACTIONS,
    **exchanges.REACTIONS,
    **instruments.REACTIONS,
    **amendments.REACTIONS,
    **invitations.REACTIONS,
    **ledger.REACTIONS,
    **matters.REACTIONS,
    **projects.REACTIONS,
    **project_gates.REACTIONS,
    **project_data.REACTIONS,
    **replies.REACTIONS,
    **arrangements.REACTIONS,
    **documents.REACTIONS,
    **restricted.REACTIONS,
    **workplans.REACTIONS,
    **meeting_minutes.REACTIONS,
    **meetings.REACTIONS,
    **reviews.REACTIONS,
    **notices.REACTIONS,
    **disputes.REACTIONS,
    **formulas.REACTIONS,
    **costs.REACTIONS,
    **renewals.REACTIONS,
    LaneBlocked: (lane_blocked,),
}


def announce(post: Post, event: Event) -> None:
    """Queue everything that is to be said about `event`, in the transaction that journals it."""
    for react in ANNOUNCEMENTS.get(type(event), ()):
        react(post, event)
