"""Messages, threads and ephemerals: how they are made, changed, found and shown to an app."""

import copy
import json
from typing import Any

from bot.sandbox.blocks import MOST_TEXT, fill_ids, message_problems, text_size
from bot.sandbox.persistence import JSON
from bot.sandbox.state import SlackError, State
from bot.sandbox.world import App

MOST_CHARACTERS = 40_000
METADATA_BYTES = 16_000


def checked_blocks(state: State, blocks: object) -> list[JSON]:
    """Blocks as they are stored, with ids; raises invalid_blocks or msg_blocks_too_long."""
    problems = message_problems(blocks)
    if problems:
        raise SlackError("invalid_blocks", *problems, errors=list(problems))
    if text_size(blocks) > MOST_TEXT:
        raise SlackError("msg_blocks_too_long")
    return fill_ids(copy.deepcopy(list(blocks)), lambda: state.next_id("")[-6:])  # type: ignore[call-overload]


def checked_text(text: object) -> str:
    """The notification text; blocks alone say nothing to a screen reader, so it is always required."""
    if not isinstance(text, str) or not text.strip():
        raise SlackError("no_text")
    if len(text) > MOST_CHARACTERS:
        raise SlackError("msg_too_long")
    return text


def checked_metadata(metadata: object) -> JSON:
    """Message metadata: an event type and a payload."""
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(kind, str) or not kind or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_format")
    if set(metadata) - {"event_type", "event_payload", "entities"}:
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return copy.deepcopy(metadata)


def bot_fields(app: App) -> JSON:
    """What marks a message as this app's."""
    return {
        "user": app.bot_user,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "team": app.team_id,
        "bot_profile": {
            "id": app.bot_id,
            "app_id": app.id,
            "user_id": app.bot_user,
            "name": app.name,
            "team_id": app.team_id,
            "deleted": False,
        },
    }


def find(state: State, channel: str, ts: object) -> JSON | None:
    """The message of a channel with this ts."""
    return state.messages.get(channel, {}).get(str(ts))


def add(state: State, channel: str, fields: JSON, thread_ts: str | None = None) -> JSON:
    """Store a new message; raises invalid_thread_ts when the thread's root does not exist."""
    message: JSON = {"type": "message", "channel": channel, "ts": state.next_ts(), **fields}
    if thread_ts is not None:
        root = find(state, channel, thread_ts)
        if root is None:
            raise SlackError("invalid_thread_ts")
        thread_ts = root.get("thread_ts", root["ts"])
        message["thread_ts"] = thread_ts
        _count_reply(state, find(state, channel, thread_ts) or root, message)
    state.put_message(message)
    return message


def _count_reply(state: State, root: JSON, reply: JSON) -> None:
    users = [user for user in root.get("reply_users", []) if user != reply["user"]]
    root["thread_ts"] = root["ts"]
    root["reply_count"] = root.get("reply_count", 0) + 1
    root["reply_users"] = [*users, reply["user"]]
    root["reply_users_count"] = len(root["reply_users"])
    root["latest_reply"] = reply["ts"]
    reply["parent_user_id"] = root["user"]
    state.put_message(root)


def change(state: State, message: JSON, editor: str, **fields: Any) -> JSON:
    """A message with some of its fields replaced; None removes a field."""
    changed = {key: value for key, value in {**message, **fields}.items() if value is not None}
    changed["edited"] = {"user": editor, "ts": state.next_ts()}
    state.put_message(changed)
    return changed


def remove(state: State, message: JSON) -> None:
    """Delete a message; the root of a thread leaves a tombstone."""
    if message.get("reply_count"):
        kept = ("type", "channel", "ts", "thread_ts", "reply_count", "reply_users", "reply_users_count")
        stone = {key: message[key] for key in kept if key in message}
        stone |= {"subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT"}
        state.put_message(stone)
        return
    root = find(state, message["channel"], message.get("thread_ts"))
    if root is not None and root is not message:
        root["reply_count"] = max(0, root.get("reply_count", 1) - 1)
        state.put_message(root)
    state.drop_message(message)


def add_ephemeral(state: State, channel: str, to: str, fields: JSON, thread_ts: str | None = None) -> JSON:
    """Show something to one person; it is gone after a restart, as in Slack after a reload."""
    message: JSON = {"type": "message", "channel": channel, "ts": state.next_ts(), "to": to, **fields}
    message["is_ephemeral"] = True
    if thread_ts:
        message["thread_ts"] = thread_ts
    state.ephemerals.append(message)
    state.changed()
    return message


def find_ephemeral(state: State, to: str, ts: object) -> JSON | None:
    """The ephemeral this person sees under this ts."""
    return next((one for one in state.ephemerals if one["to"] == to and one["ts"] == str(ts)), None)


def drop_ephemeral(state: State, message: JSON) -> None:
    """The person no longer sees it."""
    state.ephemerals = [one for one in state.ephemerals if one is not message]
    state.changed()


def shown(message: JSON, all_metadata: bool = False) -> JSON:
    """A message as the Web API gives it to an app; without `all_metadata` only the event type is said."""
    body = {key: value for key, value in message.items() if key not in ("channel", "to")}
    metadata = body.get("metadata")
    if metadata and not all_metadata:
        body["metadata"] = {"event_type": metadata["event_type"]}
    return copy.deepcopy(body)


def in_channel(state: State, channel: str) -> list[JSON]:
    """All messages of a channel, oldest first, replies included."""
    return [message for _, message in sorted(state.messages.get(channel, {}).items())]


def roots(state: State, channel: str) -> list[JSON]:
    """The messages of the channel itself, oldest first."""
    return [one for one in in_channel(state, channel) if one.get("thread_ts", one["ts"]) == one["ts"]]


def thread(state: State, channel: str, ts: str) -> list[JSON]:
    """A root and its replies, oldest first."""
    return [one for one in in_channel(state, channel) if ts in (one["ts"], one.get("thread_ts"))]
