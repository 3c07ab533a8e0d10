"""Events: to every installation in the channel, again after a failure, never for ever."""

import time

from slack_sdk.signature import SignatureVerifier

CHEN, TANAKA = "U0ILOCHEN", "U0IOMTANAKA"
LIAISON = "#ilo-iom-liaison"


def test_a_message_in_a_shared_channel_reaches_both_apps_with_their_own_event_id(slack, echo):
    ts = slack.say(TANAKA, LIAISON, "Good morning")
    first, second = echo.events

    assert {first["api_app_id"], second["api_app_id"]} == {"A0ILO", "A0IOM"}
    assert first["event_id"] != second["event_id"]
    assert {first["event"]["ts"], second["event"]["ts"]} == {ts}
    assert first["is_ext_shared_channel"] is True
    assert (first["event"]["user_team"], first["event"]["channel"]) == ("T0IOM", "C0LIAISON")
    assert [one["authorizations"][0]["team_id"] for one in echo.events] == ["T0ILO", "T0IOM"]


def test_a_message_in_an_own_channel_reaches_one_app(slack, echo):
    slack.say(CHEN, "#ilo-communications", "Good morning")

    assert [one["is_ext_shared_channel"] for one in echo.events] == [False]


def test_a_mention_is_told_besides_the_message(slack, echo):
    slack.say(CHEN, "#ilo-communications", "<not a tag> hello")
    slack.say(CHEN, "#ilo-communications", "@Comity hello")

    kinds = [one["event"]["type"] for one in echo.events]
    assert sorted(kinds) == ["app_mention", "message", "message"]
    assert echo.events[0]["event"]["text"] == "&lt;not a tag&gt; hello"


def test_the_apps_own_messages_are_events_without_their_metadata(slack, echo, ilo):
    metadata = {"event_type": "x", "event_payload": {"id": 1}}
    ilo.chat_postMessage(channel="C0LIAISON", text="hello", metadata=metadata)

    assert slack.settle()
    assert [one["event"]["app_id"] for one in echo.events] == ["A0ILO", "A0ILO"]
    assert "metadata" not in echo.events[0]["event"]


def test_a_failed_event_comes_again_with_its_number_and_reason(slack, echo):
    echo.status = [500, 500]
    slack.say(CHEN, "#ilo-communications", "hello")

    numbers = [headers.get("x-slack-retry-num") for headers in echo.headers]
    assert numbers == [None, "1", "2"]
    assert echo.headers[1]["x-slack-retry-reason"] == "http_error"
    ids = {one.body["event_id"] for one in slack.courier.sent}
    assert (len(ids), len(slack.courier.sent), len(echo.events)) == (1, 3, 1)


def test_an_event_is_given_up_after_three_retries(slack, echo):
    echo.status = [500] * 9
    slack.say(CHEN, "#ilo-communications", "hello")

    assert [one.retry for one in slack.courier.sent] == [0, 1, 2, 3]
    assert echo.events == []


def test_a_later_retry_waits_without_holding_anybody(slack, echo):
    slack.courier.retries = (0.05,)
    echo.status = [500]
    slack.say(CHEN, "#ilo-communications", "hello")

    assert echo.events == []
    deadline = time.monotonic() + 5
    while not echo.events and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(echo.events) == 1


def test_commands_and_clicks_are_never_sent_again(slack, echo):
    echo.status = [500]
    slack.command(CHEN, LIAISON, "/emblem", "hello")

    assert len(slack.courier.sent) == 1


def test_double_delivery_repeats_the_event_id(slack, echo):
    slack.faults.deliver_twice = True
    slack.say(CHEN, "#ilo-communications", "hello")

    assert len(echo.events) == 2
    assert len({one["event_id"] for one in echo.events}) == 1


def test_nothing_is_delivered_where_no_bot_is_attached(slack, ilo):
    ilo.chat_postMessage(channel="C0LIAISON", text="hello")
    slack.say(CHEN, LIAISON, "hello")

    assert slack.settle()
    assert slack.courier.sent == []
    assert slack.command(CHEN, LIAISON, "/emblem").error == '/emblem failed with the error "dispatch_failed"'


def test_an_endpoint_that_is_not_there_is_a_failed_connection(slack):
    slack.attach(slack.base_url, "http://127.0.0.1:9")
    slack.say(CHEN, "#ilo-communications", "hello")

    assert {one.receipt.failure for one in slack.courier.sent} == {"connection_failed"}


def test_a_delivery_is_signed_with_the_secret_of_its_app_and_the_real_time(slack, echo):
    slack.command(CHEN, LIAISON, "/emblem", "hello")
    sent = echo.headers[0]

    assert abs(int(sent["x-slack-request-timestamp"]) - time.time()) < 5
    assert sent["content-type"] == "application/x-www-form-urlencoded"
    assert not SignatureVerifier("iom-local-signing-secret").is_valid(
        "", sent["x-slack-request-timestamp"], sent["x-slack-signature"]
    )


def test_an_uninstalled_app_hears_nothing(slack, echo):
    slack.revoke("xoxb-ilo-local")
    slack.say(CHEN, "#ilo-communications", "hello")

    assert echo.events == []
    assert slack.command(CHEN, LIAISON, "/emblem").error.startswith("/emblem is not a valid command")
