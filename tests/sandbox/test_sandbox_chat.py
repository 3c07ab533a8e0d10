"""Posting, changing and reading messages, with each of Slack's refusals."""

import pytest
from echo import card
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

LIAISON = "C0LIAISON"
METADATA = {"event_type": "comity", "event_payload": {"outbox_id": 17}}


def post(client, text="words", **more):
    return client.api_call("chat.postMessage", json={"channel": LIAISON, "text": text, **more})


def test_a_message_is_seen_by_both_sides_and_keeps_its_author(ilo, iom):
    ts = post(ilo, metadata=METADATA, blocks=card())["ts"]
    seen = iom.conversations_history(channel=LIAISON, include_all_metadata=True)["messages"][0]

    assert (seen["ts"], seen["app_id"], seen["bot_id"], seen["team"]) == (ts, "A0ILO", "B0ILO", "T0ILO")
    assert seen["metadata"] == METADATA


def test_without_asking_only_the_type_of_metadata_is_told(ilo):
    post(ilo, metadata=METADATA)

    assert ilo.conversations_history(channel=LIAISON)["messages"][0]["metadata"] == {"event_type": "comity"}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": " ", "blocks": card()}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C0NOWHERE"}, "channel_not_found"),
        ({"channel": "C0IOMBRAND"}, "channel_not_found"),
        ({"channel": "U0NOBODY"}, "channel_not_found"),
        ({"blocks": [{"type": "banner"}]}, "invalid_blocks"),
        ({"blocks": "{"}, "invalid_blocks_format"),
        ({"metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"metadata": {**METADATA, "more": 1}}, "invalid_metadata_schema"),
        ({"metadata": {"event_type": "x", "event_payload": {"a": "x" * 16_001}}}, "metadata_too_large"),
        ({"thread_ts": "1.0"}, "invalid_thread_ts"),
    ],
)
def test_a_post_is_refused_in_slacks_words(slack, ilo, refusal, arguments, error):
    assert refusal(post, ilo, **arguments) == error
    assert slack.messages(LIAISON) == []


def test_too_much_text_in_blocks_is_refused(ilo, refusal):
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "x" * 2999}}] * 4

    post(ilo, blocks=blocks)
    assert refusal(post, ilo, blocks=[*blocks, card("x" * 1300)[0]]) == "msg_blocks_too_long"


def test_invalid_blocks_say_where(ilo):
    with pytest.raises(SlackApiError) as caught:
        post(ilo, blocks=[{"type": "banner"}])

    messages = caught.value.response["response_metadata"]["messages"]
    assert messages == ["[ERROR] unsupported type: banner [json-pointer:/blocks/0/type]"]


def test_a_bot_must_be_in_the_channel_and_the_channel_alive(slack, ilo, refusal):
    slack.change_channel("C0ILOCOMMS", members=("U0ILOCHEN",))
    slack.change_channel("C0KENYA", archived=True)

    assert refusal(post, ilo, channel="C0ILOCOMMS") == "not_in_channel"
    assert refusal(post, ilo, channel="C0KENYA") == "is_archived"
    assert refusal(ilo.conversations_history, channel="C0ILOCOMMS") == "not_in_channel"
    ilo.conversations_join(channel="C0ILOCOMMS")
    assert post(ilo, channel="C0ILOCOMMS")["ok"]


def test_a_private_channel_is_unknown_to_who_is_not_in_it(slack, ilo, refusal):
    slack.change_channel("C0ILOCOMMS", private=True, members=("U0ILOCHEN",))

    assert refusal(post, ilo, channel="C0ILOCOMMS") == "channel_not_found"


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-no", "invalid_auth"), ("xoxb-ilo-local", "account_inactive")],
)
def test_a_token_must_be_there_known_and_alive(slack, refusal, token, error):
    slack.revoke("xoxb-ilo-local")
    client = WebClient(token, base_url=f"{slack.base_url}/api/", retry_handlers=[])

    assert refusal(client.auth_test) == error


def test_unknown_methods_and_missing_arguments_are_refused(ilo, refusal):
    assert refusal(ilo.api_call, "chat.sing") == "unknown_method"
    assert refusal(ilo.api_call, "chat.postMessage", json={"text": "x"}) == "invalid_arguments"


def test_an_own_message_is_changed_and_keeps_what_is_not_sent(slack, ilo):
    ts = post(ilo, blocks=card(), metadata=METADATA)["ts"]
    ilo.chat_update(channel=LIAISON, ts=ts, text="other words")
    message = slack.messages(LIAISON)[0]

    assert (message["text"], message["ts"]) == ("other words", ts)
    assert message["metadata"] == METADATA
    assert len(message["blocks"]) == 2
    assert message["edited"]["user"] == "U0ILOBOT"
    ilo.chat_update(channel=LIAISON, ts=ts, text="other words", blocks=[])
    assert slack.messages(LIAISON)[0]["blocks"] == []


def test_only_the_app_that_posted_may_change_or_delete(slack, ilo, iom, refusal):
    ts = post(ilo)["ts"]
    mine = slack.say("U0ILOCHEN", LIAISON, "mine")

    assert refusal(iom.chat_update, channel=LIAISON, ts=ts, text="x") == "cant_update_message"
    assert refusal(ilo.chat_update, channel=LIAISON, ts=mine, text="x") == "cant_update_message"
    assert refusal(iom.chat_delete, channel=LIAISON, ts=ts) == "cant_delete_message"
    assert refusal(ilo.chat_update, channel=LIAISON, ts="1.0", text="x") == "message_not_found"
    ilo.chat_delete(channel=LIAISON, ts=ts)
    assert refusal(ilo.chat_delete, channel=LIAISON, ts=ts) == "message_not_found"


def test_a_deleted_root_leaves_a_tombstone_over_its_replies(slack, ilo):
    ts = post(ilo)["ts"]
    reply = post(ilo, "reply", thread_ts=ts)["ts"]
    ilo.chat_delete(channel=LIAISON, ts=ts)

    assert [one.get("subtype") for one in slack.messages(LIAISON)] == ["tombstone", None]
    ilo.chat_delete(channel=LIAISON, ts=reply)
    assert slack.messages(LIAISON)[0]["reply_count"] == 0


def test_replies_are_in_the_thread_and_not_in_the_channel(ilo, refusal):
    root = post(ilo)["ts"]
    first = post(ilo, "first", thread_ts=root, metadata=METADATA)["ts"]
    post(ilo, "second", thread_ts=first)

    history = ilo.conversations_history(channel=LIAISON)["messages"]
    replies = ilo.conversations_replies(channel=LIAISON, ts=root, oldest=first, inclusive=True)["messages"]
    assert [(one["text"], one["reply_count"]) for one in history] == [("words", 2)]
    assert [one["text"] for one in replies] == ["words", "first", "second"]
    assert replies[1]["parent_user_id"] == "U0ILOBOT"
    assert refusal(ilo.conversations_replies, channel=LIAISON, ts="1.0") == "thread_not_found"


def test_history_is_paged_newest_first(ilo, refusal):
    stamps = [post(ilo, str(n))["ts"] for n in range(5)]
    first = ilo.conversations_history(channel=LIAISON, limit=2)
    second = ilo.conversations_history(
        channel=LIAISON, limit=3, cursor=first["response_metadata"]["next_cursor"]
    )

    assert [one["text"] for one in first["messages"]] == ["4", "3"]
    assert (first["has_more"], second["has_more"]) == (True, False)
    assert [one["text"] for one in second["messages"]] == ["2", "1", "0"]
    assert refusal(ilo.conversations_history, channel=LIAISON, limit=1000) == "invalid_limit"
    assert refusal(ilo.conversations_history, channel=LIAISON, cursor="x") == "invalid_cursor"
    assert refusal(ilo.conversations_history, channel=LIAISON, oldest="x") == "invalid_ts_oldest"
    between = {"channel": LIAISON, "oldest": stamps[1], "latest": stamps[3]}
    assert [one["text"] for one in ilo.conversations_history(**between)["messages"]] == ["2"]
    inside = ilo.conversations_history(**between, inclusive=True)["messages"]
    assert [one["text"] for one in inside] == ["3", "2", "1"]


def test_stamps_are_unique_and_rising_even_on_a_still_clock(ilo):
    stamps = [post(ilo, str(n))["ts"] for n in range(20)]

    assert stamps == sorted(set(stamps))


def test_an_ephemeral_is_for_a_member_of_the_channel(slack, ilo, refusal):
    ilo.chat_postEphemeral(channel=LIAISON, user="U0LABLANG", text="psst")

    assert [one["text"] for one in slack.ephemerals("U0LABLANG")] == ["psst"]
    absent = {"channel": "C0ILOCOMMS", "user": "U0IOMTANAKA", "text": "x"}
    assert refusal(ilo.chat_postEphemeral, **absent) == "user_not_in_channel"
    assert ilo.conversations_history(channel=LIAISON)["messages"] == []


def test_a_bot_writes_to_whom_it_shares_a_channel_with(slack, ilo, refusal):
    own = ilo.conversations_open(users="U0ILOCHEN")["channel"]["id"]
    foreign = ilo.conversations_open(users="U0IOMTANAKA", return_im=True)["channel"]

    assert own == slack.dm("U0ILOBOT", "U0ILOCHEN")
    assert (foreign["is_im"], foreign["user"]) == (True, "U0IOMTANAKA")
    assert post(ilo, channel="U0ILOCHEN")["channel"] == own
    slack.change_channel("C0LIAISON", members=("U0ILOBOT",))
    assert refusal(ilo.conversations_open, users="U0LABLANG") == "user_not_found"
    slack.change_person("U0ILOCHEN", deactivated=True)
    assert refusal(ilo.conversations_open, users="U0ILOCHEN") == "user_disabled"
    assert refusal(post, ilo, channel=own) == "is_archived"
    assert refusal(ilo.api_call, "conversations.open") == "users_list_not_supplied"


def test_a_permalink_leads_to_the_message_or_the_thread(ilo, refusal):
    ts = post(ilo)["ts"]
    reply = post(ilo, thread_ts=ts)["ts"]
    link = ilo.chat_getPermalink(channel=LIAISON, message_ts=ts)["permalink"]

    assert link == f"https://ilo-local.slack.com/archives/C0LIAISON/p{ts.replace('.', '')}"
    assert ts in ilo.chat_getPermalink(channel=LIAISON, message_ts=reply)["permalink"]
    assert refusal(ilo.chat_getPermalink, channel=LIAISON, message_ts="1.0") == "message_not_found"


def test_a_bot_reacts_once_with_one_emoji(slack, ilo, iom, refusal):
    where = {"channel": LIAISON, "timestamp": post(ilo)["ts"]}
    ilo.reactions_add(**where, name="eyes")
    iom.reactions_add(**where, name="eyes")

    assert slack.messages(LIAISON)[0]["reactions"][0]["users"] == ["U0ILOBOT", "U0IOMBOT"]
    assert refusal(ilo.reactions_add, **where, name="eyes") == "already_reacted"
    assert refusal(ilo.reactions_add, **where, name="No Name") == "invalid_name"
    assert refusal(ilo.reactions_add, channel=LIAISON, timestamp="1.0", name="eyes") == "message_not_found"
    ilo.reactions_remove(**where, name="eyes")
    assert refusal(ilo.reactions_remove, **where, name="eyes") == "no_reaction"
