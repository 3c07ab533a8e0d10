"""What may wait for a person in the App Home, in the order it is shown, and the buttons that deal with it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """The buttons that deal with one kind of thing that may wait for a person.

    A button is its action, the fact that is its value, its label and its style.
    """

    kind: str
    buttons: tuple[tuple[str, str, str, str | None], ...]


WAITING = (
    Waiting(
        "notices_to_acknowledge",
        (
            ("notices.acknowledge", "termination_id", "acknowledge_receipt", "primary"),
            ("notices.effect", "termination_id", "show_effect", None),
        ),
    ),
    Waiting(
        "notices_to_agree",
        (
            ("notices.approve", "termination_id", "agree_to_send", None),
            ("notices.open", "termination_id", "own_notice", None),
        ),
    ),
    Waiting(
        "notices_to_send",
        (
            ("notices.record_sent", "termination_id", "record_sent", None),
            ("notices.open", "termination_id", "own_notice", None),
        ),
    ),
    Waiting(
        "letters_to_confirm",
        (
            ("notices.confirm_letter", "termination_id", "confirm_letter", None),
            ("notices.deny_letter", "termination_id", "deny_letter", None),
        ),
    ),
    Waiting(
        "withdrawals_to_answer",
        (("notices.agree_withdrawal", "termination_id", "agree_withdrawal", None),),
    ),
    Waiting(
        "decisions",
        (
            ("emblems.show", "number", "show", None),
            ("emblems.approve", "shown", "approve", "primary"),
            ("emblems.approve_with_conditions", "shown", "approve_with_conditions", None),
            ("emblems.ask_for_more", "shown", "ask_for_more", None),
            ("emblems.refuse", "shown", "refuse", "danger"),
        ),
    ),
    Waiting(
        "questions",
        (
            ("emblems.give_information", "request_id", "give_information", "primary"),
            ("emblems.show", "number", "show", None),
        ),
    ),
    Waiting("uncovered", (("approvers.delegate", "value", "name_stand_in", "primary"),)),
    Waiting(
        "emblem_take_downs",
        (
            ("emblems.taken_down", "request_id", "taken_down", "primary"),
            ("emblems.show", "number", "show", None),
        ),
    ),
    Waiting(
        "emblem_uses",
        (
            ("emblems.begin_use", "request_id", "begin_use", "primary"),
            ("emblems.show", "number", "show", None),
        ),
    ),
    Waiting(
        "emblem_proofs",
        (
            ("emblems.file_proof", "request_id", "file_proof", "primary"),
            ("emblems.show", "number", "show", None),
        ),
    ),
    Waiting(
        "emblem_drafts",
        (
            ("emblems.open_draft", "request_id", "open_draft", "primary"),
            ("emblems.drop_draft", "request_id", "drop_draft", None),
        ),
    ),
    Waiting(
        "acknowledgements",
        (
            ("exchanges.acknowledge", "exchange_id", "acknowledge", "primary"),
            ("exchanges.show", "number", "show", None),
        ),
    ),
    Waiting(
        "restricted",
        (
            ("restricted.read", "restricted_id", "read", "primary"),
            ("restricted.acknowledge", "restricted_id", "acknowledge", None),
        ),
    ),
    Waiting(
        "documents",
        (
            ("documents.acknowledge", "document_id", "acknowledge", "primary"),
            ("documents.show", "number", "show", None),
        ),
    ),
    Waiting(
        "arrangements",
        (
            ("arrangements.confirm", "arrangement_id", "confirm", "primary"),
            ("arrangements.show", "number", "show", None),
        ),
    ),
    Waiting("series", (("documents.offer", "series_id", "offer", "primary"),)),
    Waiting(
        "interest",
        (
            ("invitations.interest", "invitation_id", "interest", "primary"),
            ("invitations.no_interest", "invitation_id", "no_interest", None),
            ("invitations.show", "number", "show", None),
        ),
    ),
    Waiting(
        "invitations_to_issue",
        (
            ("invitations.issue", "invitation_id", "issue", "primary"),
            ("invitations.show", "number", "show", None),
        ),
    ),
    Waiting(
        "invitations",
        (
            ("invitations.accept", "invitation_id", "accept", "primary"),
            ("invitations.tentative", "invitation_id", "tentative", None),
            ("invitations.decline", "invitation_id", "decline", None),
            ("invitations.show", "number", "show", None),
        ),
    ),
    Waiting(
        "attendance",
        (
            ("invitations.attendance", "invitation_id", "attendance", "primary"),
            ("invitations.show", "number", "show", None),
        ),
    ),
    Waiting(
        "instruments",
        (
            ("instruments.confirm", "instrument_id", "confirm_record", "primary"),
            ("instruments.show", "number", "show", None),
        ),
    ),
    Waiting(
        "instrument_endings",
        (
            ("instruments.confirm_ending", "instrument_id", "confirm_ending", "primary"),
            ("instruments.show", "number", "show", None),
        ),
    ),
    Waiting(
        "instrument_signatures",
        (
            ("instruments.sign", "instrument_id", "sign_record", "primary"),
            ("instruments.show", "number", "show", None),
        ),
    ),
    Waiting("disputes", (("disputes.read", "dispute_id", "read", "primary"),)),
    Waiting("formulas", (("formulas.show", "number", "show", "primary"),)),
    Waiting(
        "costs",
        (
            ("costs.confirm", "cost_id", "confirm_record", "primary"),
            ("costs.show", "number", "show", None),
        ),
    ),
    Waiting(
        "cost_endings",
        (
            ("costs.confirm_end", "cost_id", "confirm_cost_end", "primary"),
            ("costs.show", "number", "show", None),
        ),
    ),
    Waiting(
        "amendment_answers",
        (
            ("amendments.agree", "amendment_id", "agree_amendment", "primary"),
            ("amendments.show", "number", "show", None),
        ),
    ),
    Waiting(
        "amendment_signatures",
        (
            ("amendments.sign", "amendment_id", "sign_record", "primary"),
            ("amendments.show", "number", "show", None),
        ),
    ),
    Waiting(
        "amendment_files",
        (
            ("amendments.file", "amendment_id", "file_amendment", "primary"),
            ("amendments.show", "number", "show", None),
        ),
    ),
    Waiting(
        "amendment_confirmations",
        (
            ("amendments.confirm", "amendment_id", "confirm_amendment", "primary"),
            ("amendments.show", "number", "show", None),
        ),
    ),
    Waiting(
        "periods",
        (
            ("exchanges.share", "occurrence_id", "share", "primary"),
            ("exchanges.nothing", "occurrence_id", "nothing", None),
        ),
    ),
    Waiting(
        "matters",
        (
            ("matters.share", "matter_id", "share_matter", "primary"),
            ("matters.withhold", "matter_id", "withhold", None),
        ),
    ),
    Waiting(
        "consultations",
        (("consultations.ready", "consultation_id", "ready", "primary"),),
    ),
    Waiting(
        "lines",
        (
            ("projects.line", "project_id", "line", "primary"),
            ("projects.no_change", "project_id", "no_change", None),
        ),
    ),
    Waiting(
        "project_beginnings",
        (
            ("projects.begun", "project_id", "begun", "primary"),
            ("projects.not_begun", "project_id", "not_begun", None),
            ("projects.show", "project_id", "show", None),
        ),
    ),
    Waiting(
        "project_gates",
        (
            ("project_gates.confirm", "gate_id", "confirm", "primary"),
            ("projects.show", "project_id", "show", None),
        ),
    ),
    Waiting(
        "project_starts",
        (
            ("projects.start", "project_id", "start_project", "primary"),
            ("projects.show", "project_id", "show", None),
        ),
    ),
    Waiting(
        "project_data",
        (
            ("project_data.answer", "project_id", "answer_data", "primary"),
            ("projects.data", "project_id", "show", None),
        ),
    ),
    Waiting(
        "project_holdings",
        (
            ("project_data.dispose", "entry_id", "dispose_data", "primary"),
            ("projects.data", "project_id", "show", None),
        ),
    ),
    Waiting(
        "confirmations",
        (
            ("contacts.review", "occurrence_id", "confirm_contacts", "primary"),
            ("contacts.designate", "occurrence_id", "designate", None),
        ),
    ),
    Waiting("vacancies", (("contacts.designate", "value", "designate", "primary"),)),
    Waiting(
        "tellings",
        (("distributions.acknowledge", "distribution_id", "acknowledge_office", "primary"),),
    ),
    Waiting("untold", (("offices.list", "value", "offices", None),)),
    Waiting(
        "clearances",
        (("communications.read", "communication_id", "read_text", "primary"),),
    ),
    Waiting("proofs", (("communications.publish", "communication_id", "publish", None),)),
    Waiting(
        "event_notes",
        (
            ("event_notes.confirm", "note_id", "confirm_note", "primary"),
            ("event_notes.show", "number", "show", None),
        ),
    ),
    Waiting(
        "workplans",
        (("workplans.plan", "workplan_id", "show_plan", "primary"),),
    ),
    Waiting(
        "items",
        (
            ("workplans.on_track", "item_id", "on_track", "primary"),
            ("workplans.done", "item_id", "done", None),
            ("workplans.delayed", "item_id", "delayed", None),
            ("workplans.item", "item_id", "show_item", None),
        ),
    ),
    Waiting(
        "meeting_times",
        (
            ("meetings.agree", "meeting_id", "agree_to_time", "primary"),
            ("meetings.answer", "meeting_id", "say_when", None),
            ("meetings.show", "number", "show", None),
        ),
    ),
    Waiting(
        "minutes_to_write",
        (
            ("meetings.minutes", "meeting_id", "write_minutes", "primary"),
            ("meetings.show", "number", "show", None),
        ),
    ),
    Waiting(
        "minutes_to_confirm",
        (
            ("meetings.confirm", "minutes_id", "confirm_minutes", "primary"),
            ("meetings.correct", "minutes_id", "correct_minutes", None),
            ("meetings.show", "number", "show", None),
        ),
    ),
    Waiting("actions", (("meetings.action", "action_id", "close_action", "primary"),)),
    Waiting("review_sections", (("reviews.contribute", "review_id", "contribute", "primary"),)),
    Waiting(
        "review_days",
        (
            ("reviews.agree", "review_id", "agree_day", "primary"),
            ("reviews.report", "number", "review", None),
        ),
    ),
    Waiting("review_signatures", (("reviews.sign", "review_id", "sign", "primary"),)),
    Waiting("renewal_decisions", (("renewals.room", "room", "renewal_room", "primary"),)),
    Waiting(
        "statements",
        (
            ("settlements.confirm", "statement_id", "confirm_statement", "primary"),
            ("settlements.disagree", "statement_id", "disagree", None),
        ),
    ),
    Waiting("overdue", (("settlements.open", "occurrence_id", "settle_one", None),)),
    Waiting("activities", (("activities.show", "activity_id", "show", None),)),
)
