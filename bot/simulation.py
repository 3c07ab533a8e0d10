"""Everything the bot would say over the years, from the definition alone: same plan, same words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from bot.agreement.calendars import JointCalendar
from bot.agreement.channels import Level
from bot.agreement.civil_days import shift
from bot.agreement.definition import Definition
from bot.agreement.definition_values import Audience, Scope
from bot.agreement.duty_rules import kept_facts
from bot.agreement.exchange_prompts import ExchangePrompted
from bot.agreement.ledger import ReminderDue
from bot.agreement.planning import Place, Planned, plan
from bot.agreement.renewals import AgreementRenewed, renewal_event
from bot.agreement.renewed_terms import RenewedTerm, expected
from bot.agreement.time_limits import Period, end
from bot.cards.renewals import ladder_facts, renewed_facts
from bot.letters import say, words
from bot.shapes import plain

PARTS = ("headline", "body", "footer")
REMINDER = "ledger/reminder_due"
SCOPES = {Level.GLOBAL: "", Level.REGIONAL: "Africa", Level.COUNTRY: "KE"}
"""The channels that are assumed: one of each level."""


@dataclass(frozen=True)
class Occasion:
    """A day on which something is to be said of one due date: by which template, with which facts.

    `more` are facts of the words that the event does not have.
    """

    on: date
    event: ReminderDue | AgreementRenewed
    template: str
    level: str
    audience: Audience
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Saying:
    """What is said to one audience on one day; `text` is its notification, `letter` the whole of it."""

    on: date
    clause: str
    event: str
    to: str
    text: str
    letter: str
    due_on: date


def occasions(
    definition: Definition,
    calendar: JointCalendar,
    since: date,
    until: date,
    places: Sequence[Place] | None = None,
) -> list[Occasion]:
    """Every occasion to speak from `since` to `until`, both included, if nobody settles anything earlier.

    Nobody gives notice either, so at the end of its term the agreement renews itself. `places` are the
    channels; without them one of each level is assumed.
    """
    if places is None:
        places = [Place(level, scope, since - timedelta(days=1)) for level, scope in SCOPES.items()]
    horizon = _horizon(definition, until)
    renewals = expected(definition, until)
    planned = plan(definition, places, calendar, horizon, renewals)
    found = [
        occasion
        for number, item in enumerate(planned)
        for occasion in _of(definition, item, number, _known_since(renewals, item, since), until)
    ]
    found = [_with_days(definition, calendar, one) for one in found]
    found += [_renewal(definition, calendar, term) for term in renewals]
    found = [one for one in found if since <= one.on <= until]
    # Of several due dates of one duty that would be named on the same day, the ledger names the latest.
    latest = {(one.on, one.event.duty, one.event.scope): one for one in found}
    return sorted(latest.values(), key=lambda one: (one.on, one.event.clause, one.event.scope))


def _horizon(definition: Definition, until: date) -> date:
    """The last due date of which anybody could be reminded by `until`."""
    steps = {step for duty in definition.duties for step in duty.steps}
    return max((end(until, Period.parse(step)).date for step in steps), default=until)


def _known_since(renewals: Sequence[RenewedTerm], item: Planned, since: date) -> date:
    """From when a due date can be spoken of: what comes after a term is planned once that is renewed."""
    before = (one.term_end for one in renewals if one.term_end < item.due_on)
    return max((since, *(shift(term_end, 1) for term_end in before)))


def _with_days(definition: Definition, calendar: JointCalendar, occasion: Occasion) -> Occasion:
    """A reminder of a last day for a notice says each such day, with its working."""
    event = occasion.event
    if not isinstance(event, ReminderDue) or occasion.template != REMINDER:
        return occasion
    return replace(occasion, more=ladder_facts(definition, calendar, event))


def _renewal(definition: Definition, calendar: JointCalendar, term: RenewedTerm) -> Occasion:
    event = renewal_event(definition, term)
    more = renewed_facts(definition, event)
    on = calendar.next_working(shift(term.term_end, 1))
    return Occasion(on, event, "renewals/agreement_renewed", "", Audience.AGREEMENT, more)


def _of(definition: Definition, item: Planned, number: int, since: date, until: date) -> Iterator[Occasion]:
    days: dict[date, set[str]] = {}
    for step, on in item.reminders:
        if since <= on <= until:
            days.setdefault(on, set()).add(step)
    if not days:
        return
    facts = _same_each_time(definition, item, number)
    prompted = False
    for on in sorted(days):
        if item.duty.per is not Scope.CHANNEL:
            event = ReminderDue(**facts, **_on_the_day(item, on, days[on]))
            yield Occasion(on, event, REMINDER, item.level, item.duty.audience)
            continue
        first = item.duty.steps[0] in days[on]
        prompt = _prompt(definition, facts, first, _on_the_day(item, on, days[on]))
        template = "exchanges/exchange_reminded" if prompted and not first else "exchanges/exchange_prompted"
        prompted = True
        yield Occasion(on, prompt, template, item.level, item.duty.audience)


def _prompt(
    definition: Definition, facts: Mapping[str, Any], first: bool, today: Mapping[str, Any]
) -> ExchangePrompted:
    return ExchangePrompted(
        first_call=first,
        waiting_for=tuple(party.abbreviation for party in definition.parties),
        unacknowledged=(),
        **facts,
        **today,
    )


def _same_each_time(definition: Definition, item: Planned, number: int) -> dict[str, Any]:
    return {
        "channel_id": "",
        "occurrence_id": number,
        "subject": f"occurrence:{number}",
        "level": item.level,
        "scope": item.scope,
        "window_start": item.window_start,
        "due_on": item.due_on,
        "late": False,
        "also_due": (),
        **kept_facts(definition, item.duty, item.level, item.due_on),
    }


def _on_the_day(item: Planned, on: date, steps: set[str]) -> dict[str, Any]:
    return {"planned_for": on, "missed": len(steps) - 1, "days_left": (item.due_on - on).days}


def speak(definition: Definition, occasion: Occasion) -> list[Saying]:
    """What is said on one occasion, in the words of Slack, once for each audience."""
    parts = words(occasion.template, {**occasion.event.facts(), **occasion.more}, only=("notice", *PARTS))
    text = plain(parts["notice"])
    letter = "\n\n".join(plain(parts[part]) for part in PARTS if parts.get(part))
    event = occasion.event
    return [
        Saying(occasion.on, event.clause, event.name, to, text, letter, event.due_on)
        for to in _audience(definition, occasion)
    ]


def _audience(definition: Definition, occasion: Occasion) -> list[str]:
    if occasion.audience is Audience.AGREEMENT:
        level = Level(occasion.level or Level.GLOBAL)
        return [say("cli/simulate", "channel", {"level": level, "scope": occasion.event.scope})]
    return [say("cli/simulate", "office", {"party": party.abbreviation}) for party in definition.parties]
