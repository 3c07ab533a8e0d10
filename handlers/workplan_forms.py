"""The forms of workplans: what they offer, what they begin with, and what was filled in, as it is stored."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.models.views import View

from bot.agreement.channels import Channel, all_channels
from bot.agreement.desk import Desk
from bot.agreement.people import Person
from bot.agreement.workplan_checks import leads, split, tag_codes, taxonomy_codes
from bot.agreement.workplan_files import BOTH
from bot.agreement.workplan_items import Approach, Constituent, Funding, WorkplanItem, standing_items
from bot.agreement.workplans import PENDING, latest
from bot.cards.facts import place_name
from bot.forms import FieldKind, Form, FormField, Initial
from bot.letters import say, term

MOST = 100
"""How many options Slack shows in one list."""
Options = dict[str, list[tuple[str, str]]]
ADD = Form(
    "workplans/item_form",
    "workplans.add",
    (
        FormField("place", FieldKind.CHOICE),
        FormField("subject", FieldKind.LINE),
        FormField("area", FieldKind.CHOICE),
        FormField("priority", FieldKind.CHOICE, optional=True),
        FormField("means", FieldKind.SEVERAL, optional=True),
        FormField("lead_party", FieldKind.CHOICE),
        FormField("lead_person_id", FieldKind.CHOICE, optional=True),
        FormField("due_on", FieldKind.DAY, optional=True),
        FormField("maps_to", FieldKind.CHOICE, optional=True),
    ),
)
CHANGE = replace(ADD, callback="workplans.update")
MORE = Form(
    "workplans/more_form",
    "workplans.more",
    (
        FormField("themes", FieldKind.SEVERAL, optional=True),
        FormField("partner", FieldKind.LINE, optional=True),
        FormField("constituents", FieldKind.CHECKS, optional=True),
        FormField("country", FieldKind.LINE, optional=True, limit=2),
        FormField("indicator", FieldKind.LINE, optional=True),
        FormField("target", FieldKind.LINE, optional=True),
        FormField("tags", FieldKind.SEVERAL, optional=True),
        FormField("funding", FieldKind.RADIO),
        FormField("funding_reason", FieldKind.TEXT, optional=True, limit=600),
    ),
)
REPORT = Form(
    "workplans/report_form",
    "workplans.report",
    (
        FormField("progress", FieldKind.RADIO),
        FormField("note", FieldKind.TEXT, optional=True, limit=600),
    ),
)
IMPORT = Form(
    "workplans/import_form",
    "workplans.import",
    (
        FormField("place", FieldKind.CHOICE),
        FormField("source", FieldKind.RADIO),
        FormField("file", FieldKind.FILE, optional=True),
    ),
)


def places(desk: Desk) -> list[tuple[str, str]]:
    """The shared channels, each for the workplan of its place."""
    return [(row.channel_id, place_name(row)) for row in all_channels(desk.session)]


def place_of(desk: Desk, scope: str) -> str:
    """The channel of a scope, as the forms name it."""
    known: list[Channel] = all_channels(desk.session)
    return next((row.channel_id for row in known if row.scope == scope), "")


def essentials(desk: Desk, scope: str, row: WorkplanItem | None) -> View:
    """The form for a new item, or for the essentials of one that there is."""
    plan = _newest(desk, scope)
    facts = {
        "number": row.number if row else "",
        "scope": scope,
        "plan": plan,
        "global_items": bool(standing_items(desk.session, "")),
    }
    options = _essential_options(desk, row)
    if row:
        given = _initial(row, ADD)
        initial = {**given, "lead_party": row.lead_party or BOTH}
        return CHANGE.view(facts, options={**options, "place": []}, initial=initial, private=stamp(row))
    return ADD.view(facts, options=options, initial={"place": place_of(desk, scope), "lead_party": BOTH})


def _newest(desk: Desk, scope: str) -> dict[str, Any] | None:
    plan = latest(desk.session, scope)
    return {"version": plan.version, "pending": plan.status in PENDING} if plan else None


def _essential_options(desk: Desk, row: WorkplanItem | None) -> Options:
    known = desk.definition
    people = leads(desk)
    kept = desk.session.get(Person, row.lead_person_id) if row and row.lead_person_id else None
    if kept and kept not in people:
        people = [kept, *people]
    above = [] if row and not row.scope else standing_items(desk.session, "")
    return {
        "place": places(desk),
        "area": [(area.id, f"{area.title} ({area.clause})") for area in known.areas],
        "priority": list(taxonomy_codes(known, "P10").items()),
        "means": list(taxonomy_codes(known, "M4").items()),
        "lead_party": [
            *((party.id, party.name) for party in known.parties),
            (BOTH, say("workplans/fields", "lead_both", {})),
        ],
        "lead_person_id": [
            (str(one.key), f"{one.name} ({known.party(one.party).abbreviation})") for one in people
        ][:MOST],
        "maps_to": [(str(one.key), f"{one.number} {one.title}") for one in above][-MOST:],
    }


def more(desk: Desk, row: WorkplanItem, *, added: bool = False) -> View:
    """The form for the rest of an item; `added` says that it has just been written."""
    known = desk.definition
    options: Options = {
        "themes": [
            (code, f"{title} ({area.clause})") for area in known.areas for code, title in area.tags.items()
        ],
        "constituents": [(each.value, term(each)) for each in Constituent],
        "tags": [
            (code, f"{code} {title}" if title else term(Approach(code)))
            for code, title in tag_codes(known).items()
        ],
        "funding": [(each.value, term(each)) for each in Funding],
    }
    facts = {"number": row.number, "title": row.title, "added": added}
    return MORE.view(facts, options=options, initial=_initial(row, MORE), private=stamp(row))


def stamp(row: WorkplanItem) -> str:
    """The item, and how often it had been changed when the form was opened."""
    return f"{row.key}@{row.revision}"


def _initial(row: WorkplanItem, form: Form) -> dict[str, Initial]:
    made: dict[str, Initial] = {}
    for field in form.fields:
        value = row.title if field.name == "subject" else getattr(row, field.name, None)
        if field.kind in (FieldKind.SEVERAL, FieldKind.CHECKS):
            made[field.name] = split(str(value or ""))
        elif value:
            made[field.name] = str(value)
    return made


def stored(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, as items keep it; fields that the form left out are left out."""
    values = {name: value for name, value in answers.items() if name not in ("place", "subject")}
    if "subject" in answers:
        values["title"] = answers["subject"]
    if "lead_party" in values:
        values["lead_party"] = "" if values["lead_party"] == BOTH else values["lead_party"]
    for name in ("lead_person_id", "maps_to"):
        if name in values:
            values[name] = int(values[name]) if str(values[name]).isdecimal() else None
    if "country" in values:
        values["country"] = values["country"].strip().upper()
    if "funding" in values:
        values["funding"] = Funding(values["funding"])
    return values
