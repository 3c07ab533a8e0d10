"""The books of delivery: which lanes may speak now, who holds them, and what came of each message."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, bindparam, case, func, select, update

from bot import restorations
from bot.allowances import Purse
from bot.outbox import SEND_AGAIN, UNSENT, Kind, Lane, Message, OutboxRow, OutboxState, mark_of, unsent
from bot.slack import Posted

LEASE = timedelta(seconds=20)
"""How long a sender may hold a lane; a killed sender's lanes are free again after it."""

FARTHEST = timedelta(hours=1)
"""Nothing puts a lane off for longer; where it is, a clock was wrong."""
_LANE: Table = Lane.__table__  # type: ignore[attr-defined]
_ROW: Table = OutboxRow.__table__  # type: ignore[attr-defined]
_ROOT = _ROW.alias("root")
_COLUMNS = (
    _ROW.c.id.label("number"),
    *(
        _ROW.c[name]
        for name in (
            "key",
            "lane",
            "party",
            "channel",
            "kind",
            "letter",
            "payload",
            "state",
            "created_at",
            "tried_at",
            "file_id",
            "record_id",
            "enclosed_id",
            "of",
            "error",
        )
    ),
    _ROOT.c.sent_channel.label("root_channel"),
    _ROOT.c.ts.label("root_ts"),
)


@dataclass(frozen=True)
class Job:
    """One message in a sender's hands: what to send, where, and since when it may have arrived already.

    `root` is the message that it answers, updates or accompanies; None where that is not in Slack.
    """

    claim: str
    claimed_at: datetime
    number: int
    key: str
    lane: str
    party: str
    channel: str
    kind: Kind
    letter: str
    payload: str
    state: OutboxState
    created_at: datetime
    tried_at: datetime | None
    file_id: str
    record_id: int | None
    enclosed_id: int | None
    of: int | None
    root: Posted | None
    doubt_since: datetime | None

    @property
    def mark(self) -> str:
        """What the message carries in Slack."""
        return mark_of(self.key)

    @property
    def message(self) -> Message:
        """The words and blocks to send."""
        return Message(**json.loads(self.payload))


@dataclass(frozen=True)
class Outcome:
    """What came of a job: the row's new state, and how long its lane waits before it speaks again.

    The wait counts from `ended_at`, or from when the outcome is written down.
    `error` is Slack's word, kept on the row; `blocked` says that it keeps the lane from speaking until
    somebody cures it, and `pause` that Slack wants no more of this kind from the party's app for that long.
    """

    job: Job
    state: OutboxState
    wait: timedelta
    error: str = ""
    blocked: bool = False
    pause: timedelta | None = None
    at: Posted | None = None
    found: bool = False
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Claimed:
    """What one look brought: jobs to do, how many lanes were put off, and when the next lane may speak."""

    jobs: Sequence[Job] = ()
    deferred: int = 0
    next_at: datetime | None = None


def claim(
    connection: Connection, now: datetime, limit: int, look_again: timedelta, per_minute: Mapping[Kind, int]
) -> Claimed:
    """Take hold of up to `limit` lanes that may speak now, and of the first message of each.

    A message found half sent was in the hands of a sender that is gone, or slow: it is put off for
    `look_again`, in which it may yet arrive, and Slack is asked for it after that.
    """
    lanes = connection.execute(_SPEAKING, {"now": now, "far": now + FARTHEST, "most": limit}).scalars().all()
    # Read after the lanes are held: another sender may have moved on since they were chosen.
    heads = connection.execute(_HEADS, {"lanes": lanes}).all() if lanes else []
    lost = [row for row in heads if row.state is OutboxState.SENDING]
    _doubt(connection, lost, now + look_again)
    free = _within_allowance(connection, [row for row in heads if row not in lost], now, per_minute)
    later = connection.execute(_NEXT, {"now": now}).scalar_one() if len(lanes) < limit else None
    return Claimed(_take(connection, free, now), len(heads) - len(free), later)


_waiting = select(_ROW.c.id).where(_ROW.c.lane == _LANE.c.key, unsent()).exists()
# A lane that is put off for longer than anything asks for was put off by a clock that was wrong.
_due = (_LANE.c.next_at <= bindparam("now")) | (_LANE.c.next_at > bindparam("far"))
_held = _LANE.c.leased_until >= bindparam("now", type_=_LANE.c.next_at.type)
_SPEAKING = (
    select(_LANE.c.key)
    .where(_due, _LANE.c.leased_until.is_(None) | ~_held, _waiting)
    .order_by(_LANE.c.next_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_HEADS = (
    select(*_COLUMNS)
    .select_from(_ROW.outerjoin(_ROOT, _ROW.c.of == _ROOT.c.id))
    .where(
        _ROW.c.id.in_(
            select(func.min(_ROW.c.id))
            .where(_ROW.c.lane.in_(bindparam("lanes", expanding=True)), unsent())
            .group_by(_ROW.c.lane)
        )
    )
    .order_by(_ROW.c.id)
)
_NEXT = select(func.min(case((_held, _LANE.c.leased_until), else_=_LANE.c.next_at))).where(_waiting)
"""When a lane that has something to say may say it at the earliest, or comes free from a holder."""


def _doubt(connection: Connection, rows: Sequence[Any], again_at: datetime) -> None:
    if rows:
        lost = update(_ROW).where(_ROW.c.id.in_([row.number for row in rows]))
        connection.execute(lost.values(state=OutboxState.UNKNOWN))
        _put_off(connection, [row.lane for row in rows], again_at)


def _put_off(connection: Connection, lanes: Sequence[str], until: datetime) -> None:
    mine = update(_LANE).where(_LANE.c.key.in_(lanes))
    connection.execute(mine.values(next_at=until, owner="", leased_until=None))


def _within_allowance(
    connection: Connection, rows: Sequence[Any], now: datetime, per_minute: Mapping[Kind, int]
) -> list[Any]:
    if not rows:
        return []
    purse = Purse(connection, now, per_minute)
    free = []
    for row in rows:
        later = purse.spend(row.party, row.kind)
        if later:
            _put_off(connection, [row.lane], later)
        else:
            free.append(row)
    purse.keep()
    return free


def _take(connection: Connection, rows: Sequence[Any], now: datetime) -> list[Job]:
    if not rows:
        return []
    claimed = uuid4().hex
    lanes, numbers = [row.lane for row in rows], [row.number for row in rows]
    connection.execute(_HOLD, {"lanes": lanes, "claim": claimed, "until": now + LEASE})
    connection.execute(_BEGIN, {"numbers": numbers, "now": now})
    doubt = restorations.doubtful_since(connection, now)
    return [_job(row, claimed, now, doubt) for row in rows]


_HOLD = (
    update(_LANE)
    .where(_LANE.c.key.in_(bindparam("lanes", expanding=True)))
    .values(owner=bindparam("claim"), leased_until=bindparam("until"))
)
_BEGIN = (
    update(_ROW)
    .where(_ROW.c.id.in_(bindparam("numbers", expanding=True)))
    .values(
        state=OutboxState.SENDING,
        attempts=_ROW.c.attempts + 1,
        tried_at=func.coalesce(_ROW.c.tried_at, bindparam("now", type_=_ROW.c.tried_at.type)),
    )
)


def _job(row: Any, claimed: str, now: datetime, restored_from: datetime | None) -> Job:
    facts = dict(row._mapping)
    channel, ts = facts.pop("root_channel"), facts.pop("root_ts")
    by_word = facts.pop("error") == SEND_AGAIN
    doubtful = row.tried_at if row.state is OutboxState.UNKNOWN else None
    # Whom an operator told to send it again has been looked for by a person.
    since = None if by_word else min(filter(None, (doubtful, restored_from)), default=None)
    root = Posted(channel, ts) if ts else None
    return Job(claim=claimed, claimed_at=now, root=root, doubt_since=since, **facts)


_mine = select(_LANE.c.key).where(_LANE.c.key == bindparam("of_lane"), _LANE.c.owner == bindparam("claim"))
_STORE = (
    update(_ROW)
    .where(_ROW.c.id == bindparam("number"), _mine.exists())
    .values({name: bindparam(f"new_{name}") for name in ("state", "error", "sent_at", "sent_channel", "ts")})
)
_word = bindparam("word", type_=_LANE.c.error.type)
_same_error = _word.is_(None) | (_LANE.c.error == _word)
_FREE = (
    update(_LANE)
    .where(_LANE.c.key == bindparam("of_lane"), _LANE.c.owner == bindparam("claim"))
    .values(
        next_at=bindparam("again_at"),
        owner="",
        leased_until=None,
        error=func.coalesce(_word, _LANE.c.error),
        error_since=case((_same_error, _LANE.c.error_since), else_=bindparam("since")),
        told_at=case((_same_error, _LANE.c.told_at), else_=None),
    )
)


def store(connection: Connection, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Keep what came of some jobs and free their lanes, but for those whose lease ran out and was taken over."""
    if not outcomes:
        return
    connection.execute(_STORE, [_row(outcome, now) for outcome in outcomes])
    connection.execute(_FREE, [_lane(outcome, now) for outcome in outcomes])
    paused = [one for one in outcomes if one.pause is not None]
    if paused:
        purse = Purse(connection, now, {})
        for one in paused:
            purse.pause(one.job.party, one.job.kind, now + (one.pause or timedelta(0)))
        purse.keep()


def _row(outcome: Outcome, now: datetime) -> dict[str, Any]:
    at = outcome.at
    return {
        "number": outcome.job.number,
        "of_lane": outcome.job.lane,
        "claim": outcome.job.claim,
        "new_state": outcome.state,
        "new_error": outcome.error,
        "new_sent_at": now if at else None,
        "new_sent_channel": at.channel if at else "",
        "new_ts": at.ts if at else "",
    }


def _lane(outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {
        "of_lane": outcome.job.lane,
        "claim": outcome.job.claim,
        "again_at": (outcome.ended_at or now) + outcome.wait,
        # A hiccup on the way to the same refusal is no cure: only a message that left, or never will, is.
        "word": outcome.error if outcome.blocked else None if outcome.state in UNSENT else "",
        "since": now if outcome.blocked else None,
    }


def hold_on(connection: Connection, job: Job, now: datetime) -> bool:
    """Hold the lane anew, after a look or an upload that took long; False where another has it by now."""
    mine = update(_LANE).where(_LANE.c.key == job.lane, _LANE.c.owner == job.claim)
    return connection.execute(mine.values(leased_until=now + LEASE)).rowcount == 1


def keep_file(connection: Connection, job: Job, file_id: str) -> None:
    """Keep a file's number before anyone can see the file, so that a crash cannot show it twice."""
    mine = select(_LANE.c.key).where(_LANE.c.key == job.lane, _LANE.c.owner == job.claim).exists()
    connection.execute(update(_ROW).where(_ROW.c.id == job.number, mine).values(file_id=file_id))


def free_all(connection: Connection) -> None:
    """Free every lane: whoever held them is gone."""
    connection.execute(update(_LANE).values(owner="", leased_until=None))
