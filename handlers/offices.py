"""The doors of V.1: the offices of both parties, and telling those in the field about the Agreement."""

from collections.abc import Sequence
from typing import Any

from bot.agreement import distributions, office_register
from bot.agreement.channels import Level
from bot.agreement.desk import Desk
from bot.agreement.distributions import LANGUAGES, Distribution, DistributionStatus, field_offices, told
from bot.agreement.office_register import OfficeFacts, get_office, in_the_field, own_office_named
from bot.agreement.offices import Office, all_offices
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.cards.facts import person_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from bot.outbox import Message
from bot.overview import allowed
from bot.shapes import Block, Button, actions, blocks, section
from handlers.calls import Call, Reply, Tell, row_number

OFFICE = Form(
    "offices/office_form",
    "offices.keep",
    (
        FormField("name", FieldKind.LINE, limit=80),
        FormField("level", FieldKind.CHOICE),
        FormField("country", FieldKind.LINE, optional=True),
        FormField("region", FieldKind.LINE, optional=True),
        FormField("tz", FieldKind.LINE),
        FormField("active", FieldKind.CHOICE),
        FormField("opened_on", FieldKind.DAY, optional=True),
        FormField("closed_on", FieldKind.DAY, optional=True),
        FormField("head", FieldKind.LINE, optional=True),
        FormField("head_since", FieldKind.DAY, optional=True),
    ),
)
TELL = Form(
    "distributions/tell_form",
    "distributions.tell",
    (
        FormField("offices", FieldKind.SEVERAL),
        FormField("language", FieldKind.CHOICE),
        FormField("note", FieldKind.TEXT, optional=True, limit=1500),
    ),
)
RECORD = Form(
    "distributions/record_form",
    "distributions.record",
    (FormField("acknowledger", FieldKind.LINE), FormField("evidence", FieldKind.TEXT, limit=1000)),
)
MOST = 15
"""How many offices one listing shows; the others are found by name."""
OPTIONS = 100
"""Choices of a list, the most that Slack shows."""


def listing(call: Call) -> Reply:
    """The offices of both parties: the own ones with what is to be done, the others' as counts."""
    with call.reading() as desk:
        return Tell(_listing(desk))


def _listing(desk: Desk) -> Message:
    mine = [row for row in all_offices(desk.session) if row.party == desk.person.party]
    found = sorted(((row, told(desk, row)) for row in mine), key=lambda pair: _rank(desk, *pair))
    facts = {
        "party": desk.definition.party(desk.person.party).abbreviation,
        "sides": [_counts(desk, party.id, party.abbreviation) for party in desk.definition.parties],
        "more": max(0, len(found) - MOST),
        "unknown": office_register.not_on_record(desk, desk.person.party),
        "offices": len(found),
    }
    parts = words("offices/listing", facts)
    made = blocks({"headline": parts["headline"], "body": parts["body"]})
    for office, row in found[:MOST]:
        made += _entry(desk, office, row)
    if Act.KEEP_DIRECTORY in allowed(desk):
        made.append(actions(parts, [Button("offices.new", "new", "new")]))
    return Message(parts["notice"], [*made, *blocks({"footer": parts["footer"]})])


def _rank(desk: Desk, office: Office, row: Distribution | None) -> tuple[int, str]:
    if not in_the_field(office) or not office.is_open_on(desk.today):
        return 3, office.name
    return (0 if row is None else 1 if row.status is DistributionStatus.SENT else 2), office.name


def _counts(desk: Desk, party: str, abbreviation: str) -> dict[str, Any]:
    rows = distributions.standing(desk, party)
    done = [row for _, row in rows if row and row.status is DistributionStatus.ACKNOWLEDGED]
    return {
        "party": abbreviation,
        "offices": len(rows),
        "told": sum(row is not None for _, row in rows),
        "acknowledged": len(done),
    }


def _entry(desk: Desk, office: Office, row: Distribution | None) -> list[Block]:
    facts = {
        **office.model_dump(),
        "in_the_field": in_the_field(office),
        "open": office.is_open_on(desk.today),
        "telling": _telling(desk, row) if row else None,
        "zone": desk.definition.tz,
    }
    parts = words("offices/row", facts)
    buttons = _buttons(desk, office, row)
    return [section(parts["line"]), *([actions(parts, buttons)] if buttons else [])]


def _telling(desk: Desk, row: Distribution) -> dict[str, Any]:
    sender = person_facts(desk, row.sent_by)["name"]
    recorder = person_facts(desk, row.acknowledged_by)["name"]
    return {**row.model_dump(), "number": row.number, "sender": sender, "recorder": recorder}


def _buttons(desk: Desk, office: Office, row: Distribution | None) -> list[Button]:
    acts = allowed(desk)
    made = []
    if Act.DISTRIBUTE in acts and in_the_field(office) and office.is_open_on(desk.today):
        if row is None:
            made.append(Button("distributions.tell", str(office.key), "tell", "primary"))
        elif row.status is DistributionStatus.SENT:
            made.append(Button("distributions.record", str(row.key), "record"))
    if Act.KEEP_DIRECTORY in acts:
        made.append(Button("offices.edit", str(office.key), "edit"))
    return made


def office(call: Call) -> Reply:
    """The offices; with a name, the form of the own office of that name."""
    if not call.text.strip():
        return listing(call)
    with call.reading() as desk:
        found = own_office_named(desk, call.text)
        return _open(call, desk, found)


def open_new(call: Call) -> Reply:
    """Open the form in which an office of the own party is put on record."""
    with call.reading() as desk:
        return _open(call, desk, None)


def open_edit(call: Call) -> Reply:
    """Open the same form with what is on record of an office."""
    with call.reading() as desk:
        return _open(call, desk, get_office(desk.session, row_number(call.value)))


def _open(call: Call, desk: Desk, row: Office | None) -> Reply:
    party = row.party if row else desk.person.party
    require(desk.session, desk.person, Act.KEEP_DIRECTORY, OwnMatter(party))
    facts = {"party": desk.definition.party(party).abbreviation, "name_known": row.name if row else ""}
    parts = words(OFFICE.template, facts)
    options = {
        "level": [(level.value, parts[f"level_{level.value}"]) for level in Level],
        "active": [(value, parts[f"active_{value}"]) for value in ("no", "yes")],
    }
    call.open(OFFICE.view(facts, options=options, initial=_initial(row), private=str(row.key) if row else ""))
    return None


def _initial(row: Office | None) -> dict[str, str]:
    if row is None:
        return {"level": Level.COUNTRY.value, "active": "no"}
    days = {name: getattr(row, name) for name in ("opened_on", "closed_on", "head_since")}
    return {
        **{name: getattr(row, name) for name in ("name", "country", "region", "tz", "head")},
        **{name: day.isoformat() for name, day in days.items() if day},
        "level": row.level.value,
        "active": "yes" if row.active else "no",
    }


def submit_office(call: Call) -> Reply:
    """Put the office on record."""
    answers = call.answers
    values = {**answers, "level": Level(answers["level"]), "active": answers["active"] == "yes"}
    office_id = row_number(call.private) or None
    call.act(office_register.keep_office, facts=OfficeFacts(**values), office_id=office_id)
    return None


def open_tell(call: Call) -> Reply:
    """Open the form in which offices are told about the Agreement; the one whose button it was is chosen."""
    with call.reading() as desk:
        office = get_office(desk.session, row_number(call.value))
        require(desk.session, desk.person, Act.DISTRIBUTE, OwnMatter(office.party))
        waiting = [row for row in field_offices(desk, office.party) if told(desk, row) is None]
        if office not in waiting:
            waiting = [office, *waiting]
        facts = {"party": desk.definition.party(office.party).abbreviation}
        options = _tell_options(waiting)
    initial = {"offices": [str(office.key)], "language": LANGUAGES[0]}
    call.open(TELL.view(facts, options=options, initial=initial))
    return None


def _tell_options(waiting: Sequence[Office]) -> dict[str, list[tuple[str, str]]]:
    parts = words(TELL.template, {"party": ""})
    return {
        "offices": [(str(row.key), f"{row.name} ({term(row.level)})") for row in waiting][:OPTIONS],
        "language": [(language, parts[f"language_{language}"]) for language in LANGUAGES],
    }


def submit_tell(call: Call) -> Reply:
    """Tell them."""
    answers = call.answers
    call.act(
        distributions.tell_offices,
        office_ids=[row_number(value) for value in answers["offices"]],
        language=answers["language"],
        note=answers["note"],
    )
    return None


def acknowledge(call: Call) -> Reply:
    """Confirm for one's own office that it has been told."""
    event = call.act(distributions.acknowledge_telling, distribution_id=row_number(call.value))
    return call.again(event.subject)


def open_record(call: Call) -> Reply:
    """Open the form in which a party records what its office answered elsewhere."""
    with call.reading() as desk:
        row = distributions.get_distribution(desk, row_number(call.value))
        require(desk.session, desk.person, Act.DISTRIBUTE, row)
        facts = {"office": get_office(desk.session, row.office_id).name, "number": row.number}
    call.open(RECORD.view(facts, private=str(row.key)))
    return None


def submit_record(call: Call) -> Reply:
    """Put it on record."""
    answers = call.answers
    call.act(
        distributions.record_acknowledgement,
        distribution_id=row_number(call.private),
        acknowledger=answers["acknowledger"],
        evidence=answers["evidence"],
    )
    return None
