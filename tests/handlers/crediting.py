"""Proposing and agreeing to a formula of acknowledgement, for the tests of VI.4."""

from typing import Any

from sqlmodel import select

from bot.agreement.formulas import Formula, FormulaStatus
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from tests.handlers.pressing import press_told
from tests.office import Office

LIAISON = "ilo-iom-liaison"
WORDINGS: dict[str, Any] = {
    "short_en": "With IOM and the ILO",
    "short_fr": "Avec l'OIM et l'OIT",
    "short_es": "Con la OIM y la OIT",
    "long_en": "Made in cooperation between IOM and the ILO.",
    "long_fr": "Réalisé en coopération entre l'OIM et l'OIT.",
    "long_es": "Realizado en cooperación entre la OIM y la OIT.",
    "used_where": "Social media; publications.",
}
DUTY = "acknowledgement-consultation"


def propose(office: Office, name: str = "Mei Chen", **changes: Any) -> Any:
    office.command(name, "/agreement acknowledgement")
    told = press_told(office, name, "formulas.propose")
    assert told == "", told
    result = office.submit(name, {**WORDINGS, **changes})
    office.deliver()
    return result


def press(
    office: Office, name: str, action: str, typed: dict[str, Any] | None = None, where: str = LIAISON
) -> Any:
    told = office.click(name, f"formulas.{action}", where=where)
    assert told == "", told
    result = office.submit(name, typed or {})
    office.deliver()
    return result


def agreed(office: Office, **changes: Any) -> None:
    assert propose(office, **changes).ok
    assert press(office, "David Okafor", "agree").ok


def rows(office: Office) -> list[Formula]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Formula).order_by(Formula.id)).all())


def statuses(office: Office) -> list[FormulaStatus]:
    return [row.status for row in rows(office)]


def dues(office: Office) -> list[Occurrence]:
    with office.reading() as desk:
        mine = select(Occurrence).where(Occurrence.duty == DUTY).order_by(Occurrence.due_on)
        return [row for row in desk.session.exec(mine).all() if row.due_on.year >= 2027]


def open_dues(office: Office) -> list[Occurrence]:
    return [row for row in dues(office) if row.status is OccurrenceStatus.OPEN]
