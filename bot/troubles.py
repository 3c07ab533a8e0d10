"""What keeps messages from arriving until somebody cures it: told once to those who can."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, func, select

from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import Person
from bot.outbox import Lane, OutboxRow, OutboxState, undecided, unsent

APP_CUT_OFF = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_installation",
        "not_authed",
        "org_login_required",
        "token_expired",
        "token_revoked",
        "turned_away",
    }
)
"""Slack's words for an app that can speak nowhere, so that its party must be told by the other party's."""


@dataclass(frozen=True, kw_only=True)
class LaneBlocked(Event):
    """Slack lets a party's app speak no more in a channel, or to a person; `waiting` messages wait for a cure.

    `person` names whom the messages are for, where it is not a channel; both are empty where the app can speak
    nowhere. `since` is the first refusal.
    """

    lane: str
    party: str
    channel: str
    person: str
    error: str
    since: datetime
    waiting: int


@dataclass(frozen=True, kw_only=True)
class MessageSettled(Event):
    """An operator gave their word on a message: it `arrived`, or it is to be sent again."""

    number: int
    letter: str
    party: str
    channel: str
    arrived: bool


def open_troubles(session: Session) -> list[Lane]:
    """The lanes that wait for a cure, those that have waited longest first."""
    return list(session.exec(_IN_TROUBLE).all())


_IN_TROUBLE = select(Lane).where(Lane.error != "").order_by(col(Lane.error_since))


def to_be_told(session: Session) -> list[str]:
    """The lanes in trouble to be told of; of an app that can speak nowhere, one stands for all its lanes."""
    lanes = open_troubles(session)
    known = {_cut_off(lane) for lane in lanes if lane.told_at is not None}
    waiting = []
    for lane in lanes:
        if lane.told_at is None and (_cut_off(lane) is None or _cut_off(lane) not in known):
            waiting.append(lane.key)
            known.add(_cut_off(lane))
    return waiting


def _cut_off(lane: Lane) -> tuple[str, str] | None:
    """What is wrong with the whole app of a lane, if that is what is wrong."""
    return (lane.party, lane.error) if lane.error in APP_CUT_OFF else None


def report(desk: Desk, *, lane: str) -> LaneBlocked:
    """Tell, once, of what keeps a lane, or a whole app, from speaking.

    Raises NothingToSay when it is told, or cured.
    """
    row = desk.session.get_one(Lane, lane)
    untold = (col(Lane.error) != "") & col(Lane.told_at).is_(None)
    told = update(Lane).values(told_at=desk.now)
    if desk.session.exec(told.where(untold, col(Lane.key) == lane)).rowcount != 1:
        raise NothingToSay
    facts = trouble_facts(desk.session, row)
    if _cut_off(row):
        of_app = col(Lane.key).startswith(f"{row.party}:", autoescape=True)
        desk.session.exec(told.where(untold, of_app, col(Lane.error) == row.error))
        facts |= {
            "channel": "",
            "person": "",
            "waiting": _waiting(desk.session, OutboxRow.party == row.party),
        }
    return LaneBlocked(clause="", subject=f"lane:{lane}", **facts)


def _waiting(session: Session, among: ColumnElement[bool] | bool) -> int:
    return session.exec(select(func.count(col(OutboxRow.id))).where(among, unsent())).one()


def trouble_facts(session: Session, lane: Lane) -> dict[str, Any]:
    """What is known of one lane's trouble, for letters and lists."""
    person = session.exec(select(Person.name).where(Person.user_id == lane.channel)).first()
    return {
        "lane": lane.key,
        "party": lane.party,
        "channel": "" if person else lane.channel,
        "person": person or "",
        "error": lane.error,
        "since": lane.error_since,
        "waiting": _waiting(session, OutboxRow.lane == lane.key),
    }


def for_administrator(desk: Desk) -> dict[str, Any]:
    """What an administrator is shown of their own party's app: its troubles, and what needs a word."""
    party = desk.person.party
    states = Counter(row.state for row in undecided(desk.session) if row.party == party)
    return {
        "troubles": [
            trouble_facts(desk.session, lane) for lane in open_troubles(desk.session) if lane.party == party
        ],
        "in_doubt": states[OutboxState.UNKNOWN],
        "dead": states[OutboxState.DEAD],
    }
