"""IX.1(d): who is told of what a party answers on personal data, and who is asked, year after year."""

from typing import Any

from bot.agreement.project_data import DataAnswered, checks_of
from bot.agreement.project_holdings import DataDue, DataPlanDue, DataRecheckDue, RetentionDue
from bot.agreement.project_registers import DataDisposed, RegisterEntered
from bot.agreement.projects import get_project
from bot.announcements.audiences import Reactions, refresh_card
from bot.announcements.project_gates import ask_stewards, in_thread, start_offered, to_stewards
from bot.post import Post
from bot.shapes import Button


def step_told(post: Post, event: DataAnswered | RegisterEntered | DataDisposed) -> None:
    """What was done is said in the thread of the project's card."""
    facts = {**event.facts(), "deed": event.name, "zone": post.desk.definition.tz}
    in_thread(post, event.subject, "projects/data_step", facts)


def difference_told(post: Post, event: DataAnswered) -> None:
    """Where the parties' answers contradict each other, those who gave them are asked to speak together."""
    checks = checks_of(post.desk.session, event.project_id)
    if len({check.processes for check in checks.values()}) > 1:
        ask_stewards(post, get_project(post.desk.session, event.project_id), differ=True)


def data_due(post: Post, event: DataDue) -> None:
    """Whoever answers for personal data in the party is asked, in person."""
    row = get_project(post.desk.session, event.project_id)
    facts: dict[str, Any] = {**event.facts(), "zone": post.desk.definition.tz}
    to_stewards(post, row, event.party_id, f"projects/{event.name}", facts, *_first(event))


def _first(event: DataDue) -> tuple[Button, ...]:
    if isinstance(event, RetentionDue):
        return (Button("project_data.dispose", str(event.entry_id), "dispose", "primary"),)
    return ()


REACTIONS: Reactions = {
    DataAnswered: (refresh_card, step_told, difference_told, start_offered),
    RegisterEntered: (refresh_card, step_told, start_offered),
    DataDisposed: (refresh_card, step_told),
    DataRecheckDue: (data_due,),
    DataPlanDue: (data_due,),
    RetentionDue: (data_due,),
}
