"""IV.6-1: who is told of joint projects and opportunities, and who is asked for a line."""

from bot.agreement.acknowledgements import points
from bot.agreement.channels import get_channel
from bot.agreement.people import Person
from bot.agreement.project_lines import LineAdded, LineAsked
from bot.agreement.project_stages import ProjectClosed
from bot.agreement.projects import (
    ProjectAdded,
    ProjectKind,
    ProjectStatus,
    ResponsibleNamed,
    get_project,
    responsible_for,
)
from bot.announcements.activities import ask_about_activity
from bot.announcements.audiences import Reactions, refresh_card
from bot.announcements.project_gates import ask_stewards, ask_whether_begun
from bot.cards.projects import project_facts
from bot.post import Post
from bot.shapes import Button


def project_cards(post: Post, event: ProjectAdded) -> None:
    """The card goes to its channel; the party that has named nobody yet is asked to, in person."""
    post.cards(event.subject, [post.channel(event.channel_id)])
    row = get_project(post.desk.session, event.project_id)
    facts = project_facts(post.desk, row)
    scope = get_channel(post.desk.session, row.channel_id).scope
    button = Button("projects.responsible", str(row.key), "responsible", "primary")
    for party in post.desk.definition.parties:
        if responsible_for(post.desk, row, party.id) is None:
            about = {**facts, "asked": party.abbreviation}
            for person in points(post.desk, party.id, scope):
                to = post.person(person, row.channel_id)
                post.letter("projects/responsible_wanted", to, about, buttons=(button,))
    if row.kind is ProjectKind.PROJECT:
        ask_stewards(post, row)
    if row.status is ProjectStatus.STATED:
        ask_whether_begun(post, row)


def line_asked(post: Post, event: LineAsked) -> None:
    """Those who answer for a project are asked for one line, each in person."""
    row = get_project(post.desk.session, event.project_id)
    facts = {**project_facts(post.desk, row), **event.facts()}
    buttons = (
        Button("projects.line", str(row.key), "line", "primary"),
        Button("projects.no_change", str(row.key), "no_change"),
    )
    for key in event.people:
        to = post.person(post.desk.session.get_one(Person, key), row.channel_id)
        post.letter("projects/line_asked", to, facts, buttons=buttons)


REACTIONS: Reactions = {
    ProjectAdded: (project_cards, ask_about_activity),
    ResponsibleNamed: (refresh_card,),
    ProjectClosed: (refresh_card,),
    LineAdded: (refresh_card,),
    LineAsked: (line_asked,),
}
