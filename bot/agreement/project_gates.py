"""IX.1 and IX.2-4: what has to be settled by both parties before a joint project starts."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, UniqueConstraint, exists
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.instruments import Instrument, InstrumentStatus
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type
from bot.agreement.transitions import Machine, Move


class Gate(StrEnum):
    """One thing that is settled before a joint project starts."""

    AGREEMENT = "agreement"
    """A written agreement on the legal and financial duties, or why none is needed (IX.1(a))."""
    ITEMS = "items"
    """Which party, and which person there, answers for what (IX.1(b))."""
    OWNERSHIP = "ownership"
    """Who will own what the project produces, agreed in writing beforehand (IX.2-4)."""
    DATA = "data"
    """How personal data are protected, or that none are processed (IX.1(d))."""


CLAUSES: Mapping[Gate, str] = {
    Gate.AGREEMENT: "IX.1(a)",
    Gate.ITEMS: "IX.1(b)",
    Gate.OWNERSHIP: "IX.2-4",
    Gate.DATA: "IX.1(d)",
}
"""The clause that each of them hangs on."""


class GateStatus(StrEnum):
    """Whether one of them is settled."""

    MISSING = "missing"
    """Nobody has answered, or what was answered was sent back."""
    PROPOSED = "proposed"
    """One party has answered, and the other has still to."""
    AGREED = "agreed"
    """Both parties stand by it."""


class GateBasis(StrEnum):
    """What an answer rests on."""

    INSTRUMENT = "instrument"
    """An instrument of the register, signed by all parties."""
    FILE = "file"
    """A file that was handed in."""
    KEPT = "kept"
    """A document kept elsewhere, known by its fingerprint."""
    NOT_NEEDED = "not_needed"
    """No written agreement is needed, for a reason both parties share."""


ANY = frozenset(GateStatus)
GATES = Machine(
    name="gates",
    begins=frozenset({GateStatus.MISSING}),
    moves={
        "propose_gate": Move(
            frozenset({GateStatus.MISSING}),
            GateStatus.PROPOSED,
            Act.SETTLE_GATE,
            written=True,
        ),
        "confirm_gate": Move(frozenset({GateStatus.PROPOSED}), GateStatus.AGREED, Act.CONFIRM_GATE),
        "send_back_gate": Move(frozenset({GateStatus.PROPOSED}), GateStatus.MISSING, Act.SETTLE_GATE),
        "reopen_gate": Move(frozenset({GateStatus.AGREED}), GateStatus.MISSING, Act.SETTLE_GATE),
        "change_items": Move(ANY, GateStatus.PROPOSED, Act.KEEP_PROJECTS),
        "confirm_items": Move(frozenset({GateStatus.PROPOSED}), GateStatus.AGREED, Act.CONFIRM_ITEMS),
        "answer_data": Move(ANY, GateStatus.PROPOSED, Act.KEEP_PROJECT_DATA),
        "complete_data": Move(frozenset({GateStatus.PROPOSED}), GateStatus.AGREED, Act.KEEP_PROJECT_DATA),
    },
)
"""How one of them is settled: by both parties, or not at all."""

STANDING = frozenset({InstrumentStatus.SIGNED, InstrumentStatus.IN_FORCE})
"""Where an instrument stands on which a project may rest."""


class ProjectGate(SQLModel, table=True):
    """One gate of one project: `stated_by` answered last, and it is for the other party to confirm.

    `version` counts what was changed, so that nobody confirms what they have not seen. `note` says why an
    answer was sent back or opened again.
    """

    __table_args__ = (UniqueConstraint("project_id", "gate"),)

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="jointproject.id", index=True)
    gate: Gate = Field(sa_type=status_type(Gate))
    status: GateStatus = Field(sa_type=status_type(GateStatus))
    version: int = 0
    stated_by: str = ""
    proposed_by: int | None = Field(default=None, foreign_key="person.id")
    proposed_at: datetime | None = None
    basis: GateBasis | None = Field(default=None, sa_type=status_type(GateBasis))
    instrument_id: int | None = Field(default=None, foreign_key="instrument.id")
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    kept_at: str = ""
    sha256: str = ""
    reason: str = ""
    settled_by: int | None = Field(default=None, foreign_key="person.id")
    settled_at: datetime | None = None
    note: str = ""

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the gate is not stored yet")
        return self.id

    @property
    def clause(self) -> str:
        """The clause it hangs on."""
        return CLAUSES[self.gate]

    @property
    def subject(self) -> str:
        """How what is planned for it names it."""
        return f"project_gate:{self.key}"

    def side_of(self, party: str) -> Side:
        """Whoever answered last began; the other side confirms."""
        return Side.INITIATING if party == self.stated_by else Side.RESPONDING


def set_up(desk: Desk, project_id: int) -> None:
    """Set the gates up for a project that has to pass them."""
    rows = [ProjectGate(project_id=project_id, gate=gate, status=GateStatus.MISSING) for gate in Gate]
    desk.session.add_all(rows)
    desk.session.flush()


def gates_of(session: Session, project_id: int) -> dict[Gate, ProjectGate]:
    """The gates of one project, in their order; an opportunity has none."""
    rows = session.exec(select(ProjectGate).where(ProjectGate.project_id == project_id)).all()
    known = {row.gate: row for row in rows}
    return {gate: known[gate] for gate in Gate if gate in known}


def instrument_of(session: Session, row: ProjectGate) -> Instrument | None:
    """The instrument that an answer rests on, if it rests on one."""
    return session.get(Instrument, row.instrument_id) if row.instrument_id else None


def stands(session: Session, row: ProjectGate) -> bool:
    """Whether a gate is open: settled, and what it rests on has not ended meanwhile."""
    instrument = instrument_of(session, row)
    lapsed = instrument is not None and instrument.status not in STANDING
    return row.status is GateStatus.AGREED and not lapsed


def closed_gates(session: Session, project_id: int) -> list[ProjectGate]:
    """The gates that are still closed."""
    return [row for row in gates_of(session, project_id).values() if not stands(session, row)]


def all_agreed(project_id: int) -> ColumnElement[bool]:
    """What the database itself holds a start to: the project has gates, and none that is not settled."""
    mine = col(ProjectGate.project_id) == project_id
    closed = exists().where(mine, col(ProjectGate.status) != GateStatus.AGREED)
    return exists().where(mine) & ~closed
