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


@dataclass(frozen=True)
class Right:
    """Which capacities an act needs, and on which side of the case; no side means either."""

    roles: frozenset[Role]
    side: Side | None = None


SUBSTANCE = frozenset(
    {Role.CONTACT_POINT, Role.ALTERNATE, Role.FIELD_FOCAL_POINT, Role.COMMUNICATIONS, Role.LEGAL}
)
RECEIVING = frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.FIELD_FOCAL_POINT})
HEAD = frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.SIGNATORY})
"""Who acts where a clause names the head of a party: its signatory, and its contact points."""
TREATY = HEAD | {Role.LEGAL}

RIGHTS: dict[Act, Right] = {
    Act.READ: Right(frozenset(Role)),
    Act.SHARE_UPDATE: Right(SUBSTANCE),
    Act.ACKNOWLEDGE_UPDATE: Right(RECEIVING, Side.RESPONDING),
    Act.REQUEST_EMBLEM: Right(SUBSTANCE),
    Act.ANSWER_EMBLEM: Right(SUBSTANCE, Side.INITIATING),
    Act.DECIDE_EMBLEM: Right(frozenset({Role.EMBLEM_APPROVER}), Side.RESPONDING),
    Act.SETTLE: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.LEGAL})),
    Act.ANNOUNCE_MEETING: Right(SUBSTANCE),
    Act.DECIDE_INTEREST: Right(HEAD, Side.INITIATING),
    Act.ISSUE_INVITATION: Right(HEAD, Side.INITIATING),
    Act.REPLY_INVITATION: Right(HEAD, Side.RESPONDING),
    Act.ADD_INSTRUMENT: Right(TREATY),
    Act.SIGN_INSTRUMENT: Right(TREATY),
    Act.CONFIRM_INSTRUMENT: Right(TREATY, Side.RESPONDING),
}
