"""Every request that changes something, as Slack would send it: what goes before it, and its own bytes."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from sqlmodel import col, select

from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.sandbox.delivery import FORM
from bot.sandbox.modals import issue_trigger
from tests.handlers.test_emblems import USE, ask, question_asked
from tests.handlers.test_exchanges import UPDATE, december, share
from tests.handlers.test_settlements import open_form, settle, workplan
from tests.inbound.sending import Act, Body, filled, pressed
from tests.knocking import app_of, interaction, post, signature
from tests.office import Office

KENYA = "ilo-iom-east-africa"


def oldest(office: Office) -> Occurrence:
    """The first due date of which nobody knows how it was met."""
    with office.reading() as desk:
        query = select(Occurrence).where(Occurrence.status == OccurrenceStatus.UNKNOWN)
        return desk.session.exec(query.order_by(col(Occurrence.id)).limit(1)).one()


def acknowledge(office: Office) -> Body:
    share(office)
    return pressed(office, "ilo", "Helena Costa", "exchanges.acknowledge", 1)


def nothing(office: Office) -> Body:
    office.pass_to(date(2026, 12, 9))
    return pressed(office, "iom", "Grace Wanjiru", "exchanges.nothing", december(office).key)


def agree(office: Office) -> Body:
    row = oldest(office)
    settle(office, "Amina Diallo", row, outcome="waived")
    return pressed(office, "iom", "Helena Costa", "settlements.agree", row.key)


def approve(office: Office) -> Body:
    ask(office)
    return pressed(office, "iom", "Yuki Tanaka", "emblems.approve", 1)


def share_form(office: Office) -> Body:
    office.command("Mei Chen", "/exchange share")
    return filled(office, "Mei Chen", UPDATE)


def answer_form(office: Office) -> Body:
    office.pass_to(date(2026, 12, 9))
    office.click("Samuel Otieno", "exchanges.share", where=KENYA)
    return filled(office, "Samuel Otieno", UPDATE)


def request_form(office: Office) -> Body:
    office.command("Mei Chen", "/emblem request")
    return filled(office, "Mei Chen", USE)


def deciding(action: str, values: dict[str, Any]) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        ask(office)
        office.click("Yuki Tanaka", action)
        return filled(office, "Yuki Tanaka", values)

    return ready


def information(office: Office) -> Body:
    question_asked(office)
    office.click("Mei Chen", "emblems.give_information", where="direct")
    return filled(office, "Mei Chen", {"information": "The ILO's own print shop."})


def settling(**values: Any) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        open_form(office, "Amina Diallo", oldest(office))
        return filled(office, "Amina Diallo", values)

    return ready


def stated(office: Office) -> None:
    """ILO states that the global workplan, which both owe, was done."""
    values = {"met_on": date(2021, 5, 3), "evidence": "Registry, file 12/3"}
    settle(office, "Amina Diallo", workplan(office), outcome="done", **values)


def confirmation(office: Office) -> Body:
    stated(office)
    return pressed(office, "iom", "Helena Costa", "settlements.confirm", 1)


def disagreement(office: Office) -> Body:
    stated(office)
    office.click("Helena Costa", "settlements.disagree")
    return filled(office, "Helena Costa", {"reason": "It was a draft."})


ACTS = [
    Act("iom", "settlements.confirm", confirmation),
    Act("iom", "settlements.answer", disagreement),
    Act("ilo", "exchanges.acknowledge", acknowledge),
    Act("iom", "exchanges.nothing", nothing),
    Act("iom", "settlements.agree", agree),
    Act("iom", "emblems.approve", approve),
    Act("ilo", "exchanges.share", share_form, anew=True),
    Act("ilo", "exchanges.share", answer_form, anew=True),
    Act("ilo", "emblems.request", request_form, anew=True),
    Act("iom", "emblems.conditions", deciding("emblems.approve_with_conditions", {"reason": "In blue."})),
    Act("iom", "emblems.question", deciding("emblems.ask_for_more", {"question": "Who prints it?"})),
    Act("iom", "emblems.refusal", deciding("emblems.refuse", {"reason": "Too late."})),
    Act("ilo", "emblems.information", information),
    Act("ilo", "settlements.settle", settling(outcome="done", met_on=date(2020, 11, 20), evidence="Minutes")),
    Act("ilo", "settlements.settle", settling(outcome="waived")),
    Act("ilo", "settlements.settle", settling(outcome="not_known", note="Nobody can tell.")),
]
READING = {
    "agreement.status",
    "agreement.due",
    "agreement.clause",
    "emblems.request",
    "emblems.list",
    "emblems.show",
    "emblems.approve_with_conditions",
    "emblems.ask_for_more",
    "emblems.refuse",
    "emblems.give_information",
    "exchanges.share",
    "exchanges.list",
    "exchanges.show",
    "settlements.open",
    "settlements.disagree",
    "settlements.list",
    "menu.open",
    "menu.part",
    "menu.waiting",
}
"""Buttons that only open or show something."""


def knock(office: Office, party: str, payload: Body, retry: int = 0) -> int:
    """Send this payload to the door of `party`, signed with its secret; `retry` as Slack counts its own."""
    body = interaction(payload)
    again = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
    signed = signature(office, body, app_of(office, party).signing_secret, kind=FORM)
    return post(office, app_of(office, party).path, body, signed | again)[0]


def again_by_hand(office: Office, party: str, payload: Body) -> Body:
    """The same button or form once more, as from a second click: only the trigger is new, and can be used."""
    trigger = issue_trigger(office.slack.state, app_of(office, party), payload["user"]["id"])
    return {**json.loads(json.dumps(payload)), "trigger_id": trigger}


def opened_anew(payload: Body) -> Body:
    """The form as if it had been opened twice before it was sent: the second of two that say the same."""
    other: Body = json.loads(json.dumps(payload))
    other["view"]["id"] = f"V{uuid4().hex[:10].upper()}"
    return other
