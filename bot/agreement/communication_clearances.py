"""IV.9 and IV.10: each party's communications officers clear exactly one version, or send it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from bot.agreement.communication_drafts import CLEARANCE_NEAR, Empty
from bot.agreement.communications import (
    Clearance,
    ClearanceStatus,
    Communication,
    CommunicationEvent,
    CommunicationStatus,
    CommunicationVersion,
    StrategyCheck,
    VersionReplaced,
    clearances,
    communication_facts,
    current_version,
    get_communication,
    get_version,
    moved_on,
)
from bot.agreement.desk import Desk
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, mark_followed_up
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act, Role


@dataclass(frozen=True, kw_only=True)
class CommunicationCleared(CommunicationEvent):
    """A party cleared the current version; `complete` when both have."""

    version_id: int
    sha256: str
    complete: bool
    waiting_for: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CommunicationReturned(CommunicationEvent):
    """A party sent the current version back; its comments stay on the row, since they may quote the text."""

    version_id: int


@dataclass(frozen=True, kw_only=True)
class CommunicationUncleared(FollowedUp):
    """A release comes near, and these parties have not cleared the current version."""

    communication_id: int
    waiting_for: tuple[str, ...]


@dataclass
class AlreadyAnswered(Refusal):
    """Somebody of the same party was first; their answer stands for that version."""

    routine = "communications"
    number: str
    version: int
    status: ClearanceStatus
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class StrategyUnchecked(Refusal):
    """Nobody has said yet whether the strategy of the UN Network on Migration was checked (IV.10)."""

    routine = "communications"
    number: str


@dataclass
class ReleaseTimePassed(Refusal):
    """The planned release has passed, so that a clearance now would release at once, when nobody expects it."""

    routine = "communications"
    number: str
    release_at: datetime
    zone: str


def clear(desk: Desk, *, version_id: int) -> CommunicationCleared:
    """Clear exactly this version for the own party; with the last clearance it may be released."""
    version, row = _in_hand(desk, version_id)
    if row.strategy is StrategyCheck.NOT_YET:
        raise StrategyUnchecked(row.number)
    if row.release_at <= desk.now:
        raise ReleaseTimePassed(row.number, row.release_at, row.zone)
    _answer(desk, version, row, ClearanceStatus.CLEARED)
    waiting = awaited(desk, version)
    if not waiting:
        _move(desk, row, CommunicationStatus.CLEARED)
        drop(desk.session, row.subject, CLEARANCE_NEAR)
    return CommunicationCleared(
        version_id=version.key,
        sha256=version.sha256,
        complete=not waiting,
        waiting_for=waiting,
        **communication_facts(desk, row),
    )


def send_back(desk: Desk, *, version_id: int, comments: str) -> CommunicationReturned:
    """Send this version back with comments; the drafting party is asked for a new one."""
    version, row = _in_hand(desk, version_id)
    if not comments.strip():
        raise Empty("comments")
    _answer(desk, version, row, ClearanceStatus.RETURNED, comments.strip())
    _move(desk, row, CommunicationStatus.RETURNED)
    drop(desk.session, row.subject, CLEARANCE_NEAR)
    return CommunicationReturned(version_id=version.key, **communication_facts(desk, row))


def before_sending_back(desk: Desk, version_id: int) -> dict[str, Any]:
    """What the form for comments says at its head; refused at once to whoever could not send it in."""
    _, row = _in_hand(desk, version_id)
    return communication_facts(desk, row)


def awaited(desk: Desk, version: CommunicationVersion) -> tuple[str, ...]:
    """The parties that have not answered for a version, as people call them."""
    rows = clearances(desk.session, version)
    waiting = [row.party for row in rows if row.status is ClearanceStatus.WAITING]
    return tuple(desk.definition.party(party).abbreviation for party in waiting)


def to_clear(desk: Desk) -> list[tuple[Communication, CommunicationVersion]]:
    """What waits for the clearance of this person's party, the next release first."""
    found = desk.session.exec(
        select(Communication, CommunicationVersion)
        .join(CommunicationVersion, col(CommunicationVersion.communication_id) == col(Communication.id))
        .join(Clearance, col(Clearance.version_id) == col(CommunicationVersion.id))
        .where(
            Communication.status == CommunicationStatus.IN_CLEARANCE,
            CommunicationVersion.version == Communication.version,
            Clearance.party == desk.person.party,
            Clearance.status == ClearanceStatus.WAITING,
        )
        .order_by(col(Communication.release_at))
    ).all()
    return list(found)


def remind_to_clear(desk: Desk, *, waiting: Waiting) -> CommunicationUncleared:
    """Say that a release comes near and who has not cleared; dropped as soon as nobody is awaited."""
    row = get_communication(desk.session, waiting.key)
    facts = mark_followed_up(desk, waiting)
    version = current_version(desk.session, row)
    return CommunicationUncleared(
        clause=row.clause,
        number=row.number,
        title=version.title,
        communication_id=row.key,
        waiting_for=awaited(desk, version),
        **facts,
    )


def _in_hand(desk: Desk, version_id: int) -> tuple[CommunicationVersion, Communication]:
    version = get_version(desk.session, version_id)
    row = get_communication(desk.session, version.communication_id)
    require(desk.session, desk.person, Act.CLEAR_COMMUNICATION, row)
    if row.version != version.version:
        raise VersionReplaced(row.number, version.version, row.version)
    answered = _mine(desk, version)
    if answered.status is not ClearanceStatus.WAITING:
        raise _too_late(desk, version, row, answered)
    if row.status is not CommunicationStatus.IN_CLEARANCE:
        raise moved_on(desk, row)
    return version, row


def _mine(desk: Desk, version: CommunicationVersion) -> Clearance:
    return next(row for row in clearances(desk.session, version) if row.party == desk.person.party)


def _answer(
    desk: Desk, version: CommunicationVersion, row: Communication, status: ClearanceStatus, comments: str = ""
) -> None:
    mine = (col(Clearance.version_id) == version.key) & (col(Clearance.party) == desk.person.party)
    waiting = mine & (col(Clearance.status) == ClearanceStatus.WAITING)
    said = {
        "status": status,
        "by": desk.person.key,
        "at": desk.now,
        "capacity": Role.COMMUNICATIONS.value,
        "comments": comments,
    }
    done = desk.session.exec(update(Clearance).where(waiting).values(**said))
    answered = _mine(desk, version)
    desk.session.refresh(answered)
    if done.rowcount != 1:
        raise _too_late(desk, version, row, answered)


def _move(desk: Desk, row: Communication, status: CommunicationStatus) -> None:
    current = (col(Communication.id) == row.key) & (col(Communication.version) == row.version)
    expected = current & (col(Communication.status) == CommunicationStatus.IN_CLEARANCE)
    done = desk.session.exec(update(Communication).where(expected).values(status=status))
    if done.rowcount != 1:
        raise moved_on(desk, row)
    desk.session.refresh(row)


def _too_late(
    desk: Desk, version: CommunicationVersion, row: Communication, answered: Clearance
) -> AlreadyAnswered:
    by = desk.session.get_one(Person, answered.by)
    return AlreadyAnswered(
        row.number,
        version.version,
        answered.status,
        by.name,
        desk.definition.party(answered.party).abbreviation,
        answered.at or desk.now,
        desk.definition.tz,
    )
