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


@dataclass(frozen=True)
class Right:
    """Which capacities an act needs, and on which side of the case; no side means either."""

    roles: frozenset[Role]
    side: Side | None = None


SUBSTANCE = frozenset(
    {Role.CONTACT_POINT, Role.ALTERNATE, Role.FIELD_FOCAL_POINT, Role.COMMUNICATIONS, Role.LEGAL}
)
RECEIVING = frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.FIELD_FOCAL_POINT})
DRAFTING = RECEIVING | {Role.COMMUNICATIONS}
INNER = frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.COMMUNICATIONS})

RIGHTS: dict[Act, Right] = {
    Act.READ: Right(frozenset(Role)),
    Act.SHARE_UPDATE: Right(SUBSTANCE),
    Act.ACKNOWLEDGE_UPDATE: Right(RECEIVING, Side.RESPONDING),
    Act.REQUEST_EMBLEM: Right(SUBSTANCE),
    Act.ANSWER_EMBLEM: Right(SUBSTANCE, Side.INITIATING),
    Act.DECIDE_EMBLEM: Right(frozenset({Role.EMBLEM_APPROVER}), Side.RESPONDING),
    Act.SETTLE: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.LEGAL})),
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
}
