"""The doors of IV.11: the restricted log of funding leads, shown in modals and nowhere else."""

from typing import Any

from slack_sdk.models.views import View

from bot.agreement import funding
from bot.agreement.channels import all_channels
from bot.agreement.desk import Desk
from bot.agreement.funding import FundingLead, Lead, LeadStatus
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.cards.facts import place_name
from bot.cards.funding import lead_facts, lead_message
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from bot.outbox import Message
from bot.shapes import Block, Button, actions, blocks, entry
from handlers.calls import Call, Reply, row_number
from handlers.communications import private

FIELDS = (
    FormField("subject", FieldKind.LINE),
    FormField("donor", FieldKind.LINE),
    FormField("amount", FieldKind.LINE, optional=True),
    FormField("area", FieldKind.CHOICE),
    FormField("scope", FieldKind.CHOICE),
    FormField("deadline", FieldKind.DAY, optional=True),
    FormField("lead_party", FieldKind.RADIO),
    FormField("status", FieldKind.CHOICE),
    FormField("named", FieldKind.SEVERAL, optional=True),
    FormField("notes", FieldKind.TEXT, optional=True),
)
LOG = Form("funding/log_form", "funding.log", FIELDS)
CHANGE = Form("funding/change_form", "funding.change", FIELDS)
GLOBAL = "global"
"""Stands in the form for the empty scope, since Slack takes no empty value."""


def listing(call: Call) -> Reply:
    """The leads this person may see, each with a button that opens it; reading one is put on record."""
    with call.reading() as desk:
        rows = [lead_facts(desk, row) for row in funding.leads(desk)]
        logs = may(desk.session, desk.person, Act.LOG_LEAD)
    parts = words("funding/listing", {"rows": rows, "logs": logs})
    made: list[Block] = blocks({"headline": parts["headline"], "body": parts["body"]})
    for row in rows:
        text = words("funding/row", {"row": row})
        button = Button("funding.show", str(row["lead_id"]), "show")
        made.append(entry(text["line"], text, button, text["spoken"]))
    if logs:
        made.append(actions(parts, [Button("funding.log", "new", "log", "primary")]))
    return private(call, Message(parts["notice"], made + blocks({"footer": parts["footer"]})))


def show(call: Call) -> Reply:
    """One lead in detail; that this person read it is journalled."""
    lead = row_number(call.value)
    if not call.put_on_record(funding.read_lead, lead_id=lead):
        return None
    with call.reading() as desk:
        detail = lead_message(desk, funding.open_lead(desk, lead))
    return private(call, detail)


def open_log(call: Call) -> Reply:
    """Open the form in which a lead is put on the log."""
    with call.reading(Act.LOG_LEAD) as desk:
        initial = {"lead_party": desk.person.party, "status": LeadStatus.IDEA.value, "scope": GLOBAL}
        view = LOG.view({}, options=_options(desk), initial=initial)
    call.open(view)
    return None


def submit_log(call: Call) -> Reply:
    """Put the lead on the log."""
    call.act(funding.log_lead, lead=_lead(call.answers))
    return None


def open_change(call: Call) -> Reply:
    """Open the form with what stands now; that shows the detail, so it is journalled like any reading."""
    lead = row_number(call.value)
    if not call.put_on_record(funding.read_lead, lead_id=lead):
        return None
    with call.reading() as desk:
        view = _changing(desk, funding.open_lead(desk, lead))
    call.open(view)
    return None


def submit_change(call: Call) -> Reply:
    """Bring the lead up to date, unless somebody else did so meanwhile."""
    lead, _, seen = call.private.partition("@")
    call.act(funding.change_lead, lead_id=row_number(lead), seen=row_number(seen), lead=_lead(call.answers))
    return None


def _changing(desk: Desk, row: FundingLead) -> View:
    named = [str(person.key) for person in funding.named_on(desk.session, row)]
    initial = {name: str(getattr(row, name) or "") for name in ("donor", "amount", "area", "notes")}
    chosen = {
        "scope": row.scope or GLOBAL,
        "deadline": row.deadline.isoformat() if row.deadline else "",
        "lead_party": row.lead_party,
        "status": row.status.value,
        "named": named,
    }
    private = f"{row.key}@{row.changes}"
    return CHANGE.view(
        {"number": row.number},
        options=_options(desk),
        initial={"subject": row.title, **initial, **chosen},
        private=private,
    )


def _options(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    people = funding.can_be_named(desk)[:100]
    return {
        "area": [(area.id, area.title) for area in desk.definition.areas],
        "scope": [(row.scope or GLOBAL, place_name(row)) for row in all_channels(desk.session)],
        "lead_party": [(party.id, party.abbreviation) for party in desk.definition.parties],
        "status": [(status.value, term(status)) for status in LeadStatus],
        "named": [(str(person.key), f"{person.name} ({person.party.upper()})") for person in people],
    }


def _lead(answers: dict[str, Any]) -> Lead:
    scope = "" if answers["scope"] == GLOBAL else answers["scope"]
    return Lead(
        status=LeadStatus(answers["status"]),
        scope=scope,
        named=[row_number(key) for key in answers.get("named", [])],
        title=answers["subject"],
        **{name: answers[name] for name in ("donor", "amount", "area", "deadline", "lead_party")},
        notes=answers["notes"],
    )
