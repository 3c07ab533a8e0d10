"""Uploads in three steps: an address, the bytes, the completion that makes the file visible."""

from bot.sandbox import messages
from bot.sandbox.persistence import JSON
from bot.sandbox.rooms import writable
from bot.sandbox.state import SlackError, State
from bot.sandbox.web_api import Request, method
from bot.sandbox.world import Channel

WRITE = ("files:write",)


@method("files.getUploadURLExternal", "filename", "length", scopes=WRITE)
def get_upload_url(request: Request) -> JSON:
    """Step one: a file id, known before anything is visible, and where to send the bytes."""
    if not request.word("length").isdigit() or int(request.word("length")) == 0:
        raise SlackError("invalid_arguments", "[ERROR] length must be a positive integer")
    state, app = request.state, request.app
    file_id = state.next_id("F")
    file = request.slack.new_file(file_id, request.word("filename"), app.bot_user, app.team_id)
    state.put_file({**file, "app_id": app.id, "expected": int(request.word("length")), "state": "waiting"})
    return {"upload_url": f"{request.slack.base_url}/_files/upload/{file_id}", "file_id": file_id}


def _uploaded(request: Request, wanted: object) -> JSON:
    file = request.state.files.get(str(wanted.get("id"))) if isinstance(wanted, dict) else None
    if file is None or file.get("app_id") != request.app.id or file["state"] != "uploaded":
        raise SlackError("file_not_found")
    title = wanted.get("title") if isinstance(wanted, dict) else None
    return {**file, "title": str(title or file["name"])}


@method("files.completeUploadExternal", "files", scopes=WRITE)
def complete(request: Request) -> JSON:
    """Step three: share in a channel or thread; without a channel the files stay private."""
    wanted = request.args["files"]
    if not isinstance(wanted, list) or not wanted:
        raise SlackError("invalid_arguments", "[ERROR] files must be a non-empty array")
    channel = request.word("channel_id")
    room = writable(request.state, request.app, channel) if channel else None
    files = [{**_uploaded(request, one), "state": "complete"} for one in wanted]
    if room is not None:
        _share(request, room, files)
    for file in files:
        request.state.put_file(file)
    return {"files": [file_json(request.state, file) for file in files]}


def _share(request: Request, channel: Channel, files: list[JSON]) -> None:
    fields = {**messages.bot_fields(request.app), "text": request.word("initial_comment"), "upload": True}
    fields["files"] = [file_json(request.state, file) for file in files]
    message = messages.add(request.state, channel.id, fields, request.word("thread_ts") or None)
    share = {"ts": message["ts"], "channel_name": channel.name, "team_id": request.app.team_id}
    if "thread_ts" in message:
        share["thread_ts"] = message["thread_ts"]
    privacy = "private" if channel.private or channel.dm else "public"
    for file in files:
        file["shares"] = {privacy: {channel.id: [share]}}
    request.slack.announce(message)


def file_json(state: State, file: JSON) -> JSON:
    """A file's facts as apps receive them."""
    hidden = ("expected", "state", "app_id")
    return {key: value for key, value in file.items() if key not in hidden} | {
        "size": len(state.bytes_of(file["id"]) or b"")
    }


@method("files.info", "file", scopes=("files:read",))
def info(request: Request) -> JSON:
    """A file and where it was shared."""
    file = request.state.files.get(request.word("file"))
    if file is None or not request.slack.app_sees(request.app, file):
        raise SlackError("file_not_found")
    return {"file": file_json(request.state, file), "comments": [], "content": ""}
