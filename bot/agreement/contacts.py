"""V.2-1: who serves a topic and a place on either side, as each party keeps it. Pure reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from sqlmodel import col, select

from bot.agreement.confirmations import last_day
from bot.agreement.contact_topics import ContactTopic, topics_of
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.offices import all_offices, office_of, zone_of
from bot.agreement.people import Mandate, Person, holders, roles_of
from bot.agreement.places import country_code
from bot.agreement.rights import Role

CLAUSE = "V.2-1"
LIAISON = frozenset({Role.CONTACT_POINT, Role.ALTERNATE})
ANYBODY = frozenset(Role)

WORDS: Mapping[str, frozenset[Role]] = {
    **dict.fromkeys(("emblem", "logo", "name", "branding", "hyperlink"), frozenset({Role.EMBLEM_APPROVER})),
    **dict.fromkeys(
        ("communications", "media", "press", "campaign", "publicity", "advocacy"),
        frozenset({Role.COMMUNICATIONS}),
    ),
    **dict.fromkeys(
        ("legal", "readings", "amendment", "disputes", "intellectual property"), frozenset({Role.LEGAL})
    ),
    **dict.fromkeys(
        ("notices", "notice", "termination", "renewal", "signature"), frozenset({Role.SIGNATORY, Role.LEGAL})
    ),
    **dict.fromkeys(
        ("meetings", "workplan", "review", "cooperation", "updates", "documents", "liaison"), LIAISON
    ),
    **dict.fromkeys(("data protection", "personal data", "privacy"), frozenset({Role.DATA_STEWARD})),
    "data": frozenset({Role.DATA_STEWARD}) | LIAISON,
    **dict.fromkeys(("field", "field office", "offices"), frozenset({Role.FIELD_FOCAL_POINT})),
    **dict.fromkeys(("administration", "app", "roster"), frozenset({Role.ADMINISTRATOR})),
}
"""The words for a topic, and the capacities that serve it; the areas of the agreement come besides."""


@dataclass
class WhichTopic(AgreementError):
    """Nobody can be looked for without a topic or a place."""

    routine = "contacts"
    known: tuple[str, ...]


@dataclass
class NoSuchTopic(AgreementError):
    """No capacity, area or person serves what was typed; `meant` may be the topic, `known` are some."""

    routine = "contacts"
    text: str
    meant: str
    known: tuple[str, ...]


@dataclass(frozen=True)
class Search:
    """What is looked for: the capacities and the people who serve a topic, and where."""

    topic: str
    place: str
    roles: frozenset[Role]
    people: frozenset[int]


def understand(desk: Desk, text: str) -> Search:
    """A topic, a place, or both, as a person typed them: the last words name a place if they can."""
    words = text.split()
    if not words:
        raise WhichTopic(_examples(desk))
    for begin in range(len(words)):
        place = place_named(desk, " ".join(words[begin:]))
        topic = " ".join(words[:begin]).casefold()
        if place and (not topic or _knows(desk, topic)):
            return _search(desk, topic, place)
    return _search(desk, " ".join(words).casefold(), "")


def place_named(desk: Desk, text: str) -> str:
    """The scope of a place: a country's code by its name or code, or a region an office works in."""
    regions = {row.region.casefold(): row.region for row in all_offices(desk.session) if row.region}
    cities = {row.name.casefold(): row.country or row.region for row in all_offices(desk.session)}
    typed = text.casefold().strip()
    # Words of two small letters, such as "in", are words; codes of countries are typed in capitals.
    code = country_code(text) if len(typed) > 2 or text.isupper() else ""
    return regions.get(typed) or code or cities.get(typed, "")


def topics(desk: Desk) -> dict[str, frozenset[Role]]:
    """Every topic that capacities serve: our words, and the areas of cooperation with their tags."""
    areas: dict[str, frozenset[Role]] = {}
    for area in desk.definition.areas:
        for name in (area.id, area.title, *area.tags, *area.tags.values()):
            areas[name.casefold()] = LIAISON
    return {**areas, **WORDS}


def _covered(desk: Desk, topic: str) -> frozenset[int]:
    query = select(ContactTopic.person_id).where(col(ContactTopic.topic) == topic)
    return frozenset(desk.session.exec(query).all())


def _knows(desk: Desk, topic: str) -> bool:
    return topic in topics(desk) or bool(_covered(desk, topic))


def _search(desk: Desk, topic: str, place: str) -> Search:
    if not topic:
        return Search("", place, ANYBODY, frozenset())
    known = topics(desk)
    people = _covered(desk, topic)
    if topic not in known and not people:
        kept = desk.session.exec(select(ContactTopic.topic)).all()
        near = get_close_matches(topic, [*known, *kept], 1, 0.7)
        raise NoSuchTopic(topic, near[0] if near else "", _examples(desk))
    return Search(topic, place, known.get(topic, frozenset()), people)


def _examples(desk: Desk) -> tuple[str, ...]:
    tags = [tag for area in desk.definition.areas for tag in area.tags][:4]
    return ("emblem", "communications", "legal", "meetings", "workplan", "notices", "data", *tags)


@dataclass(frozen=True)
class Found:
    """Whom one party has for a search; `elsewhere` says that nobody of it serves the place itself."""

    party: str
    people: Sequence[dict[str, Any]]
    elsewhere: bool


def who(desk: Desk, search: Search) -> list[Found]:
    """The people of each party who serve a topic and a place, or whom to ask at headquarters instead."""
    return [_found(desk, party.id, party.abbreviation, search) for party in desk.definition.parties]


def _found(desk: Desk, party: str, abbreviation: str, search: Search) -> Found:
    serving = holders(desk.session, party, ANYBODY, desk.today)
    able = [person for person in serving if _serves(desk, person, search)]
    there = [person for person in able if _is_there(desk, person, search.place)]
    local = _focal_points(desk, party, search.place) if search.place and not there else []
    if search.roles & LIAISON:
        # A focal point serves there whatever the contact points serve for the whole.
        there = there or local
    elsewhere = local + [one for one in able if one not in local]
    if not search.topic:
        elsewhere = holders(desk.session, party, LIAISON, desk.today)
    shown = [person_line(desk, each) for each in there or elsewhere]
    return Found(abbreviation, shown, bool(search.place and not there))


def _focal_points(desk: Desk, party: str, place: str) -> list[Person]:
    serving = holders(desk.session, party, frozenset({Role.FIELD_FOCAL_POINT}), desk.today)
    return [person for person in serving if _is_there(desk, person, place)]


def _serves(desk: Desk, person: Person, search: Search) -> bool:
    return person.key in search.people or bool(roles_of(desk.session, person) & search.roles)


def _is_there(desk: Desk, person: Person, place: str) -> bool:
    office = office_of(desk.session, person)
    return not place or (office is not None and office.serves(place))


def person_line(desk: Desk, person: Person) -> dict[str, Any]:
    """One person as the directory shows them: capacities with their last days, office, topics and zone."""
    return {
        "name": person.name,
        "user_id": person.user_id,
        "office": person.office,
        "roles": [(role, last_day(desk, person, role)) for role in sorted(roles_of(desk.session, person))],
        "topics": topics_of(desk.session, person.key),
        "zone": zone_of(desk, person),
    }


def directory(desk: Desk) -> list[Found]:
    """Everybody who serves either party today."""
    return [
        Found(
            party.abbreviation,
            [person_line(desk, each) for each in holders(desk.session, party.id, ANYBODY, desk.today)],
            False,
        )
        for party in desk.definition.parties
    ]


def own_people(desk: Desk) -> list[Person]:
    """Everybody on the roster of one's own party, also those whose designation has ended, by name."""
    query = select(Person).where(Person.party == desk.person.party)
    return list(desk.session.exec(query.order_by(Person.name)).all())


def designated(desk: Desk, roles: frozenset[Role]) -> list[tuple[Person, Role, date | None]]:
    """The designations of one's own party that hold or are to hold, with their last days."""
    rows = desk.session.exec(
        select(Person, Mandate)
        .join(Mandate, col(Mandate.person_id) == col(Person.id))
        .where(Person.party == desk.person.party, col(Mandate.role).in_(roles))
        .order_by(Person.name, Mandate.role)
    ).all()
    ending = [(person, row.role, last_day(desk, person, row.role)) for person, row in rows]
    return [one for one in ending if (one[2] or date.max) >= desk.today]
