"""The payloads Slack sends, with the organisation of each side where Slack Connect puts it."""

from typing import Any

from bot.sandbox import messages
from bot.sandbox.modals import view_json
from bot.sandbox.persistence import JSON
from bot.sandbox.state import OpenView, State
from bot.sandbox.world import App, Channel, Person


def team(state: State, team_id: str) -> JSON:
    """A workspace as payloads name it."""
    return {"id": team_id, "domain": state.workspaces[team_id].domain}


def actor(person: Person) -> JSON:
    """The acting person; `team_id` is their own organisation."""
    return {"id": person.id, "username": person.handle, "name": person.handle, "team_id": person.team_id}


def channel_name(channel: Channel) -> str:
    """The name payloads give a channel."""
    return "directmessage" if channel.dm else channel.name


def command(state: State, app: App, person: Person, channel: Channel, **rest: str) -> JSON:
    """A slash command: person and installation are of one workspace by nature."""
    return {
        "token": "local-verification-token",
        "team_id": person.team_id,
        "team_domain": state.workspaces[person.team_id].domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.handle,
        "api_app_id": app.id,
        "is_enterprise_install": "false",
        **rest,
    }


def _interaction(state: State, app: App, person: Person, kind: str, team_id: str) -> JSON:
    return {
        "type": kind,
        "user": actor(person),
        "api_app_id": app.id,
        "token": "local-verification-token",
        "team": team(state, team_id),
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_click(
    state: State, app: App, person: Person, channel: Channel, message: JSON, values: JSON
) -> JSON:
    """A click in a message: `team` is the app's workspace, `user.team_id` the person's own."""
    container: JSON = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel.id,
        "is_ephemeral": bool(message.get("is_ephemeral")),
    }
    if "thread_ts" in message:
        container["thread_ts"] = message["thread_ts"]
    payload = _interaction(state, app, person, "block_actions", app.team_id)
    payload |= {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": values},
    }
    if not message.get("is_ephemeral"):
        payload["message"] = messages.shown(message, True)
    return payload


def view_click(state: State, app: App, person: Person, view: OpenView) -> JSON:
    """A click in a modal or Home: `team` is the side of the person."""
    payload = _interaction(state, app, person, "block_actions", person.team_id)
    payload["container"] = {"type": "view", "view_id": view.id}
    payload["view"] = view_json(state, view)
    return payload


def submission(state: State, app: App, person: Person, view: OpenView) -> JSON:
    """A submitted modal."""
    payload = _interaction(state, app, person, "view_submission", person.team_id)
    return payload | {"view": view_json(state, view), "response_urls": []}


def closing(state: State, app: App, person: Person, view: OpenView, cleared: bool) -> JSON:
    """A modal closed without submitting."""
    payload = _interaction(state, app, person, "view_closed", person.team_id)
    return payload | {"view": view_json(state, view), "is_cleared": cleared}


def envelope(state: State, app: App, event: JSON, shared: bool = False) -> JSON:
    """The outside of an event, for one installation."""
    return {
        "token": "local-verification-token",
        "team_id": app.team_id,
        "context_team_id": app.team_id,
        "context_enterprise_id": None,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": state.next_id("Ev"),
        "event_time": int(state.clock.now().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": app.team_id,
                "user_id": app.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": state.next_id("4-"),
    }


def message_event(channel: Channel, message: JSON) -> JSON:
    """A message as an event; its metadata is stripped, since the manifest does not subscribe to it."""
    kind = "im" if channel.dm else "group" if channel.private else "channel"
    event: dict[str, Any] = messages.shown(message, True)
    event.pop("metadata", None)
    team_id = message.get("team")
    return event | {
        "channel": channel.id,
        "channel_type": kind,
        "event_ts": message["ts"],
        "user_team": team_id,
        "source_team": team_id,
    }
