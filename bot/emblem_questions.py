"""What the owner asked before deciding, and what was answered: read from the journal, which keeps every round."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from bot.agreement.emblems import EmblemInformationGiven, EmblemQuestioned
from bot.journal import Entry, Outcome
from bot.letters import snake

QUESTIONED = snake(EmblemQuestioned.__name__)
INFORMED = snake(EmblemInformationGiven.__name__)


@dataclass(frozen=True)
class Asked:
    """One question of the owner, who put it and when; without an answer yet, `answered_at` is None."""

    question: str
    asked_by: str
    asked_at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


def questions(session: Session, subject: str) -> tuple[Asked, ...]:
    """Every question about the request `subject`, such as `emblem:12`, the oldest first, with its answer."""
    wanted = select(Entry).where(
        Entry.subject == subject,
        Entry.outcome == Outcome.DONE,
        col(Entry.event).in_((QUESTIONED, INFORMED)),
    )
    asked: list[Asked] = []
    for entry in session.exec(wanted.order_by(col(Entry.id))).all():
        facts = json.loads(entry.facts)
        if entry.event == QUESTIONED:
            asked.append(Asked(facts["question"], facts["by"], entry.at))
        elif asked:
            given = {"answer": facts["information"], "answered_by": facts["by"], "answered_at": entry.at}
            asked[-1] = replace(asked[-1], **given)
    return tuple(asked)
