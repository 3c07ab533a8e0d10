"""The doors of III.2, IV.9 and IV.10: drafting, clearing, releasing and recording what both parties publish."""

from collections.abc import Mapping
from typing import Any

from bot.agreement import communication_clearances, communication_drafts, communication_marks
from bot.agreement import communication_releases as releases
from bot.agreement.communications import (
    ADVOCACY_CLAUSE,
    MEDIA_CLAUSE,
    calendar,
    communication_by_number,
    communication_facts,
    get_communication,
    get_version,
    require_text,
    require_unreleased,
)
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.cards import card
from bot.cards import communications as cards
from bot.letters import Mrkdwn, words
from bot.outbox import Message
from bot.shapes import Button, blocks, entry, framed, message
from handlers import communication_forms as forms
from handlers.calls import Call, Reply, Tell, row_number
from handlers.errors import sentence


def private(call: Call, answer: Message) -> Reply:
    """An answer in a modal and nowhere else: what is not for everybody is not whispered in a channel."""
    if call.in_modal or call.from_home:
        return Tell(answer)
    call.open(framed(answer, words("common/answer", {})))
    return None


def open_draft(call: Call) -> Reply:
    """Open the form in which something for both to publish is drafted."""
    with call.reading(Act.DRAFT_COMMUNICATION) as desk:
        view = forms.drafting(desk, call.channel)
    call.open(view)
    return None


def submit_draft(call: Call) -> Reply:
    """Put the draft before both sides."""
    call.act(communication_drafts.draft, content=forms.content(call.answers))
    return None


def open_revision(call: Call) -> Reply:
    """Open the same form with what stands now, for a new version."""
    with call.reading() as desk:
        version = get_version(desk.session, row_number(call.value))
        row = get_communication(desk.session, version.communication_id)
        communication_drafts.require_revising(desk, row)
        require_unreleased(desk, row)
        view = forms.revising(desk, row)
    call.open(view)
    return None


def submit_revision(call: Call) -> Reply:
    """Put the new version in place of the one that was opened."""
    content = forms.content(call.answers)
    call.act(communication_drafts.revise, version_id=row_number(call.private), content=content)
    return None


def read(call: Call) -> Reply:
    """The text in full, for those who may read it; whoever is to clear it finds the buttons there."""
    with call.reading() as desk:
        row = get_communication(desk.session, row_number(call.value))
        require_text(desk, row)
        text = cards.full_text(desk, row)
    return private(call, text)


def clear(call: Call) -> Reply:
    """Clear exactly this version for the own party."""
    version = row_number(call.value)
    call.act(communication_clearances.clear, version_id=version)
    return call.again(f"clearance:{version}")


def open_comments(call: Call) -> Reply:
    """Open the form in which a version is sent back with comments."""
    with call.reading() as desk:
        facts = communication_clearances.before_sending_back(desk, row_number(call.value))
    call.open(forms.COMMENTS.view(facts, private=call.value))
    return None


def submit_comments(call: Call) -> Reply:
    """Send the version back."""
    comments = call.answers["comments"]
    call.act(communication_clearances.send_back, version_id=row_number(call.private), comments=comments)
    return None


def open_approvals(call: Call) -> Reply:
    """Open the form in which the requests are chosen that cover the marks used."""
    with call.reading() as desk:
        row = get_communication(desk.session, row_number(call.value))
        require(desk.session, desk.person, Act.NAME_APPROVALS, row)
        require_unreleased(desk, row)
        facts = communication_facts(desk, row)
        offered = forms.requests(desk)
    if not offered:
        ask = (Button("emblems.request", "new", "request", "primary"),)
        return private(call, message(words("communications/no_requests", facts), ask))
    call.open(forms.APPROVALS.view(facts, options={"approvals": offered}, private=call.value))
    return None


def submit_approvals(call: Call) -> Reply:
    """Put down which requests cover the marks used."""
    chosen = [row_number(key) for key in call.answers["approvals"]]
    call.act(communication_marks.name_approvals, communication_id=row_number(call.private), approvals=chosen)
    return None


def release(call: Call) -> Reply:
    """Release what both cleared; where an approval is missing, say which, and offer to ask for it."""
    try:
        event = call.act(releases.release, communication_id=row_number(call.value))
    except releases.ApprovalMissing as missing:
        buttons = (
            Button("emblems.request", "new", "request", "primary"),
            Button("communications.approvals", call.value, "approvals"),
        )
        return Tell(
            message(words("communications/refused", {"sentence": Mrkdwn(sentence(missing))}), buttons)
        )
    return call.again(event.subject)


def open_postponement(call: Call) -> Reply:
    """Open the form in which a release is moved to a later time."""
    with call.reading() as desk:
        row = get_communication(desk.session, row_number(call.value))
        require(desk.session, desk.person, Act.RESCHEDULE_COMMUNICATION, row)
        require_unreleased(desk, row)
        view = forms.postponing(desk, row)
    call.open(view)
    return None


def submit_postponement(call: Call) -> Reply:
    """Move the release."""
    answers = call.answers
    call.act(
        releases.postpone,
        communication_id=row_number(call.private),
        on=answers["release_on"],
        at=answers["release_time"],
        zone=answers["zone"],
        reason=answers["reason"],
    )
    return None


def open_withdrawal(call: Call) -> Reply:
    """Open the form in which the reason for a withdrawal is given."""
    with call.reading() as desk:
        row = get_communication(desk.session, row_number(call.value))
        require(desk.session, desk.person, Act.RESCHEDULE_COMMUNICATION, row)
        require_unreleased(desk, row)
        facts = communication_facts(desk, row)
    call.open(forms.WITHDRAWAL.view(facts, private=call.value))
    return None


def submit_withdrawal(call: Call) -> Reply:
    """Withdraw it."""
    reason = call.answers["reason"]
    call.act(releases.withdraw, communication_id=row_number(call.private), reason=reason)
    return None


def open_publication(call: Call) -> Reply:
    """Open the form in which people say where and when it was published."""
    with call.reading() as desk:
        row = get_communication(desk.session, row_number(call.value))
        require(desk.session, desk.person, Act.RECORD_PUBLICATION, row)
        facts = communication_facts(desk, row)
        today = desk.today.isoformat()
    call.open(forms.PUBLICATION.view(facts, initial={"published_on": today}, private=call.value))
    return None


def submit_publication(call: Call) -> Reply:
    """Put on record where and when it was published."""
    facts = {"live_link": call.answers["live_link"], "published_on": call.answers["published_on"]}
    call.act(releases.record_publication, communication_id=row_number(call.private), **facts)
    return None


def listing(call: Call) -> Reply:
    """The editorial calendar: what is to come, and what came last."""
    with call.reading() as desk:
        rows = [cards.communication_facts(desk, row.key) for row in calendar(desk.session)]
    facts = {"rows": rows, "clause": MEDIA_CLAUSE}
    return Tell(listed("communications/listing", "communications/row", "communications.show", facts))


def listed(template: str, row_template: str, action: str, facts: Mapping[str, Any]) -> Message:
    """A list in which each case has a button that shows it; `facts` hold the cases as `rows`."""
    parts = words(template, facts)
    made = blocks({"headline": parts["headline"], "body": parts["body"]})
    for row in facts["rows"]:
        text = words(row_template, {"row": row})
        made.append(entry(text["line"], text, Button(action, row["number"], "show"), text["spoken"]))
    return Message(parts["notice"], made + blocks({"footer": parts["footer"]}))


def show(call: Call) -> Reply:
    """One communication as it stands, by the number people quote; its text is behind a button."""
    with call.reading() as desk:
        row = communication_by_number(desk.session, call.text or call.value)
        return Tell(card(desk, row.subject))


def help(call: Call) -> Reply:  # noqa: ARG001  one door that does not depend on who knocks
    """What this command does and who may do it."""
    buttons = (
        Button("communications.draft", "new", "draft", "primary"),
        Button("communications.list", "all", "list"),
    )
    facts = {"clauses": ("III.2", "IV.8", MEDIA_CLAUSE, ADVOCACY_CLAUSE, "IV.11")}
    return Tell(message(words("communications/help", facts), buttons))
