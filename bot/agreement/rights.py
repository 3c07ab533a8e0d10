"""Capacities, acts, and which capacity an act needs on which side of a case: by default, none may do anything."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A capacity in which a person acts for a party (Articles IV to VII)."""

    CONTACT_POINT = "contact_point"
    """Designated at headquarters for general institutional cooperation (V.2-2)."""
    ALTERNATE = "alternate"
    """Stands in for the contact point."""
    FIELD_FOCAL_POINT = "field_focal_point"
    """Keeps working-level contacts in a country or region (V.2-1)."""
    EMBLEM_APPROVER = "emblem_approver"
    """May decide on uses of the party's own name and emblem (VI.1)."""
    COMMUNICATIONS = "communications"
    """Prepares joint communications (IV.8 to IV.10)."""
    LEGAL = "legal"
    """Advises on readings, notices and amendments."""
    SIGNATORY = "signatory"
    """May sign for the party."""
    DATA_STEWARD = "data_steward"
    """Answers for personal data (IX.1(d))."""
    ADMINISTRATOR = "administrator"
    """Looks after the installation in the party's workspace; decides nothing under the Agreement."""


class Side(StrEnum):
    """Where a party stands in one case."""

    INITIATING = "initiating"
    """The party that began the case: it asked, or it shared."""
    RESPONDING = "responding"
    """The other party: it decides, or it acknowledges."""


class Act(StrEnum):
    """What a person may try to do; each needs a right."""

    READ = "read"
    """See the state of the agreement and its register."""
    SHARE_UPDATE = "share_update"
    """Inform the other party (IV.1)."""
    ACKNOWLEDGE_UPDATE = "acknowledge_update"
    """Confirm that the other party's information has arrived (IV.1)."""
    REQUEST_EMBLEM = "request_emblem"
    """Ask to use the other party's name, emblem or a hyperlink (VI.1, VI.3)."""
    ANSWER_EMBLEM = "answer_emblem"
    """Add the information that the owner asked for (VI.1)."""
    DECIDE_EMBLEM = "decide_emblem"
    """Approve or refuse a use of the own party's name or emblem (VI.1)."""
    SETTLE = "settle"
    """Record how a dated duty was met, waived, or is not known."""
    ANSWER_ON_ACTIVITY = "answer_on_activity"
    """Say how an activity stands to similar ones and to inter-agency channels (I.2, I.4, IV.7)."""
    ADD_REPLY = "add_reply"
    """Put words of one's own side on the record of an exchange (IV.1)."""
    NOTE_MATTER = "note_matter"
    """Note for one's own side that a matter arose, and deal with it (IV.1)."""
    KEEP_PROJECTS = "keep_projects"
    """Keep the register of joint projects and opportunities, and write its lines (IV.6-1)."""
    OPEN_CONSULTATION = "open_consultation"
    """Ask the other party to consult, and close a consultation (IV.6-2)."""
    ANSWER_CONSULTATION = "answer_consultation"
    """Say that one's party is ready to consult (IV.6-2)."""
    DESIGNATE = "designate"
    """Designate people of the own party, and end their designations (V.2-2)."""
    CONFIRM_CONTACTS = "confirm_contacts"
    """Confirm the own party's contact points for the quarter (V.2-2)."""
    KEEP_DIRECTORY = "keep_directory"
    """Keep the own party's offices, and what its people cover (V.1, V.2-1)."""
    DISTRIBUTE = "distribute"
    """Tell the own party's field offices about the Agreement, and record what they answered (V.1)."""
    ACKNOWLEDGE_DISTRIBUTION = "acknowledge_distribution"
    """Confirm for one's own office that it has been told about the Agreement (V.1)."""
    HAND_OVER = "hand_over"
    """Hand what waits for one person of the own party over to another (V.2-2)."""
    KEEP_SERIES = "keep_series"
    """Keep the list of the reports the own party publishes (IV.2-1)."""
    OFFER_DOCUMENT = "offer_document"
    """Offer a publication to the other party (IV.2-1)."""
    ACKNOWLEDGE_DOCUMENT = "acknowledge_document"
    """Confirm that the other party's document has arrived (IV.2-1)."""
    RECORD_ARRANGEMENT = "record_arrangement"
    """Put an arrangement that protects information on record (IV.2-3)."""
    CONFIRM_ARRANGEMENT = "confirm_arrangement"
    """Confirm an arrangement that the other party put on record (IV.2-3)."""
    SHARE_RESTRICTED = "share_restricted"
    """Send restricted information to named people (IV.2-3)."""
    READ_RESTRICTED = "read_restricted"
    """Read restricted information that one is named for (IV.2-3)."""
    DRAFT_COMMUNICATION = "draft_communication"
    """Draft something that both parties publish together (III.2, IV.9, IV.10)."""
    REVISE_COMMUNICATION = "revise_communication"
    """Write a new version of what the own party drafted (IV.9, IV.10)."""
    READ_DRAFT = "read_draft"
    """Read a text before its release (IV.9, IV.10)."""
    CLEAR_COMMUNICATION = "clear_communication"
    """Clear a version for the own party, or send it back (IV.9, IV.10)."""
    NAME_APPROVALS = "name_approvals"
    """Say which approvals cover the marks that a communication uses (VI.1, VI.3)."""
    RESCHEDULE_COMMUNICATION = "reschedule_communication"
    """Postpone or withdraw a communication before its release (IV.9, IV.10)."""
    RELEASE_COMMUNICATION = "release_communication"
    """Release what both parties have cleared (IV.9, IV.10)."""
    RECORD_PUBLICATION = "record_publication"
    """Put on record where and when something was published (IV.9, IV.10)."""
    NOTE_EVENT = "note_event"
    """Note a joint advocacy event or a briefing (IV.8, IV.10)."""
    CONFIRM_EVENT = "confirm_event"
    """Confirm the other party's note on an event (IV.8, IV.10)."""
    LOG_LEAD = "log_lead"
    """Put a funding lead on the restricted log, and see all of them (IV.11)."""
    DRAFT_WORKPLAN = "draft_workplan"
    """Write, change, drop and import items of a workplan (IV.5); people of the field, of their own place."""
    REPORT_PROGRESS = "report_progress"
    """Say how an item goes that the own party leads, alone or with the other (IV.5, III.1)."""
    PROPOSE_WORKPLAN = "propose_workplan"
    """Put a draft of the global workplan to both parties (IV.5-2, IV.5-5)."""
    PROPOSE_LOCAL_WORKPLAN = "propose_local_workplan"
    """Put a draft for a country or region to both parties (IV.5-3); people of the field, of their own place."""
    ADOPT_WORKPLAN = "adopt_workplan"
    """Adopt a version of the global workplan for the own party: headquarters alone (IV.5-2)."""
    ADOPT_LOCAL_WORKPLAN = "adopt_local_workplan"
    """Adopt a version for a country or region (IV.5-3); people of the field, of their own place."""
    PROPOSE_MEETING = "propose_meeting"
    """Propose a meeting with candidate times (IV.6-3)."""
    ANSWER_SLOTS = "answer_slots"
    """Say at which of the candidate times one could come (IV.6-3)."""
    AGREE_MEETING = "agree_meeting"
    """Agree for one's party to the time and the purposes of a meeting (IV.6-3)."""
    CHANGE_MEETING = "change_meeting"
    """Propose other times for a meeting, or cancel it (IV.6-3)."""
    WRITE_MINUTES = "write_minutes"
    """Write the minutes of a meeting, for the other party to confirm (IV.6-2, V.3-1)."""
    CONFIRM_MINUTES = "confirm_minutes"
    """Confirm the other party's minutes, or ask for a correction (IV.6-2, V.3-1)."""
    CLOSE_ACTION = "close_action"
    """Say what became of an action item of one's own party (V.3-1)."""
    ANNOUNCE_MEETING = "announce_meeting"
    """Put a coming meeting of the own party on record (IV.4, IV.0)."""
    DECIDE_INTEREST = "decide_interest"
    """Say whether a meeting of the own party is of mutual interest (IV.4)."""
    ISSUE_INVITATION = "issue_invitation"
    """Invite the other party, move or cancel the meeting, and say who attended (IV.4)."""
    REPLY_INVITATION = "reply_invitation"
    """Reply to an invitation of the other party (IV.4)."""
    ADD_INSTRUMENT = "add_instrument"
    """Enter an instrument between the parties and propose its particulars or its end (IV.3, IX.1(a))."""
    SIGN_INSTRUMENT = "sign_instrument"
    """Put the own party's signature of an instrument on record (IV.3, IX.1(a))."""
    CONFIRM_INSTRUMENT = "confirm_instrument"
    """Confirm what the other party put on record of an instrument (IV.3, IX.1(a))."""
    PREPARE_REVIEW = "prepare_review"
    """Open the review dossier, name contributors, submit sections, and propose and record its day (V.3-2)."""
    CONTRIBUTE_REVIEW = "contribute_review"
    """Write for the own party in the review dossier (V.3-2)."""
    AGREE_REVIEW_DAY = "agree_review_day"
    """Agree to the day that the other party proposed for the review (V.3-2)."""
    SIGN_REVIEW = "sign_review"
    """Sign off the review dossier for the own party (V.3-2)."""
    KEEP_INSTRUCTIONS = "keep_instructions"
    """Enter a version of the own party's instructions for the use of its name, emblem and other IP (IX.2-3)."""
    DELEGATE_APPROVAL = "delegate_approval"
    """Let a colleague approve for an approver of the own party for some days, and end that (VI.1)."""
    ENTER_ABSENCE = "enter_absence"
    """Enter days on which an approver of the own party is away (VI.1)."""
    RECORD_LETTER = "record_letter"
    """Put on record a decision of the own party that was given in a letter or e-mail outside Slack (VI.1)."""
    CHANGE_EMBLEM = "change_emblem"
    """Submit, drop or withdraw a request of the own party, or say that its material changed (VI.1)."""
    REPORT_EMBLEM_USE = "report_emblem_use"
    """Say when an approved use began, and file proof of it (VI.1)."""
    REVOKE_EMBLEM = "revoke_emblem"
    """Revoke an approval of the own party (VI.1, VI.3, IX.2-2)."""
    TAKE_DOWN_EMBLEM = "take_down_emblem"
    """Confirm that a use of the other party's name, emblem or link is over (VI.1)."""
    OPEN_NOTICE = "open_notice"
    """Draft a notice to end the Agreement in the own party's room, and see that room (VII.1-2)."""
    APPROVE_NOTICE = "approve_notice"
    """Agree that a notice of the own party be sent, or answer for a letter it is said to have sent (VII.1-2)."""
    RECORD_NOTICE = "record_notice"
    """Put on record that a notice of the own party was sent, and evidence of its receipt (VII.1-2)."""
    ACKNOWLEDGE_NOTICE = "acknowledge_notice"
    """Acknowledge when a notice of the other party was received (VII.1-2)."""
    STATE_NOTICE = "state_notice"
    """Put on record that a letter of notice came of which the other party recorded nothing (VII.1-2)."""
    WITHDRAW_NOTICE = "withdraw_notice"
    """Propose or agree for the own party that a notice be withdrawn (VII.1-2)."""
    RAISE_DISPUTE = "raise_dispute"
    """Write a dispute down for the own party, and send it to the other (VIII)."""
    READ_DISPUTE = "read_dispute"
    """Read a dispute that one may know of (VIII)."""
    NAME_IN_DISPUTE = "name_in_dispute"
    """Name people of the own party for a dispute (VIII)."""
    TAKE_UP_DISPUTE = "take_up_dispute"
    """Take up a dispute that the other party raised (VIII)."""
    ADD_DISPUTE_STEP = "add_dispute_step"
    """Add a statement or a proposal of the own party to a dispute one may know of (VIII)."""
    REFER_DISPUTE = "refer_dispute"
    """Move a dispute to the next level (VIII)."""
    WITHDRAW_DISPUTE = "withdraw_dispute"
    """Take back a dispute that the own party raised (VIII)."""
    WRITE_SETTLEMENT = "write_settlement"
    """Write a note of settlement (VIII)."""
    CONFIRM_SETTLEMENT = "confirm_settlement"
    """Confirm the other party's note of settlement, or give it back (VIII)."""
    PROPOSE_FORMULA = "propose_formula"
    """Propose how the parties acknowledge their collaboration (VI.4)."""
    ANSWER_FORMULA = "answer_formula"
    """Agree to the wording that the other party proposed, or not (VI.4)."""
    WITHDRAW_FORMULA = "withdraw_formula"
    """Take back a wording that the own party proposed (VI.4)."""
    KEEP_FORMULA = "keep_formula"
    """Say for the own party that the agreed wording stays as it is (VI.4-2)."""
    ENTER_COST = "enter_cost"
    """Enter a written exception to bearing one's own costs, or its end (VI.2, IX.1(c))."""
    CONFIRM_COST = "confirm_cost"
    """Confirm what the other party entered of an exception on costs, or not (VI.2, IX.1(c))."""
    WITHDRAW_COST = "withdraw_cost"
    """Take back an entry of the own party on costs that is not confirmed (VI.2, IX.1(c))."""
    SETTLE_GATE = "settle_gate"
    """Answer what is to be in writing before a joint project starts, or send it back (IX.1(a), IX.2-4)."""
    CONFIRM_GATE = "confirm_gate"
    """Confirm what the other party answered on it (IX.1(a), IX.2-4)."""
    CONFIRM_ITEMS = "confirm_items"
    """Confirm who answers for what in a joint project, as the other party put it (IX.1(b))."""
    START_PROJECT = "start_project"
    """Start a joint project whose gates are open (IX.1); people of the field, of their own place."""
    CLOSE_PROJECT = "close_project"
    """Put on record how a joint project or an opportunity ended (IV.6-1, VII.2)."""
    KEEP_PROJECT_DATA = "keep_project_data"
    """Answer for one's own party on personal data in a joint project (IX.1(d))."""
    DISPOSE_PROJECT_DATA = "dispose_project_data"
    """Confirm that personal data the own party held for a joint project are purged or returned (IX.1(d))."""
    DRAFT_AMENDMENT = "draft_amendment"
    """Begin the draft of an amendment (VII.3)."""
    CHANGE_AMENDMENT = "change_amendment"
    """Change, propose, take back or give up an amendment of the own party (VII.3)."""
    ANSWER_AMENDMENT = "answer_amendment"
    """Agree to an amendment that the other party proposes, or decline it (VII.3)."""
    SIGN_AMENDMENT = "sign_amendment"
    """Put the own party's signature under an amendment, or the signed file, on record (VII.3)."""
    CONFIRM_AMENDMENT = "confirm_amendment"
    """Confirm the signed file of an amendment that the other party handed in (VII.3)."""
    PREPARE_RENEWAL = "prepare_renewal"
    """Prepare the own party's decision on renewal, and see its room (VII.1-4)."""
    DECIDE_RENEWAL = "decide_renewal"
    """Decide on renewal for the own party, and release that decision (VII.1-4)."""
    SIGN_REPLACEMENT = "sign_replacement"
    """Put the own party's signature under what replaces the Agreement, or its signed file, on record (X.2)."""
    CONFIRM_REPLACEMENT = "confirm_replacement"
    """Confirm the instrument of both parties that replaces the Agreement (X.2)."""
    ANSWER_STATEMENT = "answer_statement"
    """Confirm what the other party stated of a date that both owe, or say that one's party does not agree."""
    HOLD_ARCHIVE = "hold_archive"
    """Have the archive pack of the own party, with all that is its own (VII.2)."""


@dataclass(frozen=True)
class Right:
    """Which capacities an act needs, and on which side of the case; no side means either."""

    roles: frozenset[Role]
    side: Side | None = None


DESIGNATING = frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.SIGNATORY})
"""Who designates for a party; its administrator decides nothing under the Agreement."""
RECEIVING = frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.FIELD_FOCAL_POINT})
DRAFTING = RECEIVING | {Role.COMMUNICATIONS}
SUBSTANCE = DRAFTING | {Role.LEGAL}
INNER = frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.COMMUNICATIONS})
PROTECTING = frozenset({Role.CONTACT_POINT, Role.LEGAL})
STEWARDS = frozenset({Role.DATA_STEWARD, Role.LEGAL})
"""Who answers for personal data."""
HEAD = frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.SIGNATORY})
"""Who acts where a clause names the head of a party: its signatory, and its contact points."""
TREATY = HEAD | {Role.LEGAL}
NOTICE_ROOM = frozenset({Role.CONTACT_POINT, Role.SIGNATORY, Role.LEGAL})
"""Who of a party sees the notice that it drafts."""
DISPUTING = frozenset({Role.CONTACT_POINT, Role.SIGNATORY, Role.LEGAL})
"""Who sees every dispute of their party and speaks for it there (VIII)."""

RIGHTS: dict[Act, Right] = {
    Act.READ: Right(frozenset(Role)),
    Act.SHARE_UPDATE: Right(SUBSTANCE),
    Act.ACKNOWLEDGE_UPDATE: Right(RECEIVING, Side.RESPONDING),
    Act.REQUEST_EMBLEM: Right(SUBSTANCE),
    Act.ANSWER_EMBLEM: Right(SUBSTANCE, Side.INITIATING),
    Act.DECIDE_EMBLEM: Right(frozenset({Role.EMBLEM_APPROVER}), Side.RESPONDING),
    Act.SETTLE: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.LEGAL})),
    Act.ANSWER_ON_ACTIVITY: Right(SUBSTANCE),
    Act.ADD_REPLY: Right(SUBSTANCE),
    Act.NOTE_MATTER: Right(SUBSTANCE),
    Act.KEEP_PROJECTS: Right(SUBSTANCE),
    Act.OPEN_CONSULTATION: Right(SUBSTANCE),
    Act.ANSWER_CONSULTATION: Right(RECEIVING, Side.RESPONDING),
    Act.DESIGNATE: Right(DESIGNATING, Side.INITIATING),
    Act.CONFIRM_CONTACTS: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE})),
    Act.KEEP_DIRECTORY: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE}), Side.INITIATING),
    Act.DISTRIBUTE: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE}), Side.INITIATING),
    Act.ACKNOWLEDGE_DISTRIBUTION: Right(frozenset(Role), Side.INITIATING),
    Act.HAND_OVER: Right(DESIGNATING | RECEIVING, Side.INITIATING),
    Act.KEEP_SERIES: Right(
        frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.COMMUNICATIONS}), Side.INITIATING
    ),
    Act.OFFER_DOCUMENT: Right(SUBSTANCE),
    Act.ACKNOWLEDGE_DOCUMENT: Right(RECEIVING, Side.RESPONDING),
    Act.RECORD_ARRANGEMENT: Right(PROTECTING),
    Act.CONFIRM_ARRANGEMENT: Right(PROTECTING, Side.RESPONDING),
    Act.SHARE_RESTRICTED: Right(SUBSTANCE),
    Act.READ_RESTRICTED: Right(frozenset(Role)),
    Act.DRAFT_COMMUNICATION: Right(DRAFTING),
    Act.REVISE_COMMUNICATION: Right(INNER, Side.INITIATING),
    Act.READ_DRAFT: Right(INNER),
    Act.CLEAR_COMMUNICATION: Right(frozenset({Role.COMMUNICATIONS})),
    Act.NAME_APPROVALS: Right(DRAFTING),
    Act.RESCHEDULE_COMMUNICATION: Right(INNER),
    Act.RELEASE_COMMUNICATION: Right(frozenset({Role.COMMUNICATIONS})),
    Act.RECORD_PUBLICATION: Right(DRAFTING),
    Act.NOTE_EVENT: Right(DRAFTING),
    Act.CONFIRM_EVENT: Right(DRAFTING, Side.RESPONDING),
    Act.LOG_LEAD: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE})),
    Act.DRAFT_WORKPLAN: Right(SUBSTANCE),
    Act.REPORT_PROGRESS: Right(SUBSTANCE, Side.INITIATING),
    Act.PROPOSE_WORKPLAN: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE})),
    Act.PROPOSE_LOCAL_WORKPLAN: Right(RECEIVING),
    Act.ADOPT_WORKPLAN: Right(frozenset({Role.CONTACT_POINT, Role.SIGNATORY})),
    Act.ADOPT_LOCAL_WORKPLAN: Right(frozenset({Role.CONTACT_POINT, Role.SIGNATORY, Role.FIELD_FOCAL_POINT})),
    Act.PROPOSE_MEETING: Right(RECEIVING),
    Act.ANSWER_SLOTS: Right(SUBSTANCE),
    Act.AGREE_MEETING: Right(RECEIVING),
    Act.CHANGE_MEETING: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE})),
    Act.WRITE_MINUTES: Right(RECEIVING),
    Act.CONFIRM_MINUTES: Right(RECEIVING, Side.RESPONDING),
    Act.CLOSE_ACTION: Right(SUBSTANCE, Side.INITIATING),
    Act.ANNOUNCE_MEETING: Right(SUBSTANCE),
    Act.DECIDE_INTEREST: Right(HEAD, Side.INITIATING),
    Act.ISSUE_INVITATION: Right(HEAD, Side.INITIATING),
    Act.REPLY_INVITATION: Right(HEAD, Side.RESPONDING),
    Act.ADD_INSTRUMENT: Right(TREATY),
    Act.SIGN_INSTRUMENT: Right(TREATY),
    Act.CONFIRM_INSTRUMENT: Right(TREATY, Side.RESPONDING),
    Act.PREPARE_REVIEW: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE})),
    Act.CONTRIBUTE_REVIEW: Right(SUBSTANCE),
    Act.AGREE_REVIEW_DAY: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE}), Side.RESPONDING),
    Act.SIGN_REVIEW: Right(frozenset({Role.CONTACT_POINT, Role.SIGNATORY})),
    Act.KEEP_INSTRUCTIONS: Right(frozenset({Role.EMBLEM_APPROVER, Role.COMMUNICATIONS}), Side.INITIATING),
    Act.DELEGATE_APPROVAL: Right(frozenset({Role.EMBLEM_APPROVER, Role.CONTACT_POINT}), Side.INITIATING),
    Act.ENTER_ABSENCE: Right(frozenset({Role.EMBLEM_APPROVER, Role.CONTACT_POINT}), Side.INITIATING),
    Act.RECORD_LETTER: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.LEGAL}), Side.RESPONDING),
    Act.CHANGE_EMBLEM: Right(SUBSTANCE, Side.INITIATING),
    Act.REPORT_EMBLEM_USE: Right(SUBSTANCE, Side.INITIATING),
    Act.REVOKE_EMBLEM: Right(frozenset({Role.EMBLEM_APPROVER}), Side.RESPONDING),
    Act.TAKE_DOWN_EMBLEM: Right(SUBSTANCE, Side.INITIATING),
    Act.OPEN_NOTICE: Right(NOTICE_ROOM),
    Act.APPROVE_NOTICE: Right(NOTICE_ROOM, Side.INITIATING),
    Act.RECORD_NOTICE: Right(NOTICE_ROOM, Side.INITIATING),
    Act.ACKNOWLEDGE_NOTICE: Right(frozenset({Role.CONTACT_POINT, Role.SIGNATORY}), Side.RESPONDING),
    Act.STATE_NOTICE: Right(frozenset({Role.CONTACT_POINT, Role.SIGNATORY})),
    Act.WITHDRAW_NOTICE: Right(frozenset({Role.CONTACT_POINT, Role.SIGNATORY})),
    Act.RAISE_DISPUTE: Right(DISPUTING),
    Act.READ_DISPUTE: Right(frozenset(Role)),
    Act.NAME_IN_DISPUTE: Right(DISPUTING),
    Act.TAKE_UP_DISPUTE: Right(DISPUTING, Side.RESPONDING),
    Act.ADD_DISPUTE_STEP: Right(frozenset(Role)),
    Act.REFER_DISPUTE: Right(frozenset({Role.CONTACT_POINT})),
    Act.WITHDRAW_DISPUTE: Right(DISPUTING, Side.INITIATING),
    Act.WRITE_SETTLEMENT: Right(DISPUTING),
    Act.CONFIRM_SETTLEMENT: Right(frozenset({Role.CONTACT_POINT, Role.SIGNATORY}), Side.RESPONDING),
    Act.PROPOSE_FORMULA: Right(INNER),
    Act.ANSWER_FORMULA: Right(INNER, Side.RESPONDING),
    Act.WITHDRAW_FORMULA: Right(INNER, Side.INITIATING),
    Act.KEEP_FORMULA: Right(INNER),
    Act.ENTER_COST: Right(TREATY),
    Act.CONFIRM_COST: Right(TREATY, Side.RESPONDING),
    Act.WITHDRAW_COST: Right(TREATY, Side.INITIATING),
    Act.SETTLE_GATE: Right(PROTECTING),
    Act.CONFIRM_GATE: Right(PROTECTING, Side.RESPONDING),
    Act.CONFIRM_ITEMS: Right(RECEIVING | {Role.LEGAL}, Side.RESPONDING),
    Act.START_PROJECT: Right(RECEIVING),
    Act.CLOSE_PROJECT: Right(SUBSTANCE),
    Act.KEEP_PROJECT_DATA: Right(STEWARDS),
    Act.DISPOSE_PROJECT_DATA: Right(STEWARDS, Side.INITIATING),
    Act.DRAFT_AMENDMENT: Right(PROTECTING),
    Act.CHANGE_AMENDMENT: Right(PROTECTING, Side.INITIATING),
    Act.ANSWER_AMENDMENT: Right(frozenset({Role.CONTACT_POINT, Role.SIGNATORY}), Side.RESPONDING),
    Act.SIGN_AMENDMENT: Right(TREATY),
    Act.CONFIRM_AMENDMENT: Right(TREATY, Side.RESPONDING),
    Act.PREPARE_RENEWAL: Right(TREATY),
    Act.DECIDE_RENEWAL: Right(frozenset({Role.SIGNATORY})),
    Act.SIGN_REPLACEMENT: Right(frozenset({Role.SIGNATORY})),
    Act.CONFIRM_REPLACEMENT: Right(frozenset({Role.SIGNATORY}), Side.RESPONDING),
    Act.ANSWER_STATEMENT: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.LEGAL}), Side.RESPONDING),
    # It tells of the party's notices and disputes, so nobody has it who could not see those.
    Act.HOLD_ARCHIVE: Right(NOTICE_ROOM & DISPUTING),
}
