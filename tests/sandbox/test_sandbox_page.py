"""The JSON the page lives on, and what a restart remembers."""

import json
import threading
from datetime import UTC, date, datetime
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from echo import card, field, form

from bot.clock import MovableClock
from bot.sandbox.seed import ilo_iom
from bot.sandbox.slack import LocalSlack

CHEN, TANAKA = "U0ILOCHEN", "U0IOMTANAKA"


@pytest.fixture
def page(slack):
    """GET without a body, POST with one."""

    def call(path, body=None, kind="application/json"):
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        with urlopen(Request(f"{slack.base_url}/_local/{path}", data, {"Content-Type": kind})) as answer:
            return json.loads(answer.read())

    return call


def test_the_world_names_everybody_and_the_day(slack, page):
    slack.next_due = lambda: ("General review", date(2027, 10, 23))
    world = page("world")

    assert (world["today"], world["day"]) == ("2026-11-22", "Sunday 22 November 2026")
    assert [team["name"] for team in world["workspaces"]] == ["ILO", "IOM", "World Labour Observatory"]
    assert world["names"][CHEN] == "Mei Chen"
    assert world["next_due"] == {"label": "General review", "date": "2027-10-23"}
    assert {"command", "description", "usage_hint", "subcommands"} == set(world["apps"][0]["commands"][0])


def test_the_side_bar_counts_what_is_unread(slack, page, ilo):
    ilo.chat_postMessage(channel="C0LIAISON", text="one")
    ilo.chat_postEphemeral(channel="C0LIAISON", user=CHEN, text="two")
    before = {one["name"]: one for one in page(f"me/{CHEN}")["channels"]}
    page("read", {"user": CHEN, "channel": "C0LIAISON"})
    slack.say(CHEN, "C0LIAISON", "my own")
    after = {one["name"]: one["unread"] for one in page(f"me/{CHEN}")["channels"]}

    assert before["ilo-iom-liaison"]["unread"] == 2
    assert before["ilo-iom-liaison"]["shared"] == ["T0ILO", "T0IOM", "T0WORLDLAB"]
    assert before["Comity"]["kind"] == "dm"
    assert after["ilo-iom-liaison"] == 0


def test_messages_come_with_names_days_and_ephemerals_in_their_order(slack, page, ilo):
    root = ilo.chat_postMessage(channel="C0LIAISON", text="root", blocks=card())["ts"]
    ilo.chat_postEphemeral(channel="C0LIAISON", user=CHEN, text="psst")
    slack.say(TANAKA, "C0LIAISON", "reply", thread_ts=root)
    mine = page(f"messages/C0LIAISON?user={CHEN}")["messages"]
    thread = page(f"messages/C0LIAISON?user={CHEN}&thread={root}")["messages"]

    assert [(one["text"], one["ephemeral"]) for one in mine] == [("root", False), ("psst", True)]
    assert (mine[0]["username"], mine[0]["team_name"], mine[0]["reply_count"]) == ("Comity", "ILO", 1)
    assert (mine[0]["day"], mine[0]["time"]) == ("Sunday 22 November 2026", "09:00")
    assert [(one["username"], one["avatar"]) for one in thread] == [("Comity", "C"), ("Yuki Tanaka", "YT")]
    assert page(f"messages/C0ILOCOMMS?user={TANAKA}")["messages"] == []


def test_a_file_is_downloaded_from_its_message(slack, page, ilo):
    ilo.files_upload_v2(channel="C0LIAISON", content=b"hello", filename="a.txt")
    file = page(f"messages/C0LIAISON?user={TANAKA}")["messages"][0]["files"][0]

    assert (file["name"], file["size"]) == ("a.txt", 5)
    with urlopen(slack.base_url + file["url"]) as answer:
        assert answer.read() == b"hello"


@pytest.mark.usefixtures("echo")
def test_a_person_writes_commands_and_clicks(page, ilo):
    command = {"user": CHEN, "channel": "C0LIAISON", "command": "/emblem", "text": "hello"}
    assert page("command", command) == {"reply": {"text": "you said hello", "blocks": []}, "error": None}
    assert page("command", {**command, "command": "/none"})["reply"] is None
    assert page("message", {"user": CHEN, "channel": "C0LIAISON", "text": "hi"})["ts"]

    ts = ilo.chat_postMessage(channel="C0LIAISON", text="x", blocks=card())["ts"]
    place = {"type": "message", "channel": "C0LIAISON", "ts": ts}
    click = {"user": TANAKA, "container": place, "action_id": "approve", "block_id": "deed"}
    assert page("action", {**click, "value": "yes"}) == {"ok": True, "error": None}
    assert page("action", {**click, "user": "U0IOMBOT"})["error"] == "user_not_found"


def test_a_modal_is_filled_and_submitted_from_the_page(slack, page, echo):
    mockup = field("mockup", type="file_input")
    echo.then = lambda body, _, client: client.views_open(
        trigger_id=body["trigger_id"], view=form(field("a"), mockup)
    )
    slack.command(CHEN, "C0LIAISON", "/emblem")
    echo.then = None
    shown = page(f"modal/{CHEN}")
    picture = page(f"upload?user={CHEN}&name=a.png", b"picture", "image/png")
    state = {
        "a": {"a_entry": {"type": "plain_text_input", "value": "A poster"}},
        "mockup": {"mockup_entry": {"type": "file_input", "files": [{"id": picture["id"]}]}},
    }
    empty = page(f"modal/{CHEN}/submit", {"view_id": shown["view"]["id"], "state": {}})
    sent = page(f"modal/{CHEN}/submit", {"view_id": shown["view"]["id"], "state": state})

    assert (shown["depth"], set(empty["errors"]), sent["result"]) == (1, {"a", "mockup"}, "closed")
    held = echo.seen[-1]["view"]["state"]["values"]["mockup"]["mockup_entry"]["files"]
    assert [one["name"] for one in held] == ["a.png"]
    assert page(f"modal/{CHEN}") == {"view": None, "depth": 0}
    assert page(f"modal/{CHEN}/close", {}) == {"ok": True}


def test_a_file_may_come_as_a_form_part(slack, page):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\x00\xffdata\r\n--x--\r\n"
    )
    sent = page(f"upload?user={CHEN}", body, "multipart/form-data; boundary=x")

    assert slack.contents(sent["id"]) == b"\x00\xffdata"
    assert sent["name"] == "a.bin"


def test_the_home_is_opened_from_the_page(page, echo):
    home = {"type": "home", "blocks": card()}
    echo.on_event = lambda body, client: client.views_publish(user_id=body["event"]["user"], view=home)

    assert page(f"home/{CHEN}") == {"view": None}
    assert page(f"home/{CHEN}/open", {})["view"]["type"] == "home"


@pytest.mark.parametrize(
    ("wanted", "today"),
    [
        ({"days": 1}, "2026-11-23"),
        ({"months": 1}, "2026-12-22"),
        ({"to": "2027-01-31"}, "2027-01-31"),
        ({"next": True}, "2027-02-03"),
        ({"to": "2020-01-01"}, "2026-11-22"),
        ({}, "2026-11-22"),
    ],
)
def test_the_clock_goes_forward_only(slack, page, wanted, today):
    slack.next_due = lambda: ("Prompt", date(2027, 2, 3))

    assert page("clock", wanted) == {"today": today}


def test_a_moved_clock_is_told_to_whoever_asked(slack, page):
    told = []
    slack.on_clock = told.append
    page("clock", {"days": 1})

    assert told == [datetime(2026, 11, 23, 8, tzinfo=UTC)]


def test_faults_are_switched_from_the_page(slack, page):
    assert page("faults", {"lost_answer": 0.5})["lost_answer"] == 0.5
    assert slack.faults.lost_answer == 0.5
    with pytest.raises(HTTPError, match="400"):
        page("faults", {"nonsense": 1})


@pytest.mark.parametrize("path", ["me/U0NOBODY", "messages/C0NONE?user=U0ILOCHEN", "home/U0NOBODY"])
def test_what_is_not_there_is_a_plain_refusal(page, path):
    with pytest.raises(HTTPError, match="400"):
        page(path)


def test_the_poll_returns_when_something_changes(slack, page):
    version = page("poll")["version"]
    threading.Timer(0.15, lambda: slack.say(CHEN, "C0LIAISON", "hi")).start()

    assert page(f"poll?since={version}")["version"] > version


def test_the_page_itself_is_served(slack):
    with urlopen(f"{slack.base_url}/") as answer:
        assert b"<html" in answer.read()
    with urlopen(f"{slack.base_url}/_page/page.css") as answer:
        assert answer.status == 200


def test_a_restart_shows_the_same_channels(tmp_path):
    clock = MovableClock(datetime(2027, 1, 4, 8, tzinfo=UTC))
    first = LocalSlack(ilo_iom(), clock, tmp_path / "slack.sqlite")
    stamp = first.say(CHEN, "C0LIAISON", "hi")
    dm = first.dm("T0ILO", CHEN)
    file = first.upload(CHEN, "a.txt", b"hello")
    first.state.put_read(CHEN, "C0LIAISON")
    second = LocalSlack(
        ilo_iom(), MovableClock(datetime(2026, 11, 22, 8, tzinfo=UTC)), tmp_path / "slack.sqlite"
    )

    assert [one["text"] for one in second.messages("C0LIAISON")] == ["hi"]
    assert (dm in second.state.channels, second.contents(file["id"])) == (True, b"hello")
    assert second.state.reads == first.state.reads
    assert second.state.remembered_now().date() == date(2027, 1, 4)
    assert second.say(CHEN, "C0LIAISON", "again") > stamp
    first.close()
    second.close()
