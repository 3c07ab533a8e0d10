"""The rarer answers of an app, and what the local Slack makes of them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import RemoteDisconnected

import pytest
from echo import card, field, form, plain
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.clock import MovableClock
from bot.sandbox.app import Dropped, make_app
from bot.sandbox.interactions import Reply
from bot.sandbox.seed import ilo_iom
from bot.sandbox.server import Serving
from bot.sandbox.slack import LocalSlack

CHEN = "U0ILOCHEN"
LIAISON = "C0LIAISON"


def opened(slack, echo, view):
    echo.then = lambda body, _, client: client.views_open(trigger_id=body["trigger_id"], view=view)
    slack.command(CHEN, LIAISON, "/emblem")
    echo.then = None


def test_an_answer_may_be_for_the_whole_channel(slack, echo):
    echo.then = lambda _body, respond, _client: respond("hear all", response_type="in_channel")
    slack.command(CHEN, LIAISON, "/emblem")

    assert [one["text"] for one in slack.messages(LIAISON)] == ["hear all"]


def test_bad_blocks_in_an_answer_are_refused(slack, echo):
    found = []
    echo.then = lambda _body, respond, _client: found.append(respond(text="x", blocks=[{"type": "banner"}]))
    slack.command(CHEN, LIAISON, "/emblem")

    assert (found[0].status_code, found[0].body) == (400, "invalid_blocks")


def test_an_ephemeral_can_be_taken_away(slack, echo, ilo):
    where = {"channel": LIAISON, "user": CHEN, "text": "x", "blocks": card()}
    ts = ilo.chat_postEphemeral(**where)["message_ts"]
    echo.then = lambda _body, respond, _client: [respond(delete_original=True) for _ in range(2)]
    slack.click(CHEN, LIAISON, ts, "approve")

    assert slack.ephemerals(CHEN) == []


def test_what_was_deleted_meanwhile_is_not_replaced(slack, echo, ilo):
    ts = ilo.chat_postMessage(channel=LIAISON, text="x", blocks=card())["ts"]

    def late(_body, respond, client):
        client.chat_delete(channel=LIAISON, ts=ts)
        respond("done", replace_original=True)
        respond(delete_original=True)

    echo.then = late
    slack.click(CHEN, LIAISON, ts, "approve")

    assert slack.messages(LIAISON) == []


def test_a_double_click_is_two_payloads_with_two_triggers(slack, echo, ilo):
    ts = ilo.chat_postMessage(channel=LIAISON, text="x", blocks=card())["ts"]
    slack.faults.deliver_twice = True
    slack.click(CHEN, LIAISON, ts, "approve")

    assert len({body["trigger_id"] for body in echo.seen}) == 2


def test_an_overflow_menu_tells_what_was_chosen(slack, echo, ilo):
    menu = {"type": "overflow", "action_id": "choice", "options": [{"text": plain("A"), "value": "a"}]}
    blocks = [{"type": "actions", "elements": [menu]}]
    ts = ilo.chat_postMessage(channel=LIAISON, text="x", blocks=blocks)["ts"]
    slack.click(CHEN, LIAISON, ts, "choice", "a")

    assert echo.seen[-1]["actions"][0]["selected_option"]["value"] == "a"
    assert echo.seen[-1]["state"] == {"values": {}}


def test_words_of_people_have_nothing_to_click(slack):
    ts = slack.say(CHEN, LIAISON, "hello")

    assert slack.click(CHEN, LIAISON, ts, "approve").error == "message_not_found"


def test_a_submission_the_app_fails_to_answer_leaves_the_form_as_it_was_typed(slack, echo):
    opened(slack, echo, form())
    echo.status = [500]
    result = slack.submit(CHEN, {"purpose": "A poster"})

    assert (result.result, result.error) == ("failed", "dispatch_failed")
    held = slack.modal(CHEN)["state"]["values"]["purpose"]["purpose_entry"]["value"]
    assert held == "A poster"
    assert slack.submit(CHEN).ok


def test_an_invalid_view_in_an_answer_is_a_failure(slack, echo):
    opened(slack, echo, form())
    echo.then = {
        "response_action": "update",
        "view": {"type": "modal", "title": plain("x" * 25), "blocks": []},
    }

    assert "invalid_arguments" in slack.submit(CHEN, {"purpose": "x"}).error


def test_a_modal_without_a_submit_button_cannot_be_submitted(slack, echo):
    opened(slack, echo, {"type": "modal", "title": plain("Wait"), "blocks": card()})

    assert slack.submit(CHEN).error == "this modal has no submit button"
    slack.close_modal(CHEN)
    with pytest.raises(LookupError):
        slack.submit(CHEN)


def test_a_restart_keeps_the_home_and_the_half_filled_form(slack, echo, ilo, tmp_path):
    kept = LocalSlack(ilo_iom(), MovableClock(datetime(2026, 11, 22, 8, tzinfo=UTC)), tmp_path / "s.sqlite")
    slack.state.store = kept.state.store
    ilo.views_publish(user_id=CHEN, view={"type": "home", "blocks": card()})
    opened(slack, echo, form(field("purpose", initial_value="A poster")))
    slack.change_channel(LIAISON, topic="changed")
    again = LocalSlack(ilo_iom(), MovableClock(), tmp_path / "s.sqlite")

    assert again.home(CHEN) == slack.home(CHEN)
    assert again.modal(CHEN) == slack.modal(CHEN)
    assert again.state.channels[LIAISON].topic == "changed"
    again.close()


def test_a_clock_that_cannot_be_moved_stays(slack):
    slack.state.clock = type("Still", (), {"now": staticmethod(lambda: datetime(2026, 1, 1, tzinfo=UTC))})()
    slack.on_clock(datetime(2027, 1, 1, tzinfo=UTC))

    assert slack.state.clock.now().year == 2026


def test_a_lost_answer_breaks_off_where_the_connection_is_out_of_reach():
    sent = []

    async def send(message):
        sent.append(message)

    # A thread of its own, since a browser of another test may have left a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, Dropped()({"type": "http", "state": {}}, None, send)).result()

    assert [message["type"] for message in sent] == ["http.response.start"]


def test_an_answer_is_lost_cleanly_behind_another_application_too(slack, stages, ilo):
    stages[0].app = Starlette(routes=[Mount("/", make_app(slack))])
    slack.faults.next("auth.test", "lost_answer")

    with pytest.raises(RemoteDisconnected):
        ilo.auth_test()


def test_a_taken_port_is_an_error():
    with Serving(None) as first, pytest.raises(OSError, match="in use"):
        Serving(None, port=first.port)


def test_an_empty_reply_is_empty(slack, echo):
    echo.then = lambda *_: None

    assert slack.command(CHEN, LIAISON, "/emblem") == Reply()
