"""IV.11: whoever may see a funding lead is told of it in person, and nobody else anywhere."""

from bot.agreement.channels import channel_for
from bot.agreement.funding import FundingLead, LeadChanged, LeadDeadlineNear, LeadLogged, readers
from bot.announcements.audiences import Reactions
from bot.cards.funding import lead_facts
from bot.post import Post
from bot.shapes import Button


def told(post: Post, event: LeadLogged | LeadChanged | LeadDeadlineNear) -> None:
    """Each reader hears in person; whoever did it themselves needs no letter."""
    row = post.desk.session.get_one(FundingLead, event.lead_id)
    facts = {**lead_facts(post.desk, row), **event.facts(), "title": row.title}
    show = Button("funding.show", str(row.key), "show", "primary")
    headquarters = channel_for(post.desk.session, "").channel_id
    for person in readers(post.desk, row):
        if person != post.desk.by:
            to = post.person(person, headquarters)
            post.letter(f"funding/{event.name}", to, facts, buttons=(show,))


REACTIONS: Reactions = {
    LeadLogged: (told,),
    LeadChanged: (told,),
    LeadDeadlineNear: (told,),
}
