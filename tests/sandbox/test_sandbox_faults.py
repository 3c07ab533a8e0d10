"""What goes wrong on purpose: each fault leaves behind exactly what it would with Slack."""

from dataclasses import replace
from http.client import RemoteDisconnected
from time import sleep

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.faults import Faults


def post(client, text="words"):
    return client.chat_postMessage(channel="C0LIAISON", text=text)


def test_a_lost_answer_has_done_the_work(slack, ilo):
    slack.faults.next("chat.postMessage", "lost_answer")

    with pytest.raises(RemoteDisconnected):
        post(ilo)
    assert len(slack.messages("C0LIAISON")) == 1


def test_the_default_client_posts_twice_when_an_answer_is_lost(slack):
    slack.faults.next("chat.postMessage", "lost_answer")
    post(WebClient("xoxb-ilo-local", base_url=f"{slack.base_url}/api/"))

    assert len(slack.messages("C0LIAISON")) == 2


@pytest.mark.parametrize(
    ("fault", "status", "posted"),
    [
        ("rate_limited", 429, 0),
        ("server_error_before", 500, 0),
        ("server_error_after", 500, 1),
        ("internal_error", 200, 1),
    ],
)
def test_a_queued_fault_happens_once(slack, ilo, fault, status, posted):
    slack.faults.next("chat.postMessage", fault, amount=7)
    with pytest.raises(SlackApiError) as caught:
        post(ilo)

    assert caught.value.response.status_code == status
    assert len(slack.messages("C0LIAISON")) == posted
    assert caught.value.response.headers.get("Retry-After", "7") == "7"
    assert post(ilo)["ok"]


def test_faults_by_rate_hit_about_their_share():
    wanted = {"rate_limited": 0.2, "lost_answer": 0.1, "server_error_after": 0.1, "server_error_before": 0.1}
    faults = Faults(rate_limited=0.2, lost_answer=0.1, server_error=0.1, server_error_before=0.1)
    picked = [(faults.pick("chat.update") or ("none",))[0] for _ in range(2000)]

    assert {word: picked.count(word) / 2000 for word in wanted} == pytest.approx(wanted, abs=0.03)
    assert faults.happened == {word: picked.count(word) for word in wanted}
    assert Faults(slow_ms=20).pick("chat.update") == ("slow", 0.02)
    assert Faults(late_work=1, late_ms=20).pick("chat.update") == ("late_work", 0.02)


def test_late_work_is_done_though_nobody_waits_for_it_any_more(slack):
    slack.faults.next("chat.postMessage", "late_work", amount=0.5)
    impatient = WebClient("xoxb-ilo-local", base_url=f"{slack.base_url}/api/", timeout=0.2, retry_handlers=[])

    with pytest.raises(TimeoutError):
        post(impatient)
    assert not slack.messages("C0LIAISON")
    sleep(0.6)
    assert len(slack.messages("C0LIAISON")) == 1


def test_the_pace_of_one_message_a_second_in_a_channel(slack, ilo):
    slack.faults.pace = True
    post(ilo)

    with pytest.raises(SlackApiError, match="ratelimited"):
        post(ilo)
    assert ilo.chat_postMessage(channel="C0KENYA", text="elsewhere")["ok"]


@pytest.mark.parametrize(
    "values", [{"colour": 1}, {"slow_ms": "x"}, {"deliver_twice": 1}, {"lost_answer": True}]
)
def test_a_switch_that_does_not_exist_or_fit_is_refused(values):
    with pytest.raises(ValueError, match=next(iter(values))):
        Faults().switch(values)


def test_a_scope_that_was_not_granted_is_named(slack, ilo):
    slack.state.apps["A0ILO"] = replace(slack.state.apps["A0ILO"], scopes=("users:read",))

    with pytest.raises(SlackApiError) as caught:
        post(ilo)
    assert caught.value.response.data == {
        "ok": False,
        "error": "missing_scope",
        "needed": "chat:write",
        "provided": "users:read",
    }
    assert caught.value.response.headers["x-oauth-scopes"] == "users:read"
    assert ilo.users_info(user="U0ILOCHEN").headers["x-oauth-scopes"] == "users:read"


def test_every_answer_is_dated_and_names_the_scopes_even_one_that_refuses(slack, ilo):
    slack.faults.next("chat.postMessage", "rate_limited")
    with pytest.raises(SlackApiError) as caught:
        post(ilo)

    headers = {name.lower(): value for name, value in caught.value.response.headers.items()}
    assert "chat:write" in headers["x-oauth-scopes"].split(",")
    assert headers["date"].endswith("GMT")


def test_every_call_is_noted_with_its_outcome(slack, ilo):
    slack.faults.next("chat.postMessage", "rate_limited")
    with pytest.raises(SlackApiError):
        post(ilo)
    post(ilo, "second")

    noted = [(call.method, call.ok, call.error, call.args["text"]) for call in slack.calls]
    assert noted == [
        ("chat.postMessage", False, "ratelimited", "words"),
        ("chat.postMessage", True, None, "second"),
    ]
