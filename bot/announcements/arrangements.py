"""IV.2-3: who is told of an arrangement on record, and that it was confirmed: in person, never in a channel."""

from bot.agreement.arrangements import ArrangementConfirmed, ArrangementRecorded, get_arrangement
from bot.agreement.channels import channel_for
from bot.agreement.people import Person
from bot.agreement.rights import PROTECTING
from bot.announcements.audiences import Reactions, refresh_card, serving
from bot.post import Post


def arrangement_cards(post: Post, event: ArrangementRecorded) -> None:
    """The recorder keeps a card; the other side's contact points and legal officers are asked to confirm."""
    row = get_arrangement(post.desk.session, event.arrangement_id)
    others = post.desk.definition.others(row.party)
    asked = [person for party in others for person in serving(post, party.id, PROTECTING)]
    recorder = post.desk.session.get_one(Person, row.recorded_by)
    channel_id = channel_for(post.desk.session, "").channel_id
    post.cards(event.subject, [post.person(person, channel_id) for person in (*asked, recorder)])


def arrangement_confirmed(post: Post, event: ArrangementConfirmed) -> None:
    """Whoever recorded it hears that things may travel under it now, as long as they serve."""
    row = get_arrangement(post.desk.session, event.arrangement_id)
    recorder = post.desk.session.get_one(Person, row.recorded_by)
    if recorder.serves_on(post.desk.today):
        to = post.person(recorder, channel_for(post.desk.session, "").channel_id)
        facts = {**event.facts(), "zone": post.desk.definition.tz, "binds_both": len(row.parties) > 1}
        post.letter("arrangements/arrangement_confirmed", to, facts)


REACTIONS: Reactions = {
    ArrangementRecorded: (arrangement_cards,),
    ArrangementConfirmed: (refresh_card, arrangement_confirmed),
}
