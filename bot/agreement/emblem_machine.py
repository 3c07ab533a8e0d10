"""VI.1, VI.3 and IX.2-2: the ways of one permission, from the draft to the day the use is over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement

from bot.agreement.desk import Desk
from bot.agreement.emblem_history import EmblemDeed, last_done, remember
from bot.agreement.emblems import (
    CLOSED,
    NEVER_APPROVED,
    OVER,
    PENDING,
    VALID,
    EmblemRequest,
    EmblemStatus,
    NotAwaited,
    already_decided,
    event_facts,
    the_case,
)
from bot.agreement.people import Refusal, require
from bot.agreement.rights import Act
from bot.agreement.transitions import Machine, Move, move

DRAFT = frozenset({EmblemStatus.DRAFT})
SUBMITTED = frozenset({EmblemStatus.SUBMITTED})
QUESTIONED = frozenset({EmblemStatus.MORE_INFORMATION})
GRANTED = frozenset({EmblemStatus.APPROVED, EmblemStatus.APPROVED_WITH_CONDITIONS})
USED = frozenset({EmblemStatus.IN_USE, EmblemStatus.PROOF_FILED})

MACHINE = Machine(
    name="emblems",
    begins=frozenset({EmblemStatus.DRAFT, EmblemStatus.SUBMITTED}),
    moves={
        EmblemDeed.SUBMIT: Move(DRAFT, EmblemStatus.SUBMITTED, Act.CHANGE_EMBLEM),
        EmblemDeed.DROP: Move(DRAFT, EmblemStatus.WITHDRAWN, Act.CHANGE_EMBLEM),
        EmblemDeed.WITHDRAW: Move(PENDING, EmblemStatus.WITHDRAWN, Act.CHANGE_EMBLEM),
        EmblemDeed.ASK_FOR_MORE: Move(SUBMITTED, EmblemStatus.MORE_INFORMATION, Act.DECIDE_EMBLEM),
        EmblemDeed.GIVE_INFORMATION: Move(QUESTIONED, EmblemStatus.SUBMITTED, Act.ANSWER_EMBLEM),
        EmblemDeed.APPROVE: Move(SUBMITTED, EmblemStatus.APPROVED, Act.DECIDE_EMBLEM),
        EmblemDeed.APPROVE_WITH_CONDITIONS: Move(
            SUBMITTED, EmblemStatus.APPROVED_WITH_CONDITIONS, Act.DECIDE_EMBLEM
        ),
        EmblemDeed.REFUSE: Move(SUBMITTED, EmblemStatus.REFUSED, Act.DECIDE_EMBLEM),
        # A letter that comes while the owner's question waits closes the question with its decision.
        EmblemDeed.LETTER_APPROVES: Move(PENDING, EmblemStatus.APPROVED, Act.RECORD_LETTER, written=True),
        EmblemDeed.LETTER_APPROVES_WITH_CONDITIONS: Move(
            PENDING, EmblemStatus.APPROVED_WITH_CONDITIONS, Act.RECORD_LETTER, written=True
        ),
        EmblemDeed.LETTER_REFUSES: Move(PENDING, EmblemStatus.REFUSED, Act.RECORD_LETTER, written=True),
        EmblemDeed.LAPSE: Move(PENDING, EmblemStatus.LAPSED),
        EmblemDeed.CHANGE_MATERIAL: Move(VALID, EmblemStatus.SUBMITTED, Act.CHANGE_EMBLEM),
        EmblemDeed.BEGIN_USE: Move(GRANTED, EmblemStatus.IN_USE, Act.REPORT_EMBLEM_USE),
        EmblemDeed.FILE_PROOF: Move(USED, EmblemStatus.PROOF_FILED, Act.REPORT_EMBLEM_USE),
        EmblemDeed.EXPIRE: Move(VALID, EmblemStatus.EXPIRED),
        EmblemDeed.REVOKE: Move(VALID, EmblemStatus.REVOKED, Act.REVOKE_EMBLEM),
        # Of what was never approved, only what was in use under an approval that was voided comes down.
        EmblemDeed.TAKE_DOWN: Move(OVER | NEVER_APPROVED, EmblemStatus.TAKEN_DOWN, Act.TAKE_DOWN_EMBLEM),
    },
)


@dataclass
class EmblemMovedOn(Refusal):
    """Somebody did something to the case first; `deed` is the last thing that was done."""

    routine = "emblems"
    number: str
    deed: EmblemDeed
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class MaterialChanged(Refusal):
    """The decision is about an earlier version of the material than the owner is asked about now."""

    routine = "emblems"
    number: str
    seen: int
    version: int


def entitled(desk: Desk, request_id: int, deed: EmblemDeed) -> EmblemRequest:
    """The case, for somebody who may do `deed`; refuses everybody else."""
    row = the_case(desk, request_id)
    act = MACHINE.moves[deed].act
    if act:
        require(desk.session, desk.person, act, row)
    return row


def before(desk: Desk, request_id: int, deed: EmblemDeed, version: int | None = None) -> dict[str, Any]:
    """What a form about a request says at its head; refused at once to whoever could not send it in."""
    row = entitled(desk, request_id, deed)
    if row.status not in MACHINE.moves[deed].sources or version not in (None, row.version):
        raise objection(desk, row, deed, version)
    known = row.model_dump(include={"question", "use_until", "version", "series", "mockup_text"})
    return {**known, **event_facts(desk, row)}


def go(
    desk: Desk,
    row: EmblemRequest,
    deed: EmblemDeed,
    *conditions: ColumnElement[bool],
    seen: int | None = None,
    note: str = "",
    **values: object,
) -> None:
    """Take the case along one way and write its history; `seen` is the version that a decision is about."""
    move(desk, row, MACHINE, deed, lambda: objection(desk, row, deed, seen), *conditions, **values)
    remember(desk, row.key, row.version, deed, note)


def objection(desk: Desk, row: EmblemRequest, deed: EmblemDeed, seen: int | None = None) -> Refusal:
    """Why the case, as it stands now, cannot take this way: what was done first, by whom and when."""
    if seen not in (None, row.version):
        return MaterialChanged(row.number, seen or 0, row.version)
    if row.status in CLOSED:
        return already_decided(desk, row)
    done = last_done(desk, row.key)
    if done is None or (row.status in PENDING and MACHINE.moves[deed].act in _ANSWERING):
        return NotAwaited(row.number, row.status)
    return EmblemMovedOn(row.number, done.deed, done.by, done.party, done.at, desk.definition.tz)


_ANSWERING = frozenset({Act.DECIDE_EMBLEM, Act.ANSWER_EMBLEM, Act.RECORD_LETTER})


def version_shown(row: EmblemRequest) -> str:
    """The version of the material that a card shows, as its buttons carry it: the case's own key is the first."""
    return str(row.key) if row.version == 1 else f"{row.key}:{row.version}"
