"""VIII: what both sides do in a dispute, from the working level to the heads, until it is over."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.agreement.desk import Desk
from bot.agreement.dispute_notes import NOTES, pending
from bot.agreement.dispute_nudges import plan
from bot.agreement.dispute_people import name_people
from bot.agreement.disputes import (
    DEALT_WITH,
    MACHINE,
    REFERRALS,
    DisputeBlank,
    DisputeDeed,
    DisputeEvent,
    DisputeLevel,
    DisputeStatus,
    facts,
    moved_on,
    remember,
    serving,
    visible,
)
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.agreement.transitions import move


@dataclass(frozen=True, kw_only=True)
class DisputeRead(DisputeEvent):
    """Somebody read the dispute."""


@dataclass(frozen=True, kw_only=True)
class DisputeTakenUp(DisputeEvent):
    """The other party took the dispute up at working level."""


@dataclass(frozen=True, kw_only=True)
class DisputeStepAdded(DisputeEvent):
    """A party added a statement or a proposal."""


@dataclass(frozen=True, kw_only=True)
class DisputeReferred(DisputeEvent):
    """A party moved the dispute to the next level."""


@dataclass(frozen=True, kw_only=True)
class DisputeWithdrawn(DisputeEvent):
    """The party that raised it took it back."""


def read(desk: Desk, *, dispute_id: int) -> DisputeRead:
    """Put on record that the person reads it; only then is it shown to them, a draft by their own app alone.

    Which app asks is looked at by the door: one press through two apps is one reading.
    """
    row = visible(desk, dispute_id, desk.person.party)
    return DisputeRead(**facts(desk, row))


def take_up(desk: Desk, *, dispute_id: int, people: Sequence[int]) -> DisputeTakenUp:
    """Take a dispute up for the other party, and name its people at working level."""
    row = visible(desk, dispute_id)
    require(desk.session, desk.person, Act.TAKE_UP_DISPUTE, row)
    chosen = serving(desk, people, desk.person.party)
    move(desk, row, MACHINE, "take_up", lambda: moved_on(desk, row))
    if chosen:
        name_people(desk, row, DisputeLevel.WORKING_LEVEL, [one.key for one in chosen])
    remember(desk, row, DisputeDeed.TAKEN_UP)
    plan(desk, row)
    return DisputeTakenUp(**facts(desk, row, DisputeDeed.TAKEN_UP))


def add_step(desk: Desk, *, dispute_id: int, deed: DisputeDeed, text: str) -> DisputeStepAdded:
    """Add a statement or a proposal of the own party, as somebody who may see the dispute."""
    row = visible(desk, dispute_id)
    require(desk.session, desk.person, Act.ADD_DISPUTE_STEP)
    if row.status not in DEALT_WITH:
        raise moved_on(desk, row)
    if not text.strip():
        raise DisputeBlank("text")
    remember(desk, row, deed, text.strip())
    plan(desk, row)
    return DisputeStepAdded(**facts(desk, row, deed))


def refer(desk: Desk, *, dispute_id: int, seen: DisputeStatus, reason: str) -> DisputeReferred:
    """Move the dispute from the level at which it was seen to the next, with the reason: either side may."""
    row = visible(desk, dispute_id)
    require(desk.session, desk.person, Act.REFER_DISPUTE)
    if seen not in REFERRALS or row.status is not seen:
        raise moved_on(desk, row)
    if not reason.strip():
        raise DisputeBlank("reason")
    move(desk, row, MACHINE, REFERRALS[seen], lambda: moved_on(desk, row))
    remember(desk, row, DisputeDeed.REFERRED, reason.strip())
    plan(desk, row)
    return DisputeReferred(**facts(desk, row, DisputeDeed.REFERRED))


def withdraw(desk: Desk, *, dispute_id: int, reason: str) -> DisputeWithdrawn:
    """Take back what the own party raised, with the reason; a note that waits is then beside the point."""
    row = visible(desk, dispute_id)
    require(desk.session, desk.person, Act.WITHDRAW_DISPUTE, row)
    if not reason.strip():
        raise DisputeBlank("reason")
    move(desk, row, MACHINE, "withdraw", lambda: moved_on(desk, row))
    note = pending(desk.session, row)
    if note:
        move(desk, note, NOTES, "lapse", lambda: moved_on(desk, row))
    remember(desk, row, DisputeDeed.WITHDRAWN, reason.strip())
    plan(desk, row)
    return DisputeWithdrawn(**facts(desk, row, DisputeDeed.WITHDRAWN))
