"""The ledger's clock: due dates are entered well ahead, and what comes near is said once."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from bot.agreement import entered_plans, ledger
from bot.agreement.catching_up import Matter, importance
from bot.agreement.channels import Channel, Level, channels_at_hand
from bot.agreement.definition import Definition
from bot.agreement.definition_values import Audience, DutyKind, Scope
from bot.agreement.desk import Desk
from bot.agreement.endings import is_over
from bot.agreement.exchange_prompts import prompt
from bot.agreement.ledger import OFFICE, Due, NothingToSay
from bot.agreement.people import holders
from bot.agreement.planning import Place, plan
from bot.agreement.renewals import ended_by_notice, renewed, term_end
from bot.agreement.renewed_terms import RenewedTerm
from bot.agreement.replanning import horizon, places_of
from bot.agreement.standing import end_of
from bot.secretariat import Secretariat


@dataclass(frozen=True)
class Plan:
    """What due dates depend on, where the ledger does not have them all; `mark` is the fingerprint of it."""

    definition: Definition
    places: list[Place]
    until: date
    terms: tuple[RenewedTerm, ...]
    mark: str


def missing(desk: Desk) -> list[Plan]:
    """The plan of which the ledger does not have every due date, if there is such a plan.

    Once the Agreement has ended nothing is planned any more.
    As long as the agreement, its channels and the horizon are what they were, one look is enough.
    """
    if is_over(desk.session, desk.today):
        return []
    places, terms = places_of(desk.session), renewed(desk.session)
    until = horizon(desk.definition, desk.today, terms)
    mark = entered_plans.fingerprint(desk.definition, places, until, terms)
    if entered_plans.is_entered(desk, mark):
        return []
    return [Plan(desk.definition, places, until, terms, mark)]


def enter_plan(secretariat: Secretariat, wanted: Plan) -> int:
    """Enter the due dates the ledger does not have yet; nothing is said, so it returns 0."""
    planned = list(plan(wanted.definition, wanted.places, secretariat.calendar, wanted.until, wanted.terms))
    # Another clock may have been faster.
    with suppress(NothingToSay):
        secretariat.act(None, ledger.enter, planned=planned, plan=wanted.mark)
    return 0


def enter(secretariat: Secretariat) -> int:
    """Enter what is missing now, without a tick."""
    with secretariat.reading() as desk:
        wanted = missing(desk)
    return sum(enter_plan(secretariat, one) for one in wanted)


def due(desk: Desk) -> list[Matter]:
    """What of the ledger is to be said; what has no channel yet is said late, once there is one."""
    found = ledger.to_be_said(desk)
    last = term_end(desk) if found else None
    waiting = [item for item in found if not _beside_the_point(desk, item, last)]
    channels = {row.scope: row for row in channels_at_hand(desk.session)} if waiting else {}
    headquarters = next((row for row in channels.values() if row.level is Level.GLOBAL), None)
    places = [(item, channels.get(item.occurrence.scope, headquarters)) for item in waiting]
    alongside = tuple(item.occurrence.key for item in waiting)
    return [_matter(desk, item, channel, alongside) for item, channel in places if channel]


def _beside_the_point(desk: Desk, item: Due, last: date | None) -> bool:
    """With a notice on record: what would fall due after the last day, and a last day for another notice."""
    notice = end_of(desk.session)
    if notice and item.occurrence.due_on > notice.ends_on:
        return True
    by_notice = desk.definition.duty(item.occurrence.duty).kind is DutyKind.NOTICE
    return by_notice and last is not None and ended_by_notice(notice, last)


def _matter(desk: Desk, item: Due, channel: Channel, alongside: tuple[int, ...]) -> Matter:
    duty = desk.definition.duty(item.occurrence.duty)
    by_channel = duty.per is Scope.CHANNEL
    facts = {"due": item, "channel_id": channel.channel_id}

    def told() -> frozenset[str]:
        return _office(desk) if duty.audience is Audience.PARTIES else frozenset({channel.channel_id})

    return Matter(
        importance(desk, item, channel),
        item.occurrence.due_on,
        f"{item.occurrence.clause} {item.occurrence.scope}",
        prompt if by_channel else ledger.remind,
        {**facts, "alongside": alongside} if by_channel else facts,
        item.planned_for < desk.today,
        told,
    )


def _office(desk: Desk) -> frozenset[str]:
    serving = [holders(desk.session, party.id, OFFICE, desk.today) for party in desk.definition.parties]
    return frozenset(person.user_id for people in serving for person in people)
