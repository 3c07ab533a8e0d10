"""Due dates: who is reminded of them, and of what somebody put on record about them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from bot.agreement import confirmations, formula_consultations
from bot.agreement.acknowledgements import AcknowledgementNudged
from bot.agreement.catching_up import SOON, CaughtUp
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.ledger import ReminderDue
from bot.agreement.settlement_answers import StatementDisputed
from bot.agreement.settlement_statements import OccurrenceStated
from bot.agreement.settlements import OccurrenceMet, OccurrenceNotKnown, WaiverGiven
from bot.agreement.time_limits import civil_day
from bot.announcements.audiences import Reactions, audience
from bot.announcements.exchanges import nudged
from bot.cards.renewals import ladder_facts
from bot.cards.statements import stated_facts
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button

MOST = 15
"""How many lines one letter lists; it says how many more there are, and where."""
PROPOSE = (("meetings.propose", "propose_meeting", "primary"),)
BUTTONS: Mapping[str, Sequence[tuple[str, str, str | None]]] = {
    confirmations.DUTY: (
        ("contacts.review", "confirm_contacts", "primary"),
        ("contacts.designate", "designate", None),
    ),
    formula_consultations.DUTY: (
        ("formulas.keep", "keep_formula", "primary"),
        ("formulas.propose", "propose_formula", None),
    ),
    "meeting-global": PROPOSE,
    "review-meeting": PROPOSE,
    "renewal-notice": (("renewals.room", "renewal_room", "primary"),),
}
"""The buttons of a duty's own routine in its reminder, before the one that records what was done."""
ANSWERED: Mapping[str, Callable[[Desk, int], Collection[str]]] = {
    confirmations.DUTY: confirmations.answered,
}
"""For what each party answers by itself: which parties have, for one due date."""


def reminder(post: Post, event: ReminderDue) -> None:
    """A due date comes near: told in the channel of its scope, or to each side's contact points privately."""
    duty = post.desk.definition.duty(event.duty)
    own = [Button(action, str(event.occurrence_id), label, style) for action, label, style in _own(event)]
    settle = [Button("settlements.open", str(event.occurrence_id), "settle")] if duty.settle else []
    buttons = [*own, *settle]
    facts = ladder_facts(post.desk.definition, post.desk.calendar, event)
    facts["stated"] = stated_facts(post.desk, event.occurrence_id)
    for to in _unanswered(post, event):
        post.instead(event.about, to)
        post.letter("ledger/reminder_due", to, facts, buttons=buttons)


def _own(event: ReminderDue) -> Sequence[tuple[str, str, str | None]]:
    return BUTTONS.get(event.duty, ())


def _unanswered(post: Post, event: ReminderDue) -> Sequence[Address]:
    """Whom a reminder reaches: a party that has answered for itself is not asked again."""
    audience_of = post.desk.definition.duty(event.duty).audience
    answered = ANSWERED[event.duty](post.desk, event.occurrence_id) if event.duty in ANSWERED else ()
    return audience(post, audience_of, event.channel_id, answered)


def caught_up(post: Post, event: CaughtUp) -> None:
    """What is minor and late comes in one letter to each channel and person, one line each."""
    lines: dict[Address, list[dict[str, Any]]] = {}
    for covered in event.covers:
        for to in dict.fromkeys(_addressees(post, covered)):
            lines.setdefault(to, []).append(_line(post, covered))
    for to, told in lines.items():
        facts = {"lines": told[:MOST], "count": len(told), "more": len(told[MOST:]), "soon": SOON}
        dues = [Button("agreement.due", "due", "due")] if any(not line["share"] for line in told) else []
        shares = [Button("exchanges.list", "list", "list")] if any(line["share"] for line in told) else []
        clauses = sorted({line["clause"] for line in told})
        post.letter("ledger/caught_up", to, {**facts, "clauses": clauses}, buttons=dues + shares)


def _line(post: Post, event: Event) -> dict[str, Any]:
    facts: dict[str, Any] = event.facts()
    late = {"days_late": (post.desk.today - facts["planned_for"]).days}
    if isinstance(event, AcknowledgementNudged):
        return {
            **facts,
            **late,
            "share": True,
            "shared_on": civil_day(event.shared_at, post.desk.definition.tz),
        }
    return {**facts, **late, "share": False}


def _addressees(post: Post, event: Event) -> Sequence[Address]:
    if isinstance(event, ReminderDue):
        return _unanswered(post, event)
    return nudged(post, event) if isinstance(event, AcknowledgementNudged) else ()


def stated(post: Post, event: OccurrenceStated) -> None:
    """Both sides read what one of them states; the other confirms it there, or says why it does not agree."""
    number = str(event.statement_id)
    buttons = (
        Button("settlements.confirm", number, "confirm", "primary", confirm=True),
        Button("settlements.disagree", number, "disagree"),
    )
    post.letter("ledger/occurrence_stated", post.channel(event.channel_id), event.facts(), buttons=buttons)


def disputed(post: Post, event: StatementDisputed) -> None:
    """Both sides read that one does not agree, and why."""
    post.letter("ledger/statement_disputed", post.channel(event.channel_id), event.facts())


def settled(post: Post, event: OccurrenceMet | OccurrenceNotKnown | WaiverGiven) -> None:
    """Both sides read what was put on record about a due date; a waiver proposed can be agreed to there."""
    buttons: tuple[Button, ...] = ()
    if isinstance(event, WaiverGiven) and not event.complete:
        buttons = (Button("settlements.agree", str(event.occurrence_id), "agree", confirm=True),)
    post.letter(f"ledger/{event.name}", post.channel(event.channel_id), event.facts(), buttons=buttons)


REACTIONS: Reactions = {
    ReminderDue: (reminder,),
    CaughtUp: (caught_up,),
    OccurrenceMet: (settled,),
    OccurrenceNotKnown: (settled,),
    OccurrenceStated: (stated,),
    StatementDisputed: (disputed,),
    WaiverGiven: (settled,),
}
