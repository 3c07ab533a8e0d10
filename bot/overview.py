"""The agreement at a glance, as facts: how it stands, what is due, what waits for one person. Pure reads."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from bot.agreement import renewal_days
from bot.agreement.amending import opened
from bot.agreement.channels import channel_for
from bot.agreement.closed_cases import is_closed
from bot.agreement.definition import Definition
from bot.agreement.definition_parts import Duty
from bot.agreement.definition_values import DutyKind, Renewal, Scope
from bot.agreement.desk import Desk
from bot.agreement.emblem_machine import version_shown
from bot.agreement.emblems import EmblemRequest, event_facts, pending
from bot.agreement.exchange_periods import waiting_for
from bot.agreement.exchanges import CLAUSE, Exchange, ExchangeStatus
from bot.agreement.ledger import Occurrence, OccurrenceStatus, duty_facts
from bot.agreement.people import Person, holders, roles_of
from bot.agreement.renewals import due as due_renewal
from bot.agreement.renewals import given_late, renewals_of_the_term, term_end
from bot.agreement.renewed_terms import length_of, same_notice
from bot.agreement.rights import RIGHTS, Act, Role
from bot.agreement.settlements import Waiver
from bot.agreement.standing import AgreementEnd, end_of
from bot.agreement.standing import standing as in_force
from bot.agreement.supersessions import replaced_by
from bot.agreement.surviving_acts import SURVIVING
from bot.cards.statements import stated_facts

HORIZON = timedelta(days=90)
"""How far ahead `/agreement due` looks."""


class Standing(StrEnum):
    """Whether the agreement is in force, as far as its own dates tell."""

    NOT_YET = "not_yet"
    """Its first day has not come."""
    INITIAL_TERM = "initial_term"
    """In its initial term, or without an end."""
    RENEWED = "renewed"
    """The initial term is over and the agreement has renewed itself."""
    ENDED = "ended"
    """The initial term is over and nothing renews it, or a notice has ended the agreement."""


def state(desk: Desk) -> dict[str, Any]:
    """The agreement at a glance: in force since, until when and why, the days for a notice, what is open."""
    definition, now = desk.definition, in_force(desk.session, desk.today)
    return {
        **definition_facts(definition),
        "standing": standing(definition, desk.today, end_of(desk.session)),
        "last_day": now.ends_on,
        "superseded": replaced_by(desk.session),
        "renewal": renewal_facts(desk),
        "notice": notice_days(desk),
        "requests": len(pending(desk.session)),
        "shares": len(unacknowledged(desk.session)),
        "overdue": len(overdue(desk)),
        "evidence_wanted": len(evidence_wanted(desk)),
        "next": next(iter(upcoming(desk, 1)), None),
        "today": desk.today,
    }


def definition_facts(definition: Definition) -> dict[str, Any]:
    """What the head of any answer about the agreement says, with the clauses of its effect and its term."""
    term = definition.term
    effects = (xref.means for xref in definition.xrefs if xref.clause == term.clause)
    return {
        "title": definition.short_title,
        "parties": tuple(party.abbreviation for party in definition.parties),
        "zone": definition.tz,
        "since": definition.event(term.starts),
        "effect_clause": next(effects, term.clause),
        "term_end": definition.term_end(),
        "opened": _opened(definition),
        "term": term,
        "end_reading": str(definition.policy(term.end_reading)) if term.end_reading else "",
    }


def _opened(definition: Definition) -> dict[str, Any] | None:
    """By which amendment the term has no stated end any more, and from which day; None where it has one."""
    by = opened(definition)
    return {"number": by.number, "since": by.amended_on} if by else None


def standing(definition: Definition, today: date, end: AgreementEnd | None = None) -> Standing:
    """How the agreement stands on `today`; `end` is what a notice on record brings."""
    last = definition.term_end()
    if today < definition.event(definition.term.starts):
        return Standing.NOT_YET
    if end and today > end.ends_on:
        return Standing.ENDED
    if last is None or today <= last:
        return Standing.INITIAL_TERM
    return Standing.RENEWED if definition.term.renewal is Renewal.TACIT else Standing.ENDED


def renewal_facts(desk: Desk) -> dict[str, Any]:
    """Whether the agreement renewed itself, until when, and how a notice on record stands to that.

    `ended_term` is the last day of the term that is over, None before that; `by_silence` is False while its
    renewal is not on record, or where a notice stands against it. `late_notice` is when a notice takes effect
    that was given before the term's end and is over only after it.
    """
    known, end = renewals_of_the_term(desk), end_of(desk.session)
    first = desk.definition.term_end()
    last = known[-1].term_end if known else first
    late = given_late(desk, last) if last else None
    return {
        "ended_term": last if last and desk.today > last else None,
        "by_silence": bool(known),
        "expected": due_renewal(desk) is not None,
        "length": known[-1].length if known else length_of(desk.definition),
        "ends_on": known[-1].ends_on if known else None,
        "agreement_end": end.ends_on if end else None,
        "late_notice": late.ends_on if late else None,
        "must_be_over": not renewal_days.given_is_enough(desk.definition),
        "same_notice": same_notice(desk.definition),
    }


def notice_days(desk: Desk) -> dict[str, date] | None:
    """When a notice must be received before the term ends: safe, on the longer reading, and when to send it.

    None for an agreement without an end or without a period of notice. Sending is policy, and goes by both
    sides' working days.
    """
    days = renewal_days.notice_days(desk.definition, desk.calendar, term_end(desk))
    if days is None:
        return None
    dates = {"safe": days.safe.date, "longer": days.longer.date, "send": days.send.date}
    return {**dates, "term_end": days.term_end}


def row_facts(desk: Desk, occurrence: Occurrence) -> dict[str, Any]:
    """One due date with everything that explains it; `every` is the interval of its own channel's level."""
    duty = desk.definition.duty(occurrence.duty)
    facts = duty_facts(desk.definition, occurrence)
    return {
        **facts,
        "occurrence_id": occurrence.key,
        "status": occurrence.status,
        "met_on": occurrence.met_on,
        "days_left": (occurrence.due_on - desk.today).days,
        "settle": duty.settle,
        "discretion": duty.discretion,
        "by_channel": duty.per is Scope.CHANNEL,
        **_answers(desk, duty, occurrence),
        "stated": stated_facts(desk, occurrence.key),
        "every": facts["every"] or _level_interval(desk, duty, occurrence.scope),
    }


def _answers(desk: Desk, duty: Duty, occurrence: Occurrence) -> dict[str, tuple[str, ...]]:
    """Which parties have answered for a period of exchange that is still open, and which are still to."""
    if duty.per is not Scope.CHANNEL or occurrence.status is not OccurrenceStatus.OPEN:
        return {"answered": (), "waiting_for": ()}
    missing = waiting_for(desk, occurrence.key)
    parties = (party.abbreviation for party in desk.definition.parties)
    return {"answered": tuple(each for each in parties if each not in missing), "waiting_for": missing}


def _level_interval(desk: Desk, duty: Duty, scope: str) -> str:
    if duty.per is not Scope.CHANNEL:
        return ""
    return duty.levels.get(channel_for(desk.session, scope).level, "")


def rows(desk: Desk, occurrences: Iterable[Occurrence]) -> list[dict[str, Any]]:
    """The facts of several due dates, in the same order."""
    return [row_facts(desk, occurrence) for occurrence in occurrences]


def still_open(desk: Desk, *bounds: Any) -> list[Occurrence]:
    """The due dates still open within some bounds, the earliest first; none after the end of the Agreement."""
    last = in_force(desk.session, desk.today).ends_on
    until = (Occurrence.due_on <= last,) if last else ()
    return _standing_at(desk, OccurrenceStatus.OPEN, *bounds, *until)


def _standing_at(desk: Desk, status: OccurrenceStatus, *bounds: Any) -> list[Occurrence]:
    query = select(Occurrence).where(Occurrence.status == status, *bounds)
    return list(desk.session.exec(query.order_by(col(Occurrence.due_on), col(Occurrence.id))).all())


def _settled_by_people(desk: Desk, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    return [row for row in occurrences if desk.definition.duty(row.duty).settle]


def overdue(desk: Desk) -> list[Occurrence]:
    """What people should have settled by now: still open, and its day has passed."""
    return _settled_by_people(desk, still_open(desk, Occurrence.due_on < desk.today))


def evidence_wanted(desk: Desk) -> list[Occurrence]:
    """What fell due before the secretariat came, and of which nobody has said how it was met."""
    return _settled_by_people(desk, _standing_at(desk, OccurrenceStatus.UNKNOWN))


def upcoming(desk: Desk, limit: int) -> list[dict[str, Any]]:
    """The next due dates, today's included."""
    return rows(desk, still_open(desk, Occurrence.due_on >= desk.today)[:limit])


def due(desk: Desk) -> dict[str, Any]:
    """What is overdue, what is due in the next ninety days, and which windows stay open after that.

    With a notice on record nothing is due after the last day of the Agreement, as things stand.
    """
    until = desk.today + HORIZON
    later = still_open(desk, Occurrence.due_on > until, Occurrence.window_start <= desk.today)
    now = in_force(desk.session, desk.today)
    return {
        **definition_facts(desk.definition),
        "last_day": now.ends_on,
        "superseded": replaced_by(desk.session),
        "over": not now.in_force,
        "until": until,
        "overdue": rows(desk, overdue(desk)),
        "soon": rows(desk, still_open(desk, Occurrence.due_on >= desk.today, Occurrence.due_on <= until)),
        "open": [row for row in rows(desk, later) if row["kind"] == DutyKind.WINDOW],
        "evidence_wanted": len(evidence_wanted(desk)),
    }


def unacknowledged(session: Session) -> list[Exchange]:
    """What was shared and is to be acknowledged, the oldest first; nothing is, once the Agreement has ended."""
    if is_closed(session):
        return []
    query = select(Exchange).where(Exchange.status == ExchangeStatus.SHARED)
    return list(session.exec(query.order_by(col(Exchange.id))).all())


def request_facts(desk: Desk, row: EmblemRequest) -> dict[str, Any]:
    """One request for the use of a name or emblem, on one line."""
    return {
        **event_facts(desk, row),
        "status": row.status,
        "answer_by": row.answer_by,
        "question": row.question,
        "shown": version_shown(row),
    }


def share_facts(desk: Desk, row: Exchange) -> dict[str, Any]:
    """One share, on one line."""
    return {
        "exchange_id": row.key,
        "clause": CLAUSE,
        "number": row.number,
        "title": row.title,
        "party": desk.definition.party(row.party).abbreviation,
        "shared_at": row.shared_at,
    }


def open_cases(desk: Desk) -> dict[str, Any]:
    """The requests and shares of both parties that wait for an answer."""
    return {
        "requests": [request_facts(desk, row) for row in pending(desk.session)],
        "shares": [share_facts(desk, row) for row in unacknowledged(desk.session)],
    }


def allowed(desk: Desk) -> frozenset[Act]:
    """What the person may do in some case: in a given one it depends on their party's side, too."""
    held = roles_of(desk.session, desk.person)
    over = not in_force(desk.session, desk.today).in_force
    acts = [act for act, right in RIGHTS.items() if right.roles & held]
    return frozenset(act for act in acts if not over or act in SURVIVING)


def waived_by(desk: Desk, occurrence_id: int) -> tuple[str, ...]:
    """The parties that have said so far that a due date need not be met."""
    query = select(Waiver.party).where(Waiver.occurrence_id == occurrence_id).order_by(Waiver.party)
    return tuple(desk.definition.party(party).abbreviation for party in desk.session.exec(query).all())


def contacts(desk: Desk, party_id: str) -> list[dict[str, str]]:
    """Whom to ask in one party: its contact points, or their alternates where it has none today."""
    party = desk.definition.party(party_id)
    for role in (Role.CONTACT_POINT, Role.ALTERNATE):
        people: list[Person] = holders(desk.session, party_id, frozenset({role}), desk.today)
        if people:
            return [{"name": one.name, "party": party.abbreviation, "user_id": one.user_id} for one in people]
    return []
