"""The forms of joint communications: what they ask, what can be chosen, and what they begin with."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.views import View

from bot.agreement.channels import Level, all_channels
from bot.agreement.communication_drafts import Draft
from bot.agreement.communication_marks import MarkUse, Use, UsedMark, choices, uses
from bot.agreement.communications import (
    LANGUAGES,
    Communication,
    CommunicationKind,
    CommunicationVersion,
    StrategyCheck,
    communication_facts,
    current_version,
)
from bot.agreement.desk import Desk
from bot.agreement.offices import all_offices, zone_of
from bot.cards.facts import place_name
from bot.forms import FieldKind, Form, FormField, Initial
from bot.letters import say, term, zone_name
from handlers.calls import row_number

WHEN = (
    FormField("release_on", FieldKind.DAY),
    FormField("release_time", FieldKind.TIME),
    FormField("zone", FieldKind.CHOICE),
)
FIELDS = (
    FormField("subject", FieldKind.LINE),
    FormField("kind", FieldKind.CHOICE),
    FormField("audience", FieldKind.LINE),
    FormField("outlet", FieldKind.LINE),
    FormField("place", FieldKind.CHOICE),
    FormField("text_en", FieldKind.TEXT, optional=True),
    FormField("text_fr", FieldKind.TEXT, optional=True),
    FormField("text_es", FieldKind.TEXT, optional=True),
    FormField("quotes", FieldKind.TEXT, optional=True),
    FormField("link", FieldKind.LINE, optional=True, limit=500),
    *WHEN,
    FormField("embargo", FieldKind.RADIO),
    FormField("strategy", FieldKind.RADIO),
    FormField("strategy_note", FieldKind.LINE, optional=True),
    FormField("marks", FieldKind.SEVERAL, optional=True),
    FormField("approvals", FieldKind.SEVERAL, optional=True),
    FormField("payer", FieldKind.LINE, optional=True),
)
DRAFT = Form("communications/draft_form", "communications.draft", FIELDS)
REVISION = Form("communications/revision_form", "communications.revision", FIELDS)
COMMENTS = Form(
    "communications/comments_form", "communications.comments", (FormField("comments", FieldKind.TEXT),)
)
APPROVALS = Form(
    "communications/approvals_form", "communications.approvals", (FormField("approvals", FieldKind.SEVERAL),)
)
POSTPONEMENT = Form(
    "communications/postponement_form",
    "communications.postponement",
    (*WHEN, FormField("reason", FieldKind.TEXT, limit=600)),
)
WITHDRAWAL = Form(
    "communications/withdrawal_form",
    "communications.withdrawal",
    (FormField("reason", FieldKind.TEXT, limit=600),),
)
PUBLICATION = Form(
    "communications/publication_form",
    "communications.publication",
    (FormField("live_link", FieldKind.LINE, limit=500), FormField("published_on", FieldKind.DAY)),
)
Options = dict[str, list[tuple[str, str]]]
YES, NO = "yes", "no"


def drafting(desk: Desk, channel: str) -> View:
    """The empty form, in the zone the person works in and for the channel they are in."""
    known = all_channels(desk.session)
    here = next((row for row in known if row.channel_id == channel), None)
    chosen = here or next(row for row in known if row.level is Level.GLOBAL)
    options: Options = {**_options(desk), "place": [(row.channel_id, place_name(row)) for row in known]}
    initial = {"place": chosen.channel_id, "zone": zone_of(desk, desk.person)}
    others = [party.abbreviation for party in desk.definition.others(desk.person.party)]
    return DRAFT.view({"others": others}, options=options, initial=initial)


def revising(desk: Desk, row: Communication) -> View:
    """The form with what stands now; the channel of a communication does not change."""
    version = current_version(desk.session, row)
    options: Options = {**_options(desk), "place": []}
    initial = {**_texts(row, version), **_chosen(row, uses(desk, row))}
    facts = communication_facts(desk, row)
    return REVISION.view(facts, options=options, initial=initial, private=str(version.key))


def postponing(desk: Desk, row: Communication) -> View:
    """The form for a later time, with the one that is planned."""
    options = {"zone": zones(desk)}
    facts = {**communication_facts(desk, row), "release_at": row.release_at, "zone": row.zone}
    return POSTPONEMENT.view(facts, options=options, initial=_when(row), private=str(row.key))


def content(answers: Mapping[str, Any]) -> Draft:
    """What was filled in, as the agreement takes it."""
    return Draft(
        kind=CommunicationKind(answers["kind"]),
        channel_id=answers.get("place", ""),
        texts={language: answers[f"text_{language}"] for language in LANGUAGES},
        embargo=answers["embargo"] == YES,
        strategy=StrategyCheck(answers["strategy"]),
        uses=[_use(value) for value in answers.get("marks", [])],
        approvals=[row_number(key) for key in answers.get("approvals", [])],
        title=answers["subject"],
        **{name: answers[name] for name in ("audience", "outlet", "quotes", "link", "payer")},
        **{name: answers[name] for name in ("release_on", "release_time", "zone", "strategy_note")},
    )


def requests(desk: Desk) -> list[tuple[str, str]]:
    """The requests under VI.1 and VI.3 that may cover a use, as a form offers them."""
    return [
        (
            str(row.key),
            say(
                "communications/choices",
                "request",
                {
                    "number": row.number,
                    "using": desk.definition.party(row.asking_party).abbreviation,
                    "owner": desk.definition.party(row.owner_party).abbreviation,
                    "mark": row.mark,
                    "product": row.product,
                },
            ),
        )
        for row in choices(desk)
    ]


def zones(desk: Desk) -> list[tuple[str, str]]:
    """The time zones of both parties' offices, and UTC."""
    offices = {row.tz for row in all_offices(desk.session)}
    parties = {party.tz for party in desk.definition.parties}
    return [(zone, zone_name(zone)) for zone in sorted(offices | parties | {"UTC"})]


def _options(desk: Desk) -> Options:
    return {
        "kind": [(kind.value, term(kind)) for kind in CommunicationKind],
        "zone": zones(desk),
        "embargo": [(value, say("communications/choices", f"embargo_{value}", {})) for value in (YES, NO)],
        "strategy": [(check.value, term(check)) for check in StrategyCheck],
        "marks": [_mark(desk, party.id, mark) for party in desk.definition.parties for mark in UsedMark],
        "approvals": requests(desk),
    }


def _mark(desk: Desk, party: str, mark: UsedMark) -> tuple[str, str]:
    using, owner = desk.definition.party(party), desk.definition.other(party)
    facts = {"using": using.abbreviation, "owner": owner.abbreviation, "mark": mark}
    return f"{party}:{mark.value}", say("communications/choices", "use", facts)


def _use(value: str) -> Use:
    party, _, mark = value.partition(":")
    return party, UsedMark(mark)


def _texts(row: Communication, version: CommunicationVersion) -> dict[str, Initial]:
    of_version = ("text_en", "text_fr", "text_es", "quotes", "link")
    of_row = ("audience", "outlet", "strategy_note", "payer")
    typed = {name: str(getattr(version, name)) for name in of_version}
    return {"subject": version.title, **typed, **{name: str(getattr(row, name)) for name in of_row}}


def _chosen(row: Communication, used: Sequence[MarkUse]) -> dict[str, Initial]:
    named = sorted({str(use.request_id) for use in used if use.request_id})
    return {
        **_when(row),
        "kind": row.kind.value,
        "embargo": YES if row.embargo else NO,
        "strategy": row.strategy.value,
        "marks": [f"{use.party}:{use.mark.value}" for use in used],
        "approvals": named,
    }


def _when(row: Communication) -> dict[str, Initial]:
    local = row.release_at.astimezone(ZoneInfo(row.zone))
    return {
        "release_on": local.date().isoformat(),
        "release_time": f"{local:%H:%M}",
        "zone": row.zone,
    }
