"""VII.3: the day of an amendment comes: the agreement and its ledger are what it makes of them, said once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select, update

from bot.agreement.amendment_drafts import ANSWER, EFFECT, SIGNATURE
from bot.agreement.amendment_moves import effect
from bot.agreement.amendments import (
    CLAUSE,
    MACHINE,
    Amendment,
    AmendmentDeed,
    AmendmentEvent,
    AmendmentStatus,
    get_amendment,
    remember,
    told,
)
from bot.agreement.desk import Desk
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.replanning import replan
from bot.agreement.standing import standing
from bot.agreement.time_limits import civil_day
from bot.agreement.transitions import move


@dataclass(frozen=True, kw_only=True)
class AmendmentTookEffect(AmendmentEvent):
    """The day of an amendment has come; `superseded` due dates left the plan, and `entered` came to it."""

    in_force_on: date
    superseded: int
    entered: int

    @property
    def once(self) -> str:
        """Once in the life of the amendment."""
        return f"{self.name}:{self.number}:{self.in_force_on}"


@dataclass(frozen=True, kw_only=True)
class AmendmentTold(AmendmentEvent):
    """Both parties are told that the Agreement is amended."""

    in_force_on: date
    late: bool

    @property
    def once(self) -> str:
        """Once in the life of the amendment."""
        return f"{self.name}:{self.number}:{self.in_force_on}"


@dataclass(frozen=True, kw_only=True)
class AmendmentFollowedUp(FollowedUp):
    """The clock said something of an amendment."""

    amendment_id: int
    status: AmendmentStatus


@dataclass(frozen=True, kw_only=True)
class AnswerChased(AmendmentFollowedUp):
    """The other party was asked again to answer a proposal; its silence agrees to nothing."""


@dataclass(frozen=True, kw_only=True)
class SignatureChased(AmendmentFollowedUp):
    """Whoever has still to sign, to hand in the file or to confirm it was asked again."""


@dataclass(frozen=True, kw_only=True)
class EffectNear(AmendmentFollowedUp):
    """The day of an amendment that both parties signed comes near."""


def to_take_effect(desk: Desk) -> list[Amendment]:
    """The amendments whose day has come while the Agreement was in force."""
    rows = desk.session.exec(_TO_TAKE_EFFECT, params={"today": desk.today}).all()
    return [row for row in rows if standing(desk.session, row.in_force_on or desk.today).in_force]


_TO_TAKE_EFFECT = (
    select(Amendment)
    .where(Amendment.status == AmendmentStatus.SIGNED, col(Amendment.in_force_on) <= bindparam("today"))
    .order_by(col(Amendment.in_force_on), col(Amendment.id))
)


def take_effect(desk: Desk, *, amendment_id: int) -> AmendmentTookEffect:
    """Bring the ledger in step on the amendment's day, at any hour; what is said of it waits for a decent one.

    Raises NothingToSay when another clock was faster.
    """
    row = get_amendment(desk.session, amendment_id)
    found = effect(desk, row)
    move(desk, row, MACHINE, "take_effect", NothingToSay)
    drop(desk.session, row.subject)
    done = replan(desk, found.before, found.on)
    facts = remember(desk, row, AmendmentDeed.BEGAN)
    return AmendmentTookEffect(
        in_force_on=found.on, superseded=done.superseded, entered=done.entered, **facts
    )


def to_be_told(desk: Desk) -> list[Amendment]:
    """The amendments in force of which nothing has been said yet."""
    return list(desk.session.exec(_TO_BE_TOLD).all())


_TO_BE_TOLD = (
    select(Amendment)
    .where(Amendment.status == AmendmentStatus.IN_FORCE, col(Amendment.told_at).is_(None))
    .order_by(col(Amendment.id))
)


def tell_effect(desk: Desk, *, amendment_id: int) -> AmendmentTold:
    """Say, once, that the Agreement is amended. Raises NothingToSay."""
    row = get_amendment(desk.session, amendment_id)
    mine = (col(Amendment.id) == row.key) & col(Amendment.told_at).is_(None)
    if desk.session.exec(update(Amendment).where(mine).values(told_at=desk.now)).rowcount != 1:
        raise NothingToSay
    desk.session.refresh(row)
    on = row.in_force_on or desk.today
    facts = told(desk, row, AmendmentDeed.BEGAN)
    confirmed = civil_day(row.confirmed_at, desk.definition.tz) if row.confirmed_at else on
    # What was confirmed only after its day could not be said before.
    late = desk.calendar.next_working(max(on, confirmed)) < desk.today
    return AmendmentTold(in_force_on=on, late=late, **facts)


def chase_answer(desk: Desk, *, waiting: Waiting) -> AnswerChased:
    """Ask the other party again for its answer."""
    return AnswerChased(**_facts(desk, waiting))


def chase_signature(desk: Desk, *, waiting: Waiting) -> SignatureChased:
    """Ask again for what is missing before the amendment is binding."""
    return SignatureChased(**_facts(desk, waiting))


def come_near(desk: Desk, *, waiting: Waiting) -> EffectNear:
    """Say that the day of an amendment comes near."""
    return EffectNear(**_facts(desk, waiting))


def _facts(desk: Desk, waiting: Waiting) -> dict[str, Any]:
    row = get_amendment(desk.session, waiting.key)
    return {
        "clause": CLAUSE,
        "amendment_id": row.key,
        "number": row.number,
        "title": row.title,
        "status": row.status,
        **mark_followed_up(desk, waiting),
    }


VERBS: Mapping[str, Callable[..., AmendmentFollowedUp]] = {
    ANSWER: chase_answer,
    SIGNATURE: chase_signature,
    EFFECT: come_near,
}
"""What is planned for an amendment, by kind, and the verb that says it."""
