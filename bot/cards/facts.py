"""Facts that the cards of several routines share: people, places and areas, as the words name them."""

from bot.agreement.channels import Channel
from bot.agreement.desk import Desk
from bot.agreement.people import Person
from bot.letters import Mrkdwn, say


def person_facts(desk: Desk, person_id: int | None) -> dict[str, str]:
    """A person as the words name them: name, party, office and Slack number."""
    person = desk.session.get(Person, person_id) if person_id else None
    if person is None:
        return {"name": "", "party": "", "office": "", "user_id": ""}
    party = desk.definition.party(person.party).abbreviation
    return {"name": person.name, "party": party, "office": person.office, "user_id": person.user_id}


def place_name(channel: Channel) -> Mrkdwn:
    """What a shared channel serves, such as "Kenya (country)"; safe to put into a letter as it is."""
    return Mrkdwn(say("channels/places", channel.level.value, {"scope": channel.scope}))


def area_title(desk: Desk, area: str) -> str:
    """The words for an area of cooperation (III.1, III.2)."""
    return next((known.title for known in desk.definition.areas if known.id == area), area)
