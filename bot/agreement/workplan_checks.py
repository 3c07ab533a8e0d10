"""What may be written into an item: each field by itself, and those that depend on one another."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.agreement.countries import country_codes
from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.people import Person, holders
from bot.agreement.rights import SUBSTANCE
from bot.agreement.workplan_items import (
    CLOSED,
    SEPARATOR,
    Approach,
    Constituent,
    Funding,
    ItemStatus,
    WorkplanItem,
)

LINE, TEXT = 150, 600
FORM = {"title": "subject"}
"""The fields that the form calls otherwise, since a modal has a title of its own."""
LENGTHS = {"title": LINE, "partner": LINE, "indicator": LINE, "target": LINE, "funding_reason": TEXT}
"""How many characters the texts of an item may have."""


@dataclass
class TextMissing(FieldError):
    """A field without which an item says nothing was left empty."""

    routine = "workplans"


@dataclass
class TextTooLong(FieldError):
    """A text is longer than can be shown beside the others."""

    routine = "workplans"
    most: int


@dataclass
class NotOffered(FieldError):
    """A value is none of those that the form offers."""

    routine = "workplans"
    value: str


@dataclass
class LeadOfOtherParty(FieldError):
    """The lead person belongs to another party than the one that leads."""

    routine = "workplans"
    name: str
    party: str


@dataclass
class NotAGlobalItem(FieldError):
    """An item of a country or region follows an item of the global workplan, and this is none (IV.5-3)."""

    routine = "workplans"


@dataclass
class BadCountry(FieldError):
    """A country is written as the two letters of ISO 3166."""

    routine = "workplans"
    country: str


@dataclass
class DueInPast(FieldError):
    """A day that has passed is nothing that somebody can still be reminded of."""

    routine = "workplans"
    today: date


@dataclass
class ReasonMissing(FieldError):
    """Why money or staff are missing is to be said (III.1)."""

    routine = "workplans"


def checked(
    desk: Desk, scope: str, values: Mapping[str, Any], row: WorkplanItem | None = None
) -> dict[str, Any]:
    """The values as they are stored; raises the FieldError of the first that cannot be.

    Fields that are not among `values` keep what `row`, the item that is changed, says.
    """
    given = {name: _tidied(value) for name, value in values.items()}
    if row is None:
        given.setdefault("title", "")
        given.setdefault("area", "")
    for name, check in CHECKS.items():
        if name in given:
            check(desk, name, given[name])
    for name, most in LENGTHS.items():
        if len(given.get(name, "")) > most:
            raise TextTooLong(FORM.get(name, name), most)
    _together(desk, scope, given, row)
    return given


def _tidied(value: Any) -> Any:
    if isinstance(value, str) and type(value) is str:
        return value.strip()
    if isinstance(value, list | tuple | set | frozenset):
        return SEPARATOR.join(sorted(str(each) for each in value))
    return value


def _together(desk: Desk, scope: str, given: Mapping[str, Any], row: WorkplanItem | None) -> None:
    """What depends on more than one field."""
    whole = {**(row.model_dump() if row else {}), **given}
    if {"lead_party", "lead_person_id"} & set(given):
        _lead(desk, whole)
    _mapping(desk, scope, whole, row)
    if whole.get("funding") in (Funding.PARTLY, Funding.NOT_FUNDED) and not whole.get("funding_reason"):
        raise ReasonMissing("funding_reason")
    due, before = whole.get("due_on"), row.due_on if row else None
    if due and due != before and due < desk.today and whole.get("status") not in CLOSED:
        raise DueInPast("due_on", desk.today)


def _lead(desk: Desk, whole: Mapping[str, Any]) -> None:
    if whole.get("lead_person_id") is None:
        return
    person = desk.session.get(Person, whole["lead_person_id"])
    if person is None:
        raise NotOffered("lead_person_id", "")
    if whole.get("lead_party") and person.party != whole["lead_party"]:
        party = desk.definition.party(whole["lead_party"]).abbreviation
        raise LeadOfOtherParty("lead_person_id", person.name, party)


def _mapping(desk: Desk, scope: str, whole: Mapping[str, Any], row: WorkplanItem | None) -> None:
    if whole.get("maps_to") is None or (row and whole["maps_to"] == row.maps_to):
        return
    found = desk.session.get(WorkplanItem, whole["maps_to"])
    if not scope or found is None or found.scope or found.status is ItemStatus.DROPPED:
        raise NotAGlobalItem("maps_to")


def leads(desk: Desk) -> list[Person]:
    """Who may lead an item: whoever acts on the substance for either party."""
    return [
        person
        for party in desk.definition.parties
        for person in holders(desk.session, party.id, SUBSTANCE, desk.today)
    ]


def theme_codes(definition: Definition) -> dict[str, str]:
    """The themes of the areas of cooperation: code → title."""
    return {code: title for area in definition.areas for code, title in area.tags.items()}


def taxonomy_codes(definition: Definition, taxonomy: str) -> dict[str, str]:
    """One list of terms from elsewhere: code → term."""
    found = next((each for each in definition.taxonomies if each.id == taxonomy), None)
    return dict(found.terms) if found else {}


def tag_codes(definition: Definition) -> dict[str, str]:
    """The tags of Article II: code, such as "SDG 8.8", → term; those of the approach name themselves."""
    goals = {
        f"{taxonomy} {code}": term
        for taxonomy in ("SDG", "GCM")
        for code, term in taxonomy_codes(definition, taxonomy).items()
    }
    return {**goals, **{each.value: "" for each in Approach}}


def split(joined: str) -> list[str]:
    """The several values of a field that holds them joined."""
    return [each for each in joined.split(SEPARATOR) if each]


def _needed(desk: Desk, name: str, value: Any) -> None:
    del desk
    if not value:
        raise TextMissing(FORM.get(name, name))


def _among(known: Callable[[Definition], Collection[str]], *, needed: bool = False) -> Callable[..., None]:
    def check(desk: Desk, name: str, value: str) -> None:
        if needed:
            _needed(desk, name, value)
        _refuse_others(name, split(value), known(desk.definition))

    return check


def _refuse_others(name: str, values: Iterable[str], known: Collection[str]) -> None:
    for value in values:
        if value not in known:
            raise NotOffered(name, value)


def _country(desk: Desk, name: str, value: str) -> None:
    del desk
    if value and value not in country_codes():
        raise BadCountry(name, value)


CHECKS: Mapping[str, Callable[[Desk, str, Any], None]] = {
    "title": _needed,
    "area": _among(lambda known: [area.id for area in known.areas], needed=True),
    "themes": _among(theme_codes),
    "priority": _among(lambda known: taxonomy_codes(known, "P10")),
    "means": _among(lambda known: taxonomy_codes(known, "M4")),
    "lead_party": _among(lambda known: [party.id for party in known.parties]),
    "constituents": _among(lambda _: [each.value for each in Constituent]),
    "country": _country,
    "tags": _among(tag_codes),
}
