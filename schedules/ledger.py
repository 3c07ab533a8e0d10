"""The ledger's clock: due dates are entered well ahead, and what comes near is said once."""

from datetime import date

from bot.agreement import entered_plans, ledger
from bot.agreement.catching_up import Matter, importance
from bot.agreement.channels import Channel, Level, all_channels
from bot.agreement.definition_values import Audience, DutyKind, Scope
from bot.agreement.desk import Desk
from bot.agreement.exchange_prompts import prompt
from bot.agreement.ledger import OFFICE, Due, NothingToSay
from bot.agreement.people import holders
from bot.agreement.planning import Place, plan
from bot.agreement.renewals import ended_by_notice, renewed, term_end
from bot.agreement.standing import end_of
from bot.agreement.time_limits import Period, end
from bot.secretariat import Secretariat

AHEAD = Period.parse("P24M")
"""How far ahead due dates are entered, at least; otherwise to the end of the term."""


def enter(secretariat: Secretariat) -> int:
    """Enter the due dates the ledger does not have yet; nothing is said, so it returns 0.

    As long as the agreement, its channels and the horizon are what they were, one look is enough.
    """
    with secretariat.reading() as desk:
        places = [Place(row.level.value, row.scope, row.since) for row in all_channels(desk.session)]
        until, terms = horizon(desk), renewed(desk.session)
        mark = entered_plans.fingerprint(desk.definition, places, until, terms)
        if entered_plans.is_entered(desk, mark):
            return 0
    planned = list(plan(secretariat.definition, places, secretariat.calendar, until, terms))
    try:
        secretariat.act(None, ledger.enter, planned=planned, plan=mark)
    except NothingToSay:
        # Another clock was faster.
        return 0
    return 0


def horizon(desk: Desk) -> date:
    """Until when due dates are entered: to the end of the term that runs, and for 24 months at least.

    Rounded up to the end of a year, so that an agreement without an end is planned once a year, not every day.
    """
    soon = end(desk.today, AHEAD).date.replace(month=12, day=31)
    return max(term_end(desk) or soon, soon)


def due(desk: Desk) -> list[Matter]:
    """What of the ledger is to be said; what has no channel yet is said late, once there is one."""
    waiting = [item for item in ledger.to_be_said(desk) if not _beside_the_point(desk, item)]
    channels = {row.scope: row for row in all_channels(desk.session)} if waiting else {}
    headquarters = next((row for row in channels.values() if row.level is Level.GLOBAL), None)
    found = [(item, channels.get(item.occurrence.scope, headquarters)) for item in waiting]
    alongside = tuple(item.occurrence.key for item in waiting)
    return [_matter(desk, item, channel, alongside) for item, channel in found if channel]


def _beside_the_point(desk: Desk, item: Due) -> bool:
    """Whether a last day for a notice comes near although a notice on record ends the Agreement by then."""
    last = term_end(desk)
    notice = desk.definition.duty(item.occurrence.duty).kind is DutyKind.NOTICE
    return notice and last is not None and ended_by_notice(end_of(desk.session), last)


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
