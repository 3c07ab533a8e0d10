"""Posting, changing and deleting messages."""

from bot.sandbox import messages
from bot.sandbox.persistence import JSON
from bot.sandbox.rooms import room, writable
from bot.sandbox.state import SlackError
from bot.sandbox.web_api import Request, method

WRITE = ("chat:write",)


def _content(request: Request) -> JSON:
    args = request.args
    fields: JSON = {"text": messages.checked_text(args.get("text"))}
    if args.get("blocks") is not None:
        fields["blocks"] = messages.checked_blocks(request.state, args["blocks"])
    return fields


@method("chat.postMessage", "channel", scopes=WRITE)
def post_message(request: Request) -> JSON:
    """Say something in a channel, a thread or to a person; their events go out afterwards."""
    channel = writable(request.state, request.app, request.word("channel"))
    fields = {**_content(request), **messages.bot_fields(request.app)}
    if request.args.get("metadata"):
        fields["metadata"] = messages.checked_metadata(request.args["metadata"])
    message = messages.add(request.state, channel.id, fields, request.word("thread_ts") or None)
    request.slack.announce(message)
    return {"channel": channel.id, "ts": message["ts"], "message": messages.shown(message, True)}


def _own(request: Request, refusal: str) -> JSON:
    channel = room(request.state, request.app, request.word("channel"))
    message = messages.find(request.state, channel.id, request.word("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message.get("app_id") != request.app.id:
        raise SlackError(refusal)
    return message


@method("chat.update", "channel", "ts", scopes=WRITE)
def update(request: Request) -> JSON:
    """Change an own message; blocks and metadata that are not sent stay as they were."""
    message = _own(request, "cant_update_message")
    fields = _content(request)
    if request.args.get("metadata"):
        fields["metadata"] = messages.checked_metadata(request.args["metadata"])
    elif request.args.get("metadata") == {}:
        fields["metadata"] = None
    changed = messages.change(request.state, message, request.app.bot_user, **fields)
    shown = messages.shown(changed, True)
    return {"channel": message["channel"], "ts": message["ts"], "text": changed["text"], "message": shown}


@method("chat.delete", "channel", "ts", scopes=WRITE)
def delete(request: Request) -> JSON:
    """Take an own message away."""
    message = _own(request, "cant_delete_message")
    messages.remove(request.state, message)
    return {"channel": message["channel"], "ts": message["ts"]}


@method("chat.postEphemeral", "channel", "user", scopes=WRITE)
def post_ephemeral(request: Request) -> JSON:
    """Show something to one member of the channel."""
    channel = writable(request.state, request.app, request.word("channel"))
    person = request.state.people.get(request.word("user"))
    if person is None or person.deactivated or person.id not in channel.members:
        raise SlackError("user_not_in_channel")
    fields = {**_content(request), **messages.bot_fields(request.app)}
    thread = request.word("thread_ts") or None
    message = messages.add_ephemeral(request.state, channel.id, person.id, fields, thread)
    return {"message_ts": message["ts"]}


@method("chat.getPermalink", "channel", "message_ts")
def permalink(request: Request) -> JSON:
    """The address of a message."""
    channel = room(request.state, request.app, request.word("channel"))
    message = messages.find(request.state, channel.id, request.word("message_ts"))
    if message is None:
        raise SlackError("message_not_found")
    domain = request.state.workspaces[request.app.team_id].domain
    link = f"https://{domain}.slack.com/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    if message.get("thread_ts", message["ts"]) != message["ts"]:
        link += f"?thread_ts={message['thread_ts']}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}
