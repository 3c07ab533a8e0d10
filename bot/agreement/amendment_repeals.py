"""VII.3: what is open under a clause that an amendment repeals, and the approvals that stay for their period."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from bot.agreement.closed_cases import Routine, counted, shown
from bot.agreement.closings import open_lines
from bot.agreement.desk import Desk
from bot.agreement.emblems import VALID, EmblemRequest


@dataclass(frozen=True)
class Left:
    """What a repeal leaves: `open` are the cases that are carried to their end, of each routine how many.

    `approvals` are those that stay for their period, the last of them until `approved_until`.
    """

    open: tuple[tuple[Routine, int], ...]
    approvals: int
    approved_until: date | None


def left_under(desk: Desk, clause: str) -> Left:
    """What both parties know to be open under a clause today, due dates apart: those the plan tells of."""
    lines = [
        line
        for line in shown(open_lines(desk, desk.today))
        if line.routine is not Routine.LEDGER and _under(line.clause, clause)
    ]
    query = select(EmblemRequest).where(
        col(EmblemRequest.status).in_(VALID), col(EmblemRequest.use_until) >= desk.today
    )
    approved = [row.use_until for row in desk.session.exec(query).all() if row.clause == clause]
    return Left(counted(lines), len(approved), max(approved, default=None))


def _under(named: str, clause: str) -> bool:
    """Whether what is said to hang on `named` hangs on the clause: IV.4 stands for IV.4-1 and IV.4-2."""
    return clause == named or clause.startswith(f"{named}-")
