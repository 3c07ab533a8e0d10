"""VI.1: who is told of delegations and absences, and of days on which nobody can approve for a party."""

from bot.agreement.approval_cover import ApprovalUncovered
from bot.agreement.approvers import (
    APPROVER,
    AbsenceCancelled,
    AbsenceEntered,
    ApprovalDelegated,
    ApproverAbsence,
    DelegationEnded,
)
from bot.agreement.channels import channel_for
from bot.agreement.emblems import EmblemStatus, pending
from bot.agreement.people import Person, roles_of
from bot.agreement.rights import Role
from bot.announcements.audiences import Reactions, serving
from bot.post import Post
from bot.shapes import Button

DELEGATE = Button("approvers.delegate", "new", "delegate", "primary")


def told_of_delegation(post: Post, event: ApprovalDelegated) -> None:
    """The delegate, the approver and their contact points are told, but for whoever made or ended it."""
    named = [post.desk.session.get_one(Person, key) for key in (event.delegate_id, event.approver_id)]
    points = serving(post, event.party_id, frozenset({Role.CONTACT_POINT}))
    people = {person.key: person for person in (*named, *points)}
    by = post.desk.person.key
    for person in people.values():
        if person.key != by:
            _letter(post, f"approvers/{event.name}", person, event)


def _letter(
    post: Post, template: str, person: Person, event: object, buttons: tuple[Button, ...] = ()
) -> None:
    facts = {name: getattr(event, name) for name in vars(event)}
    channel = channel_for(post.desk.session, "").channel_id
    post.letter(template, post.person(person, channel), facts, buttons=buttons)


def cards_for_delegate(post: Post, event: ApprovalDelegated) -> None:
    """A delegate who may decide from today on is sent the requests that wait; what comes later comes by itself."""
    delegate = post.desk.session.get_one(Person, event.delegate_id)
    post.desk.session.info.pop(("roles", delegate.key), None)
    if APPROVER not in roles_of(post.desk.session, delegate):
        return
    for row in pending(post.desk.session):
        if row.owner_party == event.party_id and row.status is EmblemStatus.SUBMITTED:
            post.cards(f"emblem:{row.key}", [post.person(delegate, row.channel_id)])


def told_of_absence(post: Post, event: AbsenceEntered) -> None:
    """Whoever is entered as away hears of it, unless they entered it themselves."""
    row = post.desk.session.get_one(ApproverAbsence, event.absence_id)
    if row.person_id != post.desk.person.key:
        _letter(post, f"approvers/{event.name}", post.desk.session.get_one(Person, row.person_id), event)


def told_of_gap(post: Post, event: ApprovalUncovered) -> None:
    """The contact points of the party, or their alternates, are told that nobody can approve for it."""
    points = serving(post, event.party_id, frozenset({Role.CONTACT_POINT}))
    for person in points or serving(post, event.party_id, frozenset({Role.ALTERNATE})):
        # Only a contact point can name somebody; an alternate is told so that somebody knows.
        _letter(post, "approvers/approval_uncovered", person, event, (DELEGATE,) if points else ())


REACTIONS: Reactions = {
    ApprovalDelegated: (told_of_delegation, cards_for_delegate),
    DelegationEnded: (told_of_delegation,),
    AbsenceEntered: (told_of_absence,),
    AbsenceCancelled: (told_of_absence,),
    ApprovalUncovered: (told_of_gap,),
}
