"""The buttons and forms of invitations (IV.4) and of meetings (IV.6), each with its door."""

from collections.abc import Mapping

from handlers import invitations, meeting_minutes, meetings
from handlers.calls import Door

ACTIONS: Mapping[str, Door] = {
    "meetings.propose": meetings.open_propose,
    "meetings.list": meetings.listing,
    "meetings.show": meetings.show,
    "meetings.answer": meetings.open_answer,
    "meetings.agree": meetings.open_agree,
    "meetings.move": meetings.open_move,
    "meetings.cancel": meetings.open_cancel,
    "meetings.minutes": meeting_minutes.open_minutes,
    "meetings.confirm": meeting_minutes.confirm,
    "meetings.correct": meeting_minutes.open_correction,
    "meetings.action": meeting_minutes.open_action,
    "invitations.announce": invitations.open_announcement,
    "invitations.list": invitations.listing,
    "invitations.show": invitations.show,
    "invitations.interest": invitations.open_interest,
    "invitations.no_interest": invitations.open_no_interest,
    "invitations.reconsider": invitations.open_reconsidering,
    "invitations.issue": invitations.open_issue,
    "invitations.accept": invitations.open_acceptance,
    "invitations.tentative": invitations.open_tentative,
    "invitations.decline": invitations.open_refusal,
    "invitations.postpone": invitations.open_postponement,
    "invitations.cancel": invitations.open_cancellation,
    "invitations.attendance": invitations.open_attendance,
}
VIEWS: Mapping[str, Door] = {
    "meetings.propose": meetings.submit_propose,
    "meetings.answer": meetings.submit_answer,
    "meetings.agree": meetings.submit_agree,
    "meetings.move": meetings.submit_move,
    "meetings.cancel": meetings.submit_cancel,
    "meetings.minutes": meeting_minutes.submit_minutes,
    "meetings.correct": meeting_minutes.submit_correction,
    "meetings.action": meeting_minutes.submit_action,
    "invitations.announce": invitations.submit_announcement,
    "invitations.interest": invitations.submit_interest,
    "invitations.no_interest": invitations.submit_no_interest,
    "invitations.reconsider": invitations.submit_reconsidering,
    "invitations.issue": invitations.submit_issue,
    "invitations.accept": invitations.submit_acceptance,
    "invitations.tentative": invitations.submit_tentative,
    "invitations.decline": invitations.submit_refusal,
    "invitations.postpone": invitations.submit_postponement,
    "invitations.cancel": invitations.submit_cancellation,
    "invitations.attendance": invitations.submit_attendance,
}
