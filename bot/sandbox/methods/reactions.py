"""Reactions under messages."""

import re

from bot.sandbox import messages
from bot.sandbox.persistence import JSON
from bot.sandbox.rooms import room
from bot.sandbox.state import SlackError
from bot.sandbox.web_api import Request, method

WRITE = ("reactions:write",)


def _message(request: Request) -> JSON:
    channel = room(request.state, request.app, request.word("channel"))
    message = messages.find(request.state, channel.id, request.word("timestamp"))
    if message is None:
        raise SlackError("message_not_found")
    if not re.fullmatch(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?", request.word("name")):
        raise SlackError("invalid_name")
    return message


@method("reactions.add", "channel", "timestamp", "name", scopes=WRITE)
def add(request: Request) -> JSON:
    """React once with one emoji."""
    message, name, user = _message(request), request.word("name"), request.app.bot_user
    reactions: list[JSON] = message.setdefault("reactions", [])
    found = next((one for one in reactions if one["name"] == name), None)
    if found is None:
        found = {"name": name, "users": [], "count": 0}
        reactions.append(found)
    if user in found["users"]:
        raise SlackError("already_reacted")
    found["users"].append(user)
    found["count"] = len(found["users"])
    request.state.put_message(message)
    return {}


@method("reactions.remove", "channel", "timestamp", "name", scopes=WRITE)
def remove(request: Request) -> JSON:
    """Take an own reaction back."""
    message, name, user = _message(request), request.word("name"), request.app.bot_user
    found = next((one for one in message.get("reactions", []) if one["name"] == name), None)
    if found is None or user not in found["users"]:
        raise SlackError("no_reaction")
    found["users"].remove(user)
    found["count"] = len(found["users"])
    message["reactions"] = [one for one in message["reactions"] if one["users"]]
    request.state.put_message(message)
    return {}
