"""IV.6-2: consultations to answer, as they wait for one person."""

from typing import Any

from sqlmodel import col, select

from bot.agreement.consultations import Consultation, ConsultationStatus
from bot.agreement.desk import Desk
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.cards.consultations import consultation_facts


def consultations(desk: Desk) -> list[dict[str, Any]]:
    """The consultations that the person may answer."""
    waits = select(Consultation).where(Consultation.status == ConsultationStatus.OPEN)
    rows = desk.session.exec(waits.order_by(col(Consultation.id))).all()
    mine = [row for row in rows if may(desk.session, desk.person, Act.ANSWER_CONSULTATION, row)]
    return [{**consultation_facts(desk, row.key), "consultation_id": row.key} for row in mine]
