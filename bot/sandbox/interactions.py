"""What people do in Slack, delivered to the app it concerns: commands, clicks, Home openings, words."""

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox import forms, messages, modals, payloads, responses
from bot.sandbox.blocks import elements_of
from bot.sandbox.persistence import JSON
from bot.sandbox.state import OpenView, SlackError, State
from bot.sandbox.world import App, Channel, Person

if TYPE_CHECKING:
    from bot.sandbox.slack import LocalSlack


@dataclass(frozen=True)
class Reply:
    """What a person sees after a command: the first answer's text and blocks, or Slack's error."""

    text: str = ""
    blocks: list[JSON] = field(default_factory=list)
    error: str | None = None
    said: list[JSON] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What came of a click; `said` are the ephemerals the person got meanwhile."""

    ok: bool
    error: str | None = None
    said: list[JSON] = field(default_factory=list)


@dataclass(frozen=True)
class Click:
    """One click: where, on what, and what is chosen; `typed` is the state the page holds."""

    action_id: str
    channel: str | None = None
    ts: str | None = None
    view_id: str | None = None
    block_id: str | None = None
    value: Any = None
    entry: JSON | None = None
    typed: JSON = field(default_factory=dict)


def acting(state: State, user: str) -> Person:
    """A person who can act; raises user_not_found or account_inactive."""
    if user not in state.people:
        raise SlackError("user_not_found")
    if state.people[user].deactivated:
        raise SlackError("account_inactive")
    return state.people[user]


def own_channel(state: State, person: Person, channel: str) -> Channel:
    """A channel the person is in; raises channel_not_found or is_archived."""
    found = state.channels.get(channel)
    if found is None or person.id not in found.members:
        raise SlackError("channel_not_found")
    if found.archived:
        raise SlackError("is_archived")
    return found


def heard(state: State, user: str, since: int) -> list[JSON]:
    """The ephemerals a person got after the `since`-th serial."""
    stamp = f"{since // 1_000_000}.{since % 1_000_000:06d}"
    return [one for one in state.ephemerals if one["to"] == user and one["ts"] > stamp]


def run_command(slack: "LocalSlack", user: str, channel: str, command: str, text: str) -> Reply:
    """A slash command; only the apps of the person's own workspace know any."""
    state = slack.state
    try:
        person = acting(state, user)
        room = own_channel(state, person, channel)
        app = _app_with(state, person, command)
    except SlackError as refused:
        return Reply(error=refused.error)
    since = state.serial()
    rest = {
        "command": command,
        "text": typed_text(state, text, person.team_id),
        "response_url": slack.response_url(responses.issue(state, app, user, room.id)),
        "trigger_id": modals.issue_trigger(state, app, user),
    }
    receipt = slack.courier.command(app, payloads.command(state, app, person, room, **rest))
    if receipt.failure:
        return Reply(error=f'{command} failed with the error "{receipt.operation}"')
    return _answered(state, app, room, user, command, receipt.body, since)


def _app_with(state: State, person: Person, command: str) -> App:
    for app in state.apps.values():
        known = [one.command for one in app.commands]
        if app.team_id == person.team_id and command in known and app.token not in state.revoked:
            return app
    raise SlackError(
        f"{command} is not a valid command. In Slack, all messages that start with "
        'the "/" character are interpreted as commands.'
    )


def _answered(state: State, app: App, room: Channel, user: str, command: str, text: str, since: int) -> Reply:
    body = _parsed(text)
    if body:
        try:
            with state.lock:
                fields = responses.content(state, body)
                responses.show(state, app, room.id, user, fields, body)
        except SlackError as refused:
            return Reply(error=f'{command} failed with the error "{refused.error}"')
    said = heard(state, user, since)
    first = body or (said[0] if said else {})
    return Reply(str(first.get("text") or ""), list(first.get("blocks") or []), None, said)


def _parsed(text: str) -> JSON:
    if not text.strip():
        return {}
    try:
        body = json.loads(text)
    except ValueError:
        return {"text": text}
    return body if isinstance(body, dict) else {"text": text}


def run_click(slack: "LocalSlack", user: str, click: Click) -> Outcome:
    """A click on a button, menu or picker, by anybody who sees it, of whatever organisation."""
    state = slack.state
    try:
        with state.lock:
            app, payload = _clicked(slack, acting(state, user), click)
    except (SlackError, ValueError) as refused:
        return Outcome(False, str(refused.args[0]))
    since = state.serial()
    receipt = slack.courier.interaction(app, payload)
    if slack.faults.deliver_twice:
        again = {**payload, "trigger_id": modals.issue_trigger(state, app, user)}
        slack.courier.interaction(app, again)
    said = heard(state, user, since)
    return Outcome(receipt.failure is None, receipt.operation if receipt.failure else None, said)


def _clicked(slack: "LocalSlack", person: Person, click: Click) -> tuple[App, JSON]:
    if click.view_id is not None:
        return _clicked_view(slack, person, click)
    state = slack.state
    room = own_channel(state, person, click.channel or "")
    message = messages.find(state, room.id, click.ts) or messages.find_ephemeral(state, person.id, click.ts)
    app = state.apps.get((message or {}).get("app_id", ""))
    if message is None or app is None:
        raise SlackError("message_not_found")
    blocks = message.get("blocks") or []
    block, element = _element(blocks, click)
    entry = _entry(element, click)
    typed = {**click.typed, block["block_id"]: {element["action_id"]: entry}} if entry else click.typed
    values = forms.state_values(blocks, typed)
    payload = payloads.message_click(state, app, person, room, message, values)
    url = slack.response_url(responses.issue(state, app, person.id, room.id, message))
    payload |= {"response_url": url, "actions": [_action(state, block, element, entry)]}
    return app, payload | {"trigger_id": modals.issue_trigger(state, app, person.id)}


def _clicked_view(slack: "LocalSlack", person: Person, click: Click) -> tuple[App, JSON]:
    state = slack.state
    view = state.views.get(click.view_id or "")
    if view is None or view.user != person.id:
        raise SlackError("view_not_found")
    app = state.apps[view.app_id]
    block, element = _element(view.body["blocks"], click)
    entry = _entry(element, click)
    _remember(state, view, click.typed)
    if entry and element["type"] in forms.STATE_KEYS:
        _remember(state, view, {block["block_id"]: {element["action_id"]: entry}})
    payload = payloads.view_click(state, app, person, view)
    payload["actions"] = [_action(state, block, element, entry)]
    return app, payload | {"trigger_id": modals.issue_trigger(state, app, person.id)}


def _remember(state: State, view: OpenView, typed: JSON) -> None:
    for block_id, entries in typed.items():
        view.values.setdefault(block_id, {}).update(entries)
    state.put_view(view)


def _element(blocks: list[JSON], click: Click) -> tuple[JSON, JSON]:
    found = [
        (block, element)
        for block, element in elements_of(blocks)
        if element.get("action_id") == click.action_id and click.block_id in (None, block["block_id"])
    ]
    for block, element in found:
        if element["type"] != "button" or click.value is None or click.value == element.get("value"):
            return block, element
    there = ", ".join(str(element.get("action_id")) for _, element in elements_of(blocks))
    raise SlackError(f"no action {click.action_id!r} here; there are: {there}")


def _entry(element: JSON, click: Click) -> JSON | None:
    if element["type"] == "button":
        return None
    if click.entry is not None:
        return {**click.entry, "type": element["type"]}
    if element["type"] == "overflow":
        chosen = [one for one in element["options"] if click.value in (one["value"], one["text"]["text"])]
        return {"type": "overflow", "selected_option": chosen[0]} if chosen else None
    return forms.entry_for(element, click.value)


def _action(state: State, block: JSON, element: JSON, entry: JSON | None) -> JSON:
    kept = ("action_id", "type", "text", "value", "style", "placeholder")
    action = {key: element[key] for key in kept if key in element}
    return action | (entry or {}) | {"block_id": block["block_id"], "action_ts": state.next_ts()}


def run_home(slack: "LocalSlack", user: str) -> JSON | None:
    """A person opens the Home of their own workspace's app; returns it as it is afterwards."""
    state = slack.state
    person = acting(state, user)
    app = slack.app_of(person.team_id)
    if app is None:
        return None
    channel = slack.dm(app.bot_user, user)
    event: JSON = {"type": "app_home_opened", "user": user, "channel": channel, "tab": "home"}
    event["event_ts"] = state.next_ts()
    known = slack.home(user)
    if known:
        event["view"] = known
    slack.deliver_event(app, event)
    return slack.home(user)


def run_say(slack: "LocalSlack", user: str, channel: str, text: str, thread_ts: str | None) -> JSON:
    """A person writes; every app in the channel hears of it. Raises SlackError."""
    state = slack.state
    with state.lock:
        person = acting(state, user)
        room = own_channel(state, person, channel)
        fields = {"user": user, "team": person.team_id, "text": typed_text(state, text, person.team_id)}
        message = messages.add(state, room.id, fields, thread_ts)
    slack.deliver_message(message)
    return messages.shown(message, True)


def typed_text(state: State, text: str, team_id: str) -> str:
    """What a person typed as Slack stores it: escaped, names turned into mentions, the own bot's too."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    names = {f"@{person.name}": f"<@{person.id}>" for person in state.people.values()}
    names |= {
        f"#{channel.name}": f"<#{channel.id}|{channel.name}>"
        for channel in state.channels.values()
        if channel.name
    }
    names |= {f"@{app.name}": f"<@{app.bot_user}>" for app in state.apps.values() if app.team_id == team_id}
    if not any(name in safe for name in names):
        return safe
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(pattern, lambda found: names[found[0]], safe)
