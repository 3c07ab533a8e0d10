"""Modals in use: filled in, submitted, answered by the app, closed."""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.sandbox import forms, modals, payloads
from bot.sandbox.interactions import acting
from bot.sandbox.persistence import JSON
from bot.sandbox.state import OpenView, SlackError, State
from bot.sandbox.world import App

if TYPE_CHECKING:
    from bot.sandbox.slack import LocalSlack


class Submitted(StrEnum):
    """What came of a submitted modal."""

    CLOSED = "closed"
    """It is gone; one below it may be visible again."""
    ERRORS = "errors"
    """It stays open, with a sentence under some fields."""
    UPDATED = "updated"
    """Its contents were replaced, or another modal lies over it."""
    FAILED = "failed"
    """The app did not answer in time or not well; it stays open as it was typed."""


@dataclass(frozen=True)
class Result:
    """The outcome of a submission; `errors` by block id, `error` in Slack's words when it failed."""

    result: Submitted
    errors: dict[str, str] = field(default_factory=dict)
    error: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the app accepted what was typed."""
        return self.result in (Submitted.CLOSED, Submitted.UPDATED)


def fill(slack: "LocalSlack", view: OpenView, values: dict[str, Any]) -> None:
    """Type Python values into fields named by block or action id. Raises KeyError and ValueError."""
    for name, value in values.items():
        block, element = forms.find_field(view.body["blocks"], name)
        if element["type"] == "file_input":
            value = [_file(slack, view, one) for one in (value if isinstance(value, list) else [value])]
        entry = forms.entry_for(element, value)
        view.values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    slack.state.put_view(view)


def _file(slack: "LocalSlack", view: OpenView, value: Any) -> JSON:
    if isinstance(value, tuple):
        value = slack.upload(view.user, value[0], value[1])
    file_id = str(value["id"] if isinstance(value, dict) else value)
    given = {**slack.state.files[file_id], "given_to": view.app_id}
    slack.state.put_file(given)
    return given


def take_state(slack: "LocalSlack", view: OpenView, typed: JSON) -> None:
    """Keep what the page holds in its fields; files are looked up by their id."""
    for block_id, entries in typed.items():
        for entry in entries.values():
            if entry.get("type") == "file_input":
                entry["files"] = [_file(slack, view, one) for one in entry.get("files") or []]
        view.values.setdefault(block_id, {}).update(entries)
    slack.state.put_view(view)


def submit(slack: "LocalSlack", user: str) -> Result:
    """Submit the visible modal of a person as it is filled in. Raises LookupError when none is open."""
    state = slack.state
    with state.lock:
        person, view = acting(state, user), modals.top(state, user)
        if view is None:
            raise LookupError(f"{user} has no modal open")
        if not view.body.get("submit"):
            return Result(Submitted.FAILED, error="this modal has no submit button")
        blocks = view.body["blocks"]
        refused = forms.refusals(blocks, forms.state_values(blocks, view.values))
        if refused:
            return Result(Submitted.ERRORS, refused)
        app = state.apps[view.app_id]
        payload = payloads.submission(state, app, person, view)
        payload["trigger_id"] = modals.issue_trigger(state, app, user)
    receipt = slack.courier.interaction(app, payload)
    if receipt.failure:
        return Result(Submitted.FAILED, error=receipt.operation)
    try:
        with state.lock:
            return _follow(state, app, view, json.loads(receipt.body or "{}"))
    except SlackError as bad:
        return Result(Submitted.FAILED, error=": ".join(bad.args))
    except ValueError:
        return Result(Submitted.FAILED, error="invalid_response")


def _follow(state: State, app: App, view: OpenView, body: JSON) -> Result:
    action = body.get("response_action")
    if action == "errors":
        return _errors(view, body.get("errors"))
    if action == "update":
        modals.replace_view(state, view, modals.checked_view(state, app, body.get("view"), "modal", view.id))
        return Result(Submitted.UPDATED)
    if action == "push":
        modals.push_modal(state, app, view.user, modals.checked_view(state, app, body.get("view"), "modal"))
        return Result(Submitted.UPDATED)
    if action == "clear":
        modals.clear(state, view.user)
        return Result(Submitted.CLOSED)
    if body:
        raise SlackError("invalid_response", json.dumps(body)[:200])
    modals.close(state, view.user, view.id)
    return Result(Submitted.CLOSED)


def _errors(view: OpenView, errors: object) -> Result:
    known = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or set(errors) - known:
        raise SlackError("invalid_errors", f"errors must name input blocks of the view: {errors}")
    return Result(Submitted.ERRORS, {key: str(word) for key, word in errors.items()})


def close(slack: "LocalSlack", user: str) -> None:
    """A person closes the visible modal; the app hears of it if it asked to."""
    state = slack.state
    with state.lock:
        person, view = acting(state, user), modals.top(state, user)
        if view is None:
            return
        app, cleared = state.apps[view.app_id], bool(view.body.get("clear_on_close"))
        payload = payloads.closing(state, app, person, view, cleared)
        if cleared:
            modals.clear(state, user)
        else:
            modals.pop(state, user)
    if view.body.get("notify_on_close"):
        slack.courier.interaction(app, payload)
