"""III.2, IV.9 and IV.10: what a joint communication looks like now; its text only where that is allowed."""

from datetime import date
from typing import Any

from bot.agreement import communications
from bot.agreement.channels import get_channel
from bot.agreement.communication_clearances import awaited
from bot.agreement.communication_drafts import quotes_of
from bot.agreement.communication_marks import (
    MarkUse,
    clause_of,
    covered,
    missing_approvals,
    needs_approval,
    uses,
)
from bot.agreement.communications import (
    OUT,
    UNRELEASED,
    Clearance,
    Communication,
    CommunicationStatus,
    CommunicationVersion,
    clearances,
    current_version,
    get_version,
)
from bot.agreement.desk import Desk
from bot.agreement.emblems import EmblemRequest
from bot.agreement.files import record_of
from bot.agreement.rights import Role
from bot.agreement.time_limits import civil_day
from bot.cards.facts import person_facts, place_name
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, actions, blocks, message


def communication_facts(desk: Desk, communication_id: int) -> dict[str, Any]:
    """Everything the words about one communication may need, but not its text."""
    row = communications.get_communication(desk.session, communication_id)
    version = current_version(desk.session, row)
    record = record_of(desk.session, row.subject)
    return {
        **row.model_dump(),
        "clause": row.clause,
        "number": row.number,
        "title": version.title,
        "sha256": version.sha256,
        "languages": tuple(version.texts),
        "party": desk.definition.party(row.party).abbreviation,
        "author": person_facts(desk, row.author_id),
        "place": place_name(get_channel(desk.session, row.channel_id)),
        "clearances": [_clearance(desk, said) for said in clearances(desk.session, version)],
        "waiting_for": awaited(desk, version),
        "uses": [_use(desk, row, use) for use in uses(desk, row)],
        "missing": missing_approvals(desk, row, release_day(desk, row)) if row.status in UNRELEASED else [],
        "given_in": row.zone,
        "zone": desk.definition.tz,
        "reason_from": person_facts(desk, row.reason_by),
        "releaser": person_facts(desk, row.released_by),
        "publisher": person_facts(desk, row.published_by),
        "record_number": record.number if record else "",
    }


def release_day(desk: Desk, row: Communication) -> date:
    """The civil day of a release: the day it was made, or the planned one or, once that has come, today."""
    return civil_day(row.released_at or max(row.release_at, desk.now), desk.definition.tz)


def text_facts(desk: Desk, version: CommunicationVersion) -> dict[str, Any]:
    """The text of one version, for those who may read it."""
    return {
        **communication_facts(desk, version.communication_id),
        "current": communications.get_communication(desk.session, version.communication_id).version,
        "version": version.version,
        "version_title": version.title,
        "sha256": version.sha256,
        "texts": version.texts,
        "quotes": [{"who": who, "words": said} for who, said in quotes_of(version.quotes)],
        "link": version.link,
        "clearances": [_clearance(desk, said) for said in clearances(desk.session, version)],
        "versions": communications.versions(
            desk.session, communications.get_communication(desk.session, version.communication_id)
        ),
    }


def _clearance(desk: Desk, said: Clearance) -> dict[str, Any]:
    return {
        "party": desk.definition.party(said.party).abbreviation,
        "status": said.status,
        "by": person_facts(desk, said.by)["name"],
        "capacity": Role(said.capacity) if said.capacity else None,
        "at": said.at,
        "comments": said.comments,
    }


def _use(desk: Desk, row: Communication, use: MarkUse) -> dict[str, Any]:
    request = desk.session.get(EmblemRequest, use.request_id) if use.request_id else None
    return {
        "mark": use.mark,
        "using": desk.definition.party(use.party).abbreviation,
        "owner": desk.definition.other(use.party).abbreviation,
        "clause": clause_of(use.mark),
        "needed": needs_approval(desk, use.mark),
        "covered": covered(desk, use, release_day(desk, row)),
        "request": request.number if request else "",
    }


def communication_card(desk: Desk, communication_id: int) -> Message:
    """The card of one communication, which both sides and guests of the channel may read: without the text."""
    facts = communication_facts(desk, communication_id)
    version = current_version(desk.session, communications.get_communication(desk.session, communication_id))
    return message(words("communications/card", facts), card_buttons(facts, version.key))


def card_buttons(facts: dict[str, Any], version_id: int) -> list[Button]:
    """What can be done with a communication as it stands; each door asks whether this person may."""
    key, status = str(facts["id"]), facts["status"]
    made = [Button("communications.read", key, "read", "primary")]
    if status is CommunicationStatus.CLEARED:
        made.append(Button("communications.release", key, "release", confirm=True))
    if status in UNRELEASED:
        made.append(Button("communications.revise", str(version_id), "revise"))
        if any(use["needed"] for use in facts["uses"]):
            made.append(Button("communications.approvals", key, "approvals"))
        made.append(Button("communications.postpone", key, "postpone"))
        made.append(Button("communications.withdraw", key, "withdraw", "danger"))
    if status is CommunicationStatus.RELEASED:
        made.append(Button("communications.publish", key, "publish"))
    return made


def clearance_card(desk: Desk, version_id: int) -> Message:
    """What each side's communications officers are sent: one version to clear, the beginning of its text."""
    version = get_version(desk.session, version_id)
    facts = text_facts(desk, version)
    return message(words("communications/clearance", facts), clearance_buttons(facts, version))


def clearance_buttons(facts: dict[str, Any], version: CommunicationVersion) -> list[Button]:
    """Clear and send back, as long as this is the version that waits for it."""
    current = facts["current"] == version.version
    waits = current and facts["status"] is CommunicationStatus.IN_CLEARANCE
    answer = (
        Button("communications.clear", str(version.key), "clear", "primary", confirm=True),
        Button("communications.send_back", str(version.key), "send_back"),
    )
    return [Button("communications.read", str(facts["id"]), "read"), *(answer if waits else ())]


def full_text(desk: Desk, row: Communication) -> Message:
    """The whole text in every language, for a modal; with the buttons of whoever is to clear it."""
    version = current_version(desk.session, row)
    facts = text_facts(desk, version)
    parts = words("communications/clearance", facts)
    made = blocks({"headline": parts["headline"], "body": parts["about"]})
    for language, text in version.texts.items():
        made += blocks(words("communications/text", {**facts, "language": language, "text": text}))
    made += blocks({"body": parts["quoted"]})
    if row.status not in OUT:
        made.append(actions(parts, clearance_buttons(facts, version)[1:] or _again(row)))
    return Message(parts["notice"], made + blocks({"footer": parts["footer"]}))


def _again(row: Communication) -> list[Button]:
    return [Button("communications.show", row.number, "show")]
