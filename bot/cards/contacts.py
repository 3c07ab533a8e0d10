"""V.1 and V.2: what a designation, the telling of an office, and a quarter's confirmation look like now."""

from datetime import date
from typing import Any

from babel.dates import format_date

from bot.agreement import confirmations, designations, distributions
from bot.agreement.confirmations import contact_people, waiting_parties
from bot.agreement.designations import Designation
from bot.agreement.desk import Desk
from bot.agreement.distributions import DistributionStatus
from bot.agreement.ledger import duty_facts, get
from bot.agreement.office_register import get_office
from bot.agreement.time_limits import civil_day
from bot.cards.facts import person_facts
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message


def designation_card(desk: Desk, designation_id: int) -> Message:
    """The record of one designation, for both parties."""
    row = desk.session.get_one(Designation, designation_id)
    facts = {
        **row.model_dump(),
        "number": row.number,
        "clause": designations.CLAUSES[row.role],
        "party": desk.definition.party(row.party).abbreviation,
        "others": tuple(other.abbreviation for other in desk.definition.others(row.party)),
        "person": person_facts(desk, row.person_id),
        "by": person_facts(desk, row.by_id),
        "ender": person_facts(desk, row.ended_by),
        "zone": desk.definition.tz,
    }
    return message(words("contacts/designation_card", facts), (Button("contacts.list", "all", "list"),))


def distribution_facts(desk: Desk, distribution_id: int) -> dict[str, Any]:
    """Everything the words about the telling of one office may need; days are spelt in its language."""
    row = distributions.get_distribution(desk, distribution_id)
    acknowledged = row.acknowledged_at
    last = desk.definition.term_end()
    initial = last is not None and civil_day(row.sent_at, desk.definition.tz) <= last
    return {
        **row.model_dump(),
        "number": row.number,
        "office": get_office(desk.session, row.office_id).name,
        "party_name": desk.definition.party(row.party).abbreviation,
        "parties": [party.abbreviation for party in desk.definition.parties],
        "names": [party.name for party in desk.definition.parties],
        "sender": person_facts(desk, row.sent_by),
        "concluded": _spelt(desk.definition.event("concluded"), row.language),
        "until": _spelt(last, row.language) if last and initial else "",
        "sent_on": _spelt(civil_day(row.sent_at, desk.definition.tz), row.language),
        "confirmed_on": _spelt(civil_day(acknowledged, desk.definition.tz), row.language)
        if acknowledged
        else "",
    }


def _spelt(day: date, language: str) -> str:
    locale = {"en": "en_GB"}.get(language, language)
    return format_date(day, "EEEE d MMMM y" if language != "es" else "EEEE d 'de' MMMM 'de' y", locale=locale)


def distribution_card(desk: Desk, distribution_id: int) -> Message:
    """The note to one office, in the language it was sent in, and whether the office has confirmed it."""
    facts = distribution_facts(desk, distribution_id)
    value = str(distribution_id)
    buttons = [
        Button("distributions.acknowledge", value, "acknowledge", "primary"),
        Button("distributions.record", value, "record"),
    ]
    waiting = facts["status"] is DistributionStatus.SENT
    return message(words(f"distributions/note_{facts['language']}", facts), buttons if waiting else ())


def confirmation_card(desk: Desk, occurrence_id: int) -> Message:
    """Which parties have confirmed their contact points for one quarter."""
    row = get(desk.session, occurrence_id)
    given = [
        {
            "party": desk.definition.party(one.party).abbreviation,
            "by": person_facts(desk, one.person_id)["name"],
            "at": one.at,
            "people": one.people,
        }
        for one in confirmations.confirmations(desk, row.key)
    ]
    missing = waiting_parties(desk, row.key)
    facts = {
        **duty_facts(desk.definition, row),
        "given": given,
        "missing": missing,
        "zone": desk.definition.tz,
    }
    button = Button("contacts.review", str(row.key), "confirm_contacts", "primary")
    return message(words("contacts/confirmation_card", facts), (button,) if missing else ())


def review_facts(desk: Desk, party: str) -> dict[str, Any]:
    """What a party confirms: who serves it, in which capacity and office, and until when."""
    return {"party": desk.definition.party(party).abbreviation, "people": contact_people(desk, party)}
