"""The App Home: what waits for this person, the Agreement at a glance, the next dates, and every button."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.views import View

from bot import overview
from bot.agreement.desk import Desk
from bot.agreement.people import Refusal
from bot.agreement.rights import Act
from bot.letters import Mrkdwn, say, words
from bot.shapes import Block, Button, actions, blocks, divider, heading, home, section
from bot.waiting import KINDS, evidence_wanted, waiting
from handlers import menu
from handlers.calls import Call, Reply

EACH = 5
"""How many of each kind are shown before the rest are only counted."""
MOST = 20
"""How many are shown in all: Slack takes a hundred blocks, and the buttons below must find their place."""
DATES = 5


@dataclass(frozen=True)
class Waiting:
    """The buttons that deal with one kind of thing that may wait for a person.

    A button is its action, the fact that is its value, its label and its style.
    """

    kind: str
    buttons: tuple[tuple[str, str, str, str | None], ...]


WAITING = (
    Waiting(
        "notices_to_acknowledge",
        (
            ("notices.acknowledge", "termination_id", "acknowledge_receipt", "primary"),
            ("notices.effect", "termination_id", "show_effect", None),
        ),
    ),
    Waiting(
        "notices_to_agree",
        (
            ("notices.approve", "termination_id", "agree_to_send", None),
            ("notices.open", "termination_id", "own_notice", None),
        ),
    ),
    Waiting(
        "notices_to_send",
        (
            ("notices.record_sent", "termination_id", "record_sent", None),
            ("notices.open", "termination_id", "own_notice", None),
        ),
    ),
    Waiting(
        "letters_to_confirm",
        (
            ("notices.confirm_letter", "termination_id", "confirm_letter", None),
            ("notices.deny_letter", "termination_id", "deny_letter", None),
        ),
    ),
    Waiting(
        "withdrawals_to_answer",
        (("notices.agree_withdrawal", "termination_id", "agree_withdrawal", None),),
    ),
    Waiting(
        "decisions",
        (
            ("emblems.show", "number", "show", None),
            ("emblems.approve", "shown", "approve", "primary"),
            ("emblems.approve_with_conditions", "shown", "approve_with_conditions", None),
            ("emblems.ask_for_more", "shown", "ask_for_more", None),
            ("emblems.refuse", "shown", "refuse", "danger"),
        ),
    ),
    Waiting(
        "questions",
        (
            ("emblems.give_information", "request_id", "give_information", "primary"),
            ("emblems.show", "number", "show", None),
        ),
    ),
    Waiting("uncovered", (("approvers.delegate", "value", "name_stand_in", "primary"),)),
    Waiting(
        "emblem_take_downs",
        (
            ("emblems.taken_down", "request_id", "taken_down", "primary"),
            ("emblems.show", "number", "show", None),
        ),
    ),
    Waiting(
        "emblem_uses",
        (
            ("emblems.begin_use", "request_id", "begin_use", "primary"),
            ("emblems.show", "number", "show", None),
        ),
    ),
    Waiting(
        "emblem_proofs",
        (
            ("emblems.file_proof", "request_id", "file_proof", "primary"),
            ("emblems.show", "number", "show", None),
        ),
    ),
    Waiting(
        "emblem_drafts",
        (
            ("emblems.open_draft", "request_id", "open_draft", "primary"),
            ("emblems.drop_draft", "request_id", "drop_draft", None),
        ),
    ),
    Waiting(
        "acknowledgements",
        (
            ("exchanges.acknowledge", "exchange_id", "acknowledge", "primary"),
            ("exchanges.show", "number", "show", None),
        ),
    ),
    Waiting(
        "restricted",
        (
            ("restricted.read", "restricted_id", "read", "primary"),
            ("restricted.acknowledge", "restricted_id", "acknowledge", None),
        ),
    ),
    Waiting(
        "documents",
        (
            ("documents.acknowledge", "document_id", "acknowledge", "primary"),
            ("documents.show", "number", "show", None),
        ),
    ),
    Waiting(
        "arrangements",
        (
            ("arrangements.confirm", "arrangement_id", "confirm", "primary"),
            ("arrangements.show", "number", "show", None),
        ),
    ),
    Waiting("series", (("documents.offer", "series_id", "offer", "primary"),)),
    Waiting(
        "interest",
        (
            ("invitations.interest", "invitation_id", "interest", "primary"),
            ("invitations.no_interest", "invitation_id", "no_interest", None),
            ("invitations.show", "number", "show", None),
        ),
    ),
    Waiting(
        "invitations_to_issue",
        (
            ("invitations.issue", "invitation_id", "issue", "primary"),
            ("invitations.show", "number", "show", None),
        ),
    ),
    Waiting(
        "invitations",
        (
            ("invitations.accept", "invitation_id", "accept", "primary"),
            ("invitations.tentative", "invitation_id", "tentative", None),
            ("invitations.decline", "invitation_id", "decline", None),
            ("invitations.show", "number", "show", None),
        ),
    ),
    Waiting(
        "attendance",
        (
            ("invitations.attendance", "invitation_id", "attendance", "primary"),
            ("invitations.show", "number", "show", None),
        ),
    ),
    Waiting(
        "instruments",
        (
            ("instruments.confirm", "instrument_id", "confirm_record", "primary"),
            ("instruments.show", "number", "show", None),
        ),
    ),
    Waiting(
        "instrument_endings",
        (
            ("instruments.confirm_ending", "instrument_id", "confirm_ending", "primary"),
            ("instruments.show", "number", "show", None),
        ),
    ),
    Waiting(
        "instrument_signatures",
        (
            ("instruments.sign", "instrument_id", "sign_record", "primary"),
            ("instruments.show", "number", "show", None),
        ),
    ),
    Waiting("disputes", (("disputes.read", "dispute_id", "read", "primary"),)),
    Waiting("formulas", (("formulas.show", "number", "show", "primary"),)),
    Waiting(
        "costs",
        (
            ("costs.confirm", "cost_id", "confirm_record", "primary"),
            ("costs.show", "number", "show", None),
        ),
    ),
    Waiting(
        "cost_endings",
        (
            ("costs.confirm_end", "cost_id", "confirm_cost_end", "primary"),
            ("costs.show", "number", "show", None),
        ),
    ),
    Waiting(
        "amendment_answers",
        (
            ("amendments.agree", "amendment_id", "agree_amendment", "primary"),
            ("amendments.show", "number", "show", None),
        ),
    ),
    Waiting(
        "amendment_signatures",
        (
            ("amendments.sign", "amendment_id", "sign_record", "primary"),
            ("amendments.show", "number", "show", None),
        ),
    ),
    Waiting(
        "amendment_files",
        (
            ("amendments.file", "amendment_id", "file_amendment", "primary"),
            ("amendments.show", "number", "show", None),
        ),
    ),
    Waiting(
        "amendment_confirmations",
        (
            ("amendments.confirm", "amendment_id", "confirm_amendment", "primary"),
            ("amendments.show", "number", "show", None),
        ),
    ),
    Waiting(
        "periods",
        (
            ("exchanges.share", "occurrence_id", "share", "primary"),
            ("exchanges.nothing", "occurrence_id", "nothing", None),
        ),
    ),
    Waiting(
        "matters",
        (
            ("matters.share", "matter_id", "share_matter", "primary"),
            ("matters.withhold", "matter_id", "withhold", None),
        ),
    ),
    Waiting(
        "consultations",
        (("consultations.ready", "consultation_id", "ready", "primary"),),
    ),
    Waiting(
        "lines",
        (
            ("projects.line", "project_id", "line", "primary"),
            ("projects.no_change", "project_id", "no_change", None),
        ),
    ),
    Waiting(
        "project_gates",
        (
            ("project_gates.confirm", "gate_id", "confirm", "primary"),
            ("projects.show", "project_id", "show", None),
        ),
    ),
    Waiting(
        "project_starts",
        (
            ("projects.start", "project_id", "start_project", "primary"),
            ("projects.show", "project_id", "show", None),
        ),
    ),
    Waiting(
        "project_data",
        (
            ("project_data.answer", "project_id", "answer_data", "primary"),
            ("projects.data", "project_id", "show", None),
        ),
    ),
    Waiting(
        "project_holdings",
        (
            ("project_data.dispose", "entry_id", "dispose_data", "primary"),
            ("projects.data", "project_id", "show", None),
        ),
    ),
    Waiting(
        "confirmations",
        (
            ("contacts.review", "occurrence_id", "confirm_contacts", "primary"),
            ("contacts.designate", "occurrence_id", "designate", None),
        ),
    ),
    Waiting("vacancies", (("contacts.designate", "value", "designate", "primary"),)),
    Waiting(
        "tellings",
        (("distributions.acknowledge", "distribution_id", "acknowledge_office", "primary"),),
    ),
    Waiting("untold", (("offices.list", "value", "offices", None),)),
    Waiting(
        "clearances",
        (("communications.read", "communication_id", "read_text", "primary"),),
    ),
    Waiting("proofs", (("communications.publish", "communication_id", "publish", None),)),
    Waiting(
        "event_notes",
        (
            ("event_notes.confirm", "note_id", "confirm_note", "primary"),
            ("event_notes.show", "number", "show", None),
        ),
    ),
    Waiting(
        "workplans",
        (("workplans.plan", "workplan_id", "show_plan", "primary"),),
    ),
    Waiting(
        "items",
        (
            ("workplans.on_track", "item_id", "on_track", "primary"),
            ("workplans.done", "item_id", "done", None),
            ("workplans.delayed", "item_id", "delayed", None),
            ("workplans.item", "item_id", "show_item", None),
        ),
    ),
    Waiting(
        "meeting_times",
        (
            ("meetings.agree", "meeting_id", "agree_to_time", "primary"),
            ("meetings.answer", "meeting_id", "say_when", None),
            ("meetings.show", "number", "show", None),
        ),
    ),
    Waiting(
        "minutes_to_write",
        (
            ("meetings.minutes", "meeting_id", "write_minutes", "primary"),
            ("meetings.show", "number", "show", None),
        ),
    ),
    Waiting(
        "minutes_to_confirm",
        (
            ("meetings.confirm", "minutes_id", "confirm_minutes", "primary"),
            ("meetings.correct", "minutes_id", "correct_minutes", None),
            ("meetings.show", "number", "show", None),
        ),
    ),
    Waiting("actions", (("meetings.action", "action_id", "close_action", "primary"),)),
    Waiting("review_sections", (("reviews.contribute", "review_id", "contribute", "primary"),)),
    Waiting(
        "review_days",
        (
            ("reviews.agree", "review_id", "agree_day", "primary"),
            ("reviews.report", "number", "review", None),
        ),
    ),
    Waiting("review_signatures", (("reviews.sign", "review_id", "sign", "primary"),)),
    Waiting("renewal_decisions", (("renewals.room", "room", "renewal_room", "primary"),)),
    Waiting(
        "statements",
        (
            ("settlements.confirm", "statement_id", "confirm_statement", "primary"),
            ("settlements.disagree", "statement_id", "disagree", None),
        ),
    ),
    Waiting("overdue", (("settlements.open", "occurrence_id", "settle_one", None),)),
    Waiting("activities", (("activities.show", "activity_id", "show", None),)),
)


def open_home(call: Call) -> Reply:
    """Draw the person's App Home as things stand; somebody who is not on the roster reads whom to ask."""
    try:
        with call.reading() as desk:
            view = home(_page(desk))
    except Refusal as refusal:
        view = _stranger(call, refusal)
    call.client.publish_home(call.who.user_id, view)
    return None


def _page(desk: Desk) -> list[Block]:
    facts = {
        "state": overview.state(desk),
        "name": desk.person.name,
        "party": desk.definition.party(desk.person.party).abbreviation,
        "open": overview.open_cases(desk),
        "dates": overview.upcoming(desk, DATES),
    }
    parts = words("home/home", facts)
    return [
        heading(parts["waiting"]),
        *(_waiting(desk) or [section(parts["nothing_waiting"])]),
        divider(),
        *blocks({"headline": parts["headline"], "body": parts["state"]}),
        *blocks({"body": parts["open_requests"]}),
        *blocks({"body": parts["dates"]}),
        heading(parts["doors"]),
        *_doors(overview.allowed(desk)),
        *blocks({"footer": parts["footer"]}),
    ]


def _waiting(desk: Desk) -> list[Block]:
    found, labels = waiting(desk), words("menu/labels", {})
    made: list[Block] = []
    room = MOST
    for kind in WAITING:
        made += _items(kind, found[kind.kind], min(EACH, room), desk.definition.tz, labels)
        room -= min(EACH, room, len(found[kind.kind]))
    wanted = evidence_wanted(desk)
    if wanted:
        made.append(section(say("home/items", "evidence", {"row": {"count": wanted}})))
        made.append(actions(labels, [Button("settlements.list", "settle", "settle")]))
    return made


def _items(
    kind: Waiting, rows: Sequence[Mapping[str, Any]], most: int, zone: str, labels: Mapping[str, str]
) -> list[Block]:
    made: list[Block] = []
    for row in rows[:most]:
        made += blocks({"body": say("home/items", KINDS[kind.kind].words, {"row": row, "zone": zone})})
        made.append(
            actions(
                labels,
                [Button(action, str(row[fact]), label, style) for action, fact, label, style in kind.buttons],
            )
        )
    if len(rows) > most:
        made.append(section(say("home/items", "more", {"row": {"count": len(rows) - most}})))
    return made


def _doors(acts: frozenset[Act]) -> list[Block]:
    labels = words("menu/labels", {})
    titles = words("home/parts", {})
    shown = [(titles[part], menu.buttons(part, acts)) for part in menu.MENU]
    return [block for title, found in shown if found for block in (section(title), actions(labels, found))]


def _stranger(call: Call, refusal: Refusal) -> View:
    facts_of = {**refusal.facts(), "listed": True}
    with call.house.secretariat.reading() as desk:
        facts = {
            **overview.definition_facts(desk.definition),
            "party": desk.definition.party(call.party).abbreviation,
            "contacts": overview.contacts(desk, call.party),
            "sentence": Mrkdwn(say(f"{refusal.routine}/errors", refusal.key(), facts_of)),
        }
    return home(blocks(words("home/stranger", facts)))
