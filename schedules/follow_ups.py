"""The clock's question to every routine that planned something to be said: what has come due?"""

from collections.abc import Mapping

from bot.agreement import (
    after_the_end,
    amendment_effects,
    communication_clearances,
    communication_drafts,
    communication_releases,
    designation_ends,
    dispute_nudges,
    distributions,
    emblem_uses,
    event_notes,
    funding,
    instrument_dates,
    invitation_reminders,
    matters,
    meeting_actions,
    meeting_dates,
    meeting_follow_ups,
    meeting_minutes,
    notice_receipts,
    office_register,
    project_answers,
    project_beginnings,
    project_holdings,
    project_lines,
    projects,
    report_series,
    restricted,
    review_prompts,
    reviews,
    workplan_reminders,
)
from bot.agreement.catching_up import Importance, Matter, Verb
from bot.agreement.desk import Desk
from bot.agreement.endings import SURVIVING_KINDS, is_over
from bot.agreement.follow_ups import Waiting, to_be_said

VERBS: Mapping[str, Verb] = {
    **amendment_effects.VERBS,
    communication_drafts.CLEARANCE_NEAR: communication_clearances.remind_to_clear,
    communication_releases.PROOF: communication_releases.ask_for_proof,
    "designation_ends": designation_ends.warn_of_end,
    "designation_over": designation_ends.note_over,
    **emblem_uses.VERBS,
    dispute_nudges.QUIET: dispute_nudges.nudge,
    event_notes.UNCONFIRMED: event_notes.nudge_confirmation,
    funding.DEADLINE: funding.remind_of_deadline,
    **instrument_dates.VERBS,
    **dict.fromkeys(invitation_reminders.KINDS, invitation_reminders.chase),
    matters.NEAR: matters.remind_of_matter,
    meeting_actions.DUE: meeting_actions.chase,
    meeting_dates.HELD: meeting_follow_ups.ask_held,
    meeting_dates.NEAR: meeting_follow_ups.come_near,
    meeting_dates.OPEN: meeting_follow_ups.ask_agree,
    meeting_minutes.CONFIRM: meeting_minutes.remind,
    notice_receipts.COUNTDOWN: notice_receipts.count_down,
    "office_opens": office_register.note_opening,
    "office_silent": distributions.remind_office,
    projects.LINE: project_lines.ask_for_line,
    projects.BEGUN: project_beginnings.ask_again,
    projects.GATES_WANTED: project_answers.ask_for_gates,
    project_answers.CONFIRMATION: project_answers.chase_gate,
    **project_holdings.VERBS,
    report_series.PROMPT: report_series.prompt_series,
    restricted.PURGE: restricted.purge,
    reviews.PROMPT: review_prompts.prompt,
    workplan_reminders.KIND: workplan_reminders.remind_of_item,
}
"""What is planned, by kind, and the verb that says it: called with the entry as `waiting`."""


def due(desk: Desk) -> list[Matter]:
    """What is to be said now, each by itself: being told of moves the case."""
    over = is_over(desk.session, desk.today)
    waiting = to_be_said(desk.session, desk.today)
    if over:
        return [_matter(each, VERBS[each.kind]) for each in waiting if each.kind in SURVIVING_KINDS]
    late = [each for each in waiting if after_the_end.falls_after_end(desk, each)]
    told = {each.subject: each for each in late if after_the_end.to_be_told(desk, each)}
    telling = [_matter(each, after_the_end.tell_after_end) for each in told.values()]
    return [_matter(each, VERBS[each.kind]) for each in waiting if each not in late] + telling


def _matter(waiting: Waiting, verb: Verb) -> Matter:
    name = f"{waiting.kind} {waiting.subject.partition(':')[0]}:{waiting.key:06}"
    return Matter(Importance.CASE, waiting.due_on, name, verb, {"waiting": waiting})
