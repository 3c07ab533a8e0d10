"""Knocking by hand: requests that no Slack client would send, signed as whoever holds a secret could."""

import json
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.signature import SignatureVerifier
from sqlmodel import SQLModel

from bot.sandbox.delivery import FORM, Receipt, form_body
from bot.sandbox.responses import issue
from bot.sandbox.world import App
from tests.office import Office

PATH = "/slack/ilo/events"


def app_of(office: Office, party: str) -> App:
    return next(app for app in office.slack.state.apps.values() if app.path == f"/slack/{party}/events")


def post(office: Office, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """One request as it is, without any signature that `headers` do not have."""
    address = urlsplit(office.servers.bot.url)
    with closing(HTTPConnection(address.hostname or "", address.port, timeout=30)) as line:
        line.request("POST", path, body, headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()


def signature(office: Office, body: bytes, secret: str, late: float = 0, kind: str = FORM) -> dict[str, str]:
    """The headers of a body signed with `secret`, `late` seconds ago."""
    stamp = str(int(office.slack.courier.real.now().timestamp() - late))
    signed = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signed}


def command(office: Office, name: str, words: str, **changes: str) -> bytes:
    """The body of a slash command."""
    typed, _, text = words.partition(" ")
    who = office.who(name)
    fields = {"command": typed, "text": text, "team_id": who.team_id, "user_id": who.user_id}
    return form_body({**fields, "channel_id": "C0LIAISON", "trigger_id": "none", **changes})


def put(office: Office, row: SQLModel) -> None:
    """Write a row past every rule but the database's own."""
    with office.database.writing() as session:
        session.add(row)
        session.flush()


def interaction(payload: dict[str, Any]) -> bytes:
    return form_body({"payload": json.dumps(payload)})


def user(office: Office, name: str) -> dict[str, str]:
    who = office.who(name)
    return {"id": who.user_id, "team_id": who.team_id}


def pressed(
    office: Office, party: str, who: dict[str, str], action: str, value: Any, **changes: Any
) -> Receipt:
    """A press of a button that was perhaps never shown, brought by the app of `party`."""
    app = app_of(office, party)
    answer = issue(office.slack.state, app, who["id"], "C0LIAISON")
    pushed = {"type": "button", "action_id": action, "block_id": "b", "value": value}
    payload = {
        "type": "block_actions",
        "user": who,
        "team": {"id": who["team_id"]},
        "trigger_id": "none",
        "response_url": office.slack.response_url(answer),
        "actions": [pushed],
    }
    return office.slack.courier.interaction(app, {**payload, **changes})


def sent(
    office: Office,
    party: str,
    who: dict[str, str],
    form: str,
    private: str,
    values: dict[str, Any],
    view_id: str = "V0FORGED",
) -> Receipt:
    """A form that was perhaps never opened, sent in through the app of `party`."""
    state = {name: {name: {"type": "plain_text_input", "value": text}} for name, text in values.items()}
    state |= {name: {name: known} for name, known in values.items() if isinstance(known, dict)}
    view = {
        "id": view_id,
        "hash": "1.a",
        "type": "modal",
        "callback_id": form,
        "private_metadata": private,
        "state": {"values": state},
        "blocks": [{"type": "input", "block_id": name} for name in values],
    }
    payload = {"type": "view_submission", "user": who, "team": {"id": who["team_id"]}, "view": view}
    return office.slack.courier.interaction(app_of(office, party), payload)
