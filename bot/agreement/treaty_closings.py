"""VI and VII: what the end of the Agreement leaves of drafts, formulas, amendments and notices.

What only some people of one party may see (the rooms in which notices and renewal are prepared) has no line, since
everybody of a party reads its lines. Disputes have none either: they live on (VIII), and nothing counts them.
"""

from datetime import date

from sqlmodel import col, or_, select

from bot.agreement import amendments, formulas, notice_effects
from bot.agreement.amendments import Amendment, AmendmentStatus
from bot.agreement.closed_cases import Line, Routine
from bot.agreement.desk import Desk
from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.formulas import Formula
from bot.agreement.standing import end_of
from bot.agreement.terminations import CLAUSE as NOTICE_CLAUSE
from bot.agreement.terminations import GIVEN, known_to_both

HOLDING = formulas.PROPOSED | formulas.IN_FORCE


def emblem_drafts(desk: Desk, _: date) -> list[Line]:
    """The requests that a party has not put to the other: they stay its own."""
    query = select(EmblemRequest).where(EmblemRequest.status == EmblemStatus.DRAFT)
    rows = desk.session.exec(query.order_by(col(EmblemRequest.id))).all()
    return [
        Line(Routine.EMBLEM_DRAFTS, f"emblem_draft:{row.key}", "", row.product, row.clause, row.asking_party)
        for row in rows
    ]


def formulas_standing(desk: Desk, _: date) -> list[Line]:
    """The agreed wording, and one that waits for an answer."""
    rows = desk.session.exec(select(Formula).where(col(Formula.status).in_(HOLDING))).all()
    return [Line(Routine.FORMULAS, row.subject, row.number, "", formulas.CLAUSE) for row in rows]


def amendments_not_in_force(desk: Desk, ends_on: date) -> list[Line]:
    """What would count only after the last day, or is not signed by both; a first draft is its party's own."""
    later = or_(col(Amendment.in_force_on).is_(None), col(Amendment.in_force_on) > ends_on)
    signed = (col(Amendment.status) == AmendmentStatus.SIGNED) & later
    query = select(Amendment).where(or_(col(Amendment.status).in_(amendments.OPEN), signed))
    rows = desk.session.exec(query.order_by(col(Amendment.id))).all()
    return [
        Line(
            Routine.AMENDMENTS,
            row.subject if row.version else row.draft,
            row.number,
            row.title,
            amendments.CLAUSE,
            "" if row.version else row.party,
        )
        for row in rows
    ]


def other_notices(desk: Desk, _: date) -> list[Line]:
    """The notices beside the one that ends the Agreement of which everybody of both parties may know."""
    end = end_of(desk.session)
    ending = end.notice_id if end else None
    rows = [row for row in known_to_both(desk.session) if row.status in GIVEN and row.is_public]
    return [
        Line(Routine.NOTICES, row.subject, row.number, "", NOTICE_CLAUSE) for row in rows if row.key != ending
    ]


def lapse_notices(desk: Desk, _: date) -> None:
    """The notice that ends the Agreement, if one does, has had its effect; no other has anything left to end."""
    end = end_of(desk.session)
    if end is not None:
        if end.notice_id:
            notice_effects.take_effect(desk, end.notice_id)
        notice_effects.lapse_others(desk)
