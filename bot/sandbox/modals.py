"""Triggers, modals in a stack of three, and Home views."""

import copy
import json

from bot.sandbox.blocks import VIEW_BYTES, fill_ids, view_problems
from bot.sandbox.forms import state_values
from bot.sandbox.persistence import JSON
from bot.sandbox.state import OpenView, SlackError, State, Trigger
from bot.sandbox.world import App

DEEPEST = 3


def issue_trigger(state: State, app: App, user: str) -> str:
    """A new trigger id for one interaction."""
    trigger = f"{state.serial()}.{app.team_id[1:]}.{app.id.lower()}"
    state.triggers[trigger] = Trigger(app.id, user, state.real.now())
    return trigger


def spend_trigger(state: State, app: App, trigger_id: str) -> str:
    """Use a trigger up; returns the person it came from. Raises Slack's three words for a bad one."""
    trigger = state.triggers.get(trigger_id)
    if trigger is None or trigger.app_id != app.id:
        raise SlackError("invalid_trigger_id")
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if state.real.now() - trigger.issued > state.trigger_life:
        raise SlackError("expired_trigger_id")
    trigger.used = True
    return trigger.user


def checked_view(state: State, app: App, view: object, kind: str, own: str | None = None) -> JSON:
    """A view as it is stored; raises invalid_arguments, view_too_large or duplicate_external_id."""
    problems = view_problems(view, kind)
    if problems or not isinstance(view, dict):
        raise SlackError("invalid_arguments", *problems)
    if len(json.dumps(view)) > VIEW_BYTES:
        raise SlackError("view_too_large")
    wanted = view.get("external_id")
    if wanted and any(v.id != own and _external(state, app, v, wanted) for v in state.views.values()):
        raise SlackError("duplicate_external_id")
    body = copy.deepcopy(view)
    fill_ids(body["blocks"], lambda: state.next_id("")[-6:])
    return body


def _external(state: State, app: App, view: OpenView, external_id: str) -> bool:
    same_team = state.apps[view.app_id].team_id == app.team_id
    return same_team and view.body.get("external_id") == external_id


def open_modal(state: State, app: App, user: str, body: JSON) -> OpenView:
    """Show a modal; one that was open before is gone."""
    for old in state.stacks.get(user, []):
        state.drop_view(old)
    view = _new(state, app, user, body)
    state.put_view(view)
    state.put_stack(user, [view.id])
    return view


def push_modal(state: State, app: App, user: str, body: JSON) -> OpenView:
    """Put a modal over the open one; raises push_limit_reached at the fourth."""
    stack = state.stacks.get(user, [])
    if not stack or state.views[stack[-1]].app_id != app.id:
        raise SlackError("invalid_trigger_id")
    if len(stack) >= DEEPEST:
        raise SlackError("push_limit_reached")
    view = _new(state, app, user, body)
    view.root, view.previous = stack[0], stack[-1]
    state.put_view(view)
    state.put_stack(user, [*stack, view.id])
    return view


def _new(state: State, app: App, user: str, body: JSON) -> OpenView:
    view_id = state.next_id("V")
    return OpenView(view_id, app.id, user, body, _hash(state), view_id)


def _hash(state: State) -> str:
    return state.next_ts()


def replace_view(state: State, view: OpenView, body: JSON) -> OpenView:
    """Other contents; what was typed stays where block and action ids stay. The hash changes."""
    view.body, view.hash = body, _hash(state)
    state.put_view(view)
    return view


def publish_home(state: State, app: App, user: str, body: JSON) -> OpenView:
    """The Home of an app for one person, new or replaced."""
    known = state.homes.get((app.id, user))
    if known is not None:
        return replace_view(state, state.views[known], body)
    view = _new(state, app, user, body)
    state.put_view(view)
    state.put_home(app, user, view.id)
    return view


def top(state: State, user: str) -> OpenView | None:
    """The modal a person sees."""
    stack = state.stacks.get(user, [])
    return state.views[stack[-1]] if stack else None


def pop(state: State, user: str) -> OpenView | None:
    """Close the visible modal; the one below comes back."""
    stack = state.stacks.get(user, [])
    if stack:
        state.drop_view(stack[-1])
        state.put_stack(user, stack[:-1])
    return top(state, user)


def close(state: State, user: str, view_id: str) -> None:
    """Take one modal away wherever it stands in the stack."""
    if view_id in state.stacks.get(user, []):
        state.put_stack(user, [one for one in state.stacks[user] if one != view_id])
        state.drop_view(view_id)


def clear(state: State, user: str) -> None:
    """Close all modals of a person."""
    while state.stacks.get(user):
        pop(state, user)


def view_json(state: State, view: OpenView) -> JSON:
    """A view as apps receive it. `team_id` is the side of the person; the installation is named apart."""
    app, body = state.apps[view.app_id], view.body
    shown: JSON = {
        "id": view.id,
        "team_id": state.people[view.user].team_id,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "external_id": body.get("external_id", ""),
        "state": {"values": state_values(body["blocks"], view.values)},
        "hash": view.hash,
        "title": body.get("title", {"type": "plain_text", "text": "View Title"}),
        "submit": body.get("submit"),
        "close": body.get("close"),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "submit_disabled": body.get("submit_disabled", False),
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "app_id": app.id,
        "app_installed_team_id": app.team_id,
        "bot_id": app.bot_id,
    }
    return copy.deepcopy(shown)
