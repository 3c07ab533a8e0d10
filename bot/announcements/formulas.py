"""VI.4: who hears of the formula of acknowledgement: both sides in the global channel, the other in person."""

from bot.agreement.channels import channel_for
from bot.agreement.formula_consultations import FormulaStays
from bot.agreement.formulas import (
    FormulaAgreed,
    FormulaDeclined,
    FormulaEvent,
    FormulaProposed,
    FormulaWithdrawn,
    get_formula,
)
from bot.agreement.rights import Role
from bot.announcements.audiences import Reactions, refresh_card, serving
from bot.cards.formulas import formula_facts
from bot.post import Post
from bot.shapes import Button

ASKED = frozenset({Role.CONTACT_POINT, Role.COMMUNICATIONS})
"""Who is asked in person; their alternate sees it in the App Home."""


def formula_cards(post: Post, event: FormulaProposed) -> None:
    """The card goes to the global channel, and to the people of the other side who answer."""
    row = get_formula(post.desk, event.formula_id)
    place = channel_for(post.desk.session, "").channel_id
    others = [party.id for party in post.desk.definition.others(row.party)]
    people = [person for party in others for person in serving(post, party, ASKED)]
    post.cards(event.subject, [post.channel(place), *(post.person(one, place) for one in people)])


def answer_told(post: Post, event: FormulaEvent) -> None:
    """What was answered is said in the global channel."""
    place = channel_for(post.desk.session, "").channel_id
    facts = {**formula_facts(post.desk, get_formula(post.desk, event.formula_id)), **event.facts()}
    post.letter("formulas/formula_answered", post.channel(place), {**facts, "said": event.name})


def stays_told(post: Post, event: FormulaStays) -> None:
    """One party's word that the formula stays is told to both, with the button for the other's."""
    place = channel_for(post.desk.session, "").channel_id
    keep = (
        (Button("formulas.keep", str(event.occurrence_id), "keep", "primary"),) if event.waiting_for else ()
    )
    facts = {**event.facts(), "zone": post.desk.definition.tz}
    post.letter("formulas/formula_stays", post.channel(place), facts, buttons=keep)


def previous_redrawn(post: Post, event: FormulaAgreed) -> None:
    """The card of the version before shows that it is replaced."""
    if event.replaced_id:
        post.refresh(f"formula:{event.replaced_id}")


REACTIONS: Reactions = {
    FormulaProposed: (formula_cards,),
    FormulaAgreed: (refresh_card, previous_redrawn, answer_told),
    FormulaDeclined: (refresh_card, answer_told),
    FormulaWithdrawn: (refresh_card, answer_told),
    FormulaStays: (stays_told,),
}
