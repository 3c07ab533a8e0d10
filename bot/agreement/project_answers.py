"""IX.1(a), IX.1(b) and IX.2-4: one party answers what is to be settled before a start, the other confirms."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.files import Attachment, keep
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, foresee, mark_followed_up
from bot.agreement.instruments import Instrument, InstrumentKind
from bot.agreement.people import Person, Refusal, require
from bot.agreement.project_gates import (
    GATES,
    STANDING,
    Gate,
    GateBasis,
    GateStatus,
    ProjectGate,
    closed_gates,
)
from bot.agreement.project_results import results_of, something_produced
from bot.agreement.projects import (
    GATES_WANTED,
    JointProject,
    NotFilledIn,
    ProjectKind,
    ProjectStatus,
    event_facts,
    get_open,
    get_project,
)
from bot.agreement.rights import Act
from bot.agreement.transitions import move

CONFIRMATION = "project_gate_confirmation"
"""What is planned: the other party is asked again to confirm an answer."""
DIGEST = 64
"""Characters of a SHA-256 as people write it."""
IN_WRITING = frozenset({Gate.AGREEMENT, Gate.OWNERSHIP})
"""What is settled by something in writing that one party names and the other confirms."""


@dataclass(frozen=True, kw_only=True)
class GateChanged(Event):
    """Something was done about one gate of a project; `gate_clause` is the one it hangs on."""

    project_id: int
    number: str
    title: str
    by: str
    party: str
    gate_id: int
    gate: Gate
    status: GateStatus
    others: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class GateProposed(GateChanged):
    """A party answered, and the other is asked to confirm it."""

    file_given: bool = False


@dataclass(frozen=True, kw_only=True)
class GateConfirmed(GateChanged):
    """The other party confirmed the answer; `all_open` says that nothing holds the start any more."""

    all_open: bool


@dataclass(frozen=True, kw_only=True)
class GateSentBack(GateChanged):
    """An answer was sent back, or taken back; `answered_by` is the party that had given it."""

    answered_by: str


@dataclass(frozen=True, kw_only=True)
class GateReopened(GateChanged):
    """What both parties had settled was opened again before the start."""


@dataclass(frozen=True, kw_only=True)
class GateChased(FollowedUp):
    """The other party is asked again to confirm an answer."""

    project_id: int
    gate_id: int
    gate: Gate


@dataclass(frozen=True, kw_only=True)
class GatesWanted(FollowedUp):
    """What was not settled of a project that had begun when it was entered is asked for."""

    project_id: int


@dataclass
class GateMovedOn(Refusal):
    """Somebody was first: how the gate stands now, by whom, and since when."""

    routine = "projects"
    number: str
    gate: Gate
    status: GateStatus
    by: str
    party: str
    at: datetime | None
    zone: str


@dataclass
class BasisMissing(FieldError):
    """An answer rests on nothing in writing."""

    routine = "projects"
    gate: Gate


@dataclass
class InstrumentUnfit(FieldError):
    """The instrument is not signed by all parties, or not one that a project can rest on."""

    routine = "projects"
    number: str


@dataclass
class DigestRefused(FieldError):
    """What was typed is no SHA-256."""

    routine = "projects"


@dataclass
class NothingListed(AgreementError):
    """The other party cannot be asked to confirm a list on which nothing stands."""

    routine = "projects"
    number: str
    gate: Gate


@dataclass
class ListChanged(Refusal):
    """The list was changed while this person answered on it: nobody answers on what they have not seen."""

    routine = "projects"
    number: str


@dataclass
class HasStarted(Refusal):
    """What was settled before the start stays as it was."""

    routine = "projects"
    number: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the form says an answer rests on."""

    basis: GateBasis | None = None
    instrument_id: int = 0
    file: Attachment | None = None
    kept_at: str = ""
    digest: str = ""
    reason: str = ""


def propose_gate(desk: Desk, *, gate_id: int, answer: Answer, seen: int | None = None) -> GateProposed:
    """Answer for one's own party what is to be in writing, and ask the other to confirm it.

    `seen` is the version of what is answered on that the person saw.
    """
    require(desk.session, desk.person, Act.SETTLE_GATE)
    gate, row = in_writing(desk, gate_id)
    desk.session.refresh(gate, with_for_update=True)
    if gate.status is GateStatus.MISSING and seen not in (None, gate.version):
        raise ListChanged(row.number)
    if gate.gate is Gate.OWNERSHIP and not something_produced(results_of(desk.session, row.key)):
        raise NothingListed(row.number, gate.gate)
    move(desk, gate, GATES, "propose_gate", lambda: moved_on(desk, row, gate), **_checked(desk, gate, answer))
    expect(desk, gate)
    file_given = gate.basis is GateBasis.FILE
    return GateProposed(**gate_facts(desk, row, gate, gate.reason), file_given=file_given)


def _checked(desk: Desk, gate: ProjectGate, answer: Answer) -> dict[str, Any]:
    basis = answer.basis or _basis_of(answer)
    nothing = {"instrument_id": None, "file_id": None, "kept_at": "", "sha256": "", "reason": "", "note": ""}
    return {
        **nothing,
        **_evidence(desk, gate, basis, answer),
        "basis": basis,
        "version": gate.version + 1,
        "stated_by": desk.person.party,
        "proposed_by": desk.person.key,
        "proposed_at": desk.now,
        "settled_by": None,
        "settled_at": None,
    }


def _basis_of(answer: Answer) -> GateBasis:
    if answer.file:
        return GateBasis.FILE
    return GateBasis.INSTRUMENT if answer.instrument_id else GateBasis.KEPT


def _evidence(desk: Desk, gate: ProjectGate, basis: GateBasis, answer: Answer) -> dict[str, Any]:
    match basis:
        case GateBasis.INSTRUMENT:
            return {"instrument_id": _fit(desk, gate, answer.instrument_id)}
        case GateBasis.FILE:
            if answer.file is None:
                raise BasisMissing("file", gate.gate)
            digest = sha256(answer.file.content).hexdigest()
            return {"file_id": keep(desk.session, answer.file), "sha256": digest}
        case GateBasis.KEPT:
            return _kept(gate, answer)
        case GateBasis.NOT_NEEDED:
            if gate.gate is not Gate.AGREEMENT or not answer.reason.strip():
                raise BasisMissing("reason", gate.gate)
            return {"reason": answer.reason.strip()}


def _kept(gate: ProjectGate, answer: Answer) -> dict[str, Any]:
    digest = "".join(answer.digest.split()).lower()
    if not answer.kept_at.strip():
        raise BasisMissing("kept_at", gate.gate)
    if len(digest) != DIGEST or set(digest) - set("0123456789abcdef"):
        raise DigestRefused("digest")
    return {"kept_at": answer.kept_at.strip(), "sha256": digest}


def _fit(desk: Desk, gate: ProjectGate, instrument_id: int) -> int:
    row = desk.session.get(Instrument, instrument_id)
    if row is None:
        raise BasisMissing("instrument", gate.gate)
    if row not in fitting(desk.session):
        raise InstrumentUnfit("instrument", row.number)
    return row.key


def fitting(session: Session) -> list[Instrument]:
    """The instruments on which a project can rest: of a joint project, and signed by all; the latest first."""
    query = select(Instrument).where(
        Instrument.kind == InstrumentKind.PROJECT, col(Instrument.status).in_(STANDING)
    )
    return list(session.exec(query.order_by(col(Instrument.id).desc())).all())


def confirm_gate(desk: Desk, *, gate_id: int, seen: int) -> GateConfirmed:
    """Confirm what the other party answered, as it was seen."""
    gate, row = in_writing(desk, gate_id)
    require(desk.session, desk.person, Act.CONFIRM_GATE, gate)
    return settle(desk, row, gate, "confirm_gate", seen)


def settle(desk: Desk, row: JointProject, gate: ProjectGate, name: str, seen: int) -> GateConfirmed:
    """Take a gate along the way `name` if it still stands as it was `seen`."""
    as_seen = col(ProjectGate.version) == seen
    settled = {"settled_by": desk.person.key, "settled_at": desk.now}
    move(desk, gate, GATES, name, lambda: moved_on(desk, row, gate), as_seen, **settled)
    drop(desk.session, gate.subject, CONFIRMATION)
    all_open = nothing_holds(desk, row)
    return GateConfirmed(**gate_facts(desk, row, gate), all_open=all_open)


def nothing_holds(desk: Desk, row: JointProject) -> bool:
    """Whether a project can start now; what was asked of one that had begun is asked no more."""
    if closed_gates(desk.session, row.key):
        return False
    drop(desk.session, row.subject, GATES_WANTED)
    return row.status is ProjectStatus.PREPARING


def send_back_gate(desk: Desk, *, gate_id: int, note: str) -> GateSentBack:
    """Send back what the other party answered, or take back what one's own did, and say why."""
    require(desk.session, desk.person, Act.SETTLE_GATE)
    gate, row = in_writing(desk, gate_id)
    if not note.strip():
        raise NotFilledIn("note")
    answered_by = gate.stated_by
    _open_again(desk, row, gate, "send_back_gate", note)
    return GateSentBack(**gate_facts(desk, row, gate, gate.note), answered_by=answered_by)


def reopen_gate(desk: Desk, *, gate_id: int, note: str) -> GateReopened:
    """Open again, before the start, what both parties had settled, and say why."""
    require(desk.session, desk.person, Act.SETTLE_GATE)
    gate, row = in_writing(desk, gate_id)
    if row.status is not ProjectStatus.PREPARING:
        raise HasStarted(row.number)
    if not note.strip():
        raise NotFilledIn("note")
    _open_again(desk, row, gate, "reopen_gate", note)
    return GateReopened(**gate_facts(desk, row, gate, gate.note))


def _open_again(desk: Desk, row: JointProject, gate: ProjectGate, name: str, note: str) -> None:
    values = {"note": note.strip(), "version": gate.version + 1, "settled_by": desk.person.key}
    move(desk, gate, GATES, name, lambda: moved_on(desk, row, gate), settled_at=desk.now, **values)
    drop(desk.session, gate.subject, CONFIRMATION)


def in_writing(desk: Desk, gate_id: int) -> tuple[ProjectGate, JointProject]:
    """A gate that is settled by something in writing, and its project, which is not closed."""
    gate, row = get_gate(desk, gate_id)
    if gate.gate not in IN_WRITING:
        raise moved_on(desk, row, gate)
    return gate, row


def get_gate(desk: Desk, gate_id: int) -> tuple[ProjectGate, JointProject]:
    """One gate and its project; refuses an unknown key, and a project that is closed."""
    gate = desk.session.get(ProjectGate, gate_id)
    row = get_open(desk, gate.project_id if gate else 0)
    return desk.session.get_one(ProjectGate, gate_id), row


def gate_facts(desk: Desk, row: JointProject, gate: ProjectGate, note: str = "") -> dict[str, Any]:
    """What every event about a gate says."""
    others = desk.definition.others(desk.person.party)
    return {
        **event_facts(desk, row),
        "clause": gate.clause,
        "gate_id": gate.key,
        "gate": gate.gate,
        "status": gate.status,
        "others": tuple(party.abbreviation for party in others),
        "note": note,
    }


def moved_on(desk: Desk, row: JointProject, gate: ProjectGate) -> GateMovedOn:
    """How a gate stands now, and who brought it there."""
    settled = gate.status is not GateStatus.PROPOSED
    by = desk.session.get(Person, (gate.settled_by if settled else gate.proposed_by) or 0)
    party = desk.definition.party(by.party).abbreviation if by else ""
    at = gate.settled_at if settled else gate.proposed_at
    name, zone = by.name if by else "", desk.definition.tz
    return GateMovedOn(row.number, gate.gate, gate.status, name, party, at, zone)


def expect(desk: Desk, gate: ProjectGate) -> None:
    """Ask the other party again, from today, until it confirms or sends back."""
    drop(desk.session, gate.subject, CONFIRMATION)
    steps = desk.definition.policy("project.confirm_steps")
    foresee(desk, gate.subject, CONFIRMATION, desk.today, steps)


def chase_gate(desk: Desk, *, waiting: Waiting) -> GateChased:
    """Ask the other party again; silence is never consent."""
    facts = mark_followed_up(desk, waiting)
    gate = desk.session.get_one(ProjectGate, waiting.key)
    row = get_project(desk.session, gate.project_id)
    named: dict[str, Any] = {"number": row.number, "title": row.title, "project_id": row.key}
    return GateChased(clause=gate.clause, gate_id=gate.key, gate=gate.gate, **named, **facts)


def ask_for_gates(desk: Desk, *, waiting: Waiting) -> GatesWanted:
    """Ask both parties for what was not settled of a project that had begun when it was entered."""
    facts = mark_followed_up(desk, waiting)
    row = get_project(desk.session, waiting.key)
    named: dict[str, Any] = {"number": row.number, "title": row.title, "project_id": row.key}
    return GatesWanted(clause="IX.1(a)", **named, **facts)


def unsettled(session: Session) -> list[tuple[JointProject, ProjectGate]]:
    """The answers that wait to be confirmed, with their projects."""
    query = (
        select(JointProject, ProjectGate)
        .join(ProjectGate, col(ProjectGate.project_id) == col(JointProject.id))
        .where(
            ProjectGate.status == GateStatus.PROPOSED,
            ProjectGate.gate != Gate.DATA,
            JointProject.kind == ProjectKind.PROJECT,
            JointProject.status != ProjectStatus.CLOSED,
        )
    )
    return list(session.exec(query.order_by(col(ProjectGate.id))).all())
