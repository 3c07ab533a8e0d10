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


@dataclass(frozen=True)
class Right:
    """Which capacities an act needs, and on which side of the case; no side means either."""

    roles: frozenset[Role]
    side: Side | None = None


SUBSTANCE = frozenset(
    {Role.CONTACT_POINT, Role.ALTERNATE, Role.FIELD_FOCAL_POINT, Role.COMMUNICATIONS, Role.LEGAL}
)
RECEIVING = frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.FIELD_FOCAL_POINT})

RIGHTS: dict[Act, Right] = {
    Act.READ: Right(frozenset(Role)),
    Act.SHARE_UPDATE: Right(SUBSTANCE),
    Act.ACKNOWLEDGE_UPDATE: Right(RECEIVING, Side.RESPONDING),
    Act.REQUEST_EMBLEM: Right(SUBSTANCE),
    Act.ANSWER_EMBLEM: Right(SUBSTANCE, Side.INITIATING),
    Act.DECIDE_EMBLEM: Right(frozenset({Role.EMBLEM_APPROVER}), Side.RESPONDING),
    Act.SETTLE: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.LEGAL})),
    Act.PROPOSE_MEETING: Right(RECEIVING),
    Act.ANSWER_SLOTS: Right(SUBSTANCE),
    Act.AGREE_MEETING: Right(RECEIVING),
    Act.CHANGE_MEETING: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE})),
    Act.WRITE_MINUTES: Right(RECEIVING),
    Act.CONFIRM_MINUTES: Right(RECEIVING, Side.RESPONDING),
    Act.CLOSE_ACTION: Right(SUBSTANCE, Side.INITIATING),
}
