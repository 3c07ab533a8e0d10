"""Modals and Home views."""

from bot.sandbox import modals
from bot.sandbox.persistence import JSON
from bot.sandbox.state import OpenView, SlackError
from bot.sandbox.web_api import Request, method


def _answer(request: Request, view: OpenView) -> JSON:
    return {"view": modals.view_json(request.state, view)}


@method("views.open", "trigger_id", "view")
def open_view(request: Request) -> JSON:
    """Open a modal for the person whose interaction gave the trigger."""
    body = modals.checked_view(request.state, request.app, request.args["view"], "modal")
    user = modals.spend_trigger(request.state, request.app, request.word("trigger_id"))
    return _answer(request, modals.open_modal(request.state, request.app, user, body))


@method("views.push", "trigger_id", "view")
def push(request: Request) -> JSON:
    """Put a modal over the open one."""
    body = modals.checked_view(request.state, request.app, request.args["view"], "modal")
    user = modals.spend_trigger(request.state, request.app, request.word("trigger_id"))
    return _answer(request, modals.push_modal(request.state, request.app, user, body))


def _wanted(request: Request) -> OpenView:
    view_id, external = request.word("view_id"), request.word("external_id")
    if not view_id and not external:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: view_id")
    for view in request.state.views.values():
        named = view.id == view_id or (external and view.body.get("external_id") == external)
        if named and view.app_id == request.app.id:
            return view
    raise SlackError("not_found")


def _same_hash(request: Request, view: OpenView | None) -> None:
    if request.word("hash") and (view is None or view.hash != request.word("hash")):
        raise SlackError("hash_conflict")


@method("views.update", "view")
def update(request: Request) -> JSON:
    """Other contents for an open view of this app."""
    view = _wanted(request)
    kind = view.body["type"]
    body = modals.checked_view(request.state, request.app, request.args["view"], kind, own=view.id)
    _same_hash(request, view)
    return _answer(request, modals.replace_view(request.state, view, body))


@method("views.publish", "user_id", "view")
def publish(request: Request) -> JSON:
    """The Home of a member of the app's own workspace."""
    state, user = request.state, request.word("user_id")
    if user not in state.people or state.people[user].team_id != request.app.team_id:
        raise SlackError("invalid_arguments", "[ERROR] user_id is not a member of this workspace")
    known = state.homes.get((request.app.id, user))
    _same_hash(request, state.views[known] if known else None)
    body = modals.checked_view(state, request.app, request.args["view"], "home", own=known)
    return _answer(request, modals.publish_home(state, request.app, user, body))
