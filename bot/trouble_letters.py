"""Who hears that messages do not arrive: the administrators of the party whose app cannot speak."""

from bot.agreement.people import holders
from bot.agreement.rights import Role
from bot.outbox import Address
from bot.post import Post
from bot.troubles import APP_CUT_OFF, LaneBlocked


def lane_blocked(post: Post, event: LaneBlocked) -> None:
    """Each administrator is told in person; where their own app can speak nowhere, by the other party's."""
    speaker = _speaker(post, event)
    facts = {
        **event.facts(),
        "speaker": post.desk.definition.party(event.party).abbreviation,
        "zone": post.desk.definition.tz,
    }
    people = holders(post.desk.session, event.party, frozenset({Role.ADMINISTRATOR}), post.desk.today)
    for person in people:
        to = Address(speaker, person.user_id)
        # Where the trouble is with their own direct messages, only others can be told.
        if to.lane != event.lane:
            post.letter("troubles/lane_blocked", to, facts)


def _speaker(post: Post, event: LaneBlocked) -> str:
    if event.error not in APP_CUT_OFF:
        return event.party
    return next((party for party in sorted(post.installed) if party != event.party), event.party)
