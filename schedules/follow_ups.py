"""The clock's question to every routine that planned something to be said: what has come due?"""

from collections.abc import Mapping

from bot.agreement import matters, project_lines, projects, workplan_reminders
from bot.agreement.catching_up import Importance, Matter, Verb
from bot.agreement.communication_clearances import remind_to_clear
from bot.agreement.communication_drafts import CLEARANCE_NEAR
from bot.agreement.communication_releases import PROOF, ask_for_proof
from bot.agreement.designation_ends import note_over, warn_of_end
from bot.agreement.desk import Desk
from bot.agreement.distributions import remind_office
from bot.agreement.event_notes import UNCONFIRMED, nudge_confirmation
from bot.agreement.follow_ups import Waiting, to_be_said
from bot.agreement.funding import DEADLINE, remind_of_deadline
from bot.agreement.meeting_actions import DUE, chase
from bot.agreement.meeting_dates import HELD, NEAR, OPEN
from bot.agreement.meeting_follow_ups import ask_agree, ask_held, come_near
from bot.agreement.meeting_minutes import CONFIRM, remind
from bot.agreement.office_register import note_opening
from bot.agreement.report_series import PROMPT, prompt_series
from bot.agreement.restricted import PURGE, purge

VERBS: Mapping[str, Verb] = {
    matters.NEAR: matters.remind_of_matter,
    projects.LINE: project_lines.ask_for_line,
    "designation_ends": warn_of_end,
    "designation_over": note_over,
    "office_opens": note_opening,
    "office_silent": remind_office,
    PROMPT: prompt_series,
    PURGE: purge,
    CLEARANCE_NEAR: remind_to_clear,
    PROOF: ask_for_proof,
    UNCONFIRMED: nudge_confirmation,
    DEADLINE: remind_of_deadline,
    workplan_reminders.KIND: workplan_reminders.remind_of_item,
    DUE: chase,
    OPEN: ask_agree,
    NEAR: come_near,
    HELD: ask_held,
    CONFIRM: remind,
}
"""What is planned, by kind, and the verb that says it: called with the entry as `waiting`."""


def due(desk: Desk) -> list[Matter]:
    """What is to be said now, each by itself: being told of moves the case."""
    return [_matter(waiting) for waiting in to_be_said(desk.session, desk.today)]


def _matter(waiting: Waiting) -> Matter:
    name = f"{waiting.kind} {waiting.subject.partition(':')[0]}:{waiting.key:06}"
    return Matter(Importance.CASE, waiting.due_on, name, VERBS[waiting.kind], {"waiting": waiting})
