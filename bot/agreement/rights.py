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
    PREPARE_REVIEW = "prepare_review"
    """Open the review dossier, name contributors, submit sections, and propose and record its day (V.3-2)."""
    CONTRIBUTE_REVIEW = "contribute_review"
    """Write for the own party in the review dossier (V.3-2)."""
    AGREE_REVIEW_DAY = "agree_review_day"
    """Agree to the day that the other party proposed for the review (V.3-2)."""
    SIGN_REVIEW = "sign_review"
    """Sign off the review dossier for the own party (V.3-2)."""


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
    Act.PREPARE_REVIEW: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE})),
    Act.CONTRIBUTE_REVIEW: Right(SUBSTANCE),
    Act.AGREE_REVIEW_DAY: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE}), Side.RESPONDING),
    Act.SIGN_REVIEW: Right(frozenset({Role.CONTACT_POINT, Role.SIGNATORY})),
}
