"""Channels: what is there, who is in it, and what was said."""

from dataclasses import replace

from bot.sandbox import messages
from bot.sandbox.persistence import JSON
from bot.sandbox.rooms import channel_json, open_dm, room
from bot.sandbox.state import SlackError
from bot.sandbox.web_api import Request, method, page
from bot.sandbox.world import Channel

READ = ("channels:read", "groups:read", "im:read")
HISTORY = ("channels:history", "groups:history", "im:history")


@method("conversations.info", "channel", scopes=READ)
def info(request: Request) -> JSON:
    """One channel."""
    channel = room(request.state, request.app, request.word("channel"))
    return {"channel": channel_json(request.state, request.app, channel, request.flag("include_num_members"))}


def _kind(channel: Channel) -> str:
    if channel.dm:
        return "im"
    return "private_channel" if channel.private else "public_channel"


def _listed(request: Request, own: bool) -> JSON:
    kinds = (request.word("types") or "public_channel").replace(" ", "").split(",")
    if set(kinds) - {"public_channel", "private_channel", "im", "mpim"}:
        raise SlackError("invalid_types")
    app, found = request.app, []
    for channel in request.state.channels.values():
        member = app.bot_user in channel.members
        visible = app.team_id in channel.teams and (member or not (own or channel.private or channel.dm))
        hidden = channel.archived and request.flag("exclude_archived")
        if visible and not hidden and _kind(channel) in kinds:
            found.append(channel_json(request.state, app, channel, members=not own))
    listed, cursor = page(found, request)
    return {"channels": listed, "response_metadata": {"next_cursor": cursor}}


@method("conversations.list", scopes=READ)
def list_all(request: Request) -> JSON:
    """The channels of the app's workspace, shared ones included."""
    return _listed(request, own=False)


@method("users.conversations", scopes=READ)
def list_own(request: Request) -> JSON:
    """The channels the bot is a member of."""
    return _listed(request, own=True)


@method("conversations.members", "channel", scopes=READ)
def members(request: Request) -> JSON:
    """The members, those of other organisations too."""
    channel = room(request.state, request.app, request.word("channel"))
    listed, cursor = page([{"id": member} for member in channel.members], request)
    return {"members": [one["id"] for one in listed], "response_metadata": {"next_cursor": cursor}}


@method("conversations.open", scopes=("im:write",))
def open_conversation(request: Request) -> JSON:
    """The direct conversation with one person."""
    users = request.word("users")
    if request.word("channel"):
        channel = room(request.state, request.app, request.word("channel"))
    elif not users or "," in users:
        raise SlackError("users_list_not_supplied" if not users else "not_enough_users")
    else:
        channel = open_dm(request.state, request.app, users)
    body = channel_json(request.state, request.app, channel)
    return {"channel": body if request.flag("return_im") else {"id": channel.id}}


@method("conversations.join", "channel", scopes=("channels:join",))
def join(request: Request) -> JSON:
    """Enter a public channel."""
    channel = room(request.state, request.app, request.word("channel"))
    if channel.private or channel.dm:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if request.app.bot_user not in channel.members:
        channel = replace(channel, members=(*channel.members, request.app.bot_user))
        request.state.put_channel(channel)
    return {"channel": channel_json(request.state, request.app, channel)}


def _readable(request: Request) -> Channel:
    channel = room(request.state, request.app, request.word("channel"))
    if request.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _stamp(request: Request, name: str, default: float) -> float:
    try:
        return float(request.word(name) or default)
    except ValueError as error:
        raise SlackError(f"invalid_ts_{name}") from error


def _between(request: Request, found: list[JSON]) -> list[JSON]:
    oldest, latest = _stamp(request, "oldest", 0.0), _stamp(request, "latest", float("inf"))
    if request.flag("inclusive"):
        return [one for one in found if oldest <= float(one["ts"]) <= latest]
    return [one for one in found if oldest < float(one["ts"]) < latest]


def _told(request: Request, found: list[JSON]) -> JSON:
    listed, cursor = page(found, request, most=999)
    whole = request.flag("include_all_metadata")
    body: JSON = {"messages": [messages.shown(one, whole) for one in listed], "has_more": bool(cursor)}
    if cursor:
        body["response_metadata"] = {"next_cursor": cursor}
    return body


@method("conversations.history", "channel", scopes=HISTORY)
def history(request: Request) -> JSON:
    """What was said in the channel itself, newest first."""
    channel = _readable(request)
    found = _between(request, messages.roots(request.state, channel.id))
    return {**_told(request, found[::-1]), "pin_count": 0}


@method("conversations.replies", "channel", "ts", scopes=HISTORY)
def replies(request: Request) -> JSON:
    """A thread, its root first whatever the bounds."""
    channel, ts = _readable(request), request.word("ts")
    found = messages.find(request.state, channel.id, ts)
    if found is None:
        raise SlackError("thread_not_found")
    root, *rest = messages.thread(request.state, channel.id, found.get("thread_ts", ts))
    return _told(request, [root, *_between(request, rest)])
