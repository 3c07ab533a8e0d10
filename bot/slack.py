"""Each party's app in its workspace: what delivery and the doors may ask of Slack, and how Slack can fail."""

import json
import ssl
import urllib.request
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.agreement.files import Attachment
from bot.outbox import Message
from bot.wire import NoReply, NotSent, Reply, Wire

EVENT_TYPE = "comity_message"
# Slack says of these that part of the work may have been done all the same.
UNCERTAIN = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
JSON_BODY = "application/json;charset=utf-8"
FORM_BODY = "application/x-www-form-urlencoded"
TURNED_AWAY = frozenset(range(400, 500)) - {408}
"""Answers that, without a word of Slack's, come from something on the way to it, such as a proxy."""
TIMEOUT = 10
PAGE = 200
"""Messages a page when history is read back; an app that is granted fewer gets fewer, whatever it asks for."""
DOWNLOAD_LIMIT = 20 * 1024 * 1024
OFFICIAL = (".slack.com", ".slack-gov.com", ".slack-files.com")


@dataclass(frozen=True)
class Installation:
    """One party's app: its workspace, its secrets and, for Socket Mode, its app token."""

    party: str
    team_id: str
    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Posted:
    """Where Slack put a message."""

    channel: str
    ts: str


@dataclass
class SlackRefused(Exception):
    """Slack answered no, in its own word, and did nothing."""

    error: str


@dataclass
class SlackLimited(Exception):
    """Too fast: nothing was done, and nothing may be tried for some seconds."""

    seconds: float


@dataclass
class OutcomeUnknown(Exception):
    """No usable answer: Slack may or may not have done it."""

    reason: str


@dataclass
class SlackUnreachable(OutcomeUnknown):
    """Slack could not even be asked, so it has certainly not done it."""


@cache
def tls() -> ssl.SSLContext:
    """One TLS context for every client; building one for each call costs 24 ms of processor time."""
    return ssl.create_default_context()


class SlackClient:
    """Slack's Web API with one party's token. Nothing is retried here: only delivery knows what is safe."""

    page = PAGE

    def __init__(self, installation: Installation, api_url: str) -> None:
        """Talk to the Slack at `api_url` (ending in `/api/`)."""
        self.installation = installation
        self.web = WebClient(
            installation.bot_token, base_url=api_url, ssl=tls(), timeout=TIMEOUT, retry_handlers=[]
        )
        self._wire = Wire(api_url, tls(), TIMEOUT)
        self._token = {"Authorization": f"Bearer {installation.bot_token}"}

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """One call; raises SlackRefused, SlackLimited, SlackUnreachable or OutcomeUnknown."""
        return self._ask(method, JSON_BODY, json.dumps(arguments).encode())

    def _form(self, method: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The reading methods of Slack take no JSON body."""
        fields = {name: _plain(value) for name, value in arguments.items() if value != ""}
        return self._ask(method, FORM_BODY, urlencode(fields).encode())

    def _ask(self, method: str, kind: str, body: bytes) -> dict[str, Any]:
        try:
            reply = self._wire.post(method, body, {**self._token, "Content-Type": kind})
        except NotSent as error:
            raise SlackUnreachable(error.reason) from error
        except NoReply as error:
            raise OutcomeUnknown(error.reason) from error
        return _answer(reply)

    def post(self, channel: str, message: Message, mark: str, thread: str = "") -> Posted:
        """Say something new, marked so that it can be found again."""
        answer = self.call(
            "chat.postMessage",
            channel=channel,
            text=message.text,
            blocks=message.blocks,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"mark": mark}},
            unfurl_links=False,
            **({"thread_ts": thread} if thread else {}),
        )
        return Posted(answer["channel"], answer["ts"])

    def update(self, at: Posted, message: Message) -> Posted:
        """Replace what an earlier message of ours says; harmless when repeated."""
        self.call("chat.update", channel=at.channel, ts=at.ts, text=message.text, blocks=message.blocks)
        return at

    def find(self, channel: str, mark: str, since: float, thread: str = "") -> Posted | None:
        """The message that carries this mark, if Slack has it; `since` is in Unix seconds."""
        room = self.conversation(channel)
        found = (one for one in self._said(room, since, thread) if _mark(one) == mark)
        return next((Posted(room, str(one["ts"])) for one in found), None)

    def has_file(self, root: Posted, file_id: str, title: str, since: float, others: Collection[str]) -> bool:
        """Whether the file, or where it has no number yet one of ours with its title, is in the thread of `root`.

        `since` is in Unix seconds.
        """
        if file_id and self.is_shown(file_id, root.channel):
            return True
        said = self._said(root.channel, since, root.ts)
        mine = (file for one in said if one.get("bot_id") for file in one.get("files", ()))
        return any(
            file["id"] == file_id if file_id else file.get("title") == title and file["id"] not in others
            for file in mine
        )

    def _said(self, room: str, since: float, thread: str) -> Iterator[dict[str, Any]]:
        """What was said in a conversation, or in one thread of it; page by page, as far back as `since`."""
        arguments: dict[str, Any] = {"channel": room, "limit": self.page}
        method = "conversations.history"
        if thread:
            method, arguments["ts"] = "conversations.replies", thread
        arguments |= {"oldest": f"{since:.6f}", "include_all_metadata": True, "cursor": ""}
        while True:
            page = self._form(method, arguments)
            yield from page["messages"]
            arguments["cursor"] = page.get("response_metadata", {}).get("next_cursor", "")
            if not arguments["cursor"]:
                return

    def conversation(self, channel: str) -> str:
        """The channel's own number; for a person, that of the direct messages with them."""
        if not channel.startswith(("U", "W")):
            return channel
        answer = self.call("conversations.open", users=channel)
        return str(answer["channel"]["id"])

    def reserve_file(self, attachment: Attachment) -> str:
        """Hand the bytes to Slack without showing them to anyone; returns the file's number."""
        size = len(attachment.content)
        answer = self._form("files.getUploadURLExternal", {"filename": attachment.name, "length": size})
        request = urllib.request.Request(answer["upload_url"], data=attachment.content, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT, context=_context(request)):
                return str(answer["file_id"])
        except OSError as error:
            raise OutcomeUnknown(type(error).__name__) from error

    def show_file(self, file_id: str, title: str, root: Posted, comment: str) -> None:
        """Let the people of the thread of `root` see a file that was handed over."""
        self.call(
            "files.completeUploadExternal",
            files=[{"id": file_id, "title": title}],
            channel_id=root.channel,
            thread_ts=root.ts,
            initial_comment=comment,
        )

    def is_shown(self, file_id: str, channel: str) -> bool:
        """Whether a file that was handed over can be seen in `channel`."""
        try:
            shares = self._form("files.info", {"file": file_id})["file"].get("shares", {})
        except SlackRefused as refused:
            if refused.error != "file_not_found":
                raise
            # Slack knows no file of which the upload was never completed.
            return False
        return any(channel in where for where in shares.values())

    def download(self, file: Mapping[str, Any]) -> Attachment:
        """A file a person attached to a form, up to one byte more than is taken; Slack's own and no other."""
        if not self._is_of_slack(str(file["url_private"])):
            raise SlackRefused("file_not_found")
        request = urllib.request.Request(
            file["url_private"], headers={"Authorization": f"Bearer {self.installation.bot_token}"}
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT, context=_context(request)) as answer:
                return Attachment(str(file["name"]), answer.read(DOWNLOAD_LIMIT + 1))
        except OSError as error:
            raise OutcomeUnknown(type(error).__name__) from error

    def _is_of_slack(self, url: str) -> bool:
        """Whether the token may be shown there: `file:` and a stranger's address are not Slack."""
        there, api = urlsplit(url), urlsplit(self.web.base_url)
        official = there.scheme == "https" and f".{there.hostname}".endswith(OFFICIAL)
        return official or (there.scheme, there.netloc) == (api.scheme, api.netloc)

    def file(self, file_id: str) -> dict[str, Any]:
        """What Slack knows of a file."""
        return dict(self._form("files.info", {"file": file_id})["file"])

    def open_view(self, trigger_id: str, view: View) -> None:
        """Open a modal; the trigger lives three seconds."""
        self.call("views.open", trigger_id=trigger_id, view=view.to_dict())

    def push_view(self, trigger_id: str, view: View) -> None:
        """Lay a modal over the one that is open."""
        self.call("views.push", trigger_id=trigger_id, view=view.to_dict())

    def update_view(self, view_id: str, view: View) -> None:
        """Show something else in a modal that is open."""
        self.call("views.update", view_id=view_id, view=view.to_dict())

    def publish_home(self, user_id: str, view: View) -> None:
        """Show a person's App Home."""
        self.call("views.publish", user_id=user_id, view=view.to_dict())

    def whisper(self, channel: str, user_id: str, message: Message) -> None:
        """Tell one person something in a channel that nobody else sees and that carries no record."""
        arguments = {"channel": channel, "user": user_id}
        self.call("chat.postEphemeral", **arguments, text=message.text, blocks=message.blocks)


def _answer(reply: Reply) -> dict[str, Any]:
    """What Slack says, if it says that it did what was asked."""
    if reply.status == 429:
        raise SlackLimited(float(reply.headers.get("Retry-After", 1)))
    said = reply.json()
    if said.get("ok"):
        return said
    word = str(said.get("error", ""))
    if not word and reply.status in TURNED_AWAY:
        raise SlackRefused("turned_away")
    if reply.status >= 500 or not word or word in UNCERTAIN:
        raise OutcomeUnknown(word or f"http_{reply.status}")
    raise SlackRefused(word)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _mark(said: Mapping[str, Any]) -> str:
    metadata = said.get("metadata") or {}
    ours = metadata.get("event_type") == EVENT_TYPE
    return str(metadata.get("event_payload", {}).get("mark", "")) if ours else ""


def _context(request: urllib.request.Request) -> ssl.SSLContext | None:
    return tls() if request.type == "https" else None
